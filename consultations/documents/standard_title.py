"""The heading that names the whole document: no chapter of it, in Word (style Title) and in Markdown (# …) alike."""

from collections.abc import Sequence

from consultations.documents.characters import unaccented
from consultations.documents.standard_blocks import Block
from consultations.documents.words import ANNEX_WORDS, DEFINITION_TITLES


def document_title(blocks: Sequence[Block]) -> Block | None:
    """Return the first heading where it stands above all others, or empty before a chapter 1 of its own level.

    Arguments: `blocks` with their numbers taken off. None where the first heading is a chapter itself: it is numbered,
    holds requirements directly, or has words of its own beside other chapters (an introduction).
    """
    marks = [block for block in blocks if block.level is not None or block.number]
    if len(marks) < 2 or not _may_be(marks[0]) or not _is_chapter(marks[1]):
        return None
    title, following = marks[0], marks[1]
    if not any(_is_beside(mark, title) for mark in marks[1:]):
        return title
    is_empty = blocks.index(following) == blocks.index(title) + 1
    return title if following.number and is_empty else None


def _may_be(heading: Block) -> bool:
    return heading.number is None and heading.kind is None and not _is_apart(heading)


def _is_chapter(mark: Block) -> bool:
    """Numbered with a bare figure, or a heading without a number."""
    return mark.number.is_single if mark.number else mark.level is not None


def _is_beside(mark: Block, title: Block) -> bool:
    return mark.level is not None and mark.level <= (title.level or 1) and not _is_apart(mark)


def _is_apart(heading: Block) -> bool:
    """Annexes and definitions stand where they like."""
    words = unaccented(heading.heading)
    return (
        heading.kind == "annex"
        or words in DEFINITION_TITLES
        or words.split(" ")[0].rstrip(":.") in ANNEX_WORDS
    )
