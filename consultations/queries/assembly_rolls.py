"""The roll of an assembly for its officers: as it would be, as it is frozen, what waits for a second person, what was amended."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import assembly_roll_changes as changes
from consultations.facts import pairs
from consultations.facts.assembly_rolls import frozen, made, would_be
from consultations.facts.pairs import Signed
from consultations.facts.rolls import Elector
from consultations.facts.votes import person
from consultations.models.assemblies import Assembly, RollChange
from consultations.models.events import Event
from consultations.models.organisations import Organisation
from consultations.models.people import Person
from consultations.queries.roll_amendments import Difference, Proposal, difference, named_by, proposal_of
from consultations.queries.sessions import AssemblyLine, line_of
from workflows.assembly import ASSEMBLY, AssemblyState
from workflows.machine import allowed
from workflows.refusals import Refusal, Refused
from workflows.roles import Role
from workflows.roll_parts import PARTS
from workflows.roll_rule_reading import roll_rule_from

KINDS = ("added", "removed", "changed")
ACTS = ("propose_exception", "confirm_exception", "drop_exception", "propose_roll", "amend_roll")


@dataclass(frozen=True)
class RollLine:
    """One organisation of the roll. `groups`: per attribute of the rule the groups it is in."""

    name: str
    country: str
    weight: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class OffLine:
    """A member whom the rule leaves out today, and why; `excepted`: an exception for it waits or is confirmed."""

    organisation_id: int
    name: str
    country: str
    reasons: tuple[Refusal, ...]
    excepted: bool


@dataclass(frozen=True)
class ExceptionLine:
    """An exception; `own`: this person proposed it."""

    id: int
    name: str
    reason: str
    by: str
    at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    own: bool


@dataclass(frozen=True)
class RollPage:
    """The roll for an officer. `reasons`: why there could be none today; `opens`: it is frozen and may still be amended."""

    line: AssemblyLine
    lines: tuple[RollLine, ...]
    attributes: tuple[str, ...]
    reasons: tuple[Refusal, ...]
    off: tuple[OffLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    roll_sha256: str
    differences: tuple[Difference, ...]
    proposal: Proposal | None
    amendments: "tuple[Amendment, ...]"
    can: frozenset[str]

    @property
    def draft(self) -> bool:
        """Whether the roll is not frozen yet."""
        return self.line.state == AssemblyState.DRAFT

    @property
    def to_except(self) -> tuple[OffLine, ...]:
        """For whom an exception can be proposed."""
        return tuple(one for one in self.off if not one.excepted)


@dataclass(frozen=True)
class Changed:
    """What an amendment did to one organisation: its weight before and after, "" where it was, or is, not on the roll."""

    name: str
    country: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Amendment:
    """What two people changed on a frozen roll, why, in which roles, and the hash before and after."""

    at: datetime
    reason: str
    roles: tuple[str, str]
    changes: tuple[Changed, ...]
    former_sha256: str
    roll_sha256: str


def page(assembly_id: int, *, by: Actor, at: datetime) -> RollPage | None:
    """The roll of an assembly for an officer of its body (an auditor sees every body's); None for anybody else."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or (row.body_id != by.network_id and by.role is not Role.AUDITOR):
        return None
    electors, reasons = _electors(row, at)
    rule, waits = roll_rule_from(row.roll_rule), pairs.proposed_assembly_roll(row)
    attributes = tuple(sorted(group.attribute for group in rule.groups))
    off = _off(row, at) if row.state in (AssemblyState.DRAFT, AssemblyState.CONVENED) else ()
    return RollPage(
        line_of(row), tuple(_line(elector, attributes) for elector in electors), attributes, reasons,
        off, _exceptions(row, by), row.roll_sha256 or "", _differences(row, at, off, waits), proposal_of(waits, by),
        amendments(row.id), _can(row, by, at, waits),
    )  # fmt: skip


def exception(change_id: int, *, by: Actor) -> tuple[AssemblyLine, ExceptionLine] | None:
    """One exception with its assembly, for an officer of its body; None for anybody else."""
    row = db.session.get(RollChange, change_id)
    assembly = db.session.get(Assembly, row.assembly_id) if row else None
    if assembly is None or assembly.body_id != by.network_id:
        return None
    found = next((one for one in _exceptions(assembly, by) if one.id == change_id), None)
    return (line_of(assembly), found) if found else None


def amendments(assembly_id: int) -> tuple[Amendment, ...]:
    """Every amendment of an assembly's roll, oldest first, for everybody."""
    query = select(Event).where(
        Event.subject_kind == "assembly",
        Event.subject_id == assembly_id,
        Event.name == "assembly_roll_amended",
    )
    return tuple(_amendment(event) for event in db.session.scalars(query.order_by(Event.id)))


def _amendment(event: Event) -> Amendment:
    told = json.loads(event.payload)
    kinds = {int(ref.rpartition("/")[2]): kind for kind in KINDS for ref in told[kind]}
    rows = db.session.scalars(
        select(Organisation).where(Organisation.id.in_(kinds)).order_by(Organisation.name)
    )
    changed = tuple(
        Changed(row.name, row.country, kinds[row.id], *told["weights"][f"organisation/{row.id}"])
        for row in rows
    )
    roles = (told["second_role"], event.role)
    return Amendment(event.at, event.reason, roles, changed, told["former_sha256"], told["roll_sha256"])


def _electors(row: Assembly, at: datetime) -> tuple[tuple[Elector, ...], tuple[Refusal, ...]]:
    """The frozen roll; before, the one that would be made today, or why there could be none."""
    if row.state != AssemblyState.DRAFT:
        return frozen(row.id), ()
    try:
        return made(*would_be(row, at)), ()
    except Refused as refused:
        return (), refused.refusals


def _line(elector: Elector, attributes: Iterable[str]) -> RollLine:
    groups = tuple((name, tuple(elector.attributes.get(name, "").split(PARTS))) for name in attributes)
    return RollLine(elector.name, elector.attributes["country"], elector.weight, groups)


def _off(row: Assembly, at: datetime) -> tuple[OffLine, ...]:
    return tuple(
        OffLine(
            one.organisation.id, one.organisation.name, one.organisation.country, one.reasons, one.excepted
        )
        for one in changes.left_out(row, at)
    )


def _exceptions(row: Assembly, by: Actor) -> tuple[ExceptionLine, ...]:
    found = changes.exceptions(row.id)
    names = _names(id for one in found for id in (one.proposed_by_id, one.confirmed_by_id))
    return tuple(
        ExceptionLine(
            one.id, one.organisation.name, one.reason, names.get(one.proposed_by_id, ""), one.proposed_at,
            names.get(one.confirmed_by_id, ""), one.confirmed_at, one.proposed_by_id == by.person_id,
        )
        for one in found
    )  # fmt: skip


def _differences(
    row: Assembly, at: datetime, off: tuple[OffLine, ...], waits: Signed | None
) -> tuple[Difference, ...]:
    """Where rule and register have the frozen roll otherwise, then whom the rule leaves out: both can be amended."""
    if row.state != AssemblyState.CONVENED or row.starts_at <= at:
        return ()
    named = named_by(waits)
    try:
        found = changes.changes(row, at)
    except Refused:
        return ()
    on_roll = {elector.organisation_id for elector in frozen(row.id)}
    return (
        *(difference(one, named) for one in found),
        *(
            Difference(one.organisation_id, one.name, one.country, "exception", ("", ""), f"organisation/{one.organisation_id}" in named)
            for one in off
            if one.organisation_id not in on_roll
        ),
    )  # fmt: skip


def _can(row: Assembly, by: Actor, at: datetime, waits: Signed | None) -> frozenset[str]:
    """What this officer may do with the roll; who proposed an amendment does not sign it."""
    if row.body_id != by.network_id:
        return frozenset()
    told = facts.assembly_facts(
        row, by=by, at=at, reason="-", needs_exception=True, second_person=person(waits.person_id) if waits else "-",
        new_roll_sha256="-", roll_change_published=True,
    )  # fmt: skip
    can = set(ACTS) & set(allowed(ASSEMBLY, row.state, by.role, told))
    return frozenset(can if waits else can - {"amend_roll"})


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    query = select(Person.id, Person.name).where(Person.id.in_([id for id in ids if id is not None]))
    return dict(tuple(row) for row in db.session.execute(query))
