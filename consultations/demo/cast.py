"""The people of the demonstration as the engine sees them: Actors, found by what they are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy import insert, select

from consultations.actor import Actor
from consultations.demo.people import FRESH, LISTED, SHOWN, Planned, people
from consultations.demo.plan import Member, plan
from consultations.demo.register import write_register
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from workflows.roles import Role

PASSWORD = "plenaria-demo"  # noqa: S105 - printed for everybody to use
MANDATES_BEGAN = timedelta(days=900)


@dataclass(frozen=True)
class Cast:
    """Who there is. `delegates` by the organisation's code (the first of each); of the listed accounts, `fresh` are the
    codes of those that have done nothing yet, `shown` of those that have commented and voted."""

    bodies: dict[tuple[Role, str | None], list[Actor]]
    delegates: dict[str, Actor]
    networks: dict[str, int]
    members: dict[str, Member]
    fresh: frozenset[str]
    shown: frozenset[str]

    def one(self, role: Role, body: str | None = None) -> Actor:
        """The first who holds this role in this body."""
        return self.bodies[role, body][0]

    def all(self, role: Role, body: str | None = None) -> list[Actor]:
        """Everybody who holds this role in this body."""
        return self.bodies[role, body]


def write_cast(at: datetime) -> Cast:
    """Write the register, the people and their mandates."""
    organisations, networks = write_register(at)
    planned = people(plan())
    secret = PasswordHasher().hash(PASSWORD)
    listed = set(LISTED)
    rows = [
        {
            "name": p.name, "email": p.email, "language": p.language, "zone": p.zone, "active": True,
            "session_version": 1, "password_hash": secret if p.email in listed else None,
        }
        for p in planned
    ]  # fmt: skip
    db.session.execute(insert(Person), rows)
    ids = dict(db.session.execute(select(Person.email, Person.id)).all())
    mandates = [
        {
            "person_id": ids[p.email], "role": str(seat.role), "rank": seat.rank, "starts_at": at - MANDATES_BEGAN,
            "organisation_id": organisations[seat.organisation] if seat.organisation else None,
            "network_id": networks[seat.network] if seat.network else None,
        }
        for p in planned
        for seat in p.seats
    ]  # fmt: skip
    db.session.execute(insert(Mandate), mandates)
    fresh, shown = (_codes(planned, names) for names in (FRESH, SHOWN))
    return _cast(organisations, networks, fresh, shown)


def _codes(planned: tuple[Planned, ...], emails: frozenset[str]) -> frozenset[str]:
    """The organisations that these people act for."""
    seats = (seat for p in planned if p.email in emails for seat in p.seats)
    return frozenset(seat.organisation for seat in seats if seat.organisation)


def _cast(
    organisations: dict[str, int], networks: dict[str, int], fresh: frozenset[str], shown: frozenset[str]
) -> Cast:
    codes = {id: code for code, id in organisations.items()}
    bodies_by_id = {id: code for code, id in networks.items()}
    bodies: dict[tuple[Role, str | None], list[Actor]] = defaultdict(list)
    delegates: dict[str, Actor] = {}
    for row in db.session.execute(select(Mandate).order_by(Mandate.id)).scalars():
        actor = Actor(Role(row.role), row.person_id, row.id, row.organisation_id, row.network_id)
        if row.organisation_id is not None:
            delegates.setdefault(codes[row.organisation_id], actor)
        else:
            bodies[actor.role, bodies_by_id.get(row.network_id or 0)].append(actor)
    return Cast(dict(bodies), delegates, networks, plan().by_code, fresh, shown)
