"""The door of an assembly: whom a desk looks for, who is there, and since when."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import door_codes
from consultations.facts.door_codes import CheckIn
from consultations.facts.here import here
from consultations.facts.items import is_over
from consultations.models.assemblies import Assembly, AssemblyElector
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.presence import Presence
from consultations.queries.sessions import AssemblyLine, line_of
from workflows.assembly import ASSEMBLY
from workflows.machine import allowed, objections
from workflows.refusals import Refusal, refusal
from workflows.roles import Role

MOST = 20
Named = Callable[[str], str]


@dataclass(frozen=True)
class Comer:
    """A person who may come for an organisation: `rank` 1 the delegate, then the alternates. `since`: is inside."""

    person_id: int
    name: str
    rank: int
    since: datetime | None


@dataclass(frozen=True)
class DoorLine:
    """A line of the roll. `presence`: yes, proxy or no."""

    elector_id: int
    elector: str
    name: str
    country: str
    presence: str
    comers: tuple[Comer, ...]


@dataclass(frozen=True)
class DoorPage:
    """The door now. `more`: how many were found beyond those that are listed."""

    line: AssemblyLine
    attendance_open: bool
    roll_size: int
    there: int
    represented: int
    can: frozenset[str]
    against: tuple[Refusal, ...]
    found: tuple[DoorLine, ...]
    more: int


@dataclass(frozen=True)
class Stay:
    """One stay of one person."""

    elector_id: int
    elector: str
    name: str
    country: str
    person_id: int | None
    person: str
    mode: str
    entered_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class Badge:
    """A delegate with their check-in code."""

    elector: str
    name: str
    country: str
    person: str
    rank: int
    token: str
    short: str


def page(
    assembly_id: int, asked: str, *, named: Named, by: Actor, at: datetime, only: int | None = None
) -> DoorPage | None:
    """The door for an officer of the body, with the lines that fit what was asked; None for anybody else.

    Arguments: `asked` words of a name, a code or a country (as `named` says it); `only` one line of the roll by its id.
    """
    row = _seen(assembly_id, by)
    if row is None:
        return None
    there = here(row, at)
    words, electors = there.words, there.electors
    fit = [e for e in electors if (e.id == only if only else fits(asked, e, named))]
    fit.sort(key=lambda e: (e.name, e.elector))
    told = facts.assembly_facts(
        row, by=by, at=at, on_roll=True, present=False, mode="in_person", attends_elsewhere=False
    )
    against = objections(ASSEMBLY, row.state, "admit", by.role, told) if by.role in DESK else ()
    if is_over(row):
        against = (refusal("door_assembly_over"),)
    return DoorPage(
        line=line_of(row), attendance_open=row.attendance_open, roll_size=len(electors), there=list(words.values()).count("yes"),
        represented=list(words.values()).count("proxy"), can=_can(row, by, told), against=against,
        found=_lines(row, fit[:MOST], words, at), more=max(0, len(fit) - MOST),
    )  # fmt: skip


DESK = (Role.SECRETARY, Role.SCRUTINEER)


def fits(asked: str, elector: AssemblyElector, named: Named) -> bool:
    """Whether every word that was asked is in the name, the code or the country; accents and capitals do not matter."""
    country = elector.attributes.get("country", "")
    told = plain(f"{elector.name} {elector.elector} {country} {named(country)}")
    return bool(asked.strip()) and all(word in told for word in plain(asked).split())


def plain(text: str) -> str:
    """Without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def stays(assembly_id: int, *, by: Actor) -> tuple[AssemblyLine, tuple[Stay, ...]] | None:
    """Every stay, those who are inside first and the newest before the older; None for who may not see them."""
    row = _seen(assembly_id, by)
    if row is None:
        return None
    query = (
        select(Presence, AssemblyElector, Person.name)
        .join(AssemblyElector, Presence.elector_id == AssemblyElector.id)
        .outerjoin(Person, Presence.person_id == Person.id)
        .where(Presence.assembly_id == assembly_id)
        .order_by(Presence.left_at.is_not(None), Presence.entered_at.desc(), Presence.id.desc())
    )
    return line_of(row), tuple(
        Stay(
            e.id, e.elector, e.name, e.attributes.get("country", ""), p.person_id, name or "", p.mode, p.entered_at, p.left_at
        )
        for p, e, name in db.session.execute(query)
    )  # fmt: skip


def whose(assembly_id: int, typed: str, *, secret: str, at: datetime) -> CheckIn | None:
    """Whom a scanned or typed code is for: a token, an address that ends with one, or a short code."""
    last = typed.strip().rstrip("/").rpartition("/")[2]
    of = door_codes.read(last, secret)
    if of is None:
        return door_codes.found(typed, (of for of, *_ in _everybody(assembly_id, at)), secret)
    return of if of.assembly_id == assembly_id else None


def badges(
    assembly_id: int, *, secret: str, by: Actor, at: datetime, of: str = "", named: Named = str
) -> tuple[AssemblyLine, tuple[Badge, ...]] | None:
    """A badge for everybody who may come, by country and name; None for who may not see them.

    Arguments: `of` words of a person, an organisation, its code or its country (as `named` says it): only theirs.
    """
    row = _seen(assembly_id, by)
    if row is None:
        return None
    asked = plain(of).split()
    every = (_badge(*one, secret) for one in _everybody(assembly_id, at))
    made = [one for one in every if all(word in _told(one, named) for word in asked)]
    return line_of(row), tuple(sorted(made, key=lambda one: (one.country, one.name, one.rank, one.person)))


def _told(one: Badge, named: Named) -> str:
    """What a badge is looked for by."""
    return plain(f"{one.person} {one.name} {one.elector} {one.country} {named(one.country)}")


def name_of(person_id: int) -> str:
    """The name of a person who is let in or seen off; nothing for nobody."""
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def own_badge(
    assembly_id: int, *, secret: str, by: Actor, at: datetime
) -> tuple[AssemblyLine, str, Badge] | None:
    """A delegate's own, with where the assembly meets; None where their organisation is not on the roll, or it is over."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or row.convened_at is None or row.form == facts.WRITTEN:
        return None
    for of, elector, person, rank in _everybody(assembly_id, at, elector_of=by.organisation_id):
        if of.person_id == by.person_id:
            return line_of(row), row.place, _badge(of, elector, person, rank, secret)
    return None


def _badge(of: CheckIn, elector: AssemblyElector, person: str, rank: int, secret: str) -> Badge:
    return Badge(
        elector.elector, elector.name, elector.attributes.get("country", ""), person, rank, door_codes.token_of(of, secret),
        door_codes.short_of(of, secret),
    )  # fmt: skip


def _everybody(
    assembly_id: int, at: datetime, *, elector_of: int | None = None
) -> Iterable[tuple[CheckIn, AssemblyElector, str, int]]:
    """Everybody with a mandate in force for an organisation of the roll (or for one organisation of it)."""
    query = (
        select(AssemblyElector, Person.id, Person.name, Mandate.rank)
        .join(Mandate, Mandate.organisation_id == AssemblyElector.organisation_id)
        .join(Person, Mandate.person_id == Person.id)
        .where(
            AssemblyElector.assembly_id == assembly_id, Mandate.role == Role.DELEGATE, Mandate.starts_at <= at,
            Mandate.ends_at.is_(None) | (Mandate.ends_at > at),
        )
        .order_by(Mandate.rank, Mandate.id)
    )  # fmt: skip
    if elector_of is not None:
        query = query.where(AssemblyElector.organisation_id == elector_of)
    return (
        (CheckIn(assembly_id, elector.id, person_id), elector, name, rank)
        for elector, person_id, name, rank in db.session.execute(query)
    )


def _seen(assembly_id: int, by: Actor) -> Assembly | None:
    """An assembly for an officer of its body; an auditor sees every body's."""
    row = db.session.get(Assembly, assembly_id)
    return row if row is not None and (row.body_id == by.network_id or by.role is Role.AUDITOR) else None


def _can(row: Assembly, by: Actor, told: object) -> frozenset[str]:
    names = {"admit", "open_attendance", "see_off"}
    if row.body_id != by.network_id:
        return frozenset()
    here = set(allowed(ASSEMBLY, row.state, by.role, told)) & names
    leaving = facts.assembly_facts(
        row, by=by, at=facts.as_recorded(row.id, told.at), on_roll=True, present=True
    )  # type: ignore[attr-defined]
    return frozenset(here | (set(allowed(ASSEMBLY, row.state, by.role, leaving)) & {"see_off"}))


def _lines(
    row: Assembly, found: list[AssemblyElector], words: dict[str, str], at: datetime
) -> tuple[DoorLine, ...]:
    ids = [e.id for e in found]
    inside = _inside(row.id, ids)
    people = _comers(found, inside, at)
    return tuple(
        DoorLine(
            e.id, e.elector, e.name, e.attributes.get("country", ""), words.get(e.elector, "no"), tuple(people.get(e.id, ()))
        )
        for e in found
    )  # fmt: skip


def _inside(assembly_id: int, ids: list[int]) -> dict[tuple[int, int | None], datetime]:
    query = select(Presence.elector_id, Presence.person_id, Presence.entered_at).where(
        Presence.assembly_id == assembly_id, Presence.elector_id.in_(ids), Presence.left_at.is_(None)
    )
    return {(elector, person): since for elector, person, since in db.session.execute(query)}


def _comers(
    found: list[AssemblyElector], inside: dict[tuple[int, int | None], datetime], at: datetime
) -> dict[int, list[Comer]]:
    """Who may come for each, and who is inside though their mandate has ended: they can still be seen off."""
    organisations = {e.organisation_id: e.id for e in found}
    query = (
        select(Mandate, Person.name)
        .join(Person, Mandate.person_id == Person.id)
        .where(
            Mandate.role == Role.DELEGATE, Mandate.organisation_id.in_(organisations), Mandate.starts_at <= at
        )
        .order_by(Mandate.rank, Mandate.id)
    )
    people: dict[int, list[Comer]] = {}
    for mandate, name in db.session.execute(query):
        elector_id = organisations[mandate.organisation_id]
        since = inside.get((elector_id, mandate.person_id))
        if mandate.ends_at is None or mandate.ends_at > at or since is not None:
            people.setdefault(elector_id, []).append(Comer(mandate.person_id, name, mandate.rank, since))
    return people
