"""The quorum now: each condition of a call measured over who is there, and who among the missing would give it.

The conditions are those of decision rules (workflows.conditions). Nobody has voted yet when a quorum is asked, so a group
of the roll is empty when nobody of it is represented, and taking part means being represented.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from workflows.conditions import BLANK, NOT_VOTED, Branch, Condition
from workflows.faults import InputRefusedError, shown
from workflows.groups import Grouping, measure_groups, plain_line
from workflows.lines import Line
from workflows.roll_parts import counted_by_heads
from workflows.rolls import Roll
from workflows.rules import Call
from workflows.tally import Tally, count

REPRESENTED = ("yes", "proxy")


class Ladder(Protocol):
    """A rule that asks a quorum per call: a rule of calls, or the ladder of a decision rule."""

    def call(self, number: int) -> Call | None: ...


@dataclass(frozen=True, slots=True)
class QuorumNow:
    """The quorum of a call at an instant. `met` is True where none is asked; lines are in the order of the rule."""

    call: int
    asked: bool
    met: bool
    lines: tuple[Line, ...]
    groupings: tuple[Grouping, ...]
    require: Branch

    @property
    def missing(self) -> tuple[Line, ...]:
        """The lines that are not met."""
        return tuple(line for line in self.lines if not line.passes)


def quorum_now(rule: Ladder, call: int, roll: Roll, presence: Mapping[str, str]) -> QuorumNow:
    """Measure the quorum of `call` (from 1) over the roll, with `presence` elector -> yes, proxy or no.

    Take `presence` from `attendance.presence_at` or `representation.presences`. Whoever it does not name is absent, and
    whoever is not on the roll counts for nothing. Raises InputRefusedError for a call that is not on the ladder and for
    attributes that the roll lacks.
    """
    asked = rule.call(call)
    if asked is None:
        raise InputRefusedError([f"call {call} is not on the ladder of calls"])
    lines, groupings = measured_over(asked.require, with_presence(roll, presence))
    return QuorumNow(
        call=call,
        asked=bool(lines),
        met=asked.require.holds({line.id: line.passes for line in lines}),
        lines=lines,
        groupings=groupings,
        require=asked.require,
    )


def with_presence(roll: Roll, presence: Mapping[str, str]) -> Roll:
    """The roll with its column `present` filled in from `presence`; no for whoever is not named."""
    return replace(roll, present=tuple(presence.get(elector, "no") for elector in roll.electors))


def measured_over(branch: Branch, roll: Roll) -> tuple[tuple[Line, ...], tuple[Grouping, ...]]:
    """Measure every condition over a roll whose presence is filled in. Raises InputRefusedError for its faults."""
    conditions = tuple(branch.conditions())
    if faults := list(_lacking(conditions, roll)):
        raise InputRefusedError(faults)
    counted = tallied(roll, conditions)
    measured = [measured_one(condition, counted) for condition in conditions]
    groupings = tuple(grouping for _, grouping in measured if grouping is not None)
    return tuple(line for line, _ in measured), groupings


def tallied(roll: Roll, conditions: Iterable[Condition]) -> Tally:
    """Count the roll by presence and by the attributes that the conditions read."""
    taking_part = (BLANK if present in REPRESENTED else NOT_VOTED for present in roll.present)
    return count(roll, taking_part, {name for condition in conditions for name in condition.attributes()})


def measured_one(condition: Condition, counted: Tally) -> tuple[Line, Grouping | None]:
    """Measure one condition; its groups too, where it has them."""
    within = counted.where(condition.where)
    if condition.groups is None:
        return plain_line(condition, within), None
    return measure_groups(condition, condition.groups, within, ())


def _lacking(conditions: Sequence[Condition], roll: Roll) -> Iterable[str]:
    for condition in conditions:
        for name in sorted(condition.attributes() - roll.attributes.keys()):
            yield f"condition {shown(condition.id)}: the roll has no attribute {shown(name)}"
    for condition, name in counted_by_heads(conditions, roll):
        yield f"condition {shown(condition.id)}: counts heads, and the roll parts electors by {shown(name)}; count weight"
