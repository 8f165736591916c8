"""Which points say the same, nearly the same, or come from one letter: suggestions, which a person confirms or not.

Points are compared within one language; equal and near ones on the same clause, letters wherever they were sent. Nothing
here is a rule: what is suggested counts as separate points until a person has said that it belongs together.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from consultations.documents.characters import unaccented

NEAR = 90  # of 100: rapidfuzz's ratio of the characters, or token_set_ratio of the words
LETTER_SENTENCES = 2  # fewer sentences make no letter
LETTER_ORGANISATIONS = 3
ALL_PAIRS = 400
"""Different texts on one clause in one language; of more, only those are compared that share a rarer word."""
BESIDE = 10
_NOT_WORDS = re.compile(r"[^\w]+")
_SENTENCES = re.compile(r"[.!?;:\n]+")
Group = tuple[int, ...]  # positions among the points that were compared


class Said(NamedTuple):
    """A point to compare: where it stands, whose it is, in which language, and its words."""

    clause: int | None
    organisation: int
    language: str
    text: str


@dataclass(frozen=True)
class Likeness:
    """Points that look alike; `kind` as in models.points.Cluster."""

    kind: str
    members: Group


def alike(points: Sequence[Said]) -> tuple[Likeness, ...]:
    """The groups of points that look alike, each point in one group at most, in the order of their first points."""
    plain = [normalised(point.text) for point in points]
    letters = _letters(points)
    taken = {member for group in letters for member in group}
    near = [group for group in _near(points, plain) if taken.isdisjoint(group)]
    found = [Likeness(_kind(points, plain, group), group) for group in letters]
    found += [Likeness(_kind(points, plain, group, "near_duplicate"), group) for group in near]
    return tuple(sorted(found, key=lambda one: one.members))


def not_all_compared(points: Sequence[Said]) -> bool:
    """Whether somewhere so many different points stand together that not each was compared with each."""
    different = {(point.clause, point.language, point.text) for point in points}
    standing = Counter((clause, language) for clause, language, _ in different)
    return max(standing.values(), default=0) > ALL_PAIRS


def normalised(text: str) -> str:
    """The words alone: lower case, without accents and punctuation."""
    return _NOT_WORDS.sub(" ", unaccented(text)).strip()


def _kind(points: Sequence[Said], plain: Sequence[str], group: Group, other: str = "form_letter") -> str:
    same = len({(points[member].clause, plain[member]) for member in group}) == 1
    return "duplicate" if same else other


def _near(points: Sequence[Said], plain: Sequence[str]) -> list[Group]:
    blocks: dict[tuple[int | None, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (point, words) in enumerate(zip(points, plain, strict=True)):
        if words:
            blocks[point.clause, point.language][words].append(place)
    joined = _Joined(len(points))
    for texts in blocks.values():
        for places in texts.values():
            joined.all(places)
        for one, other in _near_texts(list(texts)):
            joined.both(texts[one][0], texts[other][0])
    return joined.groups()


def _near_texts(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different texts with a likeness of NEAR: of their characters, or of their words, of which the shorter
    text must hold two thirds (else "yes" would be like every text that says yes)."""
    return _near_of_all(texts) if len(texts) <= ALL_PAIRS else _near_of_many(texts)


def _near_of_many(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The same of so many that only those are compared that share one of their rarer words."""
    bags = _bags(texts)
    sizes = [bag.bit_count() for bag in bags]
    for one, other in sharing_rare_words(texts):
        size, shared = max(sizes[one], sizes[other]), (bags[one] & bags[other]).bit_count()
        if 2 * shared < size:
            continue
        if fuzz.ratio(texts[one], texts[other], score_cutoff=NEAR) or (
            3 * shared >= 2 * size and fuzz.token_set_ratio(texts[one], texts[other], score_cutoff=NEAR)
        ):
            yield texts[one], texts[other]


def sharing_rare_words(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Places of texts that share a word of the rarer third of each, so that no pair is left out of which two thirds of
    the words are the same; a word that stands in more than BESIDE texts brings those together that stand side by side."""
    words = [sorted(set(text.split())) for text in texts]
    held = Counter(word for of_one in words for word in of_one)
    holding: dict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(texts)), key=lambda place: texts[place]):
        rarest = sorted(words[place], key=lambda word: (held[word], word))
        for word in rarest[: len(rarest) // 3 + 1]:
            holding[word].append(place)
    return {tuple(sorted(pair)) for places in holding.values() for pair in _beside(places)}  # type: ignore[misc]


def _beside(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """All pairs, or of more than BESIDE each with the next ones: who belongs together is joined through others."""
    for start, one in enumerate(places):
        for other in places[start + 1 : start + 1 + BESIDE]:
            yield one, other


def _near_of_all(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    ordered = sorted(texts, key=lambda text: len(text.split()))
    bags = _bags(ordered)
    sizes = [bag.bit_count() for bag in bags]
    for place, text in enumerate(ordered):
        size, bag = sizes[place], bags[place]
        beyond = next(
            (n for n in range(place + 1, len(ordered)) if 2 * sizes[n] > 3 * size + 2), len(ordered)
        )
        others = ordered[place + 1 : beyond]
        for other, _, _ in process.extract_iter(text, others, scorer=fuzz.ratio, score_cutoff=NEAR):
            yield text, other
        # Words in another order: only where most are the same is it worth sorting them.
        shared = [
            other
            for n, other in enumerate(others, place + 1)
            if 3 * (bag & bags[n]).bit_count() >= 2 * max(size, sizes[n])
        ]
        for other, _, _ in process.extract_iter(text, shared, scorer=fuzz.token_set_ratio, score_cutoff=NEAR):
            yield text, other


def _bags(texts: Sequence[str]) -> list[int]:
    """The different words of each text as bits of a number."""
    bit: dict[str, int] = {}
    return [sum(1 << bit.setdefault(word, len(bit)) for word in set(text.split())) for text in texts]


def _letters(points: Sequence[Said]) -> list[Group]:
    """Points of several organisations that share most of their sentences."""
    by_sentences: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for place, point in enumerate(points):
        sentences = frozenset(filter(None, map(normalised, _SENTENCES.split(point.text))))
        if len(sentences) >= LETTER_SENTENCES:
            by_sentences[point.language, sentences].append(place)
    joined = _Joined(len(points))
    for places in by_sentences.values():
        joined.all(places)
    for one, other in _sharing(list(by_sentences)):
        joined.both(by_sentences[one][0], by_sentences[other][0])
    return [
        group
        for group in joined.groups()
        if len({points[member].organisation for member in group}) >= LETTER_ORGANISATIONS
    ]


def _sharing(
    texts: Sequence[tuple[str, frozenset[str]]],
) -> Iterator[tuple[tuple[str, frozenset[str]], tuple[str, frozenset[str]]]]:
    """Pairs in one language of which each shares more than half of its sentences with the other."""
    holding: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (language, sentences) in enumerate(texts):
        for sentence in sentences:
            holding[language, sentence].append(place)
    asked: set[tuple[int, int]] = set()
    for places in holding.values():
        alike_first = (
            sorted(places, key=lambda place: sorted(texts[place][1])) if len(places) > BESIDE else places
        )
        asked.update(_beside(alike_first))
    for one, other in asked:
        shared = len(texts[one][1] & texts[other][1])
        if 2 * shared > max(len(texts[one][1]), len(texts[other][1])):
            yield texts[one], texts[other]


class _Joined:
    """Places that belong together, directly or through others."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def both(self, one: int, other: int) -> None:
        """These two belong together."""
        low, high = sorted((self._top(one), self._top(other)))
        self._above[high] = low

    def all(self, places: Iterable[int]) -> None:
        """All of these belong together."""
        first, *others = places
        for other in others:
            self.both(first, other)

    def groups(self) -> list[Group]:
        """The groups of two and more, each in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._above)):
            found[self._top(place)].append(place)
        return [tuple(group) for group in found.values() if len(group) > 1]

    def _top(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place
