"""Reasoned exceptions to the rule of an assembly's roll: a secretary proposes, another officer confirms, before it is frozen."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal, seconds
from consultations.engine.assembly_lock import led
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.assembly_roll_changes import left_out
from consultations.facts.assembly_rolls import EXCEPTION
from consultations.facts.votes import person
from consultations.models.assemblies import Assembly, RollChange
from consultations.models.base import NotFound
from workflows.assembly import ASSEMBLY


def propose(assembly_id: int, *, organisation_id: int, reason: str, by: Actor, at: datetime) -> RollChange:
    """Propose that a member comes on the roll although the rule leaves it out. Sent twice it is one proposal.

    Errors: Refused: the rule does not leave it out, there is an exception already, no reason, it is convened.
    """
    assembly = led(assembly_id, by, at)
    if there := _same(assembly, organisation_id, reason, by):
        return there
    needed = any(
        one.organisation.id == organisation_id and not one.excepted for one in left_out(assembly, at)
    )
    told = facts.assembly_facts(assembly, by=by, at=at, reason=reason, needs_exception=needed)
    refs = {"organisation": f"organisation/{organisation_id}"}
    event = journal.move(
        assembly, ASSEMBLY, "propose_exception", by=by, at=at, facts=told, reason=reason, **refs
    )
    row = add(
        RollChange(
            assembly_id=assembly.id, organisation_id=organisation_id, kind=EXCEPTION, reason=reason.strip(), proposed_at=at,
            proposed_by_id=by.person_id,
        )
    )  # fmt: skip
    seconds.ask_about_roll(assembly, event, by=by, at=at)
    return row


def confirm(change_id: int, *, by: Actor, at: datetime) -> RollChange:
    """Confirm an exception as a second person: the member comes on the roll when it is frozen. Repeating does nothing.

    Errors: Refused: who confirms proposed it, it is convened; NotFound.
    """
    assembly, row = _both(change_id, by, at)
    if row.confirmed_at is not None:
        return row
    _move(assembly, row, "confirm_exception", row.reason, by, at, second_person=person(row.proposed_by_id))
    row.confirmed_at, row.confirmed_by_id = at, by.person_id
    db.session.flush()
    return row


def drop(change_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Give an exception up, confirmed or not, with the reason, before the roll is frozen. Errors: Refused; NotFound."""
    assembly, row = _both(change_id, by, at)
    _move(assembly, row, "drop_exception", reason, by, at)
    db.session.delete(row)
    db.session.flush()


def _move(
    assembly: Assembly, row: RollChange, name: str, reason: str, by: Actor, at: datetime, **known: Any
) -> None:
    told = facts.assembly_facts(assembly, by=by, at=at, reason=reason, **known)
    refs = {
        "organisation": f"organisation/{row.organisation_id}",
        "proposed_by": f"person/{row.proposed_by_id}",
    }
    journal.move(assembly, ASSEMBLY, name, by=by, at=at, facts=told, reason=reason.strip(), **refs)


def _same(assembly: Assembly, organisation_id: int, reason: str, by: Actor) -> RollChange | None:
    query = select(RollChange).filter_by(
        assembly_id=assembly.id, organisation_id=organisation_id, kind=EXCEPTION, reason=reason.strip(), proposed_by_id=by.person_id,
    )  # fmt: skip
    return db.session.scalar(query)


def _both(change_id: int, by: Actor, at: datetime) -> tuple[Assembly, RollChange]:
    """The change under a lock, after its assembly."""
    query = select(RollChange.assembly_id).where(RollChange.id == change_id, RollChange.kind == EXCEPTION)
    assembly_id = db.session.scalar(query)
    if assembly_id is None:
        raise NotFound(f"RollChange {change_id}")
    return led(assembly_id, by, at), locked(RollChange, change_id)
