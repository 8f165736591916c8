"""A PDF of minutes read again: the figures attached to it, and what a person reads, line by line.

The text is compared as it stands from the first word to the last: nothing may be changed, left out or put in, and no blank
either: "11 11" are other figures than "1 111". A line may end where there is a blank, beside a mark such as a hyphen, and
where a word is too long for it.
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consultations.documents import minutes_drawing
from consultations.documents.minutes_blocks import Block, Minutes, Threshold
from consultations.documents.synopsis_blocks import Heading, Items, Paragraph, Table
from consultations.documents.synopsis_pdf import drawable
from workflows.canonical import read_json
from workflows.faults import InputRefusedError

ATTACHED = "minutes.json"
LARGEST = 40_000_000
SHOWN = 200  # characters, of what stands there instead
_INVISIBLE = frozenset("\u00ad\u200b\u2060")


class UnreadableError(Exception):
    """The file is no PDF of minutes; the sentence says why."""


@dataclass(frozen=True)
class Flow:
    """Words without their blanks. `gaps`: before which characters there are some; `breaks`: where a long word may be broken."""

    words: str
    gaps: frozenset[int] = frozenset()
    breaks: frozenset[int] = frozenset()

    def shown(self, start: int, end: int) -> str:
        """A stretch of it with its blanks."""
        return "".join(
            f" {self.words[n]}" if n in self.gaps and n > start else self.words[n] for n in range(start, end)
        )

    def has(self, wanted: "Flow", place: int) -> bool:
        """Whether `wanted` stands at `place`, parted from what stands before it, with the same blanks."""
        if not wanted.words:
            return True
        if not self.words.startswith(wanted.words, place) or (place and place not in self.gaps):
            return False
        return all(self._parted_alike(wanted, place, n) for n in range(1, len(wanted.words)))

    def _parted_alike(self, wanted: "Flow", place: int, n: int) -> bool:
        here, there = place + n in self.gaps, n in wanted.gaps
        if here == there:
            return True
        # Within a word a line ends where it may be broken, or beside a mark; never between letters or digits.
        return here and (
            n in wanted.breaks or not (wanted.words[n - 1].isalnum() and wanted.words[n].isalnum())
        )


@dataclass(frozen=True)
class Read:
    """What stands in a PDF. `pages`: the text of each; `drawn`: a hash per page; `added`: what no minutes have, in words."""

    attached: dict[str, Any]
    pages: tuple[Flow, ...]
    tagged: bool
    drawn: tuple[str, ...]
    added: tuple[str, ...]


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
        # Before the words: the reader adds to the objects that it reads them from.
        drawn, added = minutes_drawing.drawn(reader), tuple(minutes_drawing.added(data, reader))
        pages = tuple(flow(page.extract_text()) for page in reader.pages)
    # A broken file breaks the reader in as many ways as it is broken in.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableError(f"not a PDF that can be read ({type(error).__name__})") from None
    if len(found) != 1:
        raise UnreadableError(f"not minutes of Plenaria: {len(found)} files named {ATTACHED} are attached")
    return Read(_attached(found[0]), pages, tagged, drawn, added)


def flow(text: str) -> Flow:
    """The text in its visible characters, ligatures taken apart, and where it has blanks."""
    words: list[str] = []
    gaps, breaks = set(), set()
    for one in unicodedata.normalize("NFKC", text):
        if one in _INVISIBLE:
            breaks.add(len(words))
        elif one.isspace():
            gaps.add(len(words))
        else:
            words.append(one)
    return Flow("".join(words), frozenset(gaps), frozenset(breaks))


def lines(minutes: Minutes) -> tuple[Said, ...]:
    """What the minutes print, in order."""
    return (Said(minutes.title), *(line for block in minutes.blocks for line in _lines(block)))


def compare(read: Read, minutes: Minutes) -> tuple[Compared, ...]:
    """Every line that should be there, held against what stands there; what stands there besides comes as a line too."""
    text, starts = _running(read.pages, minutes.foot)
    place, found = 0, []
    expected = [
        (line.words, flow(drawable(line.words)), flow(drawable(line.head))) for line in lines(minutes)
    ]
    for n, (words, wanted, head) in enumerate(expected):
        place = _after_head(text, place, head, starts)
        if text.has(wanted, place):
            found.append(Compared(words, True))
            place += len(wanted.words)
            continue
        # Go on at the next line that is there, so that one change is told once and not for the rest of the file.
        after = next(
            (
                at
                for _, later, _ in expected[n + 1 :]
                if later.words and (at := text.words.find(later.words, place)) >= 0
            ),
            len(text.words),
        )
        found.append(Compared(words, False, text.shown(place, after)[:SHOWN]))
        here = text.words.find(wanted.words, place)
        place = here + len(wanted.words) if place <= here < after else after
    if place < len(text.words):
        found.append(Compared("", False, text.shown(place, len(text.words))[:SHOWN]))
    return tuple(found)


def _after_head(text: Flow, place: int, head: Flow, starts: frozenset[int]) -> int:
    """A table's head is repeated on top of a page: read past it."""
    return place + len(head.words) if head.words and place in starts and text.has(head, place) else place


def _running(pages: tuple[Flow, ...], foot: str) -> tuple[Flow, frozenset[int]]:
    """The pages as one text without what stands under each of them, and where each begins."""
    words, gaps, starts = "", set(), set()
    for n, page in enumerate(pages, 1):
        starts.add(len(words))
        kept = page.words.removesuffix(flow(f"{foot} · {n}/{len(pages)}").words)
        gaps |= {len(words)} | {len(words) + gap for gap in page.gaps if gap < len(kept)}
        words += kept
    return Flow(words, frozenset(gaps)), frozenset(starts)


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
