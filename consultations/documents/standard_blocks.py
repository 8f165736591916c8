"""What the readers of DOCX and Markdown hand to the builder: the blocks of a document in reading order."""

import re
from dataclasses import dataclass, replace

from consultations.documents.characters import unaccented
from consultations.documents.findings import Place
from consultations.documents.numbering import Number
from consultations.documents.words import GUIDANCE_WORDS, KIND_WORDS, YEAR_WORDS

_LABEL = re.compile(r"\W*(?P<word>[^\W\d_]+)\W*?\s*[:.–—-]\s*\**\s*(?P<rest>.*)", re.DOTALL)
_TAG = re.compile(r"^[\[(](?P<first>[^\])]{1,30})[\])]\s*|\s*[\[(](?P<last>[^\])]{1,30})[\])]$")
_YEAR = re.compile(rf"(?:{'|'.join(YEAR_WORDS)})\s*(\d{{1,2}})")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level from 1), a paragraph, a list item or a table row; `number` when it is not in the text."""

    place: Place
    text: str
    level: int | None = None
    number: Number | None = None
    heading: str = ""
    guidance: str = ""
    is_guidance: bool = False
    is_item: bool = False
    is_declared: bool = False
    """In a table whose header says that it numbers requirements: a bare 3 is a number there."""
    cells: tuple[str, ...] = ()
    """The cells of a row of an ordinary table: no number is looked for in them."""
    automatic: str = ""
    """The number as Word shows it, where it was put before the text."""
    requirement_kind: str | None = None
    from_year: int | None = None
    kind: str | None = None
    applies_to: str = ""
    is_literal: bool = False
    """Written by our own export: nothing in the text is to be recognised again."""


def guidance_after_label(text: str) -> str | None:
    """Return what follows 'Guidance:', 'Orientación.' and the like; '' for the bare word; None without a label."""
    if unaccented(text).strip("*_ :.") in GUIDANCE_WORDS:
        return ""
    label = _LABEL.fullmatch(text)
    return label["rest"] if label and unaccented(label["word"]) in GUIDANCE_WORDS else None


def requirement_kind(text: str) -> str | None:
    """Return core, development or progress for a word of a column or a tag, None for any other."""
    return KIND_WORDS.get(unaccented(text).strip("[]() ."))


def from_year(text: str, *, bare: bool = False) -> int | None:
    """Return the year of application in 'Año 3' or 'Year 1' (with `bare` also '3'), None for anything else."""
    word = unaccented(text).strip("[]() .")
    shape = _YEAR.fullmatch(word) or (re.fullmatch(r"(\d{1,2})", word) if bare else None)
    return int(shape[1]) if shape else None


def without_tags(block: Block) -> Block:
    """Take [Core], (Básico) or [Año 3] off the ends of heading or text and keep them as data."""
    for name in ("heading", "text"):
        while tag := _TAG.search(getattr(block, name)):
            word = tag["first"] or tag["last"]
            kind, year = requirement_kind(word), from_year(word)
            if kind is None and year is None:
                break
            left = _TAG.sub("", getattr(block, name), count=1)
            block = replace(block, **{name: left})
            block = replace(block, requirement_kind=kind or block.requirement_kind)
            block = replace(block, from_year=block.from_year if year is None else year)
    return block
