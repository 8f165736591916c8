"""Comments as one reader may see them; what they may do with each of their own.

public: everyone; members: every organisation; unit: the Unit, the Commission and auditors alone (and its own organisation).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import readers
from consultations.facts.comments import comment_facts, entry_facts
from consultations.facts.on_behalf import unconfirmed
from consultations.facts.points import newest_number, with_answers
from consultations.facts.register import UNSENT
from consultations.facts.removals import WHOLE, Shown
from consultations.facts.synopses import name_shown
from consultations.facts.texts import DELETED
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.events import Event
from consultations.models.points import Point
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.standards import Node, NodeText
from consultations.queries.around import Around, with_surroundings
from consultations.queries.attachments import FileLine
from consultations.queries.delegate_rounds import Texts
from consultations.queries.exchanges import Turn, exchanges
from consultations.queries.kept_back import as_read
from workflows.comment import COMMENT, CommentState
from workflows.machine import allowed
from workflows.roles import Role, implies
from workflows.round import ROUND, RoundFacts

READS_ALL, visible_to = readers.READS_ALL, readers.visible_to
UNSEEN = (*UNSENT, CommentState.WITHDRAWN)


@dataclass(frozen=True)
class AnswerView:
    """What became of a comment."""

    number: int
    outcome: str
    reason: str
    response: str
    change: str
    substantive: bool
    answered_at: datetime
    decided_in: str
    change_clause: str
    change_before: str
    change_after: str


@dataclass(frozen=True)
class PointView:
    """A point of a comment that was split, with what became of it."""

    number: int
    text: str
    answer: AnswerView | None


@dataclass(frozen=True)
class CommentView:
    """A comment as this viewer may see it; `who` is None where the organisation did not consent to be named;
    its country then stands there only where that points at nobody. `receipt`: the code that proves the sending, for its
    organisation and the Unit alone.

    One that was split has its `points`, each with its answer; any other has none, and its own `answer`.
    """

    id: int
    round_id: int
    label: str
    receipt: str
    state: str
    withdrawn: bool
    hidden: bool  # kept, counted and answered, and not read by others
    node_id: int | None
    clause: str
    who: str | None
    country: str
    language: str
    visibility: str
    consent_to_name: bool
    late: bool
    version: int
    type: str
    stance: str
    text: str
    justification: str
    proposal: str
    would_vote_no: bool
    written_at: datetime
    submitted_at: datetime | None
    answer: AnswerView | None
    points: tuple[PointView, ...]
    objection: str
    can: frozenset[str]
    kept: Shown = WHOLE  # what others do not read of it, for those who read it
    files: tuple[FileLine, ...] = ()
    around: Around = field(default_factory=Around)
    exchange: tuple[Turn, ...] = ()  # of one that was objected to, for those who read the objection


@dataclass(frozen=True)
class NodeView:
    """A clause with its words; None stands for the whole text."""

    id: int
    number: str
    kind: str
    requirement_kind: str
    headings: Texts
    texts: Texts
    guidance: Texts
    chapter_id: int | None
    before: int | None
    after: int | None


def rows(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Comments with the version and the answer that count, the name in the register, and the last objection."""
    objection = (
        select(Event.reason)
        .where(
            Event.subject_kind == "comment", Event.subject_id == Comment.id, Event.name == "objection_raised"
        )
        .order_by(Event.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Comment, CommentVersion, Answer, RegisterEntry.name, RegisterEntry.country, Node.number, Round, objection)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .outerjoin(Answer, (Answer.comment_id == Comment.id) & (Answer.number == newest_number(Comment.id)))
        .outerjoin(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .outerjoin(Node, Node.id == Comment.node_id)
        .where(*conditions)
    )  # fmt: skip


def seen(query: Select[Any], *, by: Actor, at: datetime) -> tuple[CommentView, ...]:
    """The rows as plain values, with what this viewer may do with each; one more select per round, one for the points
    of all and two for what was objected to, not per row."""
    known: dict[int, RoundFacts] = {}
    found = db.session.execute(query).all()
    split = _split([row[0].id for row in found])
    views = tuple(_view(row, split.get(row[0].id, ()), known, by=by, at=at) for row in found)
    said = exchanges([view.id for view in views if view.objection])
    views = tuple(replace(view, exchange=said.get(view.id, ())) for view in views)
    comments = [row[0] for row in found]
    return with_surroundings(as_read(views, comments, by=by), comments, by=by)


def node_view(round_id: int, node_id: int) -> NodeView | None:
    """A clause of the round's text with its neighbours in reading order."""
    belongs = select(Node).join(Round, Round.version_id == Node.version_id).where(Round.id == round_id)
    node = db.session.scalar(belongs.where(Node.id == node_id))
    if node is None:
        return None
    worded = list(db.session.scalars(select(NodeText).where(NodeText.node_id == node_id)))
    clauses = belongs.with_only_columns(Node.id).where(Node.kind.not_in(("chapter", DELETED)))
    top = belongs.with_only_columns(Node.id).where(Node.parent_id.is_(None), Node.position <= node.position)
    return NodeView(
        node.id, node.number, node.kind, node.requirement_kind or "", _told(worded, "heading"), _told(worded, "text"),
        _told(worded, "guidance"),
        chapter_id=db.session.scalar(top.order_by(Node.position.desc()).limit(1)),
        before=db.session.scalar(clauses.where(Node.position < node.position).order_by(Node.position.desc()).limit(1)),
        after=db.session.scalar(clauses.where(Node.position > node.position).order_by(Node.position).limit(1)),
    )  # fmt: skip


def answer_view(answer: Answer | None) -> AnswerView | None:
    """An answer as plain values."""
    if answer is None:
        return None
    return AnswerView(
        answer.number,
        answer.outcome,
        answer.reason,
        answer.response,
        answer.change,
        answer.substantive,
        answer.answered_at,
        answer.decided_in,
        answer.change_clause,
        answer.change_before,
        answer.change_after,
    )


def _told(worded: Iterable[NodeText], column: str) -> Texts:
    return {row.language: getattr(row, column) for row in worded if getattr(row, column)}


def _split(ids: list[int]) -> dict[int, tuple[PointView, ...]]:
    """The points of those among the comments that were split."""
    points = select(Point.comment_id, Point.number, Point.text).where(Point.comment_id.in_(ids)).subquery()
    query = with_answers(points, points.c.text, Answer).order_by(points.c.comment_id, points.c.number)
    found: dict[int, tuple[PointView, ...]] = {}
    for id, number, text, answer, _ in db.session.execute(query) if ids else ():
        found[id] = (*found.get(id, ()), PointView(number, text, answer_view(answer)))
    return found


def _view(
    row: Any, points: tuple[PointView, ...], known: dict[int, RoundFacts], *, by: Actor, at: datetime
) -> CommentView:
    comment, words, answer, name, country, number, round_, objection = row
    own = by.organisation_id is not None and comment.organisation_id == by.organisation_id
    staff = not READS_ALL.isdisjoint(implies(by.role))
    told = staff or round_.published_at is not None
    return CommentView(
        id=comment.id, round_id=comment.round_id,
        label=f"R{round_.number}-{comment.public_number}" if comment.public_number else "",
        receipt=comment.receipt if own or Role.UNIT in implies(by.role) else "", state=comment.state, withdrawn=comment.withdrawn_at is not None,
        hidden=comment.hidden_at is not None, node_id=comment.node_id, clause=number or "",
        who=name if own or staff else name_shown(name, comment.consent_to_name),
        country=country if own or staff else "", language=comment.language, visibility=comment.visibility,
        consent_to_name=comment.consent_to_name, late=comment.late, version=comment.version, type=words.type,
        stance=words.stance, text=words.text, justification=words.justification, proposal=words.proposal,
        would_vote_no=words.would_vote_no, written_at=words.written_at, submitted_at=comment.submitted_at,
        answer=answer_view(answer) if told and not points else None,
        points=points if told else (),
        objection=(objection or "") if own or staff else "",
        can=_can(comment, round_, words.text, known, by=by, at=at) if own else frozenset(),
    )  # fmt: skip


def _can(
    comment: Comment, round_: Round, text: str, known: dict[int, RoundFacts], *, by: Actor, at: datetime
) -> frozenset[str]:
    """The moves open now, given that a reason will be written; entering also asks the round.

    "submit": it may be sent; "ask_organisation" beside it: to the organisation's approver first.
    """
    if round_.id not in known:
        known[round_.id] = entry_facts(round_, organisation_id=by.organisation_id, at=at)
    facts = comment_facts(comment, round_, known[round_.id], by=by, at=at, text=text, reason="-")
    moves = set(allowed(COMMENT, comment.state, by.role, facts))
    moves |= {"submit"} if "ask_organisation" in moves else set()
    if "comment" not in allowed(ROUND, round_.state, by.role, known[round_.id]):
        moves -= {"edit", "submit", "withdraw", "ask_organisation", "recall"}
    if comment.submitted_at and facts.approval_asked and not unconfirmed(comment):
        moves -= {"edit"}  # it stays as it was approved
    return frozenset(moves)
