"""Comment sheets in XLSX: every visible sheet that has them; formulas are refused, dates in the clause column told."""

from datetime import date, datetime, time, timedelta
from typing import Any

from consultations.documents.comment_sheet_grid import HEADINGS_WITHIN, MAX_ROWS, Cell, Grid, GridReader, Line
from consultations.documents.comment_sheet_words import columns_of
from consultations.documents.findings import Doubt, refuse
from consultations.documents.xlsx_package import Area, WorkSheet, open_workbook, unescaped

MAX_COLUMNS = 60
MAX_GAP_ROWS = 5 * MAX_ROWS
"""Rows that are only formatted count here; more than so many are no comment sheet."""

_EMPTY = Cell()


def read_xlsx_sheet(data: bytes, reader: GridReader) -> None:
    """Read every visible sheet of comments into the reader. Raises FileRefused."""
    found = False
    for index, sheet in enumerate(open_workbook(data), 1):
        if sheet.is_hidden:
            reader.doubts.append(Doubt("hidden_sheet", None, {"text": sheet.name[:60]}))
        elif reader.read(Grid(index, _lines(sheet), name=sheet.name)):
            found = True
        elif found or any(True for _ in sheet.rows(most_rows=MAX_GAP_ROWS, most_columns=1)):
            reader.doubts.append(Doubt("sheet_ignored", None, {"text": sheet.name[:60]}))
    if not found:
        raise refuse("no_comment_table")


def _lines(sheet: WorkSheet) -> tuple[Line, ...]:
    """Return the rows with text, cells in the width of the headings (or of the widest row)."""
    from_above = {
        (row, area.left): area
        for area in sheet.merged
        for row in range(area.top, min(area.bottom, area.top + MAX_ROWS) + 1)
    }
    lines: list[Line] = []
    texts: dict[tuple[int, int], str] = {}
    clause = None
    for number, row in enumerate(sheet.rows(most_rows=MAX_GAP_ROWS, most_columns=MAX_COLUMNS), 1):
        cells = [_cell(cell, column == clause) for column, cell in enumerate(row)]
        for column in range(1, len(cells) + 1):
            if area := from_above.get((number, column)):
                cells[column - 1] = _in_area(area, number, cells[column - 1], texts)
        if any(cell.text for cell in cells):
            lines.append(Line(number, tuple(cells), spans=_spans(sheet, number, cells)))
        if (
            clause is None
            and len(lines) <= HEADINGS_WITHIN
            and (columns := columns_of(tuple(c.text for c in cells)))
        ):
            clause = columns.index("clause") if "clause" in columns else None
    return _same_width(lines)


def _in_area(area: Area, number: int, cell: Cell, texts: dict[tuple[int, int], str]) -> Cell:
    """Return the cell of a merged area: its own text in the first row, the same again in the others."""
    where = (area.top, area.left)
    if number == area.top:
        texts[where] = cell.text
        return Cell(
            cell.text, cell.faults, (*cell.doubts, "merged_beside") if area.right > area.left else cell.doubts
        )
    return Cell(texts.get(where, ""), (), ("merged_above",) if texts.get(where) else (), carried=True)


def _spans(sheet: WorkSheet, number: int, cells: list[Cell]) -> bool:
    filled = [index for index, cell in enumerate(cells, 1) if cell.text]
    wide = any(area.top == number and area.left == 1 and area.right >= LEAST_SPAN for area in sheet.merged)
    return filled == [1] and wide


LEAST_SPAN = 4
"""A title is merged over at least so many columns."""


def _same_width(lines: list[Line]) -> tuple[Line, ...]:
    heading = next((line for line in lines[:HEADINGS_WITHIN] if columns_of(line.texts)), None)
    filled = [
        index
        for line in ([heading] if heading else lines)
        for index, cell in enumerate(line.cells, 1)
        if cell.text
    ]
    width = max(filled, default=0)
    return tuple(_cut(line, width) for line in lines)


def _cut(line: Line, width: int) -> Line:
    cells = line.cells[:width] + (_EMPTY,) * (width - len(line.cells))
    return Line(line.number, cells, line.spans, ragged=any(cell.text for cell in line.cells[width:]))


def _cell(cell: Any, is_clause: bool) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return _EMPTY
    if kind == "f":
        return Cell(_formula(value), ("formula_in_cell",))
    if kind == "e":
        return Cell(str(value), ("error_in_cell",))
    if isinstance(value, datetime | date | time | timedelta):
        return Cell(_moment(value), ("clause_is_date",) if is_clause else ())
    if is_clause and isinstance(value, float):
        return Cell(_figure(value), (), ("clause_is_number",))
    return Cell(_figure(value))


def _formula(value: Any) -> str:
    text = str(getattr(value, "text", value) or "=")
    return text if text.startswith("=") else f"={text}"


def _moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return str(value)


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else unescaped(str(value))
