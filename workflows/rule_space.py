"""Everything that the electors of any roll could do under a rule, as linear conditions on how many do it.

There is an amount for every way to vote, to be present and to have the attributes that the rule asks for: once in
heads and once in weight. Groups that pass and that do not are amounts of their own, which conditions over the same groups
share: none pass where no group can meet what each must meet, and they are tied to nothing else. What cannot be here
cannot be in any vote; what can be here may still not be.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from workflows.ballots import allowed_choices
from workflows.comparisons import CEILINGS, STRICT
from workflows.conditions import NOT_VOTED, Branch, Condition
from workflows.linear import AtMost, together
from workflows.rules import Rule
from workflows.tally import Cell, belongs

MOST_WAYS = 256
"""A rule that can be met in more ways than this (`any` within `any` …) is not looked into."""

OTHER = ""
"""The value of an attribute that a rule does not name."""

Part = Condition | Branch
_Groups = Hashable
Ways = list[list[AtMost]]
_PRESENT = ("yes", "proxy", "no")


class TooManyWaysError(Exception):
    """The rule is nested too richly to be looked into."""


@dataclass(frozen=True)
class Space:
    """The cells of a rule's electors, the names of their attributes, and the amounts of groups that its conditions are
    about; `barred` are those of groups that would have to meet what none can."""

    attributes: tuple[str, ...]
    cells: tuple[Cell, ...]
    grouped: tuple[_Groups, ...] = ()
    barred: frozenset[_Groups] = frozenset()

    def possible(self, *, met: Iterable[Part] = (), failed: Iterable[Part] = ()) -> bool:
        """Whether there could be a vote in which all of `met` pass and all of `failed` do not.

        False is certain; True is not, where conditions over groups take part. Raises TooManyWaysError.
        """
        parts = [*(self._passes(part) for part in met), *(self._fails(part) for part in failed)]
        return any(together([*self._anybody(), *way]) is not None for way in _all_of(parts))

    def _anybody(self) -> list[AtMost]:
        """Somebody is on the roll, and every elector weighs something."""
        size = len(self.cells)
        return [
            AtMost({n: Fraction(-1) for n in range(size)}, Fraction(-1)),
            AtMost({size + n: Fraction(-1) for n in range(size)}, strict=True),
            *(AtMost({self._place(groups): Fraction(1)}) for groups in self.grouped if groups in self.barred),
        ]

    def _passes(self, part: Part) -> Ways:
        if isinstance(part, Branch):
            inner = [self._passes(one) for one in part.parts]
            return _all_of(inner) if part.kind == "all" else _any_of(inner)
        compared, floor = self._compared(part, holds=True), self._floor(part, holds=True)
        return [[compared, *floor]]

    def _fails(self, part: Part) -> Ways:
        if isinstance(part, Branch):
            inner = [self._fails(one) for one in part.parts]
            return _any_of(inner) if part.kind == "all" else _all_of(inner)
        return [[self._compared(part, holds=False)], *([one] for one in self._floor(part, holds=False))]

    def _compared(self, condition: Condition, *, holds: bool) -> AtMost:
        """count - share x base against nought, turned so that it is at most something."""
        count, base = self._count(condition), self._base(condition)
        bound = Fraction(0)
        factors = dict.fromkeys(count, Fraction(1))
        if isinstance(base, Fraction):
            bound = condition.share * base
        else:
            for n in base:
                factors[n] = factors.get(n, Fraction(0)) - condition.share
        ceiling, strict = condition.cmp in CEILINGS, condition.cmp in STRICT
        if ceiling is holds:
            return AtMost(factors, bound, strict is holds)
        return AtMost({n: -factor for n, factor in factors.items()}, -bound, strict is holds)

    def _floor(self, condition: Condition, *, holds: bool) -> list[AtMost]:
        if condition.at_least is None:
            return []
        sign = Fraction(-1 if holds else 1)
        factors = dict.fromkeys(self._count(condition), sign)
        return [AtMost(factors, sign * condition.at_least, strict=not holds)]

    def _count(self, condition: Condition) -> list[int]:
        if condition.groups:
            return [self._place(_passing(condition))]
        return self._amounts(condition, condition.count)

    def _base(self, condition: Condition) -> list[int] | Fraction:
        if isinstance(condition.base, Fraction):
            return condition.base
        if condition.groups:
            return [self._place(_passing(condition)), self._place(_failing(condition))]
        return self._amounts(condition, condition.base)

    def _amounts(self, condition: Condition, side: tuple[str, ...] | str) -> list[int]:
        tests = [(self.attributes.index(name), value) for name, value in condition.where]
        shift = len(self.cells) if condition.measure == "weight" else 0
        return [
            shift + n
            for n, cell in enumerate(self.cells)
            if belongs(cell, side) and all(cell.attributes[at] == value for at, value in tests)
        ]

    def _place(self, groups: _Groups) -> int:
        return 2 * len(self.cells) + self.grouped.index(groups)


def space_of(rule: Rule) -> Space:
    """The space of a rule: every way to vote, be present and have, or not have, what the rule asks for."""
    named: dict[str, dict[str, None]] = {}
    for condition in rule.conditions():
        for name, value in condition.where:
            named.setdefault(name, {OTHER: None})[value] = None
    choices = (*allowed_choices(rule.choices), NOT_VOTED)
    attributes = tuple(sorted(named))
    ways = product(choices, _PRESENT, product(*(named[name] for name in attributes)))
    cells = tuple(Cell(choice, present, values, 0, 0) for choice, present, values in ways)
    grouped = [one for one in rule.conditions() if one.groups]
    amounts = dict.fromkeys(amount(one) for one in grouped for amount in (_passing, _failing))
    barred = frozenset(_passing(one) for one in grouped if not _some_group_passes(rule, one))
    return Space(attributes, cells, tuple(amounts), barred)


def _passing(condition: Condition) -> _Groups:
    """What the groups that pass go by: two conditions over the same groups are about the same ones."""
    test = condition.groups
    return test and (test.by, test.passes, test.weights, condition.where)


def _failing(condition: Condition) -> _Groups:
    """What the groups of the base that do not pass go by: which empty ones are left out differs."""
    test = condition.groups
    return (_passing(condition), test and test.empty, condition.base)


def _some_group_passes(rule: Rule, condition: Condition) -> bool:
    assert condition.groups is not None
    alone = replace(rule, quorum=(), require=Branch("all", (condition.groups.passes,)))
    return space_of(alone).possible(met=[alone.require])


def _all_of(parts: Sequence[Ways]) -> Ways:
    ways: Ways = [[]]
    for part in parts:
        ways = [[*way, *more] for way in ways for more in part]
        if len(ways) > MOST_WAYS:
            raise TooManyWaysError
    return ways


def _any_of(parts: Sequence[Ways]) -> Ways:
    return [way for part in parts for way in part]
