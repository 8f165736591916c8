"""Whether a rule would adopt what nobody votes for: shown by votes without a single yes, counted like any others."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from workflows.ballots import allowed_choices
from workflows.conditions import NOT_VOTED
from workflows.decisions import decide
from workflows.exact import ceil
from workflows.made_up_rolls import attribute_values
from workflows.rolls import Roll, roll_of
from workflows.rules import Rule

YES = "yes"
_MOST_KINDS, _MOST = 64, 3840


def adopted_without_yes(rule: Rule) -> bool:
    """Whether some vote without a yes is adopted; False for rules that know no yes.

    Tried at every call: all electors do the same thing, or every second one another, whatever their attributes.
    """
    if YES not in rule.choices:
        return False
    roll, calls = _roll(rule), [call.number for call in rule.quorum] or [1]
    return any(
        decide(rule, roll, ballots, call=call).status == "adopted"
        for ballots in _ballots(rule, roll)
        for call in calls
    )


def _ballots(rule: Rule, roll: Roll) -> Iterator[list[tuple[str, str]]]:
    said = [choice for choice in (*allowed_choices(rule.choices), NOT_VOTED) if choice != YES]
    for first, second in (*((one, one) for one in said), *combinations(said, 2)):
        choices = [first if n % 2 else second for n in range(len(roll))]
        yield [(e, c) for e, c in zip(roll.electors, choices, strict=True) if c != NOT_VOTED]


def _roll(rule: Rule) -> Roll:
    """Some electors of every kind that the rule tells apart, all of them there; enough to reach its floors."""
    values = attribute_values(rule)
    kinds = list(product(*values.values()))[:_MOST_KINDS]
    floors = [n for one in rule.conditions() for n in (one.at_least, one.base) if isinstance(n, Fraction)]
    each = 2 * min(_MOST // len(kinds), max(1, ceil(max(floors, default=Fraction(1)))))
    rows = [(f"{k}-{n}", "1", "yes", *kind) for k, kind in enumerate(kinds) for n in range(each)]
    return roll_of(rows, tuple(values))
