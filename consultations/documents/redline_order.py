"""Two versions as one running text: what stays in its place, what is taken out before it, what is put in."""

from collections.abc import Iterator, Sequence

from consultations.documents.redline import Change, Clause
from consultations.documents.rising import rising

Slot = tuple[Clause | None, Clause | None]
"""A clause of the old version, of the new one, or the two that are one clause in the same place."""


def running(old: Sequence[Clause], new: Sequence[Clause], changes: Sequence[Change]) -> Iterator[Slot]:
    """Yield every clause of both versions once: the old ones in their order, the new ones in theirs.

    A clause that moved to another place stands twice, taken out here and put in there: a running text cannot show it
    otherwise (w:moveFrom is not understood by every program). Of a split or a merger the first parts are one clause.
    """
    place_old = {clause.key: n for n, clause in enumerate(old)}
    place_new = {clause.key: n for n, clause in enumerate(new)}
    pairs = [
        (place_new[after.key], place_old[before.key])
        for change in changes
        for before, after in zip(change.before, change.after, strict=False)
    ]
    i = j = 0
    for n, m in [*rising(sorted(pairs)), (len(new), len(old))]:
        yield from ((clause, None) for clause in old[i:m])
        yield from ((None, clause) for clause in new[j:n])
        if n < len(new):
            yield old[m], new[n]
        i, j = m + 1, n + 1
