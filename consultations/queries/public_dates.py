"""The dates of a dossier that anybody may know: of rounds once they are announced, of votes once they are convened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from consultations.extensions import db
from consultations.facts.revisions import revisions
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.votes import Vote
from consultations.queries.public import PUBLIC_ROUNDS, PUBLIC_VOTES, shown
from workflows.round import RoundState
from workflows.vote import VoteState

STILL, OFF = "still", "off"


@dataclass(frozen=True)
class Dated:
    """One date. `what` round_opens, round_closes, answers_judged, vote_opens, vote_closes, vote_contested; `number` of the
    round, or the vote's code. `standing`: "" it stands; "still" it stands still and will move; "off" it will not be.
    `deadline`: it is the first instant that is too late."""

    what: str
    subject: tuple[str, int]
    number: str
    at: datetime
    zone: str
    standing: str
    sequence: int
    changed_at: datetime
    first_at: datetime | None = None

    @property
    def deadline(self) -> bool:
        """Whether it ends something, rather than beginning it."""
        return not self.what.endswith("_opens")

    @property
    def rests(self) -> bool:
        """Whether it stands still: what stands as its date says nothing then."""
        return self.standing == STILL


@dataclass(frozen=True)
class Dates:
    """The dates of one dossier, in order, with what it is called."""

    dossier_id: int
    code: str
    titles: dict[str, str]
    dates: tuple[Dated, ...]


def of_dossier(dossier_id: int) -> Dates | None:
    """The public dates of a dossier; None when the public has nothing to see."""
    dossier = db.session.scalar(select(Dossier).where(Dossier.id == dossier_id, shown()))
    if dossier is None:
        return None
    rows = (*_rounds(dossier_id), *_votes(dossier_id))
    known = revisions(subject for _, subject, *_ in rows)
    dates = [
        Dated(what, subject, number, at, zone, standing, *known.get(subject, (0, dossier.created_at)), first)
        for what, subject, number, at, zone, standing, first in rows
    ]
    return Dates(
        dossier.id, dossier.code, dossier.titles, tuple(sorted(dates, key=lambda one: (one.at, one.what)))
    )


_Row = tuple[str, tuple[str, int], str, datetime, str, str, datetime | None]


def _rounds(dossier_id: int) -> Iterator[_Row]:
    """Rounds that were announced; of one that was withdrawn since, that its dates are off."""
    announced = select(Event.id).where(
        Event.subject_kind == "round", Event.subject_id == Round.id, Event.name == "round_scheduled"
    )
    off = (Round.state == RoundState.WITHDRAWN) & announced.exists()
    query = select(Round).where(Round.dossier_id == dossier_id, or_(Round.state.in_(PUBLIC_ROUNDS), off))
    for row in db.session.scalars(query.order_by(Round.number)):
        standing = {RoundState.WITHDRAWN: OFF, RoundState.PAUSED: STILL}.get(RoundState(row.state), "")
        subject, number = ("round", row.id), str(row.number)
        if row.opens_at and row.closes_at:
            moved = row.first_closes_at if row.first_closes_at != row.closes_at else None
            yield (
                "round_opens",
                subject,
                number,
                row.opens_at,
                row.zone,
                standing if standing == OFF else "",
                None,
            )
            yield "round_closes", subject, number, row.closes_at, row.zone, standing, moved
        if row.published_at and row.satisfaction_until:
            yield "answers_judged", subject, number, row.satisfaction_until, row.zone, standing, None


def _votes(dossier_id: int) -> Iterator[_Row]:
    query = select(Vote).where(
        Vote.dossier_id == dossier_id, Vote.state.in_(PUBLIC_VOTES), Vote.convened_at.is_not(None)
    )
    for row in db.session.scalars(query.order_by(Vote.id)):
        standing = {VoteState.VOIDED: OFF, VoteState.SUSPENDED: STILL}.get(VoteState(row.state), "")
        subject = ("vote", row.id)
        moved = row.first_closes_at if row.first_closes_at != row.closes_at else None
        yield (
            "vote_opens",
            subject,
            row.code,
            row.opens_at,
            row.zone,
            standing if standing == OFF else "",
            None,
        )
        yield "vote_closes", subject, row.code, row.closes_at, row.zone, standing, moved
        if row.contest_until:
            yield "vote_contested", subject, row.code, row.contest_until, row.zone, standing, None
