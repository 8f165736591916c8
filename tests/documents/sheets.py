"""Makers of real comment sheets for the tests: the blank form filled in, tables in DOCX, workbooks, CSV."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl import Workbook

from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.comment_sheet_report import Sheet
from tests.documents.builders import W, run, saved

BLANK = Path(__file__).with_name("fixtures") / "iso_comment_template_2012-03.docx"
HEADINGS = ("MB/NC1", "Line number", "Clause/ Subclause", "Paragraph/ Figure/ Table/", "Type of comment2", "Comments", "Proposed change", "Observations of the secretariat")  # fmt: skip
SEVEN = ("MB1", "Clause/Subclause/Annex/Figure/Table\n(e.g. 3.1, Table 2)", "Paragraph/List item/Note/ (e.g. Note 2)", "Type of com-ment2", "Comment (justification for change)", "Proposed change", "Secretariat observations on each comment submitted")  # fmt: skip
SIX = ("MB", "Clause", "Paragraph", "Type", "Comment", "Proposed change")
ROW = ("DE", "12", "3.2.1", "Table 1", "te", "Too long", "Shorten it", "Accepted")


def read(data: bytes, name: str = "sheet") -> Sheet:
    """The sheet; every finding of it has its sentence, as the report tells it."""
    sheet = read_comment_sheet(data, name)
    sheet.to_dict()
    return sheet


def filled(*rows: Sequence[str], change: Callable[[Any], object] = lambda document: None) -> bytes:
    """The blank form with these rows in its body; a cell's lines are paragraphs."""
    document = Document(str(BLANK))
    table = document.tables[0]._tbl
    blank = table.findall(qn("w:tr"))[0]
    for old in table.findall(qn("w:tr")):
        table.remove(old)
    for row in rows:
        made = deepcopy(blank)
        for cell, text in zip(made.findall(qn("w:tc")), row, strict=True):
            _write(cell, text)
        table.append(made)
    change(document)
    return saved(document)


def tables(*grids: Sequence[Sequence[str]]) -> bytes:
    """A document with these tables in its body, and no headings elsewhere."""
    document = Document()
    for rows in grids:
        table = document.add_table(0, max(map(len, rows)))
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                _write(cell._tc, text)
        document.add_paragraph()
    return saved(document)


def workbook(*rows: Sequence[object], change: Callable[[Any], object] = lambda book: None) -> bytes:
    """A workbook with these rows in its only sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _write(cell: Any, text: str) -> None:
    for paragraph in cell.findall(qn("w:p")):
        cell.remove(paragraph)
    for line in text.split("\n"):
        cell.append(parse_xml(f"<w:p {W}>{run(_escaped(line))}</w:p>"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
