"""Comment sheets in CSV: comma, semicolon or tab; UTF-8 with or without byte order mark, or ISO-8859-1."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from consultations.documents.comment_sheet_grid import HEADINGS_WITHIN, MAX_ROWS, Cell, Grid, GridReader, Line
from consultations.documents.comment_sheet_values import is_type
from consultations.documents.comment_sheet_words import FORMS, columns_of
from consultations.documents.findings import Doubt, FileRefused, Place, refuse
from consultations.documents.safe_files import decode_utf8

SEPARATORS = (",", ";", "\t")
MAX_COLUMNS = 60
PROTECTED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
"""A cell that our own export has protected from being read as a formula (OWASP, "CSV Injection")."""

_WINDOWS = re.compile(rb"[\x80-\x9f]")
_NOT_IN_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def read_csv_sheet(data: bytes, reader: GridReader) -> str:
    """Read a CSV into the reader and return its encoding. Cells that look like formulas stay text."""
    text, encoding = _decoded(data)
    if encoding != "utf-8":
        reader.doubts.append(Doubt("latin_1", None, {"text": encoding}))
    lines = tuple(_lines(text))
    if not any(any(line.texts) for line in lines):
        raise refuse("empty_file")
    if not reader.read(Grid(1, lines)):
        raise refuse("no_comment_table")
    return encoding


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 if it is; else ISO-8859-1, or its Windows sister where bytes stand that mean nothing in it."""
    try:
        return decode_utf8(data), "utf-8"
    except FileRefused as refused:
        if {fault.code for fault in refused.faults} != {"not_utf8"}:
            raise
    windows = _WINDOWS.search(data) and not _NOT_IN_WINDOWS.search(data)
    encoding = "cp1252" if windows else "iso-8859-1"
    return data.decode(encoding), encoding


def _lines(text: str) -> Iterator[Line]:
    """Yield the records; those longer than most with text at the end are ragged, empty cells there are dropped."""
    records = list(_records(text, _separator(text)))
    width = _width(records)
    for number, cells in enumerate(records, 1):
        texts = [_unprotected(cell) for cell in cells]
        while len(texts) > width and not texts[-1].strip():
            texts.pop()
        yield Line(number, tuple(Cell(cell) for cell in texts), ragged=width > 0 and len(texts) > width)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for count, cells in enumerate(reader):
            if count > MAX_ROWS + HEADINGS_WITHIN:
                raise refuse("too_many_rows", limit=MAX_ROWS)
            if len(cells) > MAX_COLUMNS:
                raise refuse("too_many_columns", limit=MAX_COLUMNS)
            yield cells
            line = reader.line_num + 1
    except csv.Error:
        raise refuse("broken_csv", Place("line", line)) from None


def _separator(text: str) -> str:
    """Return the separator under which a row of headings is found, else the one that makes most rows a known form."""

    def fit(separator: str) -> tuple[int, int, int]:
        rows = _first(text, separator)
        known = max((sum(map(bool, columns_of(tuple(row)) or ())) for row in rows), default=0)
        return known, sum(map(_is_typed, rows)), sum(len(row) in FORMS for row in rows)

    return max(SEPARATORS, key=fit)


def _is_typed(row: list[str]) -> bool:
    """Tell whether a type of comment stands where one of the forms of this width has it."""
    return any(is_type(row[form.index("type")]) for form in FORMS.get(len(row), ()))


def _first(text: str, separator: str) -> list[list[str]]:
    """Return the first rows as far as they can be read."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) == HEADINGS_WITHIN:
                break
    except csv.Error:
        pass
    return rows


def _width(records: list[list[str]]) -> int:
    """Return the width of the heading row, 0 without one: then the rows' own form decides."""
    heads = (row for row in records[:HEADINGS_WITHIN] if columns_of(tuple(row)))
    return len(next(heads, ()))


def _unprotected(cell: str) -> str:
    return cell[1:] if PROTECTED.match(cell) else cell
