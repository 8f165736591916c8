"""A tree that was read from a file, as rows: new nodes with stable ids, or texts beside those of another language."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.standards import Node, NodeText, StandardVersion


def write_tree(tree: Any, version: StandardVersion) -> None:
    """Write every node and its words in the version's reference language.

    The text before the first chapter becomes an unnumbered chapter of its own, without a heading.
    A clause keeps the stable id that it has in an earlier version: the one with the same words, else the one with
    the same number (consultation-model.md: a requirement has a stable id that survives renumbering).
    """
    walked = list(_walk(tree))
    stable = _StableIds([node for node, _, _ in walked], version)
    rows: dict[int, Node] = {}
    for position, (node, parent, depth) in enumerate(walked):
        above = rows[id(parent)] if parent is not None else None
        row = Node(
            version_id=version.id, stable_id=stable.of(node), parent_id=above.id if above else None, position=position,
            depth=depth, kind=node.kind, number=node.number or "", requirement_kind=node.requirement_kind,
            years=str(node.from_year) if node.from_year is not None else None, applies_to=node.applies_to,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        rows[id(node)] = row
        db.session.add(_words(row.id, node, version.reference_language))
    db.session.flush()


def add_language(tree: Any, version: StandardVersion, language: str) -> None:
    """Write the words of each clause that the version has too; the rest is left out."""
    there = _keys_of_rows(version)
    found = {key: node for key, node in _keys_of_tree(tree) if key in there}
    db.session.add_all(_words(there[key], node, language) for key, node in found.items())
    db.session.flush()


def compare(tree: Any, version: StandardVersion) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How many clauses of the file the version has, which of the version's are missing, which of the file's are too many."""
    there, given = _keys_of_rows(version), [key for key, _ in _keys_of_tree(tree)]
    missing = tuple(key for key in there if key not in set(given))
    surplus = tuple(key for key in given if key not in there)
    return len(given) - len(surplus), missing, surplus


class _Preamble:
    """The text before the first chapter, in the shape of a node."""

    kind, number, heading, guidance, requirement_kind, from_year = "chapter", None, "", "", None, None
    applies_to = ""
    children: tuple[Any, ...] = ()

    def __init__(self, text: str) -> None:
        self.text = text


class _StableIds:
    """The stable ids of the newest earlier version, each given out once: first by words, then by number."""

    def __init__(self, nodes: list[Any], version: StandardVersion) -> None:
        self.given: dict[int, str] = {}
        earlier = _earlier(version)
        for same in (_words_of, _number_of):
            known: dict[tuple[str, ...], list[str]] = {}
            for row in earlier:
                if row.stable_id not in self.given.values() and same(row):
                    known.setdefault(same(row), []).append(row.stable_id)
            for node in nodes:
                if id(node) not in self.given and known.get(same(node)):
                    self.given[id(node)] = known[same(node)].pop(0)

    def of(self, node: Any) -> str:
        return self.given.get(id(node)) or str(uuid4())


def _words_of(node: Any) -> tuple[str, ...]:
    return (node.kind, node.heading, node.text) if node.text else ()


def _number_of(node: Any) -> tuple[str, ...]:
    return (node.kind, node.number) if node.number else ()


def _earlier(version: StandardVersion) -> list[Any]:
    """The clauses of the newest earlier version of the same standard, in the new one's language."""
    newest = (
        select(StandardVersion.id)
        .where(StandardVersion.standard_id == version.standard_id, StandardVersion.id != version.id)
        .order_by(StandardVersion.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(Node.stable_id, Node.kind, Node.number, NodeText.heading, NodeText.text).join(NodeText)
    query = query.where(Node.version_id == newest, NodeText.language == version.reference_language)
    return list(db.session.execute(query.order_by(Node.position)))


def _walk(tree: Any) -> Iterator[tuple[Any, Any, int]]:
    """Every node with its parent and depth (0 at the top), in reading order, the preamble first."""
    if tree.preamble:
        yield _Preamble(tree.preamble), None, 0
    depths: dict[int, int] = {}
    for node, parent in tree.walk():
        depths[id(node)] = depths[id(parent)] + 1 if parent is not None else 0
        yield node, parent, depths[id(node)]


def _words(node_id: int, node: Any, language: str) -> NodeText:
    return NodeText(
        node_id=node_id, language=language, heading=node.heading, text=node.text, guidance=node.guidance
    )


def _keys_of_tree(tree: Any) -> Iterator[tuple[str, Any]]:
    nodes = list(_walk(tree))
    keys = _keys(
        (id(node), id(parent) if parent is not None else None, node.kind, node.number or "")
        for node, parent, _ in nodes
    )
    return ((keys[id(node)], node) for node, _, _ in nodes)


def _keys_of_rows(version: StandardVersion) -> dict[str, int]:
    query = select(Node.id, Node.parent_id, Node.kind, Node.number).where(Node.version_id == version.id)
    rows = db.session.execute(query.order_by(Node.position)).all()
    return {key: id for id, key in _keys(tuple(row) for row in rows).items()}


def _keys(nodes: Iterator[tuple[int, int | None, str, str]]) -> dict[int, str]:
    """What a clause is called in every language: its number, else its kind and place below its parent."""
    keys: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for id, parent, kind, number in nodes:
        stem = number or f"{keys.get(parent, '') if parent is not None else ''}/{kind}"
        seen[stem] += 1
        keys[id] = stem if number and seen[stem] == 1 else f"{stem}#{seen[stem]}"
    return keys
