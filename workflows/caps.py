"""Caps on weight, exactly: an absolute bound, or a share of the total that remains after capping."""

from collections.abc import Sequence
from fractions import Fraction

from workflows.roll_rules import Cap


def cap_of(weights: Sequence[Fraction], cap: Cap) -> Fraction | None:
    """The most that one elector weighs under the cap; None where nobody is above it. Weights are more than 0.

    A share is held against the total AFTER capping, as statutes that bound one member's share of all voting rights mean
    it (so Regulation (EC) 1435/2003, art. 59(2): a share of "total voting rights"); held against the total before, a
    capped member would still have more than the share of what is left. With k electors capped at c and the others
    weighing R together, c = share x (k x c + R), so c = share x R / (1 - share x k). The heaviest are capped one after
    another until the next is not above c: the same fixed point that capping again and again comes ever nearer to. With an
    absolute bound as well the lower of both applies: the share is held against the total of weights within that bound.

    Raises ValueError where no weights at all could meet the share: fewer electors than 1 / share.
    """
    within, most = weights, None
    if cap.most is not None and any(weight > cap.most for weight in weights):
        within, most = [min(weight, cap.most) for weight in weights], cap.most
    of_share = None if cap.share is None else _of_share(sorted(within, reverse=True), cap.share)
    return most if of_share is None else of_share


def capped(weights: Sequence[Fraction], cap: Cap | None) -> tuple[Fraction, ...]:
    """The weights under the cap, in the order given. Raises ValueError as `cap_of` does."""
    most = None if cap is None else cap_of(weights, cap)
    return tuple(weights) if most is None else tuple(min(weight, most) for weight in weights)


def _of_share(heaviest_first: list[Fraction], share: Fraction) -> Fraction | None:
    if share * len(heaviest_first) < 1:
        raise ValueError("fewer electors than the cap needs")
    rest = sum(heaviest_first, Fraction(0))
    if heaviest_first[0] <= share * rest:
        return None
    number = 0
    while True:
        rest -= heaviest_first[number]
        number += 1
        # Never beyond the last: as soon as 1 - share x number is not above the share, the rest is not above `most`.
        most = share * rest / (1 - share * number)
        if heaviest_first[number] <= most:
            return most
