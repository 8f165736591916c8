"""Comment sheets out: the 8-column form as DOCX, XLSX, CSV, or the JSON report. What is written reads back the same."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO, StringIO

from consultations.documents.characters import clean, clean_line
from consultations.documents.comment_sheet_outcomes import told
from consultations.documents.comment_sheet_report import COLUMNS, Sheet, SheetRow
from consultations.documents.comment_sheet_values import short
from consultations.documents.findings import refuse

FORMATS = ("docx", "xlsx", "csv", "json")
HEADINGS = (
    "MB/NC", "Line number", "Clause/ Subclause", "Paragraph/ Figure/ Table", "Type of comment", "Comments",
    "Proposed change", "Observations of the secretariat",
)  # fmt: skip
WIDTHS = (7, 7, 10, 12, 8, 42, 42, 30)
"""Widths of the columns in XLSX, in characters; in DOCX in the same proportions."""

XLSX_CELL_CHARS = 32_767
FIRST_ROW = 2
"""The first comment's row: the headings are row 1 in every format."""

_DANGEROUS = "=+-@＝＋－＠"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment and its answer as they are to be written; `clause` the number it is on, "" for the whole text."""

    member_body: str
    clause: str
    paragraph: str
    type: str
    comment: str
    proposed_change: str
    outcome: str | None = None
    response: str = ""


def rows_to_write(said: Sequence[Said]) -> tuple[SheetRow, ...]:
    """Return the rows as they will be read again from any format: clean, numbered from the row below the headings."""
    return tuple(_row(number, one) for number, one in enumerate(said, FIRST_ROW))


def written(rows: Sequence[SheetRow], form: str, title: str) -> bytes:
    """Return the file of one of FORMATS. Raises FileRefused for a cell that XLSX cannot hold."""
    if form == "csv":
        return _csv(rows)
    if form == "json":
        return _json(rows)
    if form == "xlsx":
        return _xlsx(rows, title)
    from consultations.documents.comment_sheet_docx_writing import docx_sheet

    return docx_sheet([_cells(row) for row in rows], title)


def protected(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"); the reader takes it off again."""
    first = cell.lstrip("'")[:1]
    return f"'{cell}" if first and first in _DANGEROUS else cell


def _row(number: int, said: Said) -> SheetRow:
    return SheetRow(
        number, clean_line(said.member_body), clean_line(said.clause), clean(said.paragraph), said.type, clean(said.comment),
        clean(said.proposed_change), told(said.outcome, said.response), said.outcome,
    )  # fmt: skip


def _cells(row: SheetRow) -> tuple[str, ...]:
    texts = {name: getattr(row, name) or "" for name in COLUMNS}
    return tuple(short(row.type) if name == "type" else str(texts[name]) for name in COLUMNS)


def _csv(rows: Sequence[SheetRow]) -> bytes:
    """With a byte order mark, so that spreadsheets take it for UTF-8; every cell quoted."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    writer.writerows([protected(cell) for cell in _cells(row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _json(rows: Sequence[SheetRow]) -> bytes:
    told_rows = [row.to_dict(matched=row.clause or None) for row in rows]
    body = json.dumps(told_rows, ensure_ascii=False).encode()
    sheet = Sheet(tuple(rows), "json", COLUMNS, sha256(body).hexdigest())
    report = {"rows": told_rows, "summary": sheet.summary(told_rows)}
    return json.dumps(report, ensure_ascii=False, indent=2).encode() + b"\n"


def _xlsx(rows: Sequence[SheetRow], title: str) -> bytes:
    from xlsxwriter import Workbook  # slow to import, and seldom wanted

    target = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(target, {"in_memory": True, **plain})
    book.set_properties({"title": title})
    sheet = book.add_worksheet("Comments")
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, cell)
        sheet.write_string(0, column, HEADINGS[column], heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for row in rows:
        for column, text in enumerate(_cells(row)):
            if len(text.encode("utf-16-le")) // 2 > XLSX_CELL_CHARS:
                raise refuse("cell_over_xlsx_limit", row=row.row, limit=XLSX_CELL_CHARS)
            sheet.write_string(row.row - 1, column, text, cell)
    book.close()
    return target.getvalue()
