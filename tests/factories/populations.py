"""The populations of whole people that give the figures shown: how far two of them differ. An exact simplex, whose corners
are whole numbers but seldom; there whole populations are tried one after the other."""

from collections.abc import Hashable, Sequence
from fractions import Fraction

from workflows.suppression import LEAST, summed
from workflows.suppression_together import Form, Forms, Together

Sum = tuple[frozenset[int], int]
"""What is known: these groups of people, by number, are so many together."""


def left_open(here: Together, told: Sequence[Forms]) -> list[tuple[int, Hashable, int, int]]:
    """The hidden figures that could not differ by five, of all populations that give what is shown."""
    possible = Populations(*_sums(here, told))
    groups = [(places, column) for places in here.people for column in here.columns]
    bad = []
    for axis, forms in enumerate(told):
        part = any(form is not Form.NOTHING for form in forms.values())
        exact = summed(here.table(axis))
        for (place, column), value in exact.items():
            if place is None or not value or forms[place] < (Form.NOTHING if column is None else Form.SUM):
                continue
            if not part and value >= LEAST:
                continue  # an axis of which nothing is told has no figures but the small ones to keep
            asked = frozenset(
                n for n, (places, own) in enumerate(groups) if places[axis] == place and column in (None, own)
            )
            if (wide := possible.span(asked)) < LEAST:
                bad.append((axis, place, column, value, wide))
    return bad


def _sums(here: Together, told: Sequence[Forms]) -> tuple[list[int], list[Sum]]:
    """The groups of people, and what is told of them."""
    groups = [(places, column) for places in here.people for column in here.columns]
    truth = [here.people[places][column] for places, column in groups]

    def all_of(axis: int, place: Hashable, column: Hashable) -> Sum:
        found = frozenset(
            n
            for n, (places, own) in enumerate(groups)
            if place in (None, places[axis]) and column in (None, own)
        )
        return found, sum(truth[n] for n in found)

    known = [all_of(0, None, column) for column in here.columns]
    for axis, forms in enumerate(told):
        for place, form in forms.items():
            known += [all_of(axis, place, None)] if form < Form.NOTHING else []
            known += [all_of(axis, place, column) for column in here.columns if form is Form.SHOWN]
    return truth, known


class Populations:
    """All populations that give what is `known`; `truth`, how many are in each group, is one of them."""

    def __init__(self, truth: Sequence[int], known: Sequence[Sum]) -> None:
        self.truth, self.known = truth, known
        self.rows, self.basis = _corner([(groups, value) for groups, value in known if groups], len(truth))

    def span(self, asked: frozenset[int]) -> int:
        """By how much the sum of the groups `asked` differs between two of them."""
        return self._furthest(asked, 1) + self._furthest(asked, -1)

    def _furthest(self, asked: frozenset[int], sign: int) -> int:
        costs = [Fraction(sign * (one in asked)) for one in range(len(self.truth))]
        corner = _best(self.rows, self.basis, costs)
        here = sum(self.truth[one] for one in asked)
        far = sign * (sum(corner[one] for one in asked) - here)
        if all(value.denominator == 1 for value in corner):
            return int(far)
        return next(
            step
            for step in range(int(far), -1, -1)
            if not step or _fits(self.truth, [*self.known, (asked, here + sign * step)])
        )


def _corner(known: Sequence[Sum], wide: int) -> tuple[list[list[Fraction]], list[int]]:
    """A tableau (its last column the values) at a corner of the populations, and which group each row is of."""
    high = len(known)
    rows = [
        [Fraction(one in groups) for one in range(wide)] + [Fraction(one == n) for one in range(high)] + [Fraction(value)]
        for n, (groups, value) in enumerate(known)
    ]  # fmt: skip
    basis = [wide + n for n in range(high)]
    _climb(rows, basis, [Fraction(0)] * wide + [Fraction(-1)] * high)
    for n in range(high):
        if basis[n] >= wide:
            at = next((one for one in range(wide) if rows[n][one]), None)
            if at is not None:
                _pivot(rows, basis, n, at)
    kept = [n for n in range(high) if basis[n] < wide]
    return [[*rows[n][:wide], rows[n][-1]] for n in kept], [basis[n] for n in kept]


def _best(rows: list[list[Fraction]], basis: list[int], costs: list[Fraction]) -> list[Fraction]:
    rows, basis = [[*row] for row in rows], [*basis]
    _climb(rows, basis, costs)
    found = [Fraction(0)] * len(costs)
    for row, one in zip(rows, basis, strict=True):
        found[one] = row[-1]
    return found


def _climb(rows: list[list[Fraction]], basis: list[int], costs: list[Fraction]) -> None:
    """To the corner that is worth most, by Bland's rule: it never goes round."""
    while True:
        paid = [costs[one] for one in basis]
        priced = [n for n, cost in enumerate(paid) if cost]
        at = next(
            (
                one
                for one in range(len(costs))
                if costs[one] - sum(paid[n] * rows[n][one] for n in priced if rows[n][one]) > 0
            ),
            None,
        )
        if at is None:
            return
        bound = [(row[-1] / row[at], basis[n], n) for n, row in enumerate(rows) if row[at] > 0]
        _pivot(rows, basis, min(bound)[2], at)


def _pivot(rows: list[list[Fraction]], basis: list[int], n: int, at: int) -> None:
    by = rows[n][at]
    rows[n] = [value / by if value else value for value in rows[n]]
    for other, row in enumerate(rows):
        if other != n and row[at]:
            by = row[at]
            rows[other] = [a - by * b if b else a for a, b in zip(row, rows[n], strict=True)]
    basis[n] = at


def _fits(truth: Sequence[int], known: Sequence[Sum]) -> bool:
    whole = max(value for _, value in known)
    return _search(truth, known, [(0, whole)] * len(truth))


def _search(truth: Sequence[int], known: Sequence[Sum], bounds: list[tuple[int, int]]) -> bool:
    """Whether any population gives all these sums: intervals are narrowed, then the narrowest group is tried."""
    narrow = _narrowed(known, bounds)
    if narrow is None:
        return False
    wide = [group for group, (low, high) in enumerate(narrow) if low < high]
    if not wide:
        return True
    group = min(wide, key=lambda one: narrow[one][1] - narrow[one][0])
    low, high = narrow[group]
    return any(
        _search(truth, known, [*narrow[:group], (value, value), *narrow[group + 1 :]])
        for value in sorted(range(low, high + 1), key=lambda one: abs(one - truth[group]))
    )


def _narrowed(known: Sequence[Sum], bounds: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
    found, again = [*bounds], True
    while again:
        again = False
        for groups, value in known:
            low, high = sum(found[one][0] for one in groups), sum(found[one][1] for one in groups)
            if not low <= value <= high:
                return None
            for one in groups:
                least, most = found[one]
                now = (max(least, value - high + most), min(most, value - low + least))
                if now != (least, most):
                    low, high = low + now[0] - least, high + now[1] - most
                    found[one], again = now, True
    return found
