"""Two versions of a standard compared clause by clause (consultation-model.md, "Draft standard").

What became of a clause is known, in this order: from a line that a person put into the clause map, from its stable
id, from its words. Never from its number alone: numbers are what changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultations.documents.redline_likeness import alike
from consultations.documents.rising import rising

KINDS = ("same", "reworded", "renumbered", "split", "merged", "added", "deleted")
"""What may have become of a clause; a clause may be reworded and renumbered at once."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of one version in one language; `key` and `parent` are ids within its version."""

    key: int
    stable_id: str
    parent: int | None
    kind: str
    number: str
    heading: str
    text: str
    guidance: str
    requirement_kind: str = ""
    years: str = ""
    applies_to: str = ""

    @property
    def words(self) -> tuple[str, str, str]:
        """Heading, text and guidance."""
        return self.heading, self.text, self.guidance

    @property
    def terms(self) -> tuple[str, str, str, str]:
        """What holds beside the words: kind, kind of requirement, years, to whom it applies."""
        return self.kind, self.requirement_kind, self.years, self.applies_to


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the clause map: this clause became that one; None: it was deleted, or it was added."""

    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one clause, or of several that were split or merged, in reading order of the new version.

    `evidence`: person, stable_id, words, or "" for what stands on one side alone.
    """

    kinds: tuple[str, ...]
    before: tuple[Clause, ...]
    after: tuple[Clause, ...]
    evidence: str

    @property
    def anchor(self) -> str:
        """What names it on a page."""
        return f"c{(self.after or self.before)[0].key}"


def compare(old: Sequence[Clause], new: Sequence[Clause], lines: Iterable[Line] = ()) -> tuple[Change, ...]:
    """Return every clause of both versions, each in exactly one change.

    A deleted clause follows the clause that stood before it. Lines that name unknown clauses are passed over.
    """
    pairs = _Pairs(old, new, lines)
    groups = _groups(pairs.edges)
    by_old = {clause.key: clause for clause in old}
    by_new = {clause.key: clause for clause in new}
    order_old = {clause.key: n for n, clause in enumerate(old)}
    order_new = {clause.key: n for n, clause in enumerate(new)}
    of_new: dict[int, Change] = {}
    of_old: dict[int, Change] = {}
    for group in groups:
        before = tuple(by_old[key] for key in sorted({a for a, _ in group}, key=order_old.__getitem__))
        after = tuple(by_new[key] for key in sorted({b for _, b in group}, key=order_new.__getitem__))
        evidence = next(name for name in ("person", "stable_id", "words") if name in group.values())
        change = Change(_kinds(before, after, pairs), before, after, evidence)
        of_old.update(dict.fromkeys((clause.key for clause in before), change))
        of_new.update(dict.fromkeys((clause.key for clause in after), change))
    return tuple(_in_order(old, new, of_old, of_new))


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes there are of each kind; one that is reworded and renumbered counts in both."""
    found = dict.fromkeys(KINDS, 0)
    for change in changes:
        for kind in change.kinds:
            found[kind] += 1
    return found


class _Pairs:
    """Which clause became which: `edges` gives each pair of keys its evidence."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause], lines: Iterable[Line]) -> None:
        self.edges: dict[tuple[int, int], str] = {}
        self.rest_old = {clause.key: clause for clause in old}
        self.rest_new = {clause.key: clause for clause in new}
        self._by_person(list(lines))
        self._by_stable_id()
        self._by_words()
        self.images: dict[int, set[int]] = defaultdict(set)
        for before, after in self.edges:
            self.images[before].add(after)
        self.moved = self._moved(old, new)

    def _by_person(self, lines: list[Line]) -> None:
        known_old, known_new = set(self.rest_old), set(self.rest_new)
        for line in lines:
            here = {
                line.before is None or line.before in known_old,
                line.after is None or line.after in known_new,
            }
            if False in here or line == Line(None, None):
                continue
            if line.before is not None and line.after is not None:
                self.edges[line.before, line.after] = "person"
            self.rest_old.pop(line.before, None)  # type: ignore[arg-type]
            self.rest_new.pop(line.after, None)  # type: ignore[arg-type]

    def _by_stable_id(self) -> None:
        there = {clause.stable_id: key for key, clause in self.rest_new.items()}
        for key, clause in list(self.rest_old.items()):
            if clause.stable_id in there:
                self._take(key, there[clause.stable_id], "stable_id")

    def _by_words(self) -> None:
        left = {key: _worded(clause) for key, clause in self.rest_old.items() if _worded(clause)}
        right = {key: _worded(clause) for key, clause in self.rest_new.items() if _worded(clause)}
        for before, after in alike(left, right):
            self._take(before, after, "words")

    def _moved(self, old: Sequence[Clause], new: Sequence[Clause]) -> set[int]:
        """The new clauses that stand under another parent than what theirs became, or in another order among its own."""
        by_old = {clause.key: (n, clause) for n, clause in enumerate(old)}
        origins = defaultdict(list)
        for before, after in self.edges:
            origins[after].append(before)
        moved: set[int] = set()
        sisters: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
        for n, clause in enumerate(new):
            for place, was in (by_old[key] for key in origins[clause.key]):
                if self._stays(was.parent, clause.parent):
                    sisters[clause.parent].append((n, place))
                else:
                    moved.add(clause.key)
        for pairs in sisters.values():
            moved |= {new[n].key for n, _ in set(pairs) - set(rising(sorted(pairs)))}
        return moved

    def _stays(self, before: int | None, after: int | None) -> bool:
        """Whether one parent is what the other became; the top is the top."""
        return after in self.images[before] if before is not None and after is not None else before is after

    def _take(self, before: int, after: int, evidence: str) -> None:
        self.edges[before, after] = evidence
        del self.rest_old[before], self.rest_new[after]


def _worded(clause: Clause) -> str:
    return "\n".join(part for part in (clause.heading, clause.text) if part)


def _groups(edges: dict[tuple[int, int], str]) -> list[dict[tuple[int, int], str]]:
    """The pairs that hang together through a split or a merger."""
    of_old: dict[int, list[tuple[int, int]]] = defaultdict(list)
    of_new: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for before, after in edges:
        of_old[before].append((before, after))
        of_new[after].append((before, after))
    groups, seen = [], set()
    for start in edges:
        if start in seen:
            continue
        group, waiting = {}, [start]
        while waiting:
            pair = waiting.pop()
            if pair not in seen:
                seen.add(pair)
                group[pair] = edges[pair]
                waiting += of_old[pair[0]] + of_new[pair[1]]
        groups.append(group)
    return groups


def _kinds(before: tuple[Clause, ...], after: tuple[Clause, ...], pairs: _Pairs) -> tuple[str, ...]:
    split, merged = len(after) > 1, len(before) > 1
    if split or merged:
        return tuple(kind for kind, holds in (("split", split), ("merged", merged)) if holds)
    one, other = before[0], after[0]
    reworded = (one.words, one.terms) != (other.words, other.terms)
    renumbered = one.number != other.number or other.key in pairs.moved
    found = tuple(kind for kind, holds in (("reworded", reworded), ("renumbered", renumbered)) if holds)
    return found or ("same",)


def _in_order(
    old: Sequence[Clause], new: Sequence[Clause], of_old: dict[int, Change], of_new: dict[int, Change]
) -> Iterable[Change]:
    first: list[Change] = []
    behind: dict[int, list[Change]] = defaultdict(list)
    last: Change | None = None
    for clause in old:
        if clause.key in of_old:
            last = of_old[clause.key]
        else:
            gone = Change(("deleted",), (clause,), (), "")
            (behind[id(last)] if last else first).append(gone)
    yield from first
    told: set[int] = set()
    for clause in new:
        change = of_new.get(clause.key) or Change(("added",), (), (clause,), "")
        if id(change) not in told:
            told.add(id(change))
            yield change
            yield from behind.pop(id(change), ())
