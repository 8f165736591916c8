"""People, organisations, networks and the mandates between them."""

from datetime import UTC, date, datetime
from itertools import count
from typing import TypeVar

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.organisations import (
    Membership,
    Network,
    NetworkKind,
    Organisation,
    OrganisationKind,
)
from consultations.models.people import Person
from workflows.roles import Role

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
_numbers = count(1)
Row = TypeVar("Row")


def person(name: str = "", *, email: str = "", language: str = "es") -> Person:
    """A person without a password."""
    n = next(_numbers)
    row = Person(name=name or f"Persona {n}", email=email or f"persona{n}@example.org", language=language)
    return _kept(row)


def organisation(name: str = "", *, country: str = "GT", **values: object) -> Organisation:
    """A small producers' organisation in good standing."""
    n = next(_numbers)
    row = Organisation(
        code=f"ORG-{n:05}",
        name=name or f"Cooperativa {n}",
        country=country,
        kind=OrganisationKind.SPO,
        **values,
    )
    return _kept(row)


def network(
    kind: NetworkKind = NetworkKind.BODY,
    *,
    code: str = "",
    name: str = "",
    members: tuple[Organisation, ...] = (),
) -> Network:
    """A network or body with these members since long ago."""
    n = next(_numbers)
    row = _kept(
        Network(
            code=code or f"NET-{n}", kind=kind, names={"es": name or f"Red {n}", "en": name or f"Network {n}"}
        )
    )
    for member in members:
        _kept(Membership(organisation_id=member.id, network_id=row.id, since=date(2020, 1, 1)))
    return row


def mandate(
    role: Role, *, by: Person | None = None, organisation: Organisation | None = None, network: Network | None = None,
    starts_at: datetime = LONG_AGO, ends_at: datetime | None = None, rank: int = 1,
) -> Mandate:  # fmt: skip
    """A capacity in force since long ago."""
    holder = by or person()
    return _kept(
        Mandate(
            person_id=holder.id, role=role, organisation_id=organisation.id if organisation else None,
            network_id=network.id if network else None, starts_at=starts_at, ends_at=ends_at, rank=rank,
        )
    )  # fmt: skip


def actor(
    role: Role,
    *,
    organisation: Organisation | None = None,
    network: Network | None = None,
    by: Person | None = None,
) -> Actor:
    """Somebody acting in a new mandate of that role."""
    made = mandate(role, by=by, organisation=organisation, network=network)
    return Actor(role, made.person_id, made.id, made.organisation_id, made.network_id)


def delegate(of: Organisation | None = None) -> Actor:
    """The delegate of an organisation (a new one if none is given)."""
    return actor(Role.DELEGATE, organisation=of or organisation())


def _kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
