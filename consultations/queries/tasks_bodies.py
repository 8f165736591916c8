"""What waits for CECLAC, for networks, and for those who watch and operate."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.objections import undecided_by_round
from consultations.facts.reviews import Standing, standings_of
from consultations.models.dossiers import Dossier
from consultations.models.mandates import Mandate
from consultations.models.organisations import Organisation
from consultations.models.reviews import Review
from consultations.models.rounds import Round
from consultations.models.timers import Notice, Timer
from consultations.queries import silence
from consultations.queries.task import Task
from consultations.queries.tasks_answers import to_decide
from consultations.queries.tasks_freezing import to_freeze


def of_commission(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Reviews without this member's position; those with one may be changed."""
    return tuple(_position(actor, review, standing) for review, standing in _reviews(actor, at))


def of_chair(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Reviews to decide, those that wait for a position first, texts that are ready for the vote; answers it may decide."""
    reviews = tuple(
        _review("blocked_review" if standing.blocks else "decide_review", review, standing)
        if _decides(actor, standing)
        else _position(actor, review, standing)
        for review, standing in _reviews(actor, at)
    )
    return (*reviews, *_objections(), *_ready(at), *to_freeze(actor, at=at), *to_decide(actor, quiet=True))


def of_network(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Open rounds and votes with how many of the network's members have not answered."""
    return tuple(
        Task(
            f"{running.kind}_{'silent' if running.silent else 'answered'}", f"network.{running.kind}",
            {f"{running.kind}_id": running.id}, running.titles,
            {"count": running.silent, "total": running.total, "number": running.number},
            due_at=running.closes_at, zone=running.zone, quiet=not running.silent,
        )
        for running in silence.running(actor.network_id or 0, at=at)
    )  # fmt: skip


def of_auditor(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Every dossier that is not archived, to be read."""
    query = select(Dossier).where(Dossier.archived.is_(False)).order_by(Dossier.id.desc()).limit(50)
    return tuple(
        Task("read_dossier", "unit.dossier", {"dossier_id": dossier.id}, dossier.titles, quiet=True)
        for dossier in db.session.scalars(query)
    )


def of_admin(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """What the register lacks, and what the runner could not do."""
    figures = select(_count(Organisation.id), _without_delegate(at), _stuck(), _given_up())
    organisations, silent, timers, mails = db.session.execute(figures).one()
    found = (
        Task("import_register", "register.upload", {}, rank=0) if not organisations else None,
        Task("without_delegate", "register.organisations", {}, params={"count": silent}) if silent else None,
        Task("timers_failed", "register.trouble", {}, params={"count": timers}, rank=0) if timers else None,
        Task("mails_failed", "register.trouble", {}, params={"count": mails}, rank=0) if mails else None,
    )
    return tuple(task for task in found if task)


def _reviews(actor: Actor, at: datetime) -> list[tuple[Review, Standing]]:
    """Open reviews of the body, with where its members stand."""
    query = (
        select(Review)
        .where(Review.body_id == actor.network_id, Review.state == "open")
        .options(joinedload(Review.round).joinedload(Round.dossier), joinedload(Review.body))
        .order_by(Review.due_at)
    )
    rows = db.session.scalars(query).all()
    standings = standings_of(rows, at=at)
    return [(row, standings[row.id]) for row in rows]


def _decides(actor: Actor, standing: Standing) -> bool:
    """Whether enough members were heard; while one blocks, the chair says something too before returning it."""
    enough = standing.taken >= standing.needed
    return enough and (not standing.blocks or actor.person_id in standing.newest)


def _position(actor: Actor, review: Review, standing: Standing) -> Task:
    taken = actor.person_id in standing.newest
    return _review("change_position" if taken else "take_position", review, standing, quiet=taken)


def _review(kind: str, review: Review, standing: Standing, *, quiet: bool = False) -> Task:
    subject = "_synopsis" if review.subject == "synopsis" else ""
    return Task(
        kind + subject, "commission.review", {"review_id": review.id}, review.round.dossier.titles,
        {"number": review.round.number, "count": standing.taken, "blocks": standing.blocks},
        due_at=review.due_at, zone=review.round.zone, quiet=quiet,
    )  # fmt: skip


def _objections() -> list[Task]:
    """Rounds with objections that the Commission has not decided on, also those that another round followed."""
    counts = undecided_by_round()
    query = select(Round).join(Round.dossier).where(Round.id.in_(counts), Dossier.state == "in_round")
    return [
        Task(
            "decide_objections", "commission.objections", {}, round_.dossier.titles,
            {"number": round_.number, "count": counts[round_.id]}, zone=round_.zone,
        )
        for round_ in db.session.scalars(query.options(joinedload(Round.dossier)).order_by(Round.id))
    ]  # fmt: skip


def _ready(at: datetime) -> list[Task]:
    """Published rounds: those whose time to object is over are handed over, the others will be."""
    query = select(Round).where(Round.state == "published", Round.satisfaction_until.is_not(None))
    return [_hand_over(round_, at) for round_ in db.session.scalars(query.options(joinedload(Round.dossier)))]


def _hand_over(round_: Round, at: datetime) -> Task:
    coming = round_.satisfaction_until is not None and round_.satisfaction_until > at
    return Task(
        "declare_ready_later" if coming else "declare_ready", "desk.ready", {"round_id": round_.id},
        round_.dossier.titles, {"number": round_.number}, due_at=round_.satisfaction_until if coming else None,
        zone=round_.zone, quiet=coming,
    )  # fmt: skip


def _count(column: ColumnElement[int], *where: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count(column)).where(*where).scalar_subquery()


def _without_delegate(at: datetime) -> ColumnElement[int]:
    in_force = (Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
    acts = exists().where(Mandate.organisation_id == Organisation.id, Mandate.role == "delegate", *in_force)
    return _count(Organisation.id, ~acts)


def _stuck() -> ColumnElement[int]:
    return _count(Timer.id, Timer.fired_at.is_(None), Timer.attempts > 0)


def _given_up() -> ColumnElement[int]:
    return _count(Notice.id, Notice.sent_at.is_(None), Notice.dropped_at.is_(None), Notice.attempts > 1)
