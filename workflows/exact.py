"""Exact numbers as text: integers, fractions and decimals, never floats (decision-rules.md, "Roll and ballots")."""

import re
from fractions import Fraction

# The length is bounded and there is no exponent, so that no short text can stand for a number of endless digits.
MAX_LENGTH = 100
_NUMBER = re.compile(r"[0-9]+(?:/[0-9]+|\.[0-9]+)?")


def parse_exact(text: str) -> Fraction:
    """Read `3`, `1/2` or `1.69` exactly.

    Raises ValueError with the reason: signs, spaces, exponents, NaN, other digits than 0-9 and zero denominators
    are refused.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"longer than {MAX_LENGTH} characters")
    if not _NUMBER.fullmatch(text):
        raise ValueError("not an integer, fraction or decimal such as 3, 1/2 or 1.69")
    if "." in text:
        whole, _, decimals = text.partition(".")
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    numerator, _, denominator = text.partition("/")
    if denominator and int(denominator) == 0:
        raise ValueError("the denominator is zero")
    return Fraction(int(numerator), int(denominator or "1"))


def exact_text(number: Fraction | int) -> str:
    """Write a number in lowest terms: `3`, `1/2`, `169/100`."""
    return str(Fraction(number))


def floor(number: Fraction) -> int:
    """Return the greatest integer that is not above the number."""
    return number.numerator // number.denominator


def ceil(number: Fraction) -> int:
    """Return the least integer that is not below the number."""
    return -(-number.numerator // number.denominator)
