"""The seats of a half circle: how many stand in each row and at which turn. Exact, so that nothing depends on rounding.

Rows are one apart; the hole inside is a little wider than the ring, so that few stand in one row. A drawing turns `Seat.turn` into an angle and a row into a radius.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import count

HALF_TURN = Fraction(22, 7)  # how long a half circle of radius 1 is, near enough to choose the number of rows


@dataclass(frozen=True, slots=True)
class Seat:
    """One place: its row (0 is the innermost) and how far round it is, from 0 (left end) to 1 (right end)."""

    row: int
    turn: Fraction


def radii(rows: int) -> tuple[int, ...]:
    """The radius of each row, from the innermost, in distances between rows."""
    return tuple(range(rows + 2, 2 * rows + 2))


def rows_for(seats: int) -> int:
    """The fewest rows in which neighbours stand no closer than the rows do. Nobody needs none."""
    return 0 if seats <= 0 else next(n for n in count(1) if HALF_TURN * sum(radii(n)) >= seats)


def shared_out(seats: int, shares: tuple[int, ...]) -> tuple[int, ...]:
    """So many seats in proportion to `shares`, by largest remainder; of equal remainders the last comes first.

    Every seat is given out, and no row gets less than its share rounded down or more than that rounded up.
    """
    whole = sum(shares)
    exact = [Fraction(seats * share, whole) for share in shares]
    given = [int(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda n: (given[n] - exact[n], -n))
    for n in by_remainder[: seats - sum(given)]:
        given[n] += 1
    return tuple(given)


def hemicycle(seats: int) -> tuple[Seat, ...]:
    """All seats from the left end to the right; of those at one turn the outermost first.

    Whoever fills them in this order, group after group, gets a wedge per group.
    """
    rows = rows_for(seats)
    if not rows:
        return ()
    found = [
        Seat(row, _turn(place, size))
        for row, size in enumerate(shared_out(seats, radii(rows)))
        for place in range(size)
    ]
    return tuple(sorted(found, key=lambda seat: (seat.turn, -seat.row)))


def _turn(place: int, size: int) -> Fraction:
    return Fraction(1, 2) if size == 1 else Fraction(place, size - 1)
