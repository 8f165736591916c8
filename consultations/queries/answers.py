"""The Unit's answering desk: the queue of a round's comments, one comment with its answers, what was never sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.approvals import last_asked
from consultations.facts.batches import Given, waiting
from consultations.facts.clusters import HowMuch, how_much, how_much_in
from consultations.facts.comments import comment_facts, second_person_asked, second_person_policy
from consultations.facts.objections import undecided_by_round
from consultations.facts.points import FIRST, Standing, standing
from consultations.facts.queues import WAITING
from consultations.facts.register import UNSENT
from consultations.facts.removals import Shown, kept_from
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Answer, Comment
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
from consultations.queries.delegate_rounds import Head, head, opened
from consultations.queries.kept_back import answer_as_read
from workflows.comment import COMMENT, CommentState
from workflows.machine import objections, possible
from workflows.roles import Role, implies
from workflows.round import RoundFacts

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
class PointState:
    """A point of a comment: its words, where it stands, the newest answer, and whether that was given back."""

    number: int
    text: str
    state: str
    answer: AnswerView | None
    returned: bool


@dataclass(frozen=True)
class Reply:
    """One of the answers to a point, oldest first, with who proposed and decided it."""

    view: AnswerView
    proposed_by: str
    decided_by: str


@dataclass(frozen=True)
class AnswerPage:
    """A comment beside its clause; one of its points with its answers and the moves open to the viewer.

    `clauses`: (stable id, number) of the text, for what an answer changed; `number`: the comment's public number.
    """

    head: Head
    comment: CommentView
    number: int
    node: NodeView | None
    points: tuple[PointState, ...]
    point: PointState
    replies: tuple[Reply, ...]
    can: frozenset[str]
    second_person: bool
    clauses: tuple[tuple[str, str], ...]
    assignee_id: int | None
    due_on: date | None


@dataclass(frozen=True)
class Desk:
    """A round on the list of the desk, with how much was said in it."""

    head: Head
    progress: Progress
    much: HowMuch


def desks(*, by: Actor, at: datetime) -> tuple[Desk, ...]:
    """The rounds that have opened, newest first; as many selects for twenty as for one."""
    tops = opened(by=by, at=at)
    ids = [top.id for top in tops]
    progress, much = progress_in(ids), how_much_in(ids)
    return tuple(Desk(top, progress[top.id], much[top.id]) for top in tops)


def desk(round_id: int, *, by: Actor, at: datetime) -> Desk | None:
    """One of them, whatever it is at."""
    top = head(round_id, by=by, at=at)
    return Desk(top, progress(round_id), how_much(round_id)) if top else None


def progress(round_id: int) -> Progress:
    """How far the answering is."""
    return progress_in((round_id,))[round_id]


def progress_in(round_ids: Collection[int]) -> dict[int, Progress]:
    """The same of each of these rounds; three selects."""
    here = Comment.round_id.in_(round_ids)
    query = select(Comment.round_id, Comment.state, func.count()).where(here)
    states: dict[int, dict[str, int]] = {id: {} for id in round_ids}
    for round_id, state, count in db.session.execute(query.group_by(Comment.round_id, Comment.state)):
        states[round_id][state] = count
    unsent = select(Comment.round_id, func.count()).where(here, *_never_sent()).group_by(Comment.round_id)
    never: dict[int, int] = dict(db.session.execute(unsent).all())
    objected = undecided_by_round()
    return {id: _progress(states[id], never.get(id, 0), objected.get(id, 0)) for id in round_ids}


def _progress(states: Mapping[str, int], never: int, objected: int) -> Progress:
    received = sum(count for state, count in states.items() if state not in NOT_RECEIVED)
    waiting = sum(states.get(state, 0) for state in WAITING)
    proposed = states.get(CommentState.PROPOSED, 0)
    return Progress(received, waiting, proposed, received - waiting - proposed, never, objected)


def answer_page(comment_id: int, point: int = FIRST, *, by: Actor, at: datetime) -> AnswerPage | None:
    """One comment that was sent, with everything needed to answer one of its points."""
    query = rows(Comment.id == comment_id, Comment.state.not_in(NOT_RECEIVED))
    found = seen(query, by=by, at=at)
    if not found:
        return None
    view = found[0]
    top = head(view.round_id, by=by, at=at)
    comment, round_ = next((row[0], row[6]) for row in db.session.execute(query))
    points = standing(comment)
    chosen = next((one for one in points if one.number == point), None)
    if top is None or chosen is None:
        return None
    kept = kept_from((comment_id,), by=by)(comment_id)
    second = _second_person(comment, chosen, view.would_vote_no, by)
    return AnswerPage(
        top, view, comment.public_number or 0, node_view(view.round_id, view.node_id) if view.node_id else None,
        tuple(_point(one, kept) for one in points), _point(chosen, kept), _replies(comment_id, point, kept),
        _can(comment, chosen, round_, top.answering, second, by=by, at=at), second, clauses_of(round_),
        comment.assignee_id, comment.due_on,
    )  # fmt: skip


def _point(point: Standing, kept: Shown) -> PointState:
    answer = answer_as_read(answer_view(point.answer), kept)
    return PointState(point.number, kept.text(point.text), point.state, answer, point.returned)


def _second_person(comment: Comment, point: Standing, would_vote_no: bool, by: Actor) -> bool:
    """Whether a second person must decide on the answer that stands; of none, on one that a form could make."""
    answer = point.answer
    in_batch = answer is not None and Given(comment.id, point.number, answer.number) in waiting(
        comment.round_id
    )
    policy = second_person_policy(by)
    return second_person_asked(answer, policy, would_vote_no=would_vote_no, in_batch=in_batch)


def clauses_of(round_: Round) -> tuple[tuple[str, str], ...]:
    """The clauses of a round's text by stable id and number, for what an answer changed."""
    query = select(Node.stable_id, Node.number).where(Node.version_id == round_.version_id, Node.number != "")
    return tuple(
        (stable_id, number) for stable_id, number in db.session.execute(query.order_by(Node.position))
    )


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


def _replies(comment_id: int, point: int, kept: Shown) -> tuple[Reply, ...]:
    proposer, decider = aliased(Person), aliased(Person)
    query: Select[Any] = (
        select(Answer, proposer.name, decider.name)
        .outerjoin(proposer, proposer.id == Answer.proposed_by_id)
        .outerjoin(decider, decider.id == Answer.decided_by_id)
        .where(Answer.comment_id == comment_id, Answer.point == point)
        .order_by(Answer.number)
    )
    views = (
        (answer_as_read(answer_view(answer), kept), one, other)
        for answer, one, other in db.session.execute(query)
    )
    return tuple(Reply(view, one or "", other or "") for view, one, other in views if view)


def _can(
    comment: Comment,
    point: Standing,
    round_: Round,
    answering: bool,
    second: bool,
    *,
    by: Actor,
    at: datetime,
) -> frozenset[str]:
    """The moves that a filled-in form could make now with the point; splitting and merging beside them."""
    filled = point.answer or Answer(outcome="noted", response="-")
    facts = comment_facts(
        comment, round_, RoundFacts(), by=by, at=at, reason="-", answer=filled, second_person=second
    )
    free = {
        m
        for m in possible(COMMENT, point.state, by.role)
        if not objections(COMMENT, point.state, m, by.role, facts)
    }
    if answering and "triage" in free:
        free.add("propose")  # proposing takes the comment up by itself
    if answering and Role.UNIT in implies(by.role):
        free.add("work")  # who answers until when, points and clusters: no moves of the comment
    return frozenset(free if answering else free & _ANSWERED_ROUND)
