"""How alike two texts are, as an exact fraction: what the rule of placement compares with its thresholds."""

from collections.abc import Mapping
from fractions import Fraction

from rapidfuzz.distance import Indel


def likeness(one: str, other: str) -> Fraction:
    """From nought to one: the share of both texts that stays when the one is made into the other.

    rapidfuzz's ratio, from its whole count of inserted and deleted characters: its own quotient is a float.
    """
    length = len(one) + len(other)
    return 1 - Fraction(Indel.distance(one, other), length) if length else Fraction(0)


def likenesses(words: str, among: Mapping[int, str]) -> dict[int, Fraction]:
    """How alike `words` are to each text that has words."""
    return {key: likeness(words, text) for key, text in among.items() if words and text}
