"""What waits for who acts for an organisation: votes first, then rounds, then answers to read."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.on_behalf import rounds_waiting
from consultations.facts.votes import CONTESTABLE
from consultations.models.ballots import Ballot
from consultations.models.comments import Comment
from consultations.models.rounds import LateGrant, Question, QuestionAnswer, RegisterEntry, Round
from consultations.models.standards import Node
from consultations.models.votes import Contest, RollEntry, Vote
from consultations.queries import tasks_attending
from consultations.queries.task import Task

NOT_SENT = ("draft", "awaiting_organisation")
SENT, DRAFTS, WAITING = (), ("draft",), ("awaiting_organisation",)


def of_delegate(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Votes to cast, for others too, assemblies to come to, what was entered to confirm, rounds to answer, answers to judge."""
    attending = tasks_attending.of_delegate(actor, at=at)
    return (*_votes(actor, at), *attending, *_entered(actor), *_rounds(actor, at), *_answers(actor, at))


def of_organisation(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Comments to approve, and results that may still be contested: others' contests take that right from nobody."""
    waiting = exists().where(
        Contest.vote_id == Vote.id,
        Contest.organisation_id == actor.organisation_id,
        Contest.resolved_at.is_(None),
    )
    open_window = (Vote.state.in_(CONTESTABLE), Vote.contest_until > at, ~waiting)
    contestable = tuple(
        Task(
            "may_contest",
            "results.decision",
            {"vote_id": vote.id},
            titles,
            due_at=vote.contest_until,
            zone=vote.zone,
            quiet=True,
        )
        for vote, titles, _ in db.session.execute(_on_roll(actor).where(*open_window))
    )
    return (*_approvals(actor, at), *contestable)


def _approvals(actor: Actor, at: datetime) -> list[Task]:
    """The rounds in which comments wait for this organisation, while it may still enter; two selects at most."""
    late = exists().where(
        LateGrant.round_id == Round.id,
        LateGrant.organisation_id == actor.organisation_id,
        LateGrant.until > at,
    )
    until = select(func.max(LateGrant.until)).where(
        LateGrant.round_id == Round.id, LateGrant.organisation_id == actor.organisation_id
    )
    query = (
        select(Round, func.count(Comment.id), until.correlate(Round).scalar_subquery())
        .join(Comment, Comment.round_id == Round.id)
        .where(
            Comment.organisation_id == actor.organisation_id, Comment.state.in_(WAITING),
            or_(and_(Round.state == "open", Round.closes_at > at), late),
        )
        .group_by(Round.id)
        .options(joinedload(Round.dossier))
    )  # fmt: skip
    return [
        Task(
            "approve_comments", "approvals.round", {"round_id": round.id}, round.dossier.titles,
            {"number": round.number, "count": count}, due_at=max(filter(None, (round.closes_at, granted))), zone=round.zone,
        )
        for round, count, granted in db.session.execute(query)
    ]  # fmt: skip


def _on_roll(actor: Actor) -> Select[tuple[Vote, dict[str, str], bool]]:
    cast = exists().where(Ballot.roll_entry_id == RollEntry.id)
    return select(Vote, Vote.titles, cast).join(
        RollEntry, and_(RollEntry.vote_id == Vote.id, RollEntry.organisation_id == actor.organisation_id)
    )


def _votes(actor: Actor, at: datetime) -> list[Task]:
    # Of votes that an assembly will hold, the assembly itself is what is to come.
    coming = and_(Vote.state == "convened", Vote.assembly_id.is_(None))
    running = and_(or_(coming, Vote.state == "open"), Vote.closes_at > at)
    # The closing of a suspended vote waits: what stands as closes_at says nothing of it.
    query = _on_roll(actor).where(or_(running, Vote.state == "suspended"))
    return [_vote(vote, titles, cast) for vote, titles, cast in db.session.execute(query)]


def _vote(vote: Vote, titles: dict[str, str], cast: bool) -> Task:
    page = {"vote_id": vote.id}
    if vote.state == "convened":
        return Task(
            "vote_coming",
            "voting.vote",
            page,
            titles,
            due_at=vote.opens_at,
            zone=vote.zone,
            quiet=True,
            begins=True,
        )
    if vote.state == "suspended":
        return Task("vote_rests_cast" if cast else "vote_rests", "voting.vote", page, titles, quiet=True)
    kind = "vote_again" if cast else "vote"
    return Task(kind, "voting.vote", page, titles, due_at=vote.closes_at, zone=vote.zone, rank=0, quiet=cast)


def _rounds(actor: Actor, at: datetime) -> list[Task]:
    query = (
        select(
            Round,
            RegisterEntry.no_comment_at,
            RegisterEntry.declined_at,
            RegisterEntry.sheet_sent_at,
            _comments(actor, SENT),
            _comments(actor, DRAFTS),
            _comments(actor, WAITING),
            _answered(actor),
            _asked(),
            _commented(actor),
            _requirements(),
        )
        .join(RegisterEntry, RegisterEntry.round_id == Round.id)
        .where(
            RegisterEntry.organisation_id == actor.organisation_id,
            Round.state == "open",
            Round.closes_at > at,
        )
        .options(joinedload(Round.dossier))
    )
    return [_round(*row) for row in db.session.execute(query)]


def _round(
    round: Round, nothing: datetime | None, declined: datetime | None, sheet: datetime | None, sent: int, drafts: int, waiting: int, answered: int, asked: int, commented: int, requirements: int
) -> Task:  # fmt: skip
    """An open round stays a task until every requirement is commented on and the questions are sent, or nothing
    is to be said, or the organisation does not take part."""
    spoke = bool(sent or answered)
    stays_out = bool(declined) and not (spoke or nothing)
    whole = bool(nothing) or stays_out or (spoke and commented == requirements and bool(sheet or not asked))
    params = {
        "number": round.number, "sent": sent, "drafts": drafts, "waiting": waiting, "answered": answered, "asked": asked,
        "commented": commented, "requirements": requirements,
    }  # fmt: skip
    begun = ("comment_begun" if asked else "comment_clauses") if spoke else "comment"
    finished = "comment_more" if spoke else "declined" if stays_out else "said_nothing"
    if waiting and not drafts:
        begun = finished = "comment_waits"
    return Task(
        "comment_drafts" if drafts else finished if whole else begun, "delegate.round_page", {"round_id": round.id},
        round.dossier.titles, params, due_at=round.closes_at, zone=round.zone, quiet=whole and not drafts,
    )  # fmt: skip


def _entered(actor: Actor) -> list[Task]:
    """Rounds in which staff entered something for the organisation that it has not confirmed."""
    found = rounds_waiting(actor.organisation_id)
    query = select(Round).where(Round.id.in_(found), Round.state != "withdrawn")
    return [
        Task(
            "confirm_entered", "delegate.entered", {"round_id": round.id}, round.dossier.titles,
            {"number": round.number}, zone=round.zone,
        )
        for round in (db.session.scalars(query.options(joinedload(Round.dossier))) if found else ())
    ]  # fmt: skip


def _answers(actor: Actor, at: datetime) -> list[Task]:
    mine = (Comment.organisation_id == actor.organisation_id, Comment.state == "answered")
    query = (
        select(Round, func.count(Comment.id))
        .join(Comment, Comment.round_id == Round.id)
        .where(*mine, Round.state == "published", Round.satisfaction_until > at)
        .group_by(Round.id)
        .options(joinedload(Round.dossier))
    )
    return [
        Task(
            "judge_answers", "delegate.mine", {"round_id": round.id}, round.dossier.titles,
            {"count": count, "number": round.number}, due_at=round.satisfaction_until, zone=round.zone,
        )
        for round, count in db.session.execute(query)
    ]  # fmt: skip


def _comments(actor: Actor, which: tuple[str, ...]) -> ColumnElement[int]:
    """How many of the organisation's comments are in these states; SENT: in all others."""
    states = Comment.state.in_(which) if which else Comment.state.not_in((*NOT_SENT, "withdrawn"))
    mine = (Comment.round_id == Round.id, Comment.organisation_id == actor.organisation_id, states)
    return select(func.count(Comment.id)).where(*mine).correlate(Round).scalar_subquery()


def _commented(actor: Actor) -> ColumnElement[int]:
    """On how many requirements the organisation has sent a comment."""
    mine = (Comment.round_id == Round.id, Comment.organisation_id == actor.organisation_id)
    counted = select(func.count(func.distinct(Comment.node_id))).join(Node, Node.id == Comment.node_id)
    standing = (Node.kind == "requirement", Comment.state.not_in((*NOT_SENT, "withdrawn")))
    return counted.where(*mine, *standing).correlate(Round).scalar_subquery()


def _requirements() -> ColumnElement[int]:
    of_version = (Node.version_id == Round.version_id, Node.kind == "requirement")
    return select(func.count(Node.id)).where(*of_version).correlate(Round).scalar_subquery()


def _asked() -> ColumnElement[int]:
    return (
        select(func.count(Question.id))
        .where(Question.round_id == Round.id)
        .correlate(Round)
        .scalar_subquery()
    )


def _answered(actor: Actor) -> ColumnElement[int]:
    mine = (Question.round_id == Round.id, QuestionAnswer.organisation_id == actor.organisation_id)
    counted = select(func.count(func.distinct(QuestionAnswer.question_id))).join(Question)
    return counted.where(*mine).correlate(Round).scalar_subquery()
