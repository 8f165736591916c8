"""The fewest electors who must do something else for a rule to be met, or missed: those whose turning goes furthest.

All electors of a roll do one thing (all vote against), and some turn to another (in favour). For one condition the answer
is exact: the heaviest turn first, and of groups those that together cost fewest. Of conditions that must hold together it
is exact that no fewer can do; the electors that are named may be more than that, and then nothing is said to be least.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from typing import NamedTuple

from workflows.comparisons import CEILINGS, compare
from workflows.conditions import Branch, Condition, GroupTest
from workflows.roll_parts import is_parted
from workflows.rolls import Roll
from workflows.tally import Cell, belongs

_MOST_ORDERED = 3
"""Of so many conditions every order is tried in which they can be met one after another."""


class Doing(NamedTuple):
    """What an elector does: its choice (or not_voted), and the word of the roll's column `present`."""

    choice: str
    present: str


@dataclass(frozen=True)
class Turned:
    """`number`: no fewer can do it; None: not even all can. `electors`: some who do it, or come near to it."""

    number: int | None
    electors: tuple[str, ...]


def fewest_turned(roll: Roll, before: Doing, after: Doing, part: Branch, *, met: bool = True) -> Turned:
    """The fewest who must turn from `before` to `after` for the conditions to be met (`met` False: to be missed).

    Where the roll parts electors by what the conditions ask, nothing is known: no fewer than nobody can do.
    """
    if any(is_parted(roll, name) for one in part.conditions() for name in one.attributes()):
        return Turned(0, ())
    found = _Search(roll, before, after).found(_tree(part, met=met), frozenset())
    return Turned(found.number, tuple(roll.electors[at] for at in found.electors))


@dataclass(frozen=True)
class _Leaf:
    """One comparison of a condition: with its threshold, or with its floor."""

    condition: Condition
    of_floor: bool
    met: bool


@dataclass(frozen=True)
class _Node:
    """Parts of which every one must come true, or any."""

    every: bool
    parts: "tuple[_Leaf | _Node, ...]"


@dataclass(frozen=True)
class _Found:
    """As Turned; `counted` are the electors on whom it hangs, the others change nothing."""

    number: int | None
    electors: tuple[int, ...]
    counted: frozenset[int]


@dataclass(frozen=True)
class _Won:
    """Groups turned: what they weigh together, and whom it takes."""

    weight: Fraction
    electors: tuple[int, ...]


def _tree(part: Condition | Branch, *, met: bool) -> _Leaf | _Node:
    if isinstance(part, Branch):
        return _Node((part.kind == "all") is met, tuple(_tree(one, met=met) for one in part.parts))
    floors = [] if part.at_least is None else [_Leaf(part, of_floor=True, met=met)]
    return _Node(met, (_Leaf(part, of_floor=False, met=met), *floors))


@dataclass(frozen=True)
class _Search:
    roll: Roll
    before: Doing
    after: Doing

    def found(self, part: _Leaf | _Node, turned: frozenset[int]) -> _Found:
        """The fewest more where `turned` have turned already."""
        if isinstance(part, _Leaf):
            inside = self._inside(part.condition, range(len(self.roll)))
            if part.condition.groups is not None:
                return self._groups(part, part.condition.groups, inside, turned)
            return self._plain(part, inside, turned)
        each = [self.found(one, turned) for one in part.parts]
        counted = frozenset[int]().union(*(one.counted for one in each))
        if part.every:
            return self._every(part, each, counted, turned)
        able = [one for one in each if one.number is not None]
        if not able:
            return _Found(None, (), counted)
        shortest = min((one.electors for one in able), key=len)
        return _Found(min(one.number or 0 for one in able), shortest, counted)

    def _every(
        self, node: _Node, each: Sequence[_Found], counted: frozenset[int], turned: frozenset[int]
    ) -> _Found:
        if any(one.number is None for one in each):
            return _Found(None, (), counted)
        orders: Iterable[Sequence[_Leaf | _Node]] = (node.parts, node.parts[::-1])
        if len(node.parts) <= _MOST_ORDERED:
            orders = permutations(node.parts)
        done = [found for order in orders if (found := self._one_by_one(order, turned)) is not None]
        electors = (
            min(done, key=len) if done else tuple(dict.fromkeys(e for one in each for e in one.electors))
        )
        return _Found(_together(each), electors, counted)

    def _one_by_one(self, order: Sequence[_Leaf | _Node], turned: frozenset[int]) -> tuple[int, ...] | None:
        """Meet one part after another: whoever turned for one counts for the next."""
        electors: tuple[int, ...] = ()
        for one in order:
            found = self.found(one, turned | frozenset(electors))
            if found.number is None:
                return None
            electors += found.electors
        return electors

    def _plain(self, leaf: _Leaf, inside: Sequence[int], turned: frozenset[int]) -> _Found:
        """What is compared moves one way with the weight that turns, so that the heaviest go furthest."""
        weights = self._weights(leaf.condition)
        everything, weight = (
            sum(weights[at] for at in inside),
            sum(weights[at] for at in inside if at in turned),
        )
        waiting = sorted((at for at in inside if at not in turned), key=lambda at: (-weights[at], at))
        for number in range(len(waiting) + 1):
            if self._passes(leaf, everything, weight) is leaf.met:
                return _Found(number, tuple(waiting[:number]), frozenset(inside))
            if number < len(waiting):
                weight += weights[waiting[number]]
        return _Found(None, (), frozenset(inside))

    def _passes(self, leaf: _Leaf, everything: int, turned: int) -> bool:
        condition = leaf.condition
        scale = self.roll.denominator if condition.measure == "weight" else 1

        def amount(side: tuple[str, ...] | str) -> int:
            return turned * self._counts(self.after, side) + (everything - turned) * self._counts(
                self.before, side
            )

        have = Fraction(amount(condition.count))
        if leaf.of_floor:
            return have >= (condition.at_least or 0) * scale
        base = condition.base
        held_against = base * scale if isinstance(base, Fraction) else amount(base)
        return compare(have, condition.cmp, condition.share * held_against)

    def _groups(self, leaf: _Leaf, test: GroupTest, inside: Sequence[int], turned: frozenset[int]) -> _Found:
        condition, counted = leaf.condition, frozenset(inside)
        names, weights = self.roll.attributes[test.by], dict(test.weights)
        groups: dict[str, list[int]] = defaultdict(list)
        for at in inside:
            groups[names[at]].append(at)
        base = condition.base if isinstance(condition.base, Fraction) else None
        if base is None:
            if not self._all_in_base(condition, test):
                return _Found(0, (), counted)
            base = sum((weights.get(name, Fraction(1)) for name in groups), Fraction(0))
        more = (leaf.of_floor or condition.cmp not in CEILINGS) is leaf.met
        passing, options = Fraction(0), []
        for name, members in sorted(groups.items()):
            weight, passes = weights.get(name, Fraction(1)), self._group_passes(test, members, turned)
            passing += weight if passes else 0
            if (
                passes is not more
                and (turn := self._turn(test, members, turned, more=more)).number is not None
            ):
                options.append((turn.number, _Won(weight, turn.electors)))
        for number, won in _cheapest_first(options):
            have = passing + won.weight if more else passing - won.weight
            if leaf.of_floor:
                holds = have >= (condition.at_least or 0)
            else:
                holds = compare(have, condition.cmp, condition.share * base)
            if holds is leaf.met:
                return _Found(number, won.electors, counted)
        return _Found(None, (), counted)

    def _all_in_base(self, condition: Condition, test: GroupTest) -> bool:
        """Whether every group stays in the base, whoever turns."""
        valid = self._counts(self.before, "valid") and self._counts(self.after, "valid")
        return bool(valid) or (condition.base == "groups_on_roll" and test.empty == "not_passed")

    def _group_passes(self, test: GroupTest, members: Sequence[int], turned: frozenset[int]) -> bool:
        weights, inside = self._weights(test.passes), self._inside(test.passes, members)
        everything, weight = (
            sum(weights[at] for at in some) for some in (inside, [at for at in inside if at in turned])
        )
        return self._valid(members, turned) and all(
            self._passes(leaf, everything, weight) for leaf in self._leaves(test, met=True)
        )

    def _turn(self, test: GroupTest, members: Sequence[int], turned: frozenset[int], *, more: bool) -> _Found:
        """The fewest of a group with whom it passes (`more`), or no longer does."""
        inside = self._inside(test.passes, members)
        each = [self._plain(leaf, inside, turned) for leaf in self._leaves(test, met=more)]
        able = [one for one in each if one.number is not None]
        if more:
            longest = max(each, key=lambda one: one.number or 0)
            return longest if len(able) == len(each) else _Found(None, (), longest.counted)
        if not self._counts(self.after, "valid"):
            silent = tuple(at for at in members if at not in turned)
            able.append(_Found(len(silent), silent, frozenset(members)))
        return min(able, key=lambda one: one.number or 0, default=_Found(None, (), frozenset()))

    def _leaves(self, test: GroupTest, *, met: bool) -> Iterator[_Leaf]:
        yield _Leaf(test.passes, of_floor=False, met=met)
        if test.passes.at_least is not None:
            yield _Leaf(test.passes, of_floor=True, met=met)

    def _valid(self, members: Sequence[int], turned: frozenset[int]) -> bool:
        """Whether there is a valid vote among them."""
        return any(self._counts(self.after if at in turned else self.before, "valid") for at in members)

    def _inside(self, condition: Condition, members: Iterable[int]) -> list[int]:
        columns = [(self.roll.attributes[name], value) for name, value in condition.where]
        return [at for at in members if all(column[at] == value for column, value in columns)]

    def _weights(self, condition: Condition) -> Sequence[int]:
        return self.roll.units if condition.measure == "weight" else self._heads

    @cached_property
    def _heads(self) -> Sequence[int]:
        return (1,) * len(self.roll)

    @staticmethod
    def _counts(doing: Doing, side: tuple[str, ...] | str) -> int:
        return int(belongs(Cell(doing.choice, doing.present, (), 0, 0), side))


def _together(each: Sequence[_Found]) -> int:
    """The least for all parts: that of those that hang on different electors adds up; of the others the greatest."""
    most = 0
    for first in each:
        number, counted = first.number or 0, first.counted
        for other in sorted(each, key=lambda one: -(one.number or 0)):
            if other is not first and counted.isdisjoint(other.counted):
                number, counted = number + (other.number or 0), counted | other.counted
        most = max(most, number)
    return most


def _cheapest_first(options: Collection[tuple[int, _Won]]) -> list[tuple[int, _Won]]:
    """For every number of electors the groups that weigh most for it, the fewest first: a knapsack."""
    best = {0: _Won(Fraction(0), ())}
    for cost, group in options:
        for spent in sorted(best, reverse=True):
            won = _Won(best[spent].weight + group.weight, best[spent].electors + group.electors)
            if spent + cost not in best or best[spent + cost].weight < won.weight:
                best[spent + cost] = won
    return sorted(best.items())
