"""The door of an assembly: who comes in and goes out, in the room or on line (decision-rules.md: attendance by interval)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.assembly_lock import led
from consultations.engine.mandates import check_mandate
from consultations.engine.officers import check_office
from consultations.engine.work import NotFound, add, locked, shared
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.votes import person
from consultations.models.assemblies import Assembly, AssemblyElector
from consultations.models.mandates import Mandate
from consultations.models.presence import Presence
from workflows.assembly import ASSEMBLY
from workflows.attendance import Interval, Mode, effective_at, objections_to_arrival
from workflows.machine import advance
from workflows.refusals import Refused, refusal
from workflows.roles import Role


def admit(
    assembly_id: int, elector_id: int, *, person_id: int, mode: Mode = "in_person", by: Actor, at: datetime
) -> Presence:
    """Let in the person who acts for an organisation of the roll. Whoever is in already stays: nothing is written then.

    A delegate lets in themselves on line, for their own organisation; the door lets in anybody. A clock that jumped back
    does not put an arrival before what is on record (`effective_at`).
    Errors: Refused: not at a call or in session, no mandate for this organisation, in already for another; NotFound.
    """
    assembly, elector = _at_the_door(assembly_id, elector_id, by, at)
    _check_mandate_of(person_id, elector, at)
    there = facts.intervals(assembly.id)
    who = str(person(person_id))
    inside = next(
        (
            stay
            for stay in there
            if stay.left_at is None and stay.person == who and stay.elector == elector.elector
        ),
        None,
    )
    if inside is not None:
        return _inside(elector.id, person_id)
    entered = effective_at(there, at)
    arriving = Interval(elector.elector, entered, None, mode, who)
    name = "attend" if by.role is Role.DELEGATE else "admit"
    _ask(assembly, name, by, at, on_roll=True, present=False, mode=mode, attends_elsewhere=False)
    if against := objections_to_arrival(there, arriving):
        raise Refused(*against)
    row = Presence(
        assembly_id=assembly.id, elector_id=elector.id, person_id=person_id, mode=mode, entered_at=entered,
        admitted_by_id=by.person_id,
    )  # fmt: skip
    _put(row, arriving)
    happened = "online_arrival_recorded" if by.role is Role.DELEGATE else "arrival_recorded"
    journal.record(happened, assembly, by=by, at=at, elector=elector.elector, mode=mode, presence=row.id)
    return row


def _put(row: Presence, arriving: Interval) -> None:
    """Write it. Whom another desk has just let in for another organisation is refused by the table: the reason is told."""
    try:
        with db.session.begin_nested():
            add(row)
    except IntegrityError:
        raise Refused(*objections_to_arrival(facts.intervals(row.assembly_id), arriving)) from None


def see_off(assembly_id: int, elector_id: int, *, person_id: int, by: Actor, at: datetime) -> bool:
    """Record that somebody leaves; says whether they were there."""
    assembly, elector = _at_the_door(assembly_id, elector_id, by, at)
    query = select(Presence).where(
        Presence.elector_id == elector.id, Presence.person_id == person_id, Presence.left_at.is_(None)
    )
    row = db.session.scalar(query)
    if row is None:
        return False
    name = "leave" if by.role is Role.DELEGATE else "see_off"
    _ask(assembly, name, by, at, on_roll=True, present=True)
    row.left_at = effective_at(facts.intervals(assembly.id), at)
    row.seen_off_by_id = by.person_id
    happened = "online_departure_recorded" if by.role is Role.DELEGATE else "departure_recorded"
    journal.record(happened, assembly, by=by, at=at, elector=elector.elector, presence=row.id)
    db.session.flush()
    return True


def open_doors(assembly_id: int, *, by: Actor, at: datetime) -> Assembly:
    """Begin to record who comes."""
    return _doors(assembly_id, "open_attendance", True, by, at)


def close_doors(assembly_id: int, *, by: Actor, at: datetime) -> Assembly:
    """Record nobody who comes later; who leaves is still recorded."""
    return _doors(assembly_id, "close_attendance", False, by, at)


def _doors(assembly_id: int, move: str, opened: bool, by: Actor, at: datetime) -> Assembly:
    assembly = led(assembly_id, by, at)
    if assembly.attendance_open is not opened:
        told = facts.assembly_facts(assembly, by=by, at=at)
        journal.move(assembly, ASSEMBLY, move, by=by, at=at, facts=told)
        assembly.attendance_open = opened
        db.session.flush()
    return assembly


def empty(assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """End every stay when the assembly is over, or goes on another day."""
    open_stays = update(Presence).where(Presence.assembly_id == assembly.id, Presence.left_at.is_(None))
    ends_at = facts.as_recorded(assembly.id, at)
    db.session.execute(open_stays.values(left_at=ends_at, seen_off_by_id=by.person_id))


def _at_the_door(
    assembly_id: int, elector_id: int, by: Actor, at: datetime
) -> tuple[Assembly, AssemblyElector]:
    """The assembly shared, so that many may come at once; then the organisation's line, locked."""
    assembly = shared(Assembly, assembly_id)
    elector = locked(AssemblyElector, elector_id)
    if elector.assembly_id != assembly.id:
        raise NotFound(f"AssemblyElector {elector_id}")
    if by.role is Role.DELEGATE:
        check_mandate(by, at=at)
        if elector.organisation_id != by.organisation_id:
            raise Refused(refusal("not_your_organisation"))
    else:
        check_office(assembly.body_id, by=by, at=at)
    return assembly, elector


def _ask(assembly: Assembly, move: str, by: Actor, at: datetime, **known: Any) -> None:
    """Ask the table; many may come in at once, so the assembly itself is not written."""
    advance(ASSEMBLY, assembly.state, move, by.role, facts.assembly_facts(assembly, by=by, at=at, **known))


def _check_mandate_of(person_id: int, elector: AssemblyElector, at: datetime) -> None:
    query = select(Mandate.id).where(
        Mandate.person_id == person_id, Mandate.organisation_id == elector.organisation_id, Mandate.role == Role.DELEGATE,
        Mandate.starts_at <= at, Mandate.ends_at.is_(None) | (Mandate.ends_at > at),
    )  # fmt: skip
    if db.session.scalar(query.limit(1)) is None:
        raise Refused(refusal("voter_without_mandate", elector=elector.elector))


def _inside(elector_id: int, person_id: int) -> Presence:
    query = select(Presence).where(
        Presence.elector_id == elector_id, Presence.person_id == person_id, Presence.left_at.is_(None)
    )
    return db.session.scalars(query).one()
