"""The half circle of a result: every seat once, in even rows, group beside group."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.hemicycle import HALF_TURN, Seat, hemicycle, radii, rows_for, shared_out

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("seats", "rows"),
    [(-1, 0), (0, 0), (1, 1), (9, 1), (10, 2), (28, 2), (29, 3), (180, 6), (222, 7), (1000, 15)],
)
def test_there_are_as_many_rows_as_the_seats_need(seats: int, rows: int) -> None:
    assert rows_for(seats) == rows


@pytest.mark.parametrize(
    ("seats", "shares", "given_out"),
    [
        (4, (2, 3), (2, 2)),
        (5, (2, 3), (2, 3)),
        (1, (1, 1), (0, 1)),  # of equal remainders the last row comes first
        (0, (2, 3), (0, 0)),
        (180, (7, 8, 9, 10, 11, 12, 13), (18, 21, 23, 26, 28, 31, 33)),
    ],
)
def test_rows_share_the_seats_by_largest_remainder(
    seats: int, shares: tuple[int, ...], given_out: tuple[int, ...]
) -> None:
    assert shared_out(seats, shares) == given_out


def test_a_small_half_circle_seat_by_seat() -> None:
    assert hemicycle(0) == ()
    assert hemicycle(1) == (Seat(0, HALF),)
    assert hemicycle(4) == tuple(Seat(0, Fraction(n, 3)) for n in range(4))
    assert hemicycle(10) == (
        Seat(1, Fraction(0)), Seat(0, Fraction(0)), Seat(1, Fraction(1, 5)), Seat(0, Fraction(1, 3)), Seat(1, Fraction(2, 5)),
        Seat(1, Fraction(3, 5)), Seat(0, Fraction(2, 3)), Seat(1, Fraction(4, 5)), Seat(1, Fraction(1)), Seat(0, Fraction(1)),
    )  # fmt: skip


@given(st.integers(0, 1500))
def test_every_seat_is_there_once_and_both_sides_mirror_each_other(seats: int) -> None:
    found = hemicycle(seats)
    assert len(found) == len(set(found)) == max(0, seats)
    assert {(seat.row, 1 - seat.turn) for seat in found} == {(seat.row, seat.turn) for seat in found}
    assert list(found) == sorted(found, key=lambda seat: seat.turn)


@given(st.integers(1, 1500))
def test_no_row_is_fuller_than_its_length(seats: int) -> None:
    sizes = shared_out(seats, radii(rows_for(seats)))
    assert all(size <= HALF_TURN * radius + 1 for size, radius in zip(sizes, radii(len(sizes)), strict=True))
