"""A synopsis as one sequence of blocks, from which the page, the DOCX and the PDF are all made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BULLET = re.compile(r"[-*•]\s+(.*)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(.*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels begin at 1 below the title and never leap."""

    level: int
    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words; `language` where it is not the document's; `soft`: said beside the matter (notes, who wrote it)."""

    words: str
    language: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    ordered: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on every page; the first cell names the row.

    `numbers`: columns set as figures, from 0; `counted`: the sentence of what is counted.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A row of diverging bars."""

    name: str
    against: int
    neutral: int
    favour: int


@dataclass(frozen=True, slots=True)
class Sides:
    """Against and in favour per clause, as bars with their figures. `heads`: clause, against, in favour, neutral."""

    caption: str
    heads: tuple[str, str, str, str]
    rows: tuple[Side, ...]
    counted: str = ""


Block = Heading | Paragraph | Items | Table | Sides


@dataclass(frozen=True, slots=True)
class Document:
    """A synopsis in one language. `date`: the day it was frozen, where the round is held, as ISO text."""

    title: str
    language: str
    date: str
    subject: str
    blocks: tuple[Block, ...]


def text_blocks(text: str, language: str = "") -> Iterator[Block]:
    """Plain words as people type them: a paragraph for each line, lists where lines begin with a hyphen or a number."""
    held: list[str] = []
    ordered = False
    for line in (*map(str.strip, text.split("\n")), ""):
        bullet, number = _BULLET.fullmatch(line), _NUMBERED.fullmatch(line)
        item = bullet or number
        if held and (not item or ordered != bool(number)):
            yield Items(tuple(held), ordered, language)
            held = []
        if item:
            held.append(item[1])
            ordered = bool(number)
        elif line:
            yield Paragraph(line, language)
