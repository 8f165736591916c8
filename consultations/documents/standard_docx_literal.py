"""Paragraphs that our own export wrote: read by their styles, nothing in their words is recognised again.

What a person adds in Word beside them is in other styles and is read like any other document.
"""

from dataclasses import replace

from docx.oxml.ns import qn
from lxml import etree

from consultations.documents.docx_paragraphs import GUIDANCE, MARKS, NUMBER, TEXT
from consultations.documents.findings import Place
from consultations.documents.numbering import Number, recognise
from consultations.documents.standard_blocks import Block
from consultations.documents.standard_marks import read

_GONE = {qn("w:del"), qn("w:moveFrom")}


def literal_block(
    paragraph: etree._Element, style_id: str, place: Place, text: str, level: int | None
) -> Block | None:
    """Return the block of a paragraph that our export wrote, None for any other.

    Arguments: `text` the paragraph's cleaned text, `level` the outline level of its style.
    """
    if style_id in (TEXT, GUIDANCE):
        return Block(place, text, is_guidance=style_id == GUIDANCE, is_literal=True)
    parts = _parts(paragraph)
    if level is None or MARKS not in parts:
        return None
    marks = read(parts[MARKS])
    number = parts.get(NUMBER, "").strip()
    return Block(
        place, "", marks.level or level, _number(number) if number else None, parts.get("", "").strip(), kind=marks.kind,
        requirement_kind=marks.requirement_kind, from_year=marks.from_year, applies_to=marks.applies_to, is_literal=True,
    )  # fmt: skip


def _parts(paragraph: etree._Element) -> dict[str, str]:
    """The words of the paragraph by character style ("" for those without one of ours), deletions left out."""
    parts: dict[str, str] = {}
    for run in paragraph.iter(qn("w:r")):
        if not any(above.tag in _GONE for above in run.iterancestors()):
            named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
            style = "" if named is None else named.get(qn("w:val"), "")
            key = style if style in (NUMBER, MARKS) else ""
            parts[key] = parts.get(key, "") + "".join(part.text or "" for part in run.iter(qn("w:t")))
    return parts


def _number(text: str) -> Number:
    found = recognise(text)
    return replace(found.number, text=text) if found.number and not found.rest else Number(text, text, ())
