"""The 8-column form in DOCX: landscape, its headings in the table and repeated on every page."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from consultations.documents.comment_sheet_writing import HEADINGS, WIDTHS

PAGE_TWIPS = 14_600
"""What is left of an A4 page on its side between margins of 2 cm, in twentieths of a point."""


def docx_sheet(rows: Sequence[Sequence[str]], title: str) -> bytes:
    """Return the document with a row for each comment; elements are made directly, for thousands of rows."""
    document = Document()
    document.core_properties.title = title
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.add_heading(title, 1)
    table = document.add_table(0, len(HEADINGS), style="Table Grid")
    widths = [PAGE_TWIPS * width // sum(WIDTHS) for width in WIDTHS]
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    table._tbl.append(_row(HEADINGS, widths, is_heading=True))
    for row in rows:
        table._tbl.append(_row(row, widths))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _row(texts: Sequence[str], widths: Sequence[int], *, is_heading: bool = False) -> etree._Element:
    row = OxmlElement("w:tr")
    properties = _in(row, "w:trPr")
    if is_heading:
        _in(properties, "w:cantSplit")
        _in(properties, "w:tblHeader")
    for text, width in zip(texts, widths, strict=True):
        cell = _in(row, "w:tc")
        given = _in(_in(cell, "w:tcPr"), "w:tcW")
        given.set(qn("w:w"), str(width))
        given.set(qn("w:type"), "dxa")
        for line in text.split("\n"):
            _paragraph(cell, line, is_heading)
    return row


def _paragraph(cell: etree._Element, line: str, is_bold: bool) -> None:
    run = _in(_in(cell, "w:p"), "w:r")
    properties = _in(run, "w:rPr")
    if is_bold:
        _in(properties, "w:b")
    size = _in(properties, "w:sz")
    size.set(qn("w:val"), "16")
    text = _in(run, "w:t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = line


def _in(parent: etree._Element, name: str) -> etree._Element:
    child = OxmlElement(name)
    parent.append(child)
    return child
