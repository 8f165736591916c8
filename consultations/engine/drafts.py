"""Versions drawn up from earlier ones, and what every verb that edits a draft begins with.

Editing locks the version: two people who change one draft take turns, and nobody changes it while it is frozen.
"""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal, turns
from consultations.engine.comment_entry import name_of
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.drafts import editing_objections, has_words, words_sha256
from consultations.facts.texts import DELETED
from consultations.models.events import Event
from consultations.models.standards import Node, NodeText, StandardVersion
from workflows.refusals import Refused, refusal
from workflows.roles import Role, implies


def draw_up(version_id: int, *, label: str, by: Actor, at: datetime) -> StandardVersion:
    """Begin a new version as a copy of an earlier one, clause by clause, every clause with its stable id.

    A translation of which nobody said what it was written from stood beside these reference words: it is fresh
    until they change. Asked twice by the same person, the first answer stands. Errors: Refused, NotFound.
    """
    check_editor(by, at=at)
    source = db.session.get(StandardVersion, version_id)
    if source is None:
        raise NotFound(f"StandardVersion {version_id}")
    turns.wait_turn("code")  # the second of two tabs finds the label taken
    label = label.strip()
    if not label:
        raise Refused(refusal("label_missing"))
    there = db.session.scalar(select(StandardVersion).filter_by(standard_id=source.standard_id, label=label))
    if there is not None:
        if (there.based_on_id, there.imported_by_id) == (source.id, by.person_id):
            return there
        raise Refused(refusal("version_label_taken", label=label))
    made = add(
        StandardVersion(
            standard_id=source.standard_id, label=label, reference_language=source.reference_language,
            based_on_id=source.id, imported_at=at, imported_by_id=by.person_id,
        )
    )  # fmt: skip
    _copy(source, made)
    journal.record("version_drawn_up", made, by=by, at=at, source=f"standardversion/{source.id}", label=label)
    return made


def begin_editing(version_id: int, *, by: Actor, at: datetime) -> StandardVersion:
    """The version, locked, when its text may be changed. Errors: Refused (role, frozen, under review), NotFound."""
    check_editor(by, at=at)
    version = locked(StandardVersion, version_id)
    if reasons := editing_objections(version):
        raise Refused(*reasons)
    return version


def take_clause(node_id: int, *, by: Actor, at: datetime) -> tuple[Node, StandardVersion]:
    """A clause with its version, locked. Errors: Refused as for `begin_editing`, NotFound."""
    version_id = db.session.scalar(select(Node.version_id).where(Node.id == node_id, Node.kind != DELETED))
    if version_id is None:
        raise NotFound(f"Node {node_id}")
    version = begin_editing(version_id, by=by, at=at)
    return clause_of(version, node_id), version


def clause_of(version: StandardVersion, node_id: int) -> Node:
    """A clause of a locked version, freshly read. Errors: Refused `clause_elsewhere`."""
    node = db.session.get(Node, node_id, populate_existing=True)
    if node is None or node.version_id != version.id or node.kind == DELETED:
        raise Refused(refusal("clause_elsewhere"))
    return node


def check_editor(by: Actor, *, at: datetime) -> None:
    """Only the Standards Unit, with a mandate in force. Errors: Refused."""
    if Role.UNIT not in implies(by.role):
        raise Refused(refusal("role_may_not", role=by.role.value))
    check_mandate(by, at=at)


def done_before(version: StandardVersion, request: str) -> Event | None:
    """What this very request did before, when a form is sent twice."""
    query = select(Event).where(
        Event.subject_kind == "standardversion", Event.subject_id == version.id,
        Event.payload.contains(f'"request":"{request}"', autoescape=True),
    )  # fmt: skip
    return db.session.scalars(query).first() if request else None


def changed_meanwhile(version: StandardVersion, node: Node | None = None) -> Refused:
    """The refusal of a form that was shown before somebody else changed what it is about."""
    about = [("standardversion", version.id), *([("node", node.id)] if node else [])]
    newest = select(Event).where(
        Event.id == select(Event.id).where(_of(about)).order_by(Event.id.desc()).limit(1).scalar_subquery()
    )
    last = db.session.scalar(newest)
    return Refused(refusal("edited_meanwhile", name=name_of(last.person_id if last else None)))


def _of(about: list[tuple[str, int]]) -> object:
    first, *rest = ((Event.subject_kind == kind) & (Event.subject_id == id) for kind, id in about)
    return first | rest[0] if rest else first


def _copy(source: StandardVersion, made: StandardVersion) -> None:
    query = select(Node).where(Node.version_id == source.id, Node.kind != DELETED).order_by(Node.position)
    originals = list(db.session.scalars(query))
    copies = {
        node.id: Node(
            version_id=made.id, stable_id=node.stable_id, position=node.position, depth=node.depth, kind=node.kind,
            number=node.number, requirement_kind=node.requirement_kind, years=node.years, applies_to=node.applies_to,
        )
        for node in originals
    }  # fmt: skip
    db.session.add_all(copies.values())
    db.session.flush()
    for node in originals:
        copies[node.id].parent_id = copies[node.parent_id].id if node.parent_id else None
    of: dict[int, list[NodeText]] = {}
    texts = select(NodeText).join(Node).where(Node.version_id == source.id, Node.kind != DELETED)
    for text in db.session.scalars(texts):
        of.setdefault(text.node_id, []).append(text)
    for node_id, words in of.items():
        db.session.add_all(_copied(words, copies[node_id].id, source.reference_language))
    db.session.flush()


def _copied(words: list[NodeText], node_id: int, reference_language: str) -> list[NodeText]:
    reference = next((text for text in words if text.language == reference_language), None)
    beside = words_sha256(reference)
    return [
        NodeText(
            node_id=node_id, language=text.language, heading=text.heading, text=text.text, guidance=text.guidance,
            translates_sha256=(text.translates_sha256 or beside) if text is not reference and has_words(text) else None,
        )
        for text in words
    ]  # fmt: skip
