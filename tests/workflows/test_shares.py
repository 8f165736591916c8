"""Percentages as they are published, mean places and means: exact, rounded once, and only for printing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.shares import Ranked, Shares, mean, median, ranked, shares


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ([162, 59, 41], Shares((62, 23, 16), 100)),
        ([1, 1, 1], Shares((33, 33, 33), 100)),
        ([2, 2, 2, 1, 1], Shares((25, 25, 25, 13, 13), 100)),
        ([1, 199], Shares((1, 100), 100)),
        ([1, 201], Shares((0, 100), 100)),
        ([5], Shares((100,), 100)),
        ([0, 3], Shares((0, 100), 100)),
        ([0, 0], Shares((0, 0), 0)),
        ([], Shares((), 0)),
    ],
)
def test_each_cell_is_rounded_alone_and_the_total_prints_a_hundred(
    counts: list[int], printed: Shares
) -> None:
    assert shares(counts) == printed


def test_several_choices_are_shares_of_those_who_answered() -> None:
    assert shares([3, 2], base=4) == Shares((75, 50), 100)


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_no_cell_is_further_than_a_half_from_its_share(counts: list[int]) -> None:
    printed, whole = shares(counts), sum(counts)
    for cell, count in zip(printed.cells, counts, strict=True):
        assert not whole or abs(Fraction(100 * count, whole) - cell) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("rankings", "options", "expected"),
    [
        ([], 3, ()),
        ([(2, 0, 1)], 3, ((2, 0), (3, 0), (1, 1))),
        ([(0, 1), (0, 1), (1, 0)], 2, ((Fraction(4, 3), 2), (Fraction(5, 3), 1))),
    ],
)
def test_rankings_give_exact_mean_places_and_first_places(
    rankings: list[tuple[int, ...]], options: int, expected: tuple[tuple[Fraction, int], ...]
) -> None:
    assert ranked(rankings, options) == tuple(Ranked(Fraction(place), firsts) for place, firsts in expected)


@pytest.mark.parametrize(
    ("numbers", "average", "middle"),
    [([], None, None), (["1/2"], "1/2", "1/2"), (["1", "2", "4"], "7/3", "2"), (["4", "1", "2", "2"], "9/4", "2"), (["1", "2"], "3/2", "3/2")],
)  # fmt: skip
def test_means_and_medians_are_exact(numbers: list[str], average: str | None, middle: str | None) -> None:
    exact = [Fraction(number) for number in numbers]
    told = [None if text is None else Fraction(text) for text in (average, middle)]
    assert [mean(exact), median(exact)] == told
