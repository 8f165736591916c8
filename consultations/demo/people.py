"""Who holds which seat: planned people, some with an account that is listed, the others without a password."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from consultations.demo.names import Names
from consultations.demo.places import COUNTRY_NETWORKS, PRODUCTS, REGIONS, WORKERS
from consultations.demo.plan import ALTERNATES, SEED, Plan
from consultations.demo.register import ASSEMBLY, COFFEE, COMMISSION, UNIT, ZONE
from consultations.documents.characters import unaccented
from workflows.roles import Role

COMMISSION_SEATS, UNIT_STAFF, COMMITTEE_SEATS = 9, 2, 3
MAIL = "example.org"

# (role, body) -> the addresses of the first who hold it: these accounts are listed and get a password. Of a contest
# committee two are, because it takes two to annul a vote.
LISTED_IN_BODIES = {
    (Role.UNIT_HEAD, UNIT): ("unidad.direccion",),
    (Role.UNIT, UNIT): ("unidad.equipo",),
    (Role.CHAIR, COMMISSION): ("ceclac.presidencia",),
    (Role.COMMISSION, COMMISSION): ("ceclac.miembro",),
    (Role.NETWORK, "CN-GT"): ("red.guatemala",),
    (Role.NETWORK, COFFEE): ("red.cafe",),
    (Role.NETWORK, "CAM"): ("region.centroamerica",),
    (Role.SECRETARY, COFFEE): ("cafe.secretaria",),
    (Role.PRESIDENT, COFFEE): ("cafe.presidencia",),
    (Role.SCRUTINEER, COFFEE): ("cafe.escrutinio",),
    (Role.COMMITTEE, COFFEE): ("cafe.comite", "cafe.comite.dos"),
    (Role.SECRETARY, ASSEMBLY): ("asamblea.secretaria",),
    (Role.PRESIDENT, ASSEMBLY): ("asamblea.presidencia",),
    (Role.SCRUTINEER, ASSEMBLY): ("asamblea.escrutinio",),
    (Role.COMMITTEE, ASSEMBLY): ("asamblea.comite", "asamblea.comite.dos"),
    (Role.AUDITOR, None): ("auditoria",),
    (Role.ADMIN, None): ("registro",),
}
# language -> (country, address): the delegate of the country's first coffee organisation.
LISTED_DELEGATES = {
    "es": ("GT", "delegacion.es"), "pt": ("BR", "delegacion.pt"), "en": ("JM", "delegacion.en"), "fr": ("HT", "delegacion.fr"),
}  # fmt: skip
LISTED = (
    *(f"{name}@{MAIL}" for names in LISTED_IN_BODIES.values() for name in names),
    *(f"{name}@{MAIL}" for _, name in LISTED_DELEGATES.values()),
)
# What these organisations do is left to whoever tries the demonstration; those have commented and voted already.
FRESH = frozenset({f"delegacion.es@{MAIL}", f"delegacion.en@{MAIL}"})
SHOWN = frozenset({f"delegacion.pt@{MAIL}", f"delegacion.fr@{MAIL}"})


@dataclass(frozen=True)
class Seat:
    """One mandate: in a body or network, or for an organisation, by code; or in neither."""

    role: Role
    network: str | None = None
    organisation: str | None = None
    rank: int = 1


@dataclass(frozen=True)
class Planned:
    """A person with their seats."""

    name: str
    email: str
    language: str
    zone: str
    seats: tuple[Seat, ...]


def people(planned: Plan) -> tuple[Planned, ...]:
    """Everyone: those of the bodies, the delegates, the alternates."""
    writer = _Writer()
    return (
        *(writer.in_body(seat) for seat in _body_seats()),
        *_delegates(planned, writer),
        *_alternates(planned, writer),
    )


def _body_seats() -> Iterator[Seat]:
    yield Seat(Role.UNIT_HEAD, UNIT)
    yield from (Seat(Role.UNIT, UNIT) for _ in range(UNIT_STAFF))
    yield Seat(Role.CHAIR, COMMISSION)
    yield from (Seat(Role.COMMISSION, COMMISSION) for _ in range(COMMISSION_SEATS - 1))
    for body in (COFFEE, ASSEMBLY):
        yield from (Seat(role, body) for role in (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER))
        yield from (Seat(Role.COMMITTEE, body) for _ in range(COMMITTEE_SEATS))
    for place in (*COUNTRY_NETWORKS, *(place for place, *_ in PRODUCTS), WORKERS, *REGIONS):
        yield Seat(Role.NETWORK, place.code)
    yield from (Seat(Role.AUDITOR), Seat(Role.ADMIN))


def _delegates(planned: Plan, writer: "_Writer") -> Iterator[Planned]:
    members, doubles = planned.by_code, dict(planned.doubles)
    listed = dict(_listed_organisations(planned))
    for code in planned.represented:
        if code in doubles.values():
            continue
        codes = [code, doubles[code]] if code in doubles else [code]
        seats = tuple(Seat(Role.DELEGATE, organisation=each) for each in codes)
        yield writer.person(members[code].language, members[code].zone, seats, listed.get(code))


def _listed_organisations(planned: Plan) -> Iterator[tuple[str, str]]:
    for country, address in LISTED_DELEGATES.values():
        coffee = (m.code for m in planned.members if m.country == country and COFFEE in m.networks)
        yield next(coffee), address


def _alternates(planned: Plan, writer: "_Writer") -> Iterator[Planned]:
    step = len(planned.represented) // ALTERNATES
    for code in planned.represented[::step][:ALTERNATES]:
        member = planned.by_code[code]
        yield writer.person(member.language, member.zone, (Seat(Role.DELEGATE, organisation=code, rank=2),))


class _Writer:
    """Gives every person a name and an address of their own."""

    def __init__(self) -> None:
        self.names = Names(Random(SEED))  # noqa: S311 - invented data, not a secret
        self.taken: set[str] = set(LISTED)
        self.waiting = {seat: list(names) for seat, names in LISTED_IN_BODIES.items()}

    def in_body(self, seat: Seat) -> Planned:
        left = self.waiting.get((seat.role, seat.network))
        return self.person("es", ZONE, (seat,), left.pop(0) if left else None)

    def person(self, language: str, zone: str, seats: Iterable[Seat], address: str | None = None) -> Planned:
        name = self.names.person(language)
        return Planned(
            name, f"{address}@{MAIL}" if address else self._address(name), language, zone, tuple(seats)
        )

    def _address(self, name: str) -> str:
        stem = unaccented(name).replace(" ", ".")
        number = 1
        while (email := f"{stem}{number if number > 1 else ''}@{MAIL}") in self.taken:
            number += 1
        self.taken.add(email)
        return email
