"""Samples that anybody can draw again: what is drawn follows from a seed that is on record, never from chance here."""

from collections.abc import Sequence
from hashlib import sha256

SMALLEST = 5
ONE_IN = 10


def check_size(total: int) -> int:
    """How many of an answer given to `total` points are looked at: five or one in ten, whichever is more, rounded up;
    all of them where they are fewer than five."""
    return min(total, max(SMALLEST, -(-total // ONE_IN)))


def drawn(seed: str, items: Sequence[tuple[int, ...]], size: int) -> tuple[tuple[int, ...], ...]:
    """`size` of the items, in the order they were given: those whose SHA-256 of seed and item comes first.

    An item's place does not hang on the others, so that the sample can be drawn again by hand. All for a larger size.
    """
    chosen = set(sorted(items, key=lambda item: (_digest(seed, item), item))[: max(0, size)])
    return tuple(item for item in items if item in chosen)


def _digest(seed: str, item: tuple[int, ...]) -> str:
    return sha256("/".join([seed, *map(str, item)]).encode()).hexdigest()
