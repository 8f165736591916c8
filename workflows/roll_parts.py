"""Electors parted into fractions: one in two groups counts in each with half its weight (declared by the rule of the roll).

The frozen roll keeps one line per elector, with its groups joined by `|` in the attribute. What reads that attribute is
counted over one line per elector and group, the weight divided evenly and exactly, the ballot cast for each: weights add
up as before. Heads do not, so a condition that counts heads by that attribute is refused. All else is counted whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from workflows.conditions import Condition
from workflows.exact import exact_text
from workflows.rolls import Roll, roll_of

PARTS = "|"
"""Between the groups of an elector that is parted into fractions, in the attribute's value."""


def is_parted(roll: Roll, attribute: str) -> bool:
    """Whether some elector of the roll is in several groups of the attribute."""
    return any(PARTS in value for value in set(roll.attributes.get(attribute, ())))


def counted_by_heads(conditions: Iterable[Condition], roll: Roll) -> Iterator[tuple[Condition, str]]:
    """Every condition that counts heads by an attribute that parts the electors of the roll, with that attribute."""
    for condition in conditions:
        for attribute in sorted(condition.attributes()):
            if _counts_heads(condition) and is_parted(roll, attribute):
                yield condition, attribute


def parted(roll: Roll, attribute: str) -> Roll:
    """The roll with a line per elector and group; the line of a part is named `elector|group`."""
    names = tuple(sorted(roll.attributes))
    return roll_of((row for at in range(len(roll)) for row in _rows(roll, at, attribute, names)), names)


def parted_choices(roll: Roll, chosen: Sequence[str], attribute: str) -> list[str]:
    """What stands in the order of the roll, in that of `parted(roll)`: what an elector chose, for each of its parts."""
    groups = (value.split(PARTS) for value in roll.attributes[attribute])
    return [choice for choice, own in zip(chosen, groups, strict=True) for _ in own]


def in_parts(roll: Roll, attributes: Iterable[str]) -> Roll:
    """The roll parted by each of the attributes that part anybody; its lines are named by their elector, over and over."""
    electors: Sequence[str] = roll.electors
    for name in sorted(attributes):
        if is_parted(roll, name):
            electors = parted_choices(roll, electors, name)
            roll = parted(roll, name)
    return replace(roll, electors=tuple(electors))


def _rows(roll: Roll, at: int, attribute: str, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    elector, groups = roll.electors[at], roll.attributes[attribute][at].split(PARTS)
    weight = exact_text(Fraction(roll.units[at], roll.denominator * len(groups)))
    for group in groups:
        name = f"{elector}{PARTS}{group}" if len(groups) > 1 else elector
        values = (group if column == attribute else roll.attributes[column][at] for column in names)
        yield (name, weight, roll.present[at], *values)


def _counts_heads(condition: Condition) -> bool:
    inner = condition.groups.passes if condition.groups else condition
    return inner.measure == "heads"
