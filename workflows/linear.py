"""Whether linear conditions on amounts of nought or more can hold together: exact, by the simplex method.

Only fractions: what is found impossible here is impossible for whole numbers too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

_ZERO, _ONE = Fraction(0), Fraction(1)
_Row = list[Fraction]


@dataclass(frozen=True, slots=True)
class AtMost:
    """The sum of factor x amount is at most `bound`; less than it where `strict`. Amounts go by number."""

    factors: Mapping[int, Fraction]
    bound: Fraction = _ZERO
    strict: bool = False


def together(conditions: Sequence[AtMost]) -> dict[int, Fraction] | None:
    """Amounts, none negative, under which all conditions hold; None: there are none. Amounts left out are nought."""
    columns = _columns(conditions)
    # One more amount, at most 1, is added to the strict sides and made as large as can be: above 0 they are strict.
    table = [
        [*(column[n] for column in columns), _ONE if one.strict else _ZERO, one.bound]
        for n, one in enumerate(conditions)
    ]
    table.append([*(_ZERO for _ in columns), _ONE, _ONE])
    found = _most(table, len(columns))
    if found is None or (any(one.strict for one in conditions) and found[len(columns)] <= 0):
        return None
    return {number: found[n] for n, number in enumerate(columns.values())}


def _columns(conditions: Sequence[AtMost]) -> dict[tuple[Fraction, ...], int]:
    """Amounts that count alike everywhere are one column, which goes by the first of them."""
    columns: dict[tuple[Fraction, ...], int] = {}
    for number in sorted({number for one in conditions for number in one.factors}):
        columns.setdefault(tuple(one.factors.get(number, _ZERO) for one in conditions), number)
    return columns


def _most(table: Sequence[_Row], goal: int) -> _Row | None:
    """The values of the columns of `table` (last of a row: its bound) with column `goal` at its most; None if none fit."""
    size = len(table[0]) - 1
    rows, basis, made_up = _begun(table, size)
    cost = [
        sum((row[m] for row, column in zip(rows, basis, strict=True) if column in made_up), _ZERO)
        for m in range(len(rows[0]))
    ]
    for column in made_up:
        cost[column] = _ZERO
    _climb(rows, basis, cost, frozenset())
    if cost[-1] != 0:
        return None
    _without(made_up, rows, basis)
    aim = [_ONE if m == goal else _ZERO for m in range(len(rows[0]))]
    for n, column in enumerate(basis):
        _subtract(aim, rows[n], aim[column])
    _climb(rows, basis, aim, made_up)
    values = [_ZERO] * size
    for n, column in enumerate(basis):
        if column < size:
            values[column] = rows[n][-1]
    return values


def _begun(table: Sequence[_Row], size: int) -> tuple[list[_Row], list[int], frozenset[int]]:
    """Every row with what it leaves over, and a made-up amount where nought for all the others would break it."""
    width = len(table)
    short = [n for n, row in enumerate(table) if row[-1] < 0]
    made_up = {n: size + width + m for m, n in enumerate(short)}
    rows = []
    for n, (*left, bound) in enumerate(table):
        sign = -_ONE if bound < 0 else _ONE
        over = [sign if m == n else _ZERO for m in range(width)]
        extra = [_ONE if m == n else _ZERO for m in short]
        rows.append([*(sign * factor for factor in left), *over, *extra, sign * bound])
    basis = [made_up.get(n, size + n) for n in range(width)]
    return rows, basis, frozenset(made_up.values())


def _without(made_up: frozenset[int], rows: list[_Row], basis: list[int]) -> None:
    """Take what was made up, and is nought by now, out of the basis: it must not grow again."""
    for n in reversed(range(len(rows))):
        if basis[n] not in made_up:
            continue
        enters = next((c for c, f in enumerate(rows[n][:-1]) if f and c not in made_up), None)
        if enters is None:
            del rows[n], basis[n]
        else:
            _pivot(rows, basis, n, enters)


def _climb(rows: list[_Row], basis: list[int], aim: _Row, barred: frozenset[int]) -> None:
    """Pivot while the aim grows; by Bland's rule (the lowest column, the lowest row) that comes to an end."""
    while True:
        enters = next((c for c, gain in enumerate(aim[:-1]) if gain > 0 and c not in barred), None)
        if enters is None:
            return
        ratios = [(row[-1] / row[enters], basis[n], n) for n, row in enumerate(rows) if row[enters] > 0]
        if not ratios:
            return
        _pivot(rows, basis, min(ratios)[2], enters)
        _subtract(aim, rows[basis.index(enters)], aim[enters])


def _pivot(rows: list[_Row], basis: list[int], leaves: int, enters: int) -> None:
    pivot = rows[leaves][enters]
    rows[leaves] = [value / pivot for value in rows[leaves]]
    for n, row in enumerate(rows):
        if n != leaves:
            _subtract(row, rows[leaves], row[enters])
    basis[leaves] = enters


def _subtract(row: _Row, other: _Row, times: Fraction) -> None:
    if times:
        row[:] = [value - times * taken for value, taken in zip(row, other, strict=True)]
