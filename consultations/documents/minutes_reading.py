"""A PDF of minutes read again: the figures attached to it, and what a person reads, line by line.

The text is compared as it stands from the first word to the last: nothing may be changed, left out or put in. Blanks and
line ends do not count, since a PDF has none of its own.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consultations.documents.minutes_blocks import Block, Minutes, Threshold
from consultations.documents.synopsis_blocks import Heading, Items, Paragraph, Table
from consultations.documents.synopsis_pdf import drawable
from workflows.canonical import read_json
from workflows.faults import InputRefusedError

ATTACHED = "minutes.json"
LARGEST = 40_000_000
_BLANK = re.compile("[\\s\u00ad\u200b\u2060]+")


class UnreadableError(Exception):
    """The file is no PDF of minutes; the sentence says why."""


@dataclass(frozen=True)
class Read:
    """What stands in a PDF. `pages`: the text of each, its blanks taken out."""

    attached: dict[str, Any]
    pages: tuple[str, ...]
    tagged: bool


@dataclass(frozen=True)
class Said:
    """One line that the minutes print; `head`: of a table that may be repeated on top of a page before this line."""

    words: str
    head: str = ""


@dataclass(frozen=True)
class Compared:
    """One line held against the PDF; `found` is what stands there instead, "" where it is missing."""

    expected: str
    ok: bool
    found: str = ""


def read_pdf(data: bytes) -> Read:
    """Read a PDF of minutes. Raises UnreadableError when it is none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(data) > LARGEST:
        raise UnreadableError(f"larger than {LARGEST // 1_000_000} MB")
    try:
        reader = PdfReader(io.BytesIO(data))
        root: Any = reader.trailer["/Root"]
        tagged = "/StructTreeRoot" in root and bool(root.get("/MarkInfo", {}).get("/Marked"))
        found = [
            content for name, files in reader.attachments.items() if name == ATTACHED for content in files
        ]
        pages = tuple(plain(page.extract_text()) for page in reader.pages)
    # A broken file breaks the reader in as many ways as it is broken in.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableError(f"not a PDF that can be read ({type(error).__name__})") from None
    if len(found) != 1:
        raise UnreadableError(f"not minutes of Plenaria: {len(found)} files named {ATTACHED} are attached")
    return Read(_attached(found[0]), pages, tagged)


def plain(text: str) -> str:
    """The text without blanks, invisible marks and ligatures."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def lines(minutes: Minutes) -> tuple[Said, ...]:
    """What the minutes print, in order."""
    return (Said(minutes.title), *(line for block in minutes.blocks for line in _lines(block)))


def compare(read: Read, minutes: Minutes) -> tuple[Compared, ...]:
    """Every line that should be there, held against what stands there; what stands there besides comes as a line too."""
    text, starts = _running(read.pages, minutes.foot)
    place, found = 0, []
    expected = [
        (line.words, plain(drawable(line.words)), plain(drawable(line.head))) for line in lines(minutes)
    ]
    for n, (words, wanted, head) in enumerate(expected):
        place = _after_head(text, place, head, starts)
        if text.startswith(wanted, place):
            found.append(Compared(words, True))
            place += len(wanted)
            continue
        # Go on at the next line that is there, so that one change is told once and not for the rest of the file.
        after = next(
            (at for _, later, _ in expected[n + 1 :] if later and (at := text.find(later, place)) >= 0),
            len(text),
        )
        found.append(Compared(words, False, text[place:after][:200]))
        here = text.find(wanted, place)
        place = here + len(wanted) if place <= here < after else after
    if place < len(text):
        found.append(Compared("", False, text[place:][:200]))
    return tuple(found)


def _after_head(text: str, place: int, head: str, starts: frozenset[int]) -> int:
    """A table's head is repeated on top of a page: read past it."""
    return place + len(head) if head and place in starts and text.startswith(head, place) else place


def _running(pages: tuple[str, ...], foot: str) -> tuple[str, frozenset[int]]:
    """The pages as one text without what stands under each of them, and where each begins."""
    text, starts = "", set()
    for n, page in enumerate(pages, 1):
        starts.add(len(text))
        text += page.removesuffix(plain(f"{foot} · {n}/{len(pages)}"))
    return text, frozenset(starts)


def _lines(block: Block) -> Iterator[Said]:
    match block:
        case Heading() | Paragraph():
            yield Said(block.words)
        case Threshold():
            yield Said(block.sentence)
        case Items():
            yield from (
                Said(f"{f'{n}.' if block.ordered else '•'} {item}") for n, item in enumerate(block.items, 1)
            )
        case Table():
            head = " ".join(block.heads)
            yield Said(block.caption)
            yield Said(head)
            yield from (Said(" ".join(row), head) for row in block.rows)


def _attached(content: bytes) -> dict[str, Any]:
    try:
        value, faults = read_json(content, ATTACHED)
    except InputRefusedError as refused:
        raise UnreadableError(refused.faults[0]) from None
    if faults or not isinstance(value, dict) or not isinstance(value.get("figures"), dict):
        raise UnreadableError(f"{ATTACHED} does not hold the figures of minutes")
    return value
