"""What a letter needs to say, whether it is still wanted, and what waits to go out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import aliased

from consultations.extensions import db
from consultations.facts.register import has_answered
from consultations.models.assemblies import Assembly
from consultations.models.ballots import Ballot, Count
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.mandates import Mandate
from consultations.models.organisations import Organisation
from consultations.models.people import LoginLink, Person
from consultations.models.petitions import Petition
from consultations.models.reviews import Review
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.timers import Notice, Timer
from consultations.models.votes import Contest, RollEntry, Vote
from consultations.queries import people

REMINDERS = frozenset({"round_closing_soon", "vote_closing_soon"})


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes."""

    name: str
    email: str
    language: str
    active: bool


@dataclass(frozen=True)
class Subject:
    """What a letter is about, as plain values; what does not apply is empty."""

    titles: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    state: str = ""
    number: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    until: datetime | None = None
    zone: str = "UTC"
    receipt: str = ""
    ids: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Backlog:
    """How far the runner is behind."""

    oldest_timer: datetime | None
    unsent: int


def addressee(person_id: int) -> Addressee:
    """The person a notice is for."""
    person = db.session.get_one(Person, person_id)
    return Addressee(person.name, person.email, person.language, person.active)


def organisation_name(organisation_id: int | None) -> str:
    """The name of an organisation, or nothing."""
    found = db.session.get(Organisation, organisation_id) if organisation_id else None
    return found.name if found else ""


def subject(kind: str, id: int) -> Subject | None:
    """What a notice is about; None when it is gone or of a kind that letters do not know."""
    row = db.session.get(_MODELS[kind], id) if kind in _MODELS else None
    return _ABOUT[kind](row) if row is not None else None


def unwanted(kind: str, about: Subject, person_id: int, organisation_id: int | None, *, at: datetime) -> str:
    """Why a letter is not sent after all ("" when it is): a reminder that is answered, over, no longer theirs or not
    wished, the convocation of a vote that was called off, a link to sign in that is too old."""
    if kind == "login_link":
        return "too old" if about.until is None or about.until <= at else ""
    if kind in ("vote_convened", "roll_added") and about.state == "voided":
        return "called off"  # while it was on its way out
    if kind not in REMINDERS:
        return ""
    if about.state != "open" or about.closes_at is None or about.closes_at <= at:
        return "no longer open"
    if not _acts_for(person_id, organisation_id, at):
        return "mandate over"
    if kind == "round_closing_soon" and answered(about.ids["round_id"], organisation_id):
        return "answered"
    if kind == "round_closing_soon" and declined(about.ids["round_id"], organisation_id):
        return "declined"
    if kind == "vote_closing_soon" and voted(about.ids["vote_id"], organisation_id):
        return "voted"
    return "" if people.wants_reminders(person_id) else "not wished"


def overtaken(notice_id: int) -> bool:
    """Whether a newer reminder of the same matter for the same person and organisation is there: it says all of this."""
    newer, this = aliased(Notice), aliased(Notice)
    same = (
        newer.kind == this.kind, newer.person_id == this.person_id, newer.subject_kind == this.subject_kind,
        newer.subject_id == this.subject_id, newer.organisation_id.is_not_distinct_from(this.organisation_id),
    )  # fmt: skip
    later = select(newer.id).join(this, and_(*same)).where(this.id == notice_id, newer.id > this.id)
    return bool(db.session.scalar(select(exists(later.where(newer.dropped_at.is_(None))))))


def answered(round_id: int, organisation_id: int | None) -> bool:
    """Whether an organisation has answered in a round: a comment or its sheet sent, or "no comment"."""
    entry = select(RegisterEntry.id).filter_by(round_id=round_id, organisation_id=organisation_id)
    return bool(db.session.scalar(select(exists(entry.where(has_answered())))))


def declined(round_id: int, organisation_id: int | None) -> bool:
    """Whether an organisation has said that it does not take part in a round."""
    entry = select(RegisterEntry.id).filter_by(round_id=round_id, organisation_id=organisation_id)
    return bool(db.session.scalar(select(exists(entry.where(RegisterEntry.declined_at.is_not(None))))))


def voted(vote_id: int, organisation_id: int | None) -> bool:
    """Whether an organisation has a ballot in a vote."""
    ballot = select(Ballot.id).join(RollEntry, Ballot.roll_entry_id == RollEntry.id)
    ballot = ballot.where(RollEntry.vote_id == vote_id, RollEntry.organisation_id == organisation_id)
    return bool(db.session.scalar(select(exists(ballot))))


def backlog(*, at: datetime) -> Backlog | None:
    """The oldest timer that should have fired, and how many mails wait or were given up; None: no database."""
    try:
        return _backlog(at)
    except SQLAlchemyError:
        return None


def _backlog(at: datetime) -> Backlog:
    oldest = select(func.min(Timer.due_at)).where(Timer.fired_at.is_(None), Timer.due_at <= at)
    unsent = select(func.count(Notice.id)).where(Notice.sent_at.is_(None), Notice.dropped_at.is_(None))
    return Backlog(db.session.scalar(oldest), db.session.scalar(unsent.where(Notice.due_at <= at)) or 0)


def _acts_for(person_id: int, organisation_id: int | None, at: datetime) -> bool:
    mandate = select(Mandate.id).where(
        Mandate.person_id == person_id, Mandate.organisation_id == organisation_id,
        Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
    )  # fmt: skip
    return bool(db.session.scalar(select(exists(mandate))))


def _round(row: Round) -> Subject:
    return Subject(
        titles=row.dossier.titles, state=row.state, number=str(row.number), opens_at=row.opens_at,
        closes_at=row.closes_at, until=row.satisfaction_until, zone=row.zone,
        ids={"round_id": row.id, "dossier_id": row.dossier_id},
    )  # fmt: skip


def _vote(row: Vote, **more: Any) -> Subject:
    return Subject(
        titles=row.titles, questions=row.questions, state=row.state, number=row.code, opens_at=row.opens_at,
        closes_at=row.closes_at, until=row.contest_until, zone=row.zone,
        ids={"vote_id": row.id, "dossier_id": row.dossier_id}, **more,
    )  # fmt: skip


def _review(row: Review) -> Subject:
    ids = {"review_id": row.id, "round_id": row.round_id, "dossier_id": row.round.dossier_id}
    return Subject(
        titles=row.round.dossier.titles, state=row.state, number=str(row.round.number), closes_at=row.due_at,
        zone=row.round.zone, ids=ids,
    )  # fmt: skip


def _comment(row: Comment) -> Subject:
    ids = {"comment_id": row.id, "round_id": row.round_id, "dossier_id": row.round.dossier_id}
    return Subject(
        titles=row.round.dossier.titles, state=row.state, number=str(row.round.number),
        closes_at=row.round.closes_at, zone=row.round.zone, receipt=row.receipt, ids=ids,
    )  # fmt: skip


def _ballot(row: Ballot) -> Subject:
    return _vote(row.entry.vote, receipt=row.receipt)


def _dossier(row: Dossier) -> Subject:
    return Subject(titles=row.titles, state=row.state, ids={"dossier_id": row.id})


def _petition(row: Petition) -> Subject:
    return Subject(titles={row.language: row.title}, state=row.state, ids={"petition_id": row.id})


def _assembly(row: Assembly) -> Subject:
    return Subject(
        titles=row.titles, state=row.state, number=row.code, opens_at=row.starts_at, closes_at=row.ends_at,
        until=row.adjourned_until, zone=row.zone, ids={"assembly_id": row.id},
    )  # fmt: skip


def _mandate(row: Mandate) -> Subject:
    names = {"es": row.organisation.name} if row.organisation else row.network.names if row.network else {}
    return Subject(titles=names, until=row.ends_at, zone=row.person.zone)


def _link(row: LoginLink) -> Subject:
    over = row.used_at is not None
    return Subject(until=None if over else row.expires_at, zone=row.person.zone)


_MODELS: dict[str, Any] = {
    "round": Round, "vote": Vote, "review": Review, "comment": Comment, "ballot": Ballot, "rollentry": RollEntry,
    "count": Count, "contest": Contest, "dossier": Dossier, "loginlink": LoginLink, "petition": Petition, "mandate": Mandate,
    "assembly": Assembly,
}  # fmt: skip
_ABOUT: dict[str, Any] = {
    "round": _round, "vote": _vote, "review": _review, "comment": _comment, "ballot": _ballot, "dossier": _dossier,
    "petition": _petition, "mandate": _mandate, "loginlink": _link, "assembly": _assembly, "rollentry": lambda row: _vote(row.vote), "count": lambda row: _vote(row.vote),
    "contest": lambda row: _vote(db.session.get_one(Vote, row.vote_id)),
}  # fmt: skip
