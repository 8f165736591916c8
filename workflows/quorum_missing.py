"""Which of the missing would give the quorum: for each condition a smallest set, and one set that meets them all.

Bounded and exact for each condition by itself. Where several must pass together, or one comes for several groups at once
(an elector parted into fractions), the set that is shown is checked by measuring again; `smallest` says whether it is
known that no smaller one would do.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import comb

from workflows.arrivals import arrivals, fewest
from workflows.comparisons import CEILINGS, compare
from workflows.conditions import Branch, Condition, GroupTest
from workflows.groups import Group, Grouping
from workflows.lines import Line
from workflows.quorum import Ladder, measured_one, measured_over, quorum_now, tallied, with_presence
from workflows.roll_parts import PARTS, in_parts
from workflows.rolls import Roll

_TRIES = 100
"""How many sets are measured one by one at the most, to find a smaller one: the page of a session waits for it."""


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """A group that could be made to pass: a smallest set within it, and those of it from whom any as many may do."""

    name: str
    weight: Fraction
    electors: tuple[str, ...]
    candidates: tuple[str, ...]
    any_of_them: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """One condition that is not met. `electors` is a smallest set that would meet it; None: nobody's coming would.

    `any_of_them`: any as many of `candidates` would do. For a condition on groups `groups` are those to be won. `least`:
    what is known to be needed at the least; fewer than `electors` only where these are parted (`workflows.roll_parts`).
    """

    line: Line
    electors: tuple[str, ...] | None
    candidates: tuple[str, ...] = ()
    any_of_them: bool = False
    groups: tuple[MissingGroup, ...] = ()
    least: int = 0

    @property
    def count(self) -> int | None:
        """How many at least."""
        return None if self.electors is None else len(self.electors)


@dataclass(frozen=True, slots=True)
class WouldGive:
    """What is missing, condition by condition, and electors whose coming would give the quorum (None: no such set).

    Nothing is missing where the quorum is met. `smallest`: no smaller set would do.
    """

    lines: tuple[Missing, ...]
    enough: tuple[str, ...] | None
    smallest: bool


def would_give_it(
    rule: Ladder, call: int, roll: Roll, presence: Mapping[str, str], among: Collection[str] | None = None
) -> WouldGive:
    """Say who among the missing would give the quorum of `call` by coming in person.

    `among` are those who could come (None: everyone who is not there in person). Raises InputRefusedError as
    `quorum_now` does.
    """
    now = quorum_now(rule, call, roll, presence)
    there = with_presence(roll, presence)
    could = frozenset(roll.electors if among is None else among)
    if now.met:
        return WouldGive((), (), smallest=True)
    enough, least = _enough(now.require, there, could)
    if enough is not None and not _holds(now.require, _joined_by(there, enough)):
        enough = None
    lines = tuple(missing_of(line.condition, there, could) for line in now.missing)
    named = None if enough is None else tuple(e for e in roll.electors if e in enough)
    return WouldGive(lines, named, smallest=named is not None and len(named) == least)


def missing_of(condition: Condition, roll: Roll, among: Collection[str]) -> Missing:
    """A smallest set for one condition; the roll's `present` is filled in."""
    line, grouping = measured_one(condition, tallied(roll, [condition]))
    if line.passes:
        return Missing(line, ())
    lines = in_parts(roll, condition.attributes())
    if condition.groups is not None and grouping is not None:
        found_groups = _missing_groups(condition, condition.groups, line, grouping, lines, among)
        return found_groups if len(lines) == len(roll) else _checked(found_groups, roll, among)
    coming = arrivals(condition, lines, _absent(lines, among))
    found = fewest(line, coming)
    if found is None:
        return Missing(line, None, tuple(arrival.elector for arrival in coming))
    return Missing(line, found.electors, found.candidates, found.any_of_them, least=len(found.electors))


def _checked(found: Missing, roll: Roll, among: Collection[str]) -> Missing:
    """What is missing for groups of which one elector may be in several: measured, and made smaller where it can be.

    The groups were won one by one. Each of them needs as many as it needed there, whoever comes for others too; so where
    there is no set then there is none, and where nobody has more than n parts every set has an n-th of them at the least.
    """
    if found.electors is None:
        return found
    parts = max(value.count(PARTS) for value in roll.attributes[_by(found)]) + 1
    least = -(-sum(len(group.electors) for group in found.groups) // parts)
    absent = [roll.electors[at] for at in _absent(roll, among)]
    for coming in (dict.fromkeys(found.electors), dict.fromkeys(absent)):
        if _passes(found, roll, coming):
            needed = _without_idle(found, roll, list(coming))
            break
    else:
        needed = None
    smaller = range(least, len(absent) + 1 if needed is None else len(needed))
    if sum(comb(len(absent), number) for number in smaller) <= _TRIES:
        sets = (coming for number in smaller for coming in combinations(absent, number))
        needed = next((list(coming) for coming in sets if _passes(found, roll, coming)), needed)
        least = len(needed or ())
    electors = None if needed is None else tuple(needed)
    return replace(found, electors=electors, candidates=tuple(dict.fromkeys(found.candidates)), least=least)


def _by(found: Missing) -> str:
    test = found.line.condition.groups
    assert test is not None
    return test.by


def _passes(found: Missing, roll: Roll, coming: Collection[str]) -> bool:
    condition = found.line.condition
    return measured_one(condition, tallied(_joined_by(roll, coming), [condition]))[0].passes


def _without_idle(found: Missing, roll: Roll, coming: list[str]) -> list[str]:
    """Leave out, one after another, who is not needed beside the others."""
    for elector in list(coming):
        others = [other for other in coming if other != elector]
        coming = others if _passes(found, roll, others) else coming
    return coming


def _missing_groups(
    condition: Condition, test: GroupTest, line: Line, grouping: Grouping, roll: Roll, among: Collection[str]
) -> Missing:
    """The groups that cost the fewest electors together, among those that can be won at all."""
    if condition.cmp in CEILINGS and not compare(line.have, condition.cmp, line.threshold):
        return Missing(line, None)
    options = [
        (group, won)
        for group in grouping.groups
        if not group.passes and (won := _winning(condition, test, group, roll, among)) is not None
    ]
    chosen = _cheapest(line, [(group, len(won.electors)) for group, won in options])
    if chosen is None:
        return Missing(line, None, groups=tuple(won for _, won in options))
    groups = tuple(won for _, won in options if won.name in chosen)
    electors = tuple(elector for won in groups for elector in won.electors)
    candidates = tuple(elector for won in groups for elector in won.candidates)
    return Missing(line, electors, candidates, groups=groups, least=len(electors))


def _winning(
    condition: Condition, test: GroupTest, group: Group, roll: Roll, among: Collection[str]
) -> MissingGroup | None:
    """A smallest set that makes the group pass; an empty group needs somebody in any case."""
    names = roll.attributes[test.by]
    places = [
        at
        for at in _absent(roll, among)
        if names[at] == group.name and all(roll.attributes[n][at] == v for n, v in condition.where)
    ]
    found = fewest(group.line, arrivals(test.passes, roll, places), at_least=int(group.line.passes))
    if found is None:
        return None
    return MissingGroup(group.name, group.weight, found.electors, found.candidates, found.any_of_them)


def _cheapest(line: Line, options: Sequence[tuple[Group, int]]) -> frozenset[str] | None:
    """The names of the groups that make the line pass for the fewest electors, whatever the groups weigh.

    A knapsack over the number of electors: for each number, the sets that no other outdoes in weight won and in weight
    won beyond what the base grows by. There are as few as there are electors, so it ends soon.
    """
    share = line.condition.share if not isinstance(line.condition.base, Fraction) else Fraction(0)
    fronts: dict[int, list[_Won]] = {0: [_Won(Fraction(0), Fraction(0), frozenset())]}
    for group, cost in sorted(options, key=lambda option: (option[1], option[0].name)):
        grows = Fraction(0) if group.counts_in_base else share * group.weight
        for spent in sorted(fronts, reverse=True):
            more = [won.plus(group, grows) for won in fronts[spent]]
            fronts[spent + cost] = _undominated([*fronts.get(spent + cost, []), *more])
    threshold = line.condition.share * line.base
    for spent in sorted(fronts):
        for won in fronts[spent]:
            if _line_passes(line, won, threshold):
                return won.names
    return None


@dataclass(frozen=True, slots=True)
class _Won:
    """Groups won: their weight, that weight less what the threshold grows by, and their names."""

    weight: Fraction
    gain: Fraction
    names: frozenset[str]

    def plus(self, group: Group, grows: Fraction) -> "_Won":
        return _Won(self.weight + group.weight, self.gain + group.weight - grows, self.names | {group.name})


def _line_passes(line: Line, won: _Won, threshold: Fraction) -> bool:
    at_least = line.condition.at_least
    floor_met = at_least is None or line.have + won.weight >= at_least
    return floor_met and compare(line.have + won.gain, line.condition.cmp, threshold)


def _undominated(found: Iterable[_Won]) -> list[_Won]:
    kept: list[_Won] = []
    for won in sorted(found, key=lambda won: (-won.weight, -won.gain, sorted(won.names))):
        if not kept or won.gain > kept[-1].gain:
            kept.append(won)
    return kept


def _enough(
    part: Condition | Branch, roll: Roll, among: Collection[str]
) -> tuple[frozenset[str] | None, int]:
    """Electors who would meet the part (None: nobody can), and how many any such set has at the least."""
    if isinstance(part, Condition):
        found = missing_of(part, roll, among)
        return (None, 0) if found.electors is None else (frozenset(found.electors), found.least)
    answers = [_enough(inner, roll, among) for inner in part.parts]
    met = [(electors, least) for electors, least in answers if electors is not None]
    if part.kind == "any":
        if not met:
            return None, 0
        return min((electors for electors, _ in met), key=lambda e: (len(e), sorted(e))), min(
            n for _, n in met
        )
    if len(met) < len(answers):
        return None, 0
    return _one_after_another(part, roll, among), max((least for _, least in met), default=0)


def _one_after_another(part: Branch, roll: Roll, among: Collection[str]) -> frozenset[str] | None:
    """Meet the choosiest first, so that those who come for one condition count for the next."""
    coming: frozenset[str] = frozenset()
    for inner in sorted(part.parts, key=_choosiness):
        more, _ = _enough(inner, _joined_by(roll, coming), among)
        if more is None:
            return None
        coming |= more
    return coming


def _choosiness(part: Condition | Branch) -> int:
    return ("groups", "weight", "heads").index(part.measure) if isinstance(part, Condition) else 0


def _joined_by(roll: Roll, coming: Collection[str]) -> Roll:
    present = ("yes" if e in coming else p for e, p in zip(roll.electors, roll.present, strict=True))
    return replace(roll, present=tuple(present))


def _holds(branch: Branch, roll: Roll) -> bool:
    lines, _ = measured_over(branch, roll)
    return branch.holds({line.id: line.passes for line in lines})


def _absent(roll: Roll, among: Collection[str]) -> list[int]:
    return [at for at, elector in enumerate(roll.electors) if roll.present[at] != "yes" and elector in among]
