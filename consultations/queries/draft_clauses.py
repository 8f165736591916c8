"""One clause of a draft: its words per language beside the reference words, its terms, its place, its history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.next_number import next_number
from consultations.extensions import db
from consultations.facts.drafts import clause_stamp, editing_objections, freshness, terms_sha256, words_sha256
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.drafts import NodeRevision
from consultations.models.people import Person
from consultations.models.standards import Node, NodeText, StandardVersion
from consultations.queries.drafts import codes, words_in
from consultations.queries.effective_dates import Applies, applies
from workflows.refusals import Refusal
from workflows.roles import Role, implies


@dataclass(frozen=True)
class Said:
    """The words of a clause in one language; `sha256` of them, `state` how they stand beside the reference words."""

    language: str
    heading: str
    text: str
    guidance: str
    sha256: str
    state: str


@dataclass(frozen=True)
class Neighbour:
    """Another clause of the same version."""

    id: int
    number: str
    words: str
    depth: int


@dataclass(frozen=True)
class Revision:
    """Words that were replaced; who wrote them, and when."""

    language: str
    number: int
    heading: str
    text: str
    guidance: str
    written_at: datetime
    name: str


@dataclass(frozen=True)
class ClausePage:
    """Everything about one clause. `terms_known` and `stamp`: what a form was shown (facts.drafts)."""

    id: int
    version_id: int
    label: str
    code: str
    titles: dict[str, str]
    number: str
    kind: str
    requirement_kind: str
    years: str
    applies_to: str
    reference: str
    said: tuple[Said, ...]
    terms_known: str
    stamp: str
    proposed: str  # the number that its place would give it
    following: str  # the number that a clause right after it would have
    parent_id: int | None
    previous: Neighbour | None
    next: Neighbour | None
    others: tuple[Neighbour, ...]  # where it may go: not itself, nothing below it
    below: int
    dates: tuple[Applies, ...]
    can: frozenset[str]
    reasons: tuple[Refusal, ...]

    def in_(self, language: str) -> Said:
        """The words in a language, the reference language for one that is not known."""
        return next((one for one in self.said if one.language == language), self.said[0])


def clause(node_id: int, *, by: Actor) -> ClausePage:
    """One clause of a version. Raises NotFound."""
    node = db.session.get(Node, node_id)
    if node is None or node.kind == DELETED:
        raise NotFound(f"Node {node_id}")
    version = node.version
    nodes = _nodes(version.id)
    place = next(n for n, one in enumerate(nodes) if one.id == node_id)
    own = _own(nodes, place)
    heads = _heads(version, nodes)
    reasons = editing_objections(version)
    proposed, following = _numbers(node, nodes)
    return ClausePage(
        node.id, version.id, version.label, version.standard.code, version.standard.titles, node.number, node.kind,
        node.requirement_kind or "", node.years or "", node.applies_to, version.reference_language, _said(node, version),
        terms_sha256(node), clause_stamp(node), proposed, following, node.parent_id,
        heads[nodes[place - 1].id] if place else None, heads[nodes[place + 1].id] if place + 1 < len(nodes) else None,
        tuple(heads[one.id] for one in nodes if one.id not in own), len(own) - 1,
        applies(version.standard_id, node.stable_id).get(node.stable_id, ()),
        frozenset({"edit"}) if Role.UNIT in implies(by.role) and not reasons else frozenset(), reasons,
    )  # fmt: skip


def revisions(node_id: int) -> tuple[Revision, ...]:
    """The former words of a clause, newest first, in every language."""
    query = (
        select(NodeRevision, Person.name)
        .outerjoin(Person, Person.id == NodeRevision.written_by_id)
        .where(NodeRevision.node_id == node_id)
        .order_by(NodeRevision.id.desc())
    )
    return tuple(
        Revision(row.language, row.number, row.heading, row.text, row.guidance, row.written_at, name or "")
        for row, name in db.session.execute(query)
    )


def place_below(version_id: int, parent_id: int | None, after_id: int | None) -> str:
    """The number that a new clause would have below `parent_id`, right after its sister `after_id`."""
    nodes = _nodes(version_id)
    after = next((node for node in nodes if node.id == after_id), None)
    parent_id = after.parent_id if after else parent_id
    sisters = [node for node in nodes if node.parent_id == parent_id]
    before = sisters[: sisters.index(after) + 1] if after else []
    taken = {node.number for node in nodes}
    return next_number(_number_of(nodes, parent_id), [sister.number for sister in before], taken)


def _nodes(version_id: int) -> list[Node]:
    query = select(Node).where(Node.version_id == version_id, Node.kind != DELETED).order_by(Node.position)
    return list(db.session.scalars(query))


def _own(nodes: list[Node], place: int) -> set[int]:
    """The clause and what lies below it: what follows and is deeper."""
    found = {nodes[place].id}
    for node in nodes[place + 1 :]:
        if node.depth <= nodes[place].depth:
            break
        found.add(node.id)
    return found


def _heads(version: StandardVersion, nodes: list[Node]) -> dict[int, Neighbour]:
    query = select(NodeText.node_id, NodeText.heading, NodeText.text).join(Node)
    query = query.where(Node.version_id == version.id, NodeText.language == version.reference_language)
    words = {id: heading or text for id, heading, text in db.session.execute(query)}
    return {
        node.id: Neighbour(node.id, node.number, words.get(node.id, "")[:60], node.depth) for node in nodes
    }


def _said(node: Node, version: StandardVersion) -> tuple[Said, ...]:
    reference = words_in(node, version.reference_language)
    found = []
    for code in codes(version.reference_language):
        row = next((text for text in node.texts if text.language == code), None)
        heading, text, guidance = (row.heading, row.text, row.guidance) if row else ("", "", "")
        state = freshness(words_in(node, code), reference)
        found.append(Said(code, heading, text, guidance, words_sha256(row), state))
    return tuple(found)


def _numbers(node: Node, nodes: list[Node]) -> tuple[str, str]:
    sisters = [one for one in nodes if one.parent_id == node.parent_id]
    above = _number_of(nodes, node.parent_id)
    before = [one.number for one in sisters[: sisters.index(node)]]
    taken = {one.number for one in nodes}
    return next_number(above, before), next_number(above, [*before, node.number], taken)


def _number_of(nodes: list[Node], id: int | None) -> str:
    return next((node.number for node in nodes if node.id == id), "")
