"""A frozen roll that two people amend keeps the rule by which it was built: its groups, and the cap on weight.

An amendment takes over, for the organisations that it names, what the rule makes of the register today (process.md). The
others stay as they were frozen. So the whole must be held against the rule again: a cap that is a share of the total may
be kept by the roll of today and by the frozen one, and not by a mixture of the two.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from workflows.exact import exact_text
from workflows.refusals import Refusal, refusal
from workflows.roll_rules import Cap, RollRule
from workflows.rolls import Roll


def objections_to_amended(rule: RollRule, roll: Roll) -> tuple[Refusal, ...]:
    """Everything in the rule of the roll that speaks against this roll, whoever is on it: groups missing, cap not kept."""
    return (*_ungrouped(rule, roll), *(_above(rule.cap, roll) if rule.cap else ()))


def _ungrouped(rule: RollRule, roll: Roll) -> Iterator[Refusal]:
    nowhere = ("",) * len(roll)
    for group in rule.groups:
        values = roll.attributes.get(group.attribute, nowhere)
        if names := _named(roll, [not value for value in values]):
            yield refusal("roll_group_missing", attribute=group.attribute, names=names)


def _above(cap: Cap, roll: Roll) -> Iterator[Refusal]:
    most = _most(cap, sum(roll.units, 0), roll.denominator)
    if names := _named(roll, [Fraction(units, roll.denominator) > most for units in roll.units]):
        yield refusal("roll_cap_exceeded", most=exact_text(most), names=names)


def _most(cap: Cap, units: int, denominator: int) -> Fraction:
    """The most that one may weigh: a share is one of all the weight that is on the roll (workflows.caps)."""
    if cap.most is not None:
        return cap.most
    assert cap.share is not None
    return cap.share * Fraction(units, denominator)


def _named(roll: Roll, found: Sequence[bool]) -> str:
    return ", ".join(elector for elector, is_one in zip(roll.electors, found, strict=True) if is_one)
