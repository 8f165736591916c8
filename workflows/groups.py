"""Conditions counted in groups of the roll, such as countries (decision-rules.md, "by, group_passes, …")."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from workflows.conditions import Condition, GroupTest
from workflows.exact import exact_text
from workflows.lines import Line, measured
from workflows.tally import Tally


@dataclass(frozen=True, slots=True)
class Group:
    """One group measured: its counts per choice, what it weighs, and whether it passed.

    `line` is the group's own condition measured. `counts_in_base` is False for a group left out of both sides
    (empty and ignored, or without votes where the base is groups_with_votes).
    """

    name: str
    counts: tuple[tuple[str, Fraction], ...]
    weight: Fraction
    line: Line
    passes: bool
    counts_in_base: bool

    def to_dict(self) -> dict[str, object]:
        """Return the group as in decision-rules.md: heads as integers, weight as exact text."""
        in_weight = self.line.unit == "weight"
        counts = {choice: exact_text(n) if in_weight else int(n) for choice, n in self.counts}
        return {**counts, "passes": self.passes}


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups of one condition, sorted by name."""

    condition_id: str
    by: str
    groups: tuple[Group, ...]


def measure_groups(
    condition: Condition, test: GroupTest, tally: Tally, choices: tuple[str, ...]
) -> tuple[Line, Grouping]:
    """Measure a condition over groups; `tally` holds the electors of its `where` already.

    An empty group (no valid vote) never passes. `not_passed` keeps it in the base; `ignored` takes it out of both
    sides. groups_on_roll takes every group as base, groups_with_votes those where anyone voted (any ballot).
    """
    weights = dict(test.weights)
    named = _named_choices(test.passes, choices)
    groups = tuple(
        _group(condition, test, name, part, weights.get(name, Fraction(1)), named)
        for name, part in tally.groups(test.by).items()
    )
    have = sum((g.weight for g in groups if g.passes), Fraction(0))
    base = condition.base if isinstance(condition.base, Fraction) else _in_base(groups)
    grid = lcm(*(group.weight.denominator for group in groups))
    return measured(condition, have, base, grid), Grouping(condition.id, test.by, groups)


def _in_base(groups: tuple[Group, ...]) -> Fraction:
    return sum((group.weight for group in groups if group.counts_in_base), Fraction(0))


def _group(
    condition: Condition, test: GroupTest, name: str, part: Tally, weight: Fraction, named: tuple[str, ...]
) -> Group:
    inner = test.passes
    within = part.where(inner.where)
    line = plain_line(inner, within)
    empty = part.heads("valid") == 0
    silent = condition.base == "groups_with_votes" and part.heads("voted") == 0
    return Group(
        name=name,
        counts=tuple((choice, within.amount(inner.measure, (choice,))) for choice in named),
        weight=weight,
        line=line,
        passes=line.passes and not empty,
        counts_in_base=not silent and not (empty and test.empty == "ignored"),
    )


def plain_line(condition: Condition, tally: Tally) -> Line:
    """Measure a condition on heads or weight; `tally` holds the electors of its `where` already."""
    have = tally.amount(condition.measure, condition.count)
    base = condition.base
    if not isinstance(base, Fraction):
        base = tally.amount(condition.measure, base)
    return measured(condition, have, base, tally.grid(condition.measure))


def _named_choices(condition: Condition, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the choices the groups' condition names, in the rule's order; all of them if it names none."""
    sides = (condition.count, condition.base)
    named = {choice for side in sides if isinstance(side, tuple) for choice in side}
    return tuple(choice for choice in choices if choice in named) or choices
