"""Lots drawn from a published seed, so that anybody can draw them again: the selection of RFC 3797, section 4.

1. Before the vote closes, the seed's SHA-256 (its commitment) is published, or it is announced which public numbers
   will make the seed: lottery draws after the closing, written by `seed_of` as RFC 3797 writes them.
2. After the count the seed is revealed, and `fits` holds it against the commitment.
3. The options are numbered from 1 in the order of the terms. For the draws n = 0, 1, 2, … MD5 is taken over n as two
   bytes (most significant first), the seed in UTF-8, and n again; the digest as one number modulo the number of options
   left, plus one, is the place of the option drawn, which then leaves the list.

One order is drawn over all options, and every tie takes from it: the first is elected, or transferred, first; the last
is excluded. MD5 is what RFC 3797 prescribes and its published tools use; it only spreads the seed. The commitment, where
a second seed for one hash would be a fraud, is SHA-256.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.refusals import Refusal, refusal

SHORTEST_SEED = 16
LONGEST_SEED = 500


@dataclass(frozen=True, slots=True)
class Lots:
    """A seed and the order of the options that follows from it."""

    seed: str
    order: tuple[str, ...]

    @property
    def commitment(self) -> str:
        """What was, or could have been, published before: SHA-256 of the seed."""
        return commitment(self.seed)

    def to_dict(self) -> dict[str, object]:
        """Return the lots, ready for JSON."""
        return {"seed": self.seed, "commitment": self.commitment, "order": list(self.order)}


def lots(seed: str, options: Sequence[str]) -> Lots:
    """Draw all options one after the other (RFC 3797, section 4); they are numbered in the order given."""
    pool, order = list(options), []
    for index in range(len(options)):
        order.append(pool.pop(_selected(seed, index, len(pool))))
    return Lots(seed, tuple(order))


def _selected(seed: str, index: int, left: int) -> int:
    """The place, from 0, of the option that draw `index` takes of the `left` that are left."""
    ends = index.to_bytes(2, "big")
    digest = hashlib.md5(ends + seed.encode() + ends, usedforsecurity=False).digest()
    return int.from_bytes(digest, "big") % left


def seed_of(*sources: Sequence[int]) -> str:
    """Write public numbers as a seed (RFC 3797, section 4.1): each source sorted, a full stop after every number and a
    slash after every source, as in `9319./2.5.8.10.12./`."""
    return "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources)


def commitment(seed: str) -> str:
    """Return SHA-256, in hexadecimal, of the seed in UTF-8: what is published before the seed is."""
    return hashlib.sha256(seed.encode()).hexdigest()


def fits(seed: str, committed: str) -> bool:
    """Say whether the seed is the one whose commitment was published (hexadecimal, of either case)."""
    return commitment(seed) == committed.strip().lower()


def seed_refusals(seed: str, committed: str | None = None) -> tuple[Refusal, ...]:
    """Return why a seed cannot be used: its length, what it holds, or that it is not the one that was committed.

    A seed has 16 to 500 printable ASCII characters and no space at its ends, so that it is copied without doubt and
    cannot be found by trying from its commitment.
    """
    sound = SHORTEST_SEED <= len(seed) <= LONGEST_SEED and seed.isascii() and seed.isprintable()
    unfit = not sound or seed != seed.strip()
    found = [refusal("seed_unfit", shortest=SHORTEST_SEED, longest=LONGEST_SEED)] if unfit else []
    if committed is not None and (not seed.isascii() or not fits(seed, committed)):
        found.append(refusal("seed_not_committed"))
    return tuple(found)
