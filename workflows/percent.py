"""A percentage for display that never lies about a threshold (decision-rules.md: "never rounded across")."""

from fractions import Fraction

from workflows.comparisons import compare
from workflows.exact import ceil, floor


def percent(share: Fraction, threshold: Fraction | None = None, digits: int = 1, cmp: str = ">=") -> str:
    """Write a share (0..1) as a percentage with that many decimals and a point, without the sign: `66.3`.

    It is rounded to the nearest (half up) unless the printed number would then stand on another side of `threshold`
    than the share itself under `cmp`; then it is rounded the other way. So 0.6666 against 2/3 prints 66.6, 0.50001
    against more than half prints 50.1, and exactly 2/3 prints 66.7 where 2/3 suffices and 66.6 where it does not.
    """
    scale = 100 * 10**digits
    scaled = share * scale
    nearest = floor(scaled + Fraction(1, 2))
    candidates = (nearest, floor(scaled), ceil(scaled))
    steps = next(
        c for c in candidates if threshold is None or _same_side(Fraction(c, scale), share, threshold, cmp)
    )
    sign = "-" if steps < 0 else ""
    whole, rest = divmod(abs(steps), 10**digits)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def _same_side(printed: Fraction, share: Fraction, threshold: Fraction, cmp: str) -> bool:
    """Say whether the printed number compares with the threshold as the true one does, and does not fake a tie."""
    fakes_tie = printed == threshold and share != threshold
    return not fakes_tie and compare(printed, cmp, threshold) == compare(share, cmp, threshold)
