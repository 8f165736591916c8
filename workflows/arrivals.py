"""The fewest arrivals that make one condition pass, exactly: who of the missing, on heads or weight.

Whoever arrives comes in person. That adds to what is counted, and for some bases to the base as well; of those who add to
both, and of those who add to the count alone, the heaviest are always best. So it is enough to try how many of each.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from workflows.comparisons import CEILINGS, compare
from workflows.conditions import Condition
from workflows.lines import Line
from workflows.quorum import REPRESENTED
from workflows.rolls import Roll


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one elector's coming would add to the count and to the base."""

    elector: str
    count: Fraction
    base: Fraction


@dataclass(frozen=True, slots=True)
class Fewest:
    """A smallest set of arrivals, heaviest first; `any_of_them`: any as many of `candidates` would do."""

    electors: tuple[str, ...]
    candidates: tuple[str, ...]
    any_of_them: bool


def arrivals(condition: Condition, roll: Roll, places: Iterable[int]) -> list[Arrival]:
    """What each elector at these places of the roll, none of them there in person, would add. Useless ones are left out.

    The condition counts heads or weight; its `where` is held against the roll here. An elector with a line for each of
    its parts (`roll_parts.in_parts`) brings those that are named here.
    """
    found: dict[str, Arrival] = {}
    for at in places:
        if _within(condition, roll, at):
            one = _arrival(condition, roll, at)
            also = found.get(one.elector, Arrival(one.elector, Fraction(0), Fraction(0)))
            found[one.elector] = Arrival(one.elector, also.count + one.count, also.base + one.base)
    useful = (arrival for arrival in found.values() if arrival.count)
    return sorted(useful, key=lambda arrival: (-arrival.count, arrival.elector))


def fewest(line: Line, coming: Sequence[Arrival], at_least: int = 0) -> Fewest | None:
    """The smallest set of at least so many that makes the line pass; None when even all of them would not.

    A line that is above its ceiling is not mended by arrivals; one that lacks its floor may be. `coming` is sorted heaviest
    first, as `arrivals` gives it.
    """
    if line.condition.cmp in CEILINGS and not line.passes:
        return _below_ceiling(line, coming, at_least)
    both = [arrival for arrival in coming if arrival.base]
    alone = [arrival for arrival in coming if not arrival.base]
    options = [_with(line, both[:number], alone, at_least) for number in range(len(both) + 1)]
    found = min((option for option in options if option is not None), key=len, default=None)
    if found is None:
        return None
    chosen = sorted(found, key=lambda arrival: (-arrival.count, arrival.elector))
    return Fewest(
        tuple(arrival.elector for arrival in chosen),
        tuple(arrival.elector for arrival in coming),
        _any_do(line, both, alone, len(chosen)),
    )


def _below_ceiling(line: Line, coming: Sequence[Arrival], at_least: int) -> Fewest | None:
    """The fewest who bring the line to its floor and keep it below its ceiling.

    Tried are neighbours by what they add, those first who add to the base as well, for they leave the ceiling highest. That
    is every number of heads; of weights it may be that others would do.
    """
    by_base = sorted(coming, key=lambda arrival: (-arrival.base, -arrival.count, arrival.elector))
    for number in range(max(1, at_least), len(coming) + 1):
        for order in (by_base, list(coming)):
            counts, bases = _sums(order), _sums(order, base=True)
            for first in range(len(order) - number + 1):
                last = first + number
                if _passes(line, counts[last] - counts[first], bases[last] - bases[first]):
                    chosen = tuple(arrival.elector for arrival in order[first:last])
                    return Fewest(chosen, tuple(arrival.elector for arrival in coming), any_of_them=False)
    return None


def _with(
    line: Line, both: Sequence[Arrival], alone: Sequence[Arrival], at_least: int
) -> list[Arrival] | None:
    """These, and as few as are needed of those who add to the count alone."""
    sums = _sums(alone)
    start = (sum((a.count for a in both), Fraction(0)), sum((a.base for a in both), Fraction(0)))
    needed = bisect_left(sums, True, key=lambda added: _passes(line, start[0] + added, start[1]))
    needed = max(needed, at_least - len(both))
    return None if needed > len(alone) else [*both, *alone[:needed]]


def _any_do(line: Line, both: Sequence[Arrival], alone: Sequence[Arrival], number: int) -> bool:
    """Whether the lightest so many, however they are mixed, would do: then any would."""
    counts, bases, rest = _sums(both[::-1]), _sums(both[::-1], base=True), _sums(alone[::-1])
    mixes = ((n, number - n) for n in range(number + 1) if n <= len(both) and number - n <= len(alone))
    return all(_passes(line, counts[one] + rest[other], bases[one]) for one, other in mixes)


def _sums(coming: Iterable[Arrival], *, base: bool = False) -> list[Fraction]:
    return list(accumulate((a.base if base else a.count for a in coming), initial=Fraction(0)))


def _passes(line: Line, more: Fraction, base: Fraction) -> bool:
    condition, have = line.condition, line.have + more
    floor_met = condition.at_least is None or have >= condition.at_least
    return floor_met and compare(have, condition.cmp, condition.share * (line.base + base))


def _arrival(condition: Condition, roll: Roll, at: int) -> Arrival:
    weight = Fraction(roll.units[at], roll.denominator) if condition.measure == "weight" else Fraction(1)
    represented = roll.present[at] in REPRESENTED
    count, base = (
        weight if _grows(side, represented) else Fraction(0) for side in (condition.count, condition.base)
    )
    return Arrival(roll.electors[at], count, base)


def _grows(side: tuple[str, ...] | str | Fraction, represented: bool) -> bool:
    """Whether somebody's coming adds to this side: whoever is represented already was counted as taking part."""
    if side == "present":
        return True
    return side in ("represented", "voted", "valid") and not represented


def _within(condition: Condition, roll: Roll, at: int) -> bool:
    return all(roll.attributes[name][at] == value for name, value in condition.where)
