"""Rolls that nobody is on, to try a rule: as many electors as asked, of every kind that rules tell apart."""

from collections.abc import Iterable
from itertools import product

from workflows.rolls import Roll, roll_of
from workflows.rules import Rule

OTHER = "-"
"""A value that no rule names."""

_GROUPS = ("A", "B", "C")
"""Made-up groups, where a rule names none of its own."""


def attribute_values(*rules: Rule) -> dict[str, tuple[str, ...]]:
    """Per attribute that the rules read, the values they name; where electors are only grouped by it, some groups."""
    named: dict[str, dict[str, None]] = {}
    for condition in (one for rule in rules for one in rule.conditions()):
        inner = condition.groups.passes.where if condition.groups else ()
        for name, value in (*condition.where, *inner):
            named.setdefault(name, {})[value] = None
        if condition.groups:
            values = named.setdefault(condition.groups.by, {})
            values.update(dict.fromkeys(name for name, _ in condition.groups.weights))
    return {name: (*values, OTHER) if values else _GROUPS for name, values in sorted(named.items())}


def roll_of_size(size: int, rules: Iterable[Rule]) -> Roll:
    """`size` electors of weight 1, all present, spread evenly over the kinds that the rules tell apart.

    Errors: InputRefusedError for a size below 1.
    """
    values = attribute_values(*rules)
    kinds = list(product(*values.values()))
    return roll_of([(f"e{n:05}", "1", "yes", *kinds[n % len(kinds)]) for n in range(size)], tuple(values))
