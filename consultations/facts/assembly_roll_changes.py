"""Whom the rule leaves out of an assembly's roll, and what may be amended on it once it is frozen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.assembly_rolls import EXCEPTION, frozen, made, would_be
from consultations.facts.members import members
from consultations.facts.roll_changes import Change, between
from consultations.models.assemblies import Assembly, RollChange
from consultations.models.organisations import Organisation
from workflows.refusals import Refusal
from workflows.roll_building import reasons_against
from workflows.roll_members import Exemption
from workflows.roll_rule_reading import roll_rule_from


@dataclass(frozen=True)
class LeftOut:
    """A member whom the rule leaves out, and every reason; `excepted`: an exception for it waits or is confirmed."""

    organisation: Organisation
    reasons: tuple[Refusal, ...]
    excepted: bool


def left_out(assembly: Assembly, at: datetime) -> tuple[LeftOut, ...]:
    """The members of the body whom the rule leaves out on the day of `at`, by code."""
    day = at.astimezone(ZoneInfo(assembly.zone)).date()
    rule, excepted = (
        roll_rule_from(assembly.roll_rule),
        {row.organisation_id for row in exceptions(assembly.id)},
    )
    return tuple(
        LeftOut(row, reasons, row.id in excepted)
        for row, member, _ in members(assembly.body_id, day)
        if (reasons := reasons_against(rule, member, day))
    )


def exceptions(assembly_id: int) -> tuple[RollChange, ...]:
    """The exceptions that wait and those that are confirmed, oldest first."""
    query = select(RollChange).where(RollChange.assembly_id == assembly_id, RollChange.kind == EXCEPTION)
    return tuple(db.session.scalars(query.order_by(RollChange.id)))


def changes(assembly: Assembly, at: datetime, let_in: Collection[int] = ()) -> tuple[Change, ...]:
    """Where the roll as the rule would make it at `at` differs from the frozen one. Raises Refused.

    `let_in`: organisations (ids) that come on it although the rule leaves them out.
    """
    besides = [
        Exemption(one.organisation.code, "-", at.date(), "-")
        for one in left_out(assembly, at)
        if one.organisation.id in let_in
    ]
    return between(frozen(assembly.id), made(*would_be(assembly, at, besides)))


def chosen(assembly: Assembly, at: datetime, wanted: Iterable[int]) -> tuple[Change, ...]:
    """The changes that concern these organisations. Raises Refused.

    One that is on the frozen roll and that the rule leaves out today goes off it; one that was left out comes on it.
    """
    ids = set(wanted)
    on_roll = {elector.organisation_id for elector in frozen(assembly.id)}
    found = changes(assembly, at, ids - on_roll)
    return tuple(change for change in found if change.elector.organisation_id in ids)
