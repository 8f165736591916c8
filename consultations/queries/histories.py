"""What happened to a dossier or a part of it, as sentences, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.people import Person
from consultations.wording import ROLES
from consultations.wording_events import happened
from workflows.roles import Role

SUBJECTS = ("dossier", "round", "review", "vote", "synopsis", "standardversion")
# What single members and organisations did: who has voted is nobody's business before the closing.
WITHIN = ("position_taken", "block_lift_seconded", "ballot_cast", "ballot_changed")


@dataclass(frozen=True)
class Happening:
    """One event: the sentence, when, by whom, and the reason that was given."""

    sentence: str
    at: datetime
    who: str
    reason: str


def of_dossier(dossier_id: int, *, limit: int = 60) -> tuple[Happening, ...]:
    """The dossier's history without what happens inside its comments, ballots and the members' positions."""
    of_dossier = (
        Event.dossier_id == dossier_id,
        Event.subject_kind.in_(SUBJECTS),
        Event.name.not_in(WITHIN),
    )
    return _told(_events().where(*of_dossier), limit)


def of_subject(kind: str, id: int, *, limit: int = 60) -> tuple[Happening, ...]:
    """What happened to one round, review, vote …"""
    return _told(_events().where(Event.subject_kind == kind, Event.subject_id == id), limit)


def _events() -> Select[tuple[Event, str | None]]:
    return (
        select(Event, Person.name).outerjoin(Person, Person.id == Event.person_id).order_by(Event.id.desc())
    )


def _told(query: Select[tuple[Event, str | None]], limit: int) -> tuple[Happening, ...]:
    return tuple(
        Happening(happened(event.name), event.at, _who(event.role, name), event.reason)
        for event, name in db.session.execute(query.limit(limit))
    )


def _who(role: str, name: str | None) -> str:
    words = str(ROLES[Role(role)])
    return f"{name}, {words}" if name else words
