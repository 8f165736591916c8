"""Paragraphs of a DOCX that we write: our styles, and runs that are plain, inserted or deleted (tracked changes).

ISO/IEC 29500-1, 17.13.5: w:ins and w:del with an id, an author and a date; a paragraph that is inserted or deleted
as a whole carries the same mark in the properties of its own end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import count

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor

NUMBER, MARKS, TEXT, GUIDANCE = "PlenariaNumber", "PlenariaMarks", "PlenariaText", "PlenariaGuidance"
DEEPEST_STYLE = 9
_NAMES = {
    NUMBER: "Plenaria Number",
    MARKS: "Plenaria Marks",
    TEXT: "Plenaria Text",
    GUIDANCE: "Plenaria Guidance",
}
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY = RGBColor(0x5D, 0x57, 0x4B)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph; `kind` is same, added or removed, `style` the id of a character style."""

    text: str
    style: str = ""
    kind: str = "same"


@dataclass(slots=True)
class Tracking:
    """Whose changes these are, and from when; gives every change its own id."""

    author: str = "Plenaria"
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def mark(self, kind: str) -> object:
        """A new w:ins or w:del."""
        element = OxmlElement("w:ins" if kind == "added" else "w:del")
        element.set(qn("w:id"), str(next(self._ids)))
        element.set(qn("w:author"), self.author)
        element.set(qn("w:date"), self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return element


def new_document(title: str, language: str, at: datetime) -> DocxDocument:
    """An empty document with our styles, its title, language and date."""
    document = Document()
    for style_id, base in ((TEXT, "Normal"), (GUIDANCE, "Normal")):
        style = document.styles.add_style(_NAMES[style_id], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles[base], True
        style.paragraph_format.space_after = Pt(6)
        if style_id == GUIDANCE:
            style.font.italic = True
            style.paragraph_format.left_indent = Pt(18)
    for style_id in (NUMBER, MARKS):
        style = document.styles.add_style(_NAMES[style_id], WD_STYLE_TYPE.CHARACTER)
        if style_id == MARKS:
            style.font.size, style.font.bold, style.font.color.rgb = Pt(9), False, _GREY
    properties = document.core_properties
    properties.title, properties.language, properties.author = title[:255], language, "Plenaria"
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.comments = ""
    document.add_paragraph(writable(title), style="Title")
    return document


def add_paragraph(
    document: DocxDocument, style_id: str, runs: Iterable[Run], tracking: Tracking, kind: str = "same"
) -> None:
    """Append a paragraph; `kind` added or removed: the paragraph as a whole came or went."""
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    named = OxmlElement("w:pStyle")
    named.set(qn("w:val"), style_id)
    properties.append(named)
    if kind != "same":
        own = OxmlElement("w:rPr")
        own.append(tracking.mark(kind))
        properties.append(own)
    paragraph.append(properties)
    for run in runs:
        if run.text:
            paragraph.append(_run(run, tracking))
    document.element.body.insert(len(document.element.body) - 1, paragraph)  # before the section's properties


def heading_style(level: int) -> str:
    """The id of Word's own heading style of this level (from 1); the deepest one for what lies deeper."""
    return f"Heading{min(level, DEEPEST_STYLE)}"


def saved(document: DocxDocument) -> bytes:
    """The document's bytes."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def writable(text: str) -> str:
    """The text without the few characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def _run(run: Run, tracking: Tracking) -> object:
    element = OxmlElement("w:r")
    if run.style:
        properties, named = OxmlElement("w:rPr"), OxmlElement("w:rStyle")
        named.set(qn("w:val"), run.style)
        properties.append(named)
        element.append(properties)
    words = OxmlElement("w:delText" if run.kind == "removed" else "w:t")
    words.text = writable(run.text)
    words.set(qn("xml:space"), "preserve")
    element.append(words)
    if run.kind == "same":
        return element
    mark = tracking.mark(run.kind)
    mark.append(element)  # type: ignore[attr-defined]
    return mark
