"""Writes the planned register: networks, organisations and who belongs where; and tells it from any other."""

from datetime import date, datetime
from random import Random

from sqlalchemy import insert, select

from consultations.demo.places import COUNTRIES
from consultations.demo.plan import SEED, Plan, networks, plan
from consultations.extensions import db
from consultations.models.organisations import Membership, Network, Organisation
from consultations.models.people import Person
from consultations.models.standards import Standard

ASSEMBLY, COFFEE, COMMISSION, UNIT = "ASAMBLEA", "RP-CAFE", "CECLAC", "UNIDAD"
ZONE = "America/Managua"
SETTINGS = {COFFEE: {"register": "members"}, COMMISSION: {"positions_share": "1/2"}}


def is_empty() -> bool:
    """Whether there is nobody and nothing in the database yet."""
    return not any(
        db.session.scalar(select(table.id).limit(1)) for table in (Organisation, Network, Person, Standard)
    )


def strangers() -> int:
    """How many organisations of the database are not the demonstration's own."""
    own = {(member.code, member.name) for member in plan().members}
    return sum(
        (code, name) not in own
        for code, name in db.session.execute(select(Organisation.code, Organisation.name))
    )


def write_register(at: datetime) -> tuple[dict[str, int], dict[str, int]]:
    """Write networks, organisations and memberships; returns the ids of organisations and of networks by code."""
    planned = plan()
    db.session.execute(insert(Network), [_network(place, kind) for place, kind in networks()])
    db.session.execute(insert(Organisation), [_organisation(member) for member in planned.members])
    organisations = dict(db.session.execute(select(Organisation.code, Organisation.id)).all())
    there = dict(db.session.execute(select(Network.code, Network.id)).all())
    db.session.execute(insert(Membership), _memberships(planned, organisations, there, at.year))
    return organisations, there


def _network(place: object, kind: str) -> dict[str, object]:
    code, countries = place.code, place.countries  # type: ignore[attr-defined]
    return {
        "code": code, "kind": str(kind), "names": place.names,  # type: ignore[attr-defined]
        "zone": COUNTRIES[countries[0]][2] if countries else ZONE, "settings": SETTINGS.get(code, {}),
    }  # fmt: skip


def _organisation(member: object) -> dict[str, object]:
    names = ("code", "name", "country", "language", "good_standing")
    values = {name: getattr(member, name) for name in names}
    members = member.members  # type: ignore[attr-defined]
    return {
        **values, "kind": str(member.kind), "products": list(member.products),  # type: ignore[attr-defined]
        "members_count": members, "weights": {"members": str(members)},
    }  # fmt: skip


def _memberships(
    planned: Plan, organisations: dict[str, int], there: dict[str, int], year: int
) -> list[dict[str, object]]:
    random = Random(SEED)  # noqa: S311 - invented data, not a secret
    rows = []
    for member in planned.members:
        since = date(year - random.randint(2, 14), random.randint(1, 12), 1)
        assembly = (ASSEMBLY,) if member.code in planned.represented else ()
        for network in (*member.networks, *assembly):
            rows.append(
                {"organisation_id": organisations[member.code], "network_id": there[network], "since": since}
            )
    return rows
