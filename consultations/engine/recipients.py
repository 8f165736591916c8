"""Who is told: the people whose mandates are in force at an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from consultations.engine.journal import kind_of
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice
from consultations.models.votes import RollEntry
from workflows.roles import Role


@dataclass(frozen=True)
class Recipient:
    """A person, and the organisation they are told for (None for bodies)."""

    person_id: int
    organisation_id: int | None = None


def holders(roles: Iterable[Role], network_id: int | None, *, at: datetime) -> tuple[Recipient, ...]:
    """Everyone who holds one of these roles in a body (any body when None)."""
    query = _in_force(at).where(Mandate.role.in_([str(role) for role in roles]))
    if network_id is not None:
        query = query.where(Mandate.network_id == network_id)
    return _told(query)


def delegates(organisation_ids: Iterable[int], *, at: datetime) -> tuple[Recipient, ...]:
    """Delegates and alternates of these organisations."""
    return _told(
        _in_force(at).where(
            Mandate.role == Role.DELEGATE, Mandate.organisation_id.in_(list(organisation_ids))
        )
    )


def approvers(organisation_ids: Iterable[int], *, at: datetime) -> tuple[Recipient, ...]:
    """Who approves in the name of these organisations."""
    return _told(
        _in_force(at).where(
            Mandate.role == Role.ORGANISATION, Mandate.organisation_id.in_(list(organisation_ids))
        )
    )


def invited(round_id: int, *, at: datetime) -> tuple[Recipient, ...]:
    """Delegates and alternates of every organisation in a round's frozen register."""
    asked = select(RegisterEntry.organisation_id).where(RegisterEntry.round_id == round_id)
    return _told(_in_force(at).where(Mandate.role == Role.DELEGATE, Mandate.organisation_id.in_(asked)))


def electors(vote_id: int, *, at: datetime) -> tuple[Recipient, ...]:
    """Delegates and alternates of every organisation on a vote's frozen roll."""
    on_roll = select(RollEntry.organisation_id).where(RollEntry.vote_id == vote_id)
    return _told(_in_force(at).where(Mandate.role == Role.DELEGATE, Mandate.organisation_id.in_(on_roll)))


def told(kind: str, row: Any) -> tuple[Recipient, ...]:
    """Everyone for whom a notice of this kind about `row` was written, whatever their mandates are now."""
    query = select(Notice.person_id, Notice.organisation_id).where(
        Notice.kind == kind, Notice.subject_kind == kind_of(row), Notice.subject_id == row.id
    )
    return _told(query.distinct().order_by(Notice.person_id, Notice.organisation_id))


def _in_force(at: datetime) -> Select[tuple[int, int | None]]:
    return (
        select(Mandate.person_id, Mandate.organisation_id)
        .join(Person)
        .where(Person.active, Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
        .distinct()
        .order_by(Mandate.person_id, Mandate.organisation_id)
    )


def _told(query: Select[tuple[int, int | None]]) -> tuple[Recipient, ...]:
    return tuple(Recipient(person, organisation) for person, organisation in db.session.execute(query))
