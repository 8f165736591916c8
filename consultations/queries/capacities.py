"""Who a person is and in which capacities they may act at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.organisations import Network, Organisation
from consultations.models.people import EndedSession, Person
from workflows.roles import Role


@dataclass(frozen=True)
class Signatory:
    """A person as the session knows them."""

    id: int
    name: str
    email: str
    language: str
    zone: str
    active: bool
    session_version: int


@dataclass(frozen=True)
class Capacity:
    """One mandate in force, with the names needed to say as whom one acts."""

    mandate_id: int
    role: Role
    rank: int
    organisation: str | None
    country: str | None
    network_names: dict[str, str] | None
    actor: Actor


_people, _mandates, _organisations, _networks, _ended = (
    table.__table__ for table in (Person, Mandate, Organisation, Network, EndedSession)
)
_IN_FORCE = and_(
    _mandates.c.person_id == _people.c.id,
    _mandates.c.starts_at <= bindparam("at"),
    or_(_mandates.c.ends_at.is_(None), _mandates.c.ends_at > bindparam("at")),
)
# Made once and asked past the ORM: every request of everyone signed in begins with it.
_WHO = (
    select(
        _people.c.id, _people.c.name, _people.c.email, _people.c.language, _people.c.zone, _people.c.active,
        _people.c.session_version, _mandates.c.id.label("mandate_id"), _mandates.c.role, _mandates.c.rank,
        _mandates.c.organisation_id, _mandates.c.network_id, _organisations.c.name.label("organisation"),
        _organisations.c.country, _networks.c.names.label("network_names"), _ended.c.ended_at,
    )
    .select_from(
        _people.outerjoin(_mandates, _IN_FORCE)
        .outerjoin(_organisations, _organisations.c.id == _mandates.c.organisation_id)
        .outerjoin(_networks, _networks.c.id == _mandates.c.network_id)
        .outerjoin(_ended, _ended.c.key == bindparam("session"))
    )
    .where(_people.c.id == bindparam("person_id"))
    .order_by(_mandates.c.id)
)  # fmt: skip


def known(
    person_id: int, session: str = "", *, at: datetime
) -> tuple[Signatory, tuple[Capacity, ...]] | None:
    """The person with their capacities in force at `at` (starts_at <= at < ends_at), oldest mandate first.

    None when there is no such person, or when the session with the key `session` was ended by signing out.
    """
    rows = _rows({"person_id": person_id, "at": at, "session": session})
    if not rows or rows[0].ended_at is not None:
        return None
    return _signatory(rows[0]), tuple(_capacity(row) for row in rows if row.mandate_id is not None)


def _rows(asked: dict[str, Any]) -> Sequence[Row[Any]]:
    """The rows of `_WHO`: one statement by itself, unless a transaction is open whose rows it must see.

    A verb lets go of what was read before it begins, so a transaction for this one read would be begun and rolled
    back for nothing, on a server two round trips of every cast.
    """
    if db.session().in_transaction() or db.engine.dialect.name != "postgresql":
        db.session.flush()
        return db.session.connection().execute(_WHO, asked).all()
    with db.engine.connect() as connection:
        return connection.execution_options(isolation_level="AUTOCOMMIT").execute(_WHO, asked).all()


def signatory(person_id: int) -> Signatory | None:
    """The person, or None."""
    person = db.session.get(Person, person_id)
    return None if person is None else _signatory(person)


def of(person_id: int, *, at: datetime) -> tuple[Capacity, ...]:
    """The capacities of a person in force at `at`, as `known` gives them."""
    found = known(person_id, at=at)
    return found[1] if found else ()


def _signatory(row: Person | Row[Any]) -> Signatory:
    return Signatory(row.id, row.name, row.email, row.language, row.zone, row.active, row.session_version)


def _capacity(row: Row[Any]) -> Capacity:
    role = Role(row.role)
    return Capacity(
        mandate_id=row.mandate_id,
        role=role,
        rank=row.rank,
        organisation=row.organisation,
        country=row.country,
        network_names=row.network_names,
        actor=Actor(role, row.id, row.mandate_id, row.organisation_id, row.network_id),
    )
