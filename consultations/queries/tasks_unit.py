"""What waits for the Standards Unit, and for its head."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.dossiers import rules_of
from consultations.facts.queues import WAITING
from consultations.facts.register import has_answered
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.reviews import Review
from consultations.models.rounds import RegisterEntry, Round
from consultations.queries import tasks_petitions
from consultations.queries.task import Task
from consultations.queries.tasks_answers import to_decide
from consultations.queries.tasks_coding import to_code
from consultations.queries.tasks_freezing import to_freeze
from workflows.comment import CommentState
from workflows.dossier import Gate

FINISHED = ("superseded", "ready_for_vote", "withdrawn")
AT_WORK = ("draft", "closed", "answering")
OF_HEAD = ("approved", "synopsis_review")
BEGINNING = {
    "requested": "assess_request", "assessed": "set_scope", "scoped": "begin_drafting", "drafting": "write_round",
}  # fmt: skip
ONLY_HEAD = ("set_scope", "begin_review")  # workflows.dossier: scope, start_final_review
UNDER_WAY = {"scheduled": "round_coming", "open": "round_runs", "paused": "round_rests"}


def of_unit(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Rounds to write, to submit and to answer; outside answers to record; rounds that run."""
    return (
        *_rounds(AT_WORK),
        *to_decide(actor),
        *to_code(actor),
        *_decided(leads=False),
        *_unstarted(leads=False),
        *tasks_petitions.of_unit(actor, at=at),
        *_under_way(),
    )


def of_head(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """The Unit's own, and what only the head may do: schedule, publish, send."""
    return (
        *_rounds(AT_WORK + OF_HEAD),
        *to_decide(actor),
        *to_code(actor),
        *to_freeze(actor, at=at),
        *_decided(leads=True),
        *_unstarted(leads=True),
        *tasks_petitions.of_unit(actor, at=at),
        *_under_way(),
    )


def _rounds(states: tuple[str, ...]) -> list[Task]:
    query = (
        select(
            Round,
            _comments(Comment.state.not_in(NOT_RECEIVED)),
            _comments(Comment.state.in_(WAITING)),
            _comments(Comment.state == CommentState.PROPOSED),
            _reviewed("draft", "returned"),
            _reviewed("synopsis", "approved"),
        )
        .where(Round.state.in_(states))
        .options(joinedload(Round.dossier))
    )
    found = (_round(*row) for row in db.session.execute(query))
    return [task for task in found if task is not None]


def _round(
    round: Round,
    comments: int,
    unanswered: int,
    proposed: int,
    returned: bool,
    synopsis_approved: bool,
) -> Task | None:
    kind = {
        "draft": "returned_round" if returned else "submit_round",
        "approved": "schedule_round",
        "closed": "start_answers",
        "answering": "answer_comments"
        if unanswered
        else "answers_proposed"
        if proposed
        else "submit_synopsis",
        "synopsis_review": "publish_synopsis" if synopsis_approved else "",
    }[round.state]
    if not kind:
        return None
    page = {
        "answer_comments": "desk.queue",
        "answers_proposed": "desk.queue",
        "submit_synopsis": "desk.draft",
        "publish_synopsis": "desk.publish",
    }
    return Task(
        kind, page.get(kind, "unit.round"), {"round_id": round.id}, round.dossier.titles,
        {
            "number": round.number, "count": unanswered, "total": comments, "proposed": proposed,
            "decided": comments - unanswered - proposed,
        },
        zone=round.zone, rank=0 if kind == "returned_round" else 1, quiet=kind == "answers_proposed",
    )  # fmt: skip


def _under_way() -> list[Task]:
    """Rounds that are announced, open or paused: nothing to do, but to know until when."""
    query = (
        select(Round, _entries(), _entries(has_answered()))
        .where(Round.state.in_(UNDER_WAY))
        .options(joinedload(Round.dossier))
    )
    return [
        Task(
            UNDER_WAY[round.state], "unit.round", {"round_id": round.id}, round.dossier.titles,
            {"number": round.number, "heard": heard, "invited": invited},
            due_at={"scheduled": round.opens_at, "open": round.closes_at}.get(round.state), zone=round.zone, quiet=True,
            begins=round.state == "scheduled",
        )
        for round, invited, heard in db.session.execute(query)
    ]  # fmt: skip


def _entries(*which: ColumnElement[bool]) -> ColumnElement[int]:
    """How many organisations of the frozen register."""
    of_round = (RegisterEntry.round_id == Round.id, *which)
    return select(func.count(RegisterEntry.id)).where(*of_round).correlate(Round).scalar_subquery()


def _decided(*, leads: bool) -> list[Task]:
    """Dossiers with a decision to send (which only the head may), an outside answer to record, or a day to record."""
    states = ("sent", "adopted", "not_adopted")
    query = select(Dossier).where(Dossier.state.in_(states), Dossier.archived.is_(False)).order_by(Dossier.id)
    found = ((_after_decision(dossier, leads), dossier) for dossier in db.session.scalars(query))
    return [
        Task(
            kind,
            "unit.dossier",
            {"dossier_id": dossier.id},
            dossier.titles,
            quiet=kind == "record_outcome",
            rank=2,
        )
        for kind, dossier in found
        if kind
    ]


def _after_decision(dossier: Dossier, leads: bool) -> str:
    if dossier.state == "sent":
        return "record_outcome"
    if Gate.OUTSIDE in rules_of(dossier.kind).gates:
        return "send_position" if leads else ""
    return "record_force" if dossier.state == "adopted" else ""


def _unstarted(*, leads: bool) -> list[Task]:
    """Dossiers before their consultation with no round that is under way; what only the head may do is told to the
    others as such."""
    running = exists().where(Round.dossier_id == Dossier.id, Round.state.not_in(FINISHED))
    waiting = (
        Dossier.state.in_(("requested", "assessed", "scoped", "drafting")),
        Dossier.archived.is_(False),
        ~running,
    )
    found = db.session.scalars(select(Dossier).where(*waiting).order_by(Dossier.id))
    return [_first_step(dossier, leads) for dossier in found]


def _first_step(dossier: Dossier, leads: bool) -> Task:
    kind = BEGINNING[dossier.state]
    if dossier.state == "drafting" and not rules_of(dossier.kind).rounds_minimum:
        kind = "begin_review"
    quiet = kind in ONLY_HEAD and not leads
    name = f"{kind}_comes" if quiet else kind
    return Task(name, "unit.dossier", {"dossier_id": dossier.id}, dossier.titles, rank=3, quiet=quiet)


def _comments(which: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count(Comment.id))
        .where(Comment.round_id == Round.id, which)
        .correlate(Round)
        .scalar_subquery()
    )


def _reviewed(subject: str, state: str) -> ColumnElement[bool]:
    """Whether the newest review of that subject stands so."""
    of_round = (Review.round_id == Round.id, Review.subject == subject)
    newest = select(Review.state).where(*of_round).order_by(Review.number.desc()).limit(1).correlate(Round)
    return func.coalesce(newest.scalar_subquery(), "") == state
