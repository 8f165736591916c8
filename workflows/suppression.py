"""Which cells of a published table to hide, so that what is hidden cannot be computed from what is shown.

A table of rows and columns is published with the sums of its rows, of its columns and of all. Each hidden figure then
lies between bounds that anybody can work out; hiding is enough when every hidden figure could differ by at least LEAST
(statisticians call the further cells complementary suppressions). The sums make a network: every figure is an arc from
its column to its row, the sums run from the grand total to the columns and from the rows back to it, and by how much a
figure could be more or less is how much can flow around it through hidden arcs only. The bounds are exact: sums of
whole numbers in a two-way table have whole solutions (network matrices are totally unimodular).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

Arc = tuple[Hashable, Hashable]  # (row, column); TOTAL for either is the sum
TOTAL = None
LEAST = 5
_FAR = 10**9


@dataclass(frozen=True)
class Published:
    """A table as it may be shown: {(row, column): figure, None where it is hidden}; TOTAL as row or column is a sum."""

    cells: Mapping[Arc, int | None]

    def at(self, row: Hashable, column: Hashable) -> int | None:
        """One figure; None: hidden."""
        return self.cells[row, column]


def publish(
    counts: Mapping[Arc, int], *, fixed: Iterable[Hashable] = (), hidden_sums: Iterable[Hashable] = ()
) -> Published:
    """The table with the cells hidden that are under LEAST (nought is shown) and those that would reveal them.

    `counts`: {(row, column): figure}, every row with every column. `fixed`: columns whose sum is public elsewhere and is
    never hidden to protect another figure; `hidden_sums`: columns whose sum is hidden elsewhere, and so here.
    When the figures are too few for any way, everything but the grand total is hidden, and that too when it is under
    LEAST itself.
    """
    table = _summed(counts)
    if 0 < table.get((TOTAL, TOTAL), 0) < LEAST:
        return Published(dict.fromkeys(table))
    gone = {arc for arc, value in table.items() if 0 < value < LEAST and arc != (TOTAL, TOTAL)}
    gone |= {(TOTAL, column) for column in hidden_sums}
    for column in fixed:
        gone.discard((TOTAL, column))
    locked = frozenset({(TOTAL, TOTAL), *((TOTAL, column) for column in fixed)})
    gone = _completed(table, gone, locked)
    return Published({arc: None if arc in gone else value for arc, value in table.items()})


def bounds(published: Published, exact: Mapping[Arc, int]) -> dict[Arc, tuple[int, int | None]]:
    """What anybody can work out of each hidden figure: the least and the most it can be (None: no limit).

    `exact`: the figures with their sums, as a solution to start from; the bounds do not depend on which.
    """
    gone = {arc for arc, value in published.cells.items() if value is None}
    found = {}
    for arc in gone:
        up, down = room(exact, gone, arc, _FAR)
        found[arc] = (exact[arc] - down, None if up >= _FAR else exact[arc] + up)
    return found


def summed(counts: Mapping[Arc, int]) -> dict[Arc, int]:
    """The table with its sums."""
    return _summed(counts)


def _summed(counts: Mapping[Arc, int]) -> dict[Arc, int]:
    table = dict(counts)
    for (row, column), value in counts.items():
        for arc in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            table[arc] = table.get(arc, 0) + value
    return table


def _completed(table: dict[Arc, int], gone: set[Arc], locked: frozenset[Arc]) -> set[Arc]:
    """The hidden cells, with the cheapest further ones until each could differ by LEAST. More hidden cells only widen."""
    waiting = sorted(gone, key=lambda arc: (table[arc], str(arc)))
    while waiting:
        arc = waiting[0]
        if sum(room(table, gone, arc, LEAST)) >= LEAST:
            waiting.pop(0)
            continue
        more = _way(table, gone, arc, locked)
        if not more:
            return {one for one in table if one not in locked and not _empty(table, one)}
        gone |= more
        waiting += sorted(more, key=lambda one: (table[one], str(one)))
    return gone


def _empty(table: Mapping[Arc, int], arc: Arc) -> bool:
    """Whether the figure stands in a column without anything: that it is nought is seen by the sum."""
    return not table[TOTAL, arc[1]]


def _ends(arc: Arc) -> tuple[Hashable, Hashable]:
    """From where to where the figure flows: columns to rows, the total to columns, rows to the total."""
    row, column = arc
    if row is TOTAL:
        return ("sum", "from"), ("column", column)
    if column is TOTAL:
        return ("row", row), ("sum", "to")
    return ("column", column), ("row", row)


def room(table: Mapping[Arc, int], gone: set[Arc], arc: Arc, enough: int) -> tuple[int, int]:
    """By how much the figure could be more, and less, within what is shown; no more than `enough` is looked for.

    `table`: the exact figures with their sums; `gone`: where the hidden ones stand, `arc` among them.
    """
    start, end = _ends(arc)
    up = _flow(table, gone - {arc}, end, start, enough)
    down = min(table[arc], _flow(table, gone - {arc}, start, end, min(enough, table[arc])))
    return up, down


def _flow(table: Mapping[Arc, int], gone: set[Arc], source: Hashable, sink: Hashable, enough: int) -> int:
    """The most that can flow from source to sink: along a hidden figure without limit, against it down to nought."""
    room: dict[Hashable, dict[Hashable, int]] = {}
    for arc in gone:
        start, end = _ends(arc)
        room.setdefault(start, {})[end] = _FAR
        room.setdefault(end, {})[start] = room.get(end, {}).get(start, 0) + table[arc]
    flowed = 0
    while flowed < enough:
        path = _path(room, source, sink)
        if not path:
            break
        step = min(enough - flowed, *(room[a][b] for a, b in path))
        for a, b in path:
            room[a][b] -= step
            room.setdefault(b, {})[a] = room.get(b, {}).get(a, 0) + step
        flowed += step
    return flowed


def _path(
    room: dict[Hashable, dict[Hashable, int]], source: Hashable, sink: Hashable
) -> list[tuple[Hashable, Hashable]]:
    """Some way with room, breadth first."""
    came: dict[Hashable, Hashable] = {source: source}
    queue = [source]
    for here in queue:
        for there, left in room.get(here, {}).items():
            if left > 0 and there not in came:
                came[there] = here
                queue.append(there)
                if there == sink:
                    return _steps(came, source, sink)
    return []


def _steps(
    came: dict[Hashable, Hashable], source: Hashable, sink: Hashable
) -> list[tuple[Hashable, Hashable]]:
    steps, at = [], sink
    while at != source:
        steps.append((came[at], at))
        at = came[at]
    return steps


def _way(table: dict[Arc, int], gone: set[Arc], arc: Arc, locked: frozenset[Arc]) -> set[Arc]:
    """The cheapest cells to hide beside: a ring through the figure in which it could grow, dear where sums are hidden."""
    start, end = _ends(arc)
    usable: dict[Hashable, list[tuple[Hashable, int, Arc]]] = {}
    for one, value in table.items():
        if one == arc or one in locked:
            continue
        a, b = _ends(one)
        cost = 0 if one in gone else 1 + value + (_FAR // 1000 if TOTAL in one else 0)
        usable.setdefault(a, []).append((b, cost, one))
        if value >= LEAST:  # against the arrow only what could be that much less
            usable.setdefault(b, []).append((a, cost, one))
    return _cheapest(usable, end, start) - gone


def _cheapest(
    usable: dict[Hashable, list[tuple[Hashable, int, Arc]]], source: Hashable, sink: Hashable
) -> set[Arc]:
    best: dict[Hashable, tuple[int, Hashable, Arc | None]] = {source: (0, source, None)}
    queue: list[tuple[int, int, Hashable]] = [(0, 0, source)]
    count = 0
    while queue:
        spent, _, here = heappop(queue)
        if here == sink:
            break
        if spent > best[here][0]:
            continue
        for there, cost, arc in usable.get(here, []):
            if there not in best or spent + cost < best[there][0]:
                best[there] = (spent + cost, here, arc)
                count += 1
                heappush(queue, (spent + cost, count, there))
    found: set[Arc] = set()
    at = sink
    while at in best and best[at][2] is not None:
        found.add(best[at][2])  # type: ignore[arg-type]
        at = best[at][1]
    return found
