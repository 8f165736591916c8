"""What is hidden in a published table cannot be worked out from its sums."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.suppression import LEAST, TOTAL, Published, bounds, publish, summed


def table(*rows: tuple[int, ...]) -> dict[tuple[str, str], int]:
    return {(f"r{n}", f"c{m}"): value for n, row in enumerate(rows) for m, value in enumerate(row)}


def hidden(shown: Published) -> set[tuple[str | None, str | None]]:
    return {arc for arc, value in shown.cells.items() if value is None}


def solutions(shown: Published, counts: dict[tuple[str, str], int]) -> list[dict[tuple[str, str], int]]:
    """Every table of whole numbers that fits all that is shown, by trying them all."""
    cells, whole = list(counts), sum(counts.values())
    ranges = [range(whole + 1) if shown.cells[cell] is None else [counts[cell]] for cell in cells]
    found = []
    for values in product(*ranges):
        tried = dict(zip(cells, values, strict=True))
        sums = summed(tried)
        if all(value is None or sums[arc] == value for arc, value in shown.cells.items()):
            found.append(sums)
    return found


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        (table((20, 30), (7, 9)), set()),
        (table((20, 0), (7, 9)), set()),  # nought points at nobody
        # one small cell: its row, its column, and the corner
        (table((20, 3), (7, 9)), {("r0", "c1"), ("r0", "c0"), ("r1", "c1"), ("r1", "c0")}),
        # the cheapest ring, not the first
        (table((50, 3), (60, 70), (8, 9)), {("r0", "c1"), ("r0", "c0"), ("r2", "c1"), ("r2", "c0")}),
    ],
)
def test_small_cells_and_their_ring(counts: dict, gone: set) -> None:
    assert hidden(publish(counts)) == gone


def test_a_row_whose_sum_is_small_hides_its_sum_and_another() -> None:
    shown = publish(table((2, 1), (20, 30), (40, 50)))
    assert shown.at("r0", TOTAL) is None
    assert [shown.at(row, TOTAL) for row in ("r1", "r2")].count(None) == 1
    assert shown.at(TOTAL, TOTAL) == 143


def test_a_table_of_fewer_than_five_shows_nothing() -> None:
    assert hidden(publish(table((1, 2), (1, 0)))) == set(summed(table((1, 2), (1, 0))))


def test_sums_that_are_public_elsewhere_stay_and_those_hidden_elsewhere_go() -> None:
    counts = table((20, 3), (7, 9), (30, 12))
    shown = publish(counts, fixed=("c0", "c1"))
    assert (shown.at(TOTAL, "c0"), shown.at(TOTAL, "c1")) == (57, 24)
    assert {(TOTAL, "c0"), (TOTAL, "c1")} <= hidden(publish(counts, hidden_sums=("c0", "c1")))


small = st.one_of(st.integers(0, 6), st.integers(0, 60))
tables = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.tuples(*[small] * wide), min_size=1, max_size=6).map(lambda rows: table(*rows))
)


@given(tables)
@settings(max_examples=300, deadline=None)
def test_no_hidden_figure_can_be_worked_out(counts: dict[tuple[str, str], int]) -> None:
    """Every cell under five is hidden, and each hidden figure could differ by five, unless the whole is fewer."""
    exact, shown = summed(counts), publish(counts)
    assert all(value is None or value == 0 or value >= LEAST for value in shown.cells.values())
    assert all(value is None or value == exact[arc] for arc, value in shown.cells.items())
    if exact[TOTAL, TOTAL] < LEAST:
        return
    for arc, (least, most) in bounds(shown, exact).items():
        assert most is None or most - least >= LEAST, (arc, least, most)


@given(tables)
@settings(max_examples=200, deadline=None)
def test_sums_of_columns_that_are_public_reveal_nothing(counts: dict[tuple[str, str], int]) -> None:
    """With at least two rows; of one row the public sums are the figures themselves."""
    exact = summed(counts)
    columns = {column for _, column in counts}
    if len(exact) < 3 * (len(columns) + 1) or any(0 < exact[TOTAL, column] < LEAST for column in columns):
        return
    shown = publish(counts, fixed=columns)
    assert all(shown.at(TOTAL, column) == exact[TOTAL, column] for column in columns)
    for arc, (least, most) in bounds(shown, exact).items():
        assert most is not None
        assert most - least >= LEAST, (arc, least, most)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=2).map(
        lambda rows: table(*rows)
    )
)
@settings(max_examples=40, deadline=None)
def test_the_bounds_are_those_that_trying_every_table_finds(counts: dict[tuple[str, str], int]) -> None:
    exact, shown = summed(counts), publish(counts)
    if shown.at(TOTAL, TOTAL) is None:
        return  # nothing is shown: everything fits
    every = solutions(shown, counts)
    for arc, (least, most) in bounds(shown, exact).items():
        values = {one[arc] for one in every}
        assert (least, most) == (min(values), max(values))


few = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6])


def every_table(shown: Published, counts: dict[tuple[str, str], int]) -> Iterator[dict[tuple[str, str], int]]:
    """The same by setting one cell after the other, so that three rows can be tried too."""
    cells = list(counts)

    def so_far(tried: dict[tuple[str, str], int], arc: tuple[str | None, str | None]) -> int:
        return sum(
            value for cell, value in tried.items() if arc[0] in (cell[0], None) and arc[1] in (cell[1], None)
        )

    def more(tried: dict[tuple[str, str], int]) -> Iterator[dict[tuple[str, str], int]]:
        if len(tried) == len(cells):
            sums = summed(tried)
            if all(value is None or sums[arc] == value for arc, value in shown.cells.items()):
                yield sums
            return
        cell = cells[len(tried)]
        known = [(arc, shown.cells[arc]) for arc in ((cell[0], None), (None, cell[1]), (None, None), cell)]
        left = min(value - so_far(tried, arc) for arc, value in known if value is not None)
        for value in range(left + 1):
            yield from more({**tried, cell: value})

    return more({})


@given(
    st.integers(2, 3).flatmap(lambda long: st.lists(st.tuples(few, few), min_size=long, max_size=long)),
    st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_trying_every_table_finds_five_values_and_more_of_what_is_hidden(
    rows: list[tuple[int, int]], sums_public: bool
) -> None:
    """Independently of how the bounds are computed, and with the sums of columns fixed as the pages have them."""
    counts = table(*rows)
    exact = summed(counts)
    if not LEAST <= exact[TOTAL, TOTAL] <= 20:
        return
    if sums_public and any(0 < exact[TOTAL, column] < LEAST for column in ("c0", "c1")):
        return
    shown = publish(counts, fixed=("c0", "c1") if sums_public else ())
    every = list(every_table(shown, counts))
    told = bounds(shown, exact)
    assert set(told) == hidden(shown)
    for arc, (least, most) in told.items():
        values = {one[arc] for one in every}
        assert (min(values), max(values)) == (least, most)
        assert len(values) == max(values) - min(values) + 1 > LEAST


@pytest.mark.parametrize("wide", [2, 4])
def test_a_table_of_the_whole_network_is_quick(wide: int) -> None:
    counts = {(f"r{n}", f"c{m}"): (n * 7 + m * 11) % 23 for n in range(24) for m in range(wide)}
    exact, shown = summed(counts), publish(counts)
    found = bounds(shown, exact)
    assert found
    assert all(most is None or most - least >= LEAST for least, most in found.values())
