"""The Unit's answering desk: the queue of a round's comments, one comment with its answers, what was never sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.approvals import last_asked
from consultations.facts.comments import comment_facts, second_person_asked, second_person_policy
from consultations.facts.register import UNSENT
from consultations.facts.synopses import NOT_RECEIVED, objections_unanswered
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.events import Event
from consultations.models.people import Person
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.standards import Node
from consultations.queries.comments import (
    AnswerView,
    CommentView,
    NodeView,
    answer_view,
    node_view,
    rows,
    seen,
)
from consultations.queries.delegate_rounds import Head, head
from workflows.comment import COMMENT, CommentState
from workflows.machine import objections, possible
from workflows.round import RoundFacts

PER_PAGE = 15
WAITING = (CommentState.SUBMITTED, CommentState.TRIAGED)
_ANSWERED_ROUND = frozenset({"answer_objection"})


@dataclass(frozen=True)
class Progress:
    """ "212 comments, 37 without answer"."""

    received: int
    unanswered: int
    proposed: int
    decided: int
    unsent: int
    objections: int


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue with what it may be filtered by."""

    head: Head
    progress: Progress
    rows: tuple[CommentView, ...]
    total: int
    page: int
    pages: int
    clauses: tuple[tuple[int, str], ...]
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """One of the answers of a comment, oldest first, with who proposed and decided it."""

    view: AnswerView
    proposed_by: str
    decided_by: str


@dataclass(frozen=True)
class AnswerPage:
    """A comment beside its clause, with its answers and the moves open to the viewer."""

    head: Head
    comment: CommentView
    node: NodeView | None
    replies: tuple[Reply, ...]
    can: frozenset[str]
    second_person: bool
    next_id: int | None


@dataclass(frozen=True)
class Desk:
    """A round on the list of the desk."""

    head: Head
    progress: Progress


def desks(*, by: Actor, at: datetime) -> tuple[Desk, ...]:
    """The rounds that have opened, newest first."""
    started = (
        select(Round.id)
        .where(Round.opens_at <= at)
        .order_by(Round.opens_at.desc(), Round.id.desc())
        .limit(20)
    )
    tops = [head(id, by=by, at=at) for id in db.session.scalars(started).all()]
    return tuple(Desk(top, progress(top.id)) for top in tops if top and top.started)


def queue(round_id: int, wanted: dict[str, str], page: int, *, by: Actor, at: datetime) -> QueuePage | None:
    """The comments that the filters leave, in their public order.

    `wanted`: clause (a node id or "whole"), type, stance, country, state (a state, or "waiting"); empty means all.
    """
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    received = Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED)
    query = rows(*received, *_wanted(wanted))
    total = (
        db.session.scalar(select(func.count()).select_from(query.with_only_columns(Comment.id).subquery()))
        or 0
    )
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    shown = query.order_by(Comment.public_number).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    clauses = (
        select(Node.id, Node.number).join(Comment, Comment.node_id == Node.id).where(*received).distinct()
    )
    ordered = clauses.add_columns(Node.position).order_by(Node.position)
    return QueuePage(
        top, progress(round_id), seen(shown, by=by, at=at), total, page, pages,
        tuple((id, number) for id, number, _ in db.session.execute(ordered)), _countries(round_id),
    )  # fmt: skip


def progress(round_id: int) -> Progress:
    """How far the answering is."""
    query = select(Comment.state, func.count()).where(Comment.round_id == round_id).group_by(Comment.state)
    states: dict[str, int] = dict(db.session.execute(query).all())
    received = sum(count for state, count in states.items() if state not in NOT_RECEIVED)
    waiting = sum(states.get(state, 0) for state in WAITING)
    proposed = states.get(CommentState.PROPOSED, 0)
    return Progress(
        received, waiting, proposed, received - waiting - proposed - states.get(CommentState.HIDDEN, 0),
        db.session.scalar(select(func.count(Comment.id)).where(Comment.round_id == round_id, *_never_sent())) or 0,
        objections_unanswered(round_id),
    )  # fmt: skip


def answer_page(comment_id: int, *, by: Actor, at: datetime) -> AnswerPage | None:
    """One comment that was sent, with everything needed to answer it."""
    query = rows(Comment.id == comment_id, Comment.state.not_in(NOT_RECEIVED))
    found = seen(query, by=by, at=at)
    if not found:
        return None
    view = found[0]
    top = head(view.round_id, by=by, at=at)
    comment, newest, round_ = next((row[0], row[2], row[6]) for row in db.session.execute(query))
    if top is None:
        return None
    second = second_person_asked(newest, second_person_policy(by))
    return AnswerPage(
        top, view, node_view(view.round_id, view.node_id) if view.node_id else None, _replies(comment_id),
        _can(comment, newest, round_, top.answering, second, by=by, at=at), second, _next(comment),
    )  # fmt: skip


def objecting(round_id: int, *, by: Actor, at: datetime) -> tuple[CommentView, ...]:
    """The comments whose organisations object to the answer."""
    query = rows(Comment.round_id == round_id, Comment.state == CommentState.OBJECTED)
    return seen(query.order_by(Comment.public_number), by=by, at=at)


def unsent(round_id: int, *, by: Actor, at: datetime) -> tuple[CommentView, ...]:
    """What was drafted and never sent: reported, not lost. Only who and where; a draft's words are its writer's."""
    query = rows(Comment.round_id == round_id, *_never_sent())
    return seen(query.order_by(RegisterEntry.country, RegisterEntry.name, Comment.id), by=by, at=at)


def unapproved(round_id: int) -> frozenset[int]:
    """Those never sent that waited for the approval of their organisation."""
    query = select(Comment.id).where(Comment.round_id == round_id, *_never_sent(), last_asked())
    return frozenset(db.session.scalars(query))


def _never_sent() -> tuple[ColumnElement[bool], ...]:
    """Drafts, and drafts that lapsed; what its writer withdrew before closing is not on the report."""
    lapsed = (
        select(Event.id)
        .where(Event.subject_kind == "comment", Event.subject_id == Comment.id, Event.name == "draft_lapsed")
        .correlate(Comment)
    )
    return Comment.submitted_at.is_(None), Comment.state.in_(UNSENT) | lapsed.exists()


def _wanted(wanted: dict[str, str]) -> list[ColumnElement[bool]]:
    """The filters as conditions; what is not understood filters nothing."""
    conditions: list[ColumnElement[bool]] = []
    clause, state = wanted.get("clause", ""), wanted.get("state", "")
    if clause == "whole":
        conditions.append(Comment.node_id.is_(None))
    elif clause.isascii() and clause.isdecimal() and len(clause) < 10:
        conditions.append(Comment.node_id == int(clause))
    if state == "waiting":
        conditions.append(Comment.state.in_(WAITING))
    elif state:
        conditions.append(Comment.state == state)
    columns = (
        ("type", CommentVersion.type),
        ("stance", CommentVersion.stance),
        ("country", RegisterEntry.country),
    )
    return conditions + [column == wanted[name] for name, column in columns if wanted.get(name)]


def _countries(round_id: int) -> tuple[str, ...]:
    query = select(RegisterEntry.country).where(RegisterEntry.round_id == round_id).distinct()
    return tuple(db.session.scalars(query.order_by(RegisterEntry.country)))


def _replies(comment_id: int) -> tuple[Reply, ...]:
    proposer, decider = aliased(Person), aliased(Person)
    query: Select[Any] = (
        select(Answer, proposer.name, decider.name)
        .outerjoin(proposer, proposer.id == Answer.proposed_by_id)
        .outerjoin(decider, decider.id == Answer.decided_by_id)
        .where(Answer.comment_id == comment_id)
        .order_by(Answer.number)
    )
    views = ((answer_view(answer), one, other) for answer, one, other in db.session.execute(query))
    return tuple(Reply(view, one or "", other or "") for view, one, other in views if view)


def _can(
    comment: Comment,
    newest: Answer | None,
    round_: Round,
    answering: bool,
    second: bool,
    *,
    by: Actor,
    at: datetime,
) -> frozenset[str]:
    """The moves that a filled-in form could make now."""
    filled = newest or Answer(outcome="noted", response="-")
    facts = comment_facts(
        comment, round_, RoundFacts(), by=by, at=at, reason="-", answer=filled, second_person=second
    )
    free = {
        m
        for m in possible(COMMENT, comment.state, by.role)
        if not objections(COMMENT, comment.state, m, by.role, facts)
    }
    if answering and "triage" in free:
        free.add("propose")  # proposing takes the comment up by itself
    return frozenset(free if answering else free & _ANSWERED_ROUND)


def _next(comment: Comment) -> int | None:
    """The next comment without an answer, in the public order and then from the start."""
    query = select(Comment.id).where(
        Comment.round_id == comment.round_id, Comment.state.in_(WAITING), Comment.id != comment.id
    )
    return db.session.scalar(
        query.order_by(Comment.public_number <= comment.public_number, Comment.public_number).limit(1)
    )
