"""Comparison with a threshold, and the least (or most) amount that passes it."""

from collections.abc import Callable
from fractions import Fraction
from operator import ge, gt, le, lt

from workflows.exact import ceil, floor

COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le}
STRICT = frozenset({">", "<"})
CEILINGS = frozenset({"<", "<="})


def compare(left: Fraction, cmp: str, right: Fraction) -> bool:
    """Say whether `left cmp right`, with cmp one of >, >=, <, <=."""
    return COMPARISONS[cmp](left, right)


def bound(cmp: str, threshold: Fraction, grid: int) -> Fraction:
    """Return the least amount that passes `amount cmp threshold`, or for < and <= the most that is allowed.

    Amounts come in steps of 1/grid: whole heads (grid 1), or for weights the least common denominator of the roll's
    weights, because every sum of those weights is a multiple of it. One step less (for a ceiling: more) fails.
    """
    steps = threshold * grid
    edge = {">": floor(steps) + 1, ">=": ceil(steps), "<": ceil(steps) - 1, "<=": floor(steps)}[cmp]
    return Fraction(edge, grid)
