"""Clauses of two versions that are the same by their words, when no stable id and no person says so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

LEAST, LEAD = 75, 5
"""At least 0.75 alike and 0.05 ahead of the next (consultation-model.md, "Comment": a place is never guessed)."""


def alike(old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of keys with equal words, in reading order, then those that are clearly the most alike."""
    left, right = dict(old), dict(new)
    there: dict[str, list[int]] = defaultdict(list)
    for key, words in right.items():
        there[words].append(key)
    for key, words in list(left.items()):
        if there[words]:
            found = there[words].pop(0)
            del left[key], right[found]
            yield key, found
    forward = {key: _best(words, right) for key, words in left.items()}
    for key, found in forward.items():
        if found is not None and _best(right[found], left) == key:
            yield key, found


def _best(words: str, among: Mapping[int, str]) -> int | None:
    """The one that is alike enough and leads; None when there is none or two are about as near."""
    found = process.extract(words, among, scorer=fuzz.ratio, score_cutoff=LEAST - LEAD, limit=2)
    if not found or found[0][1] < LEAST:
        return None
    if len(found) > 1 and found[0][1] - found[1][1] < LEAD:
        return None
    return found[0][2]
