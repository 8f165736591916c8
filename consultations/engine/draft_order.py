"""The order of a draft's clauses while they are moved: a tree in memory, written back as positions and depths."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.texts import DELETED
from consultations.models.standards import Node, StandardVersion


class Order:
    """The clauses of a locked version, each list of sisters in reading order."""

    def __init__(self, version: StandardVersion) -> None:
        query = (
            select(Node).where(Node.version_id == version.id, Node.kind != DELETED).order_by(Node.position)
        )
        self.sisters: dict[int | None, list[Node]] = defaultdict(list)
        for node in db.session.scalars(query, execution_options={"populate_existing": True}):
            self.sisters[node.parent_id].append(node)

    def below(self, node: Node) -> Iterator[Node]:
        """The clause and everything below it, in reading order."""
        yield node
        for child in self.sisters[node.id]:
            yield from self.below(child)

    def place(self, node: Node) -> int:
        """Which of its sisters it is, from 0."""
        return self.sisters[node.parent_id].index(node)

    def put(self, node: Node, parent_id: int | None, place: int) -> None:
        """Put a clause (one that is here, or a new one) below another at a place among its sisters."""
        for sisters in self.sisters.values():
            if node in sisters:
                sisters.remove(node)
        self.sisters[parent_id].insert(place, node)
        node.parent_id = parent_id

    def take_out(self, node: Node) -> None:
        """Leave a clause out; what lies below it must have gone before."""
        self.sisters[node.parent_id].remove(node)

    def write(self) -> None:
        """Number the positions through and set the depths; first out of the way, since a position is taken once."""
        wanted = dict(self._walk(None, 0))
        moved = {node: place for node, place in wanted.items() if (node.position, node.depth) != place}
        for node in moved:
            node.position = -node.id
        db.session.flush()
        for node, (position, depth) in moved.items():
            node.position, node.depth = position, depth
        db.session.flush()

    def _walk(self, parent_id: int | None, depth: int) -> Iterator[tuple[Node, tuple[int, int]]]:
        position = 0
        stack = [(node, depth) for node in reversed(self.sisters[parent_id])]
        while stack:
            node, depth = stack.pop()
            yield node, (position, depth)
            position += 1
            stack += [(child, depth + 1) for child in reversed(self.sisters[node.id])]
