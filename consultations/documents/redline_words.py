"""What was taken out of a text and what was put in: by paragraph first, then by word within a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
MAX_TOKENS = 3_000
"""A longer paragraph is shown as taken out and put in: comparing takes the square of its words."""

LEAST_ALIKE = 0.3
"""Two paragraphs that share less are not one that was changed, but another one."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, were added or were removed (`kind`)."""

    kind: str
    text: str


Passage = tuple[Piece, ...]
"""One paragraph, as pieces in reading order."""


def changed(before: str, after: str) -> tuple[Passage, ...]:
    """What was taken out and put in; nothing where no word stays, for then the new text alone says more."""
    made = passages(_lines(before), _lines(after)) if before and after else ()
    stays = any(piece.kind == SAME and piece.text.strip() for passage in made for piece in passage)
    return made if stays else ()


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """Return the paragraphs of both texts with what changed in them.

    Arguments: texts as they are stored, without empty lines (documents.characters.clean). The pieces that were not
    added make up `before`, those that were not removed make up `after`.
    """
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    found: list[Passage] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Piece(SAME, line),) for line in old[i:j]]
        else:
            found += _changed(old[i:j], new[k:m])
    return tuple(found)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """Paragraphs side by side; what is left over on one side was removed or added whole."""
    for before, after in zip(old, new, strict=False):
        yield from _side_by_side(before, after)
    both = min(len(old), len(new))
    yield from ((Piece(REMOVED, line),) for line in old[both:])
    yield from ((Piece(ADDED, line),) for line in new[both:])


def _side_by_side(before: str, after: str) -> Iterator[Passage]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MAX_TOKENS or matcher.ratio() < LEAST_ALIKE:
        yield (Piece(REMOVED, before),)
        yield (Piece(ADDED, after),)
    else:
        yield tuple(_pieces(old, new, matcher))


def _pieces(old: list[str], new: list[str], matcher: "SequenceMatcher[str]") -> Iterator[Piece]:
    """Changes that only a blank parts are told as one: "old words" and not "old", "words"."""
    removed, added = "", ""
    codes = matcher.get_opcodes()
    for n, (tag, i, j, k, m) in enumerate(codes):
        here = "".join(old[i:j])
        if tag == "equal" and not (here.isspace() and 0 < n < len(codes) - 1):
            yield from _told(removed, added)
            removed, added = "", ""
            yield Piece(SAME, here)
        else:
            removed += here
            added += "".join(new[k:m])
    yield from _told(removed, added)


def _told(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(REMOVED, removed)
    if added:
        yield Piece(ADDED, added)


def _lines(text: str) -> str:
    """As texts of clauses are stored: without empty lines."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
