"""People: who acts for whom, and what they want to be told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from workflows.roles import Role


@dataclass(frozen=True)
class Holder:
    """Someone who holds a role, with what the register's keepers see of them."""

    mandate_id: int
    name: str
    email: str
    role: Role
    rank: int
    starts_at: datetime
    ends_at: datetime | None
    place: str
    place_names: dict[str, str] | None


def wants_reminders(person_id: int) -> bool:
    """Whether a person is reminded by mail: the newest word counts, silence is yes."""
    return person_id not in without_reminders([person_id])


def without_reminders(person_ids: list[int]) -> frozenset[int]:
    """Those of these people who have stopped reminders."""
    words = ("reminders_stopped", "reminders_wanted")
    told = db.session.execute(
        select(Event.subject_id, Event.name)
        .where(Event.subject_kind == "person", Event.subject_id.in_(person_ids), Event.name.in_(words))
        .order_by(Event.id)
    )
    return frozenset(id for id, name in dict(told.all()).items() if name == words[0])


def holders(
    network_id: int | None = None, *, organisation_ids: list[int] | None = None, at: datetime
) -> tuple[Holder, ...]:
    """Who holds which role: in a body, for these organisations, or (neither given) in any body or none."""
    query = (
        select(Mandate)
        .where(Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
        .options(joinedload(Mandate.person), joinedload(Mandate.organisation), joinedload(Mandate.network))
        .order_by(Mandate.organisation_id, Mandate.network_id, Mandate.role, Mandate.rank, Mandate.id)
    )
    if network_id is not None:
        query = query.where(Mandate.network_id == network_id)
    elif organisation_ids is not None:
        query = query.where(Mandate.organisation_id.in_(organisation_ids))
    else:
        query = query.where(Mandate.organisation_id.is_(None))
    return tuple(_holder(row) for row in db.session.scalars(query))


def holder(mandate_id: int) -> Holder | None:
    """One mandate, in force or not."""
    row = db.session.get(Mandate, mandate_id)
    return _holder(row) if row else None


def _holder(row: Mandate) -> Holder:
    return Holder(
        mandate_id=row.id, name=row.person.name, email=row.person.email, role=Role(row.role), rank=row.rank,
        starts_at=row.starts_at, ends_at=row.ends_at, place=row.organisation.name if row.organisation else "",
        place_names=row.network.names if row.network else None,
    )  # fmt: skip
