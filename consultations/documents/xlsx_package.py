"""Opening an XLSX safely: the right content type, no macros, no DTD; read row by row, formulas never computed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from lxml import etree

from consultations.documents.docx_package import macros, parsed, with_dtd
from consultations.documents.findings import Fault, FileRefused, refuse
from consultations.documents.safe_archive import packed_again, read_entries

_TYPES = "[Content_Types].xml"
_BOOK = b"spreadsheetml.sheet.main+xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAMAGE = (
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    OSError,
    BadZipFile,
    etree.XMLSyntaxError,
    SyntaxError,
)


_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area of a sheet: first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """A sheet: its name, whether it is shown, its merged areas, and its cells as openpyxl reads them (read_only)."""

    name: str
    is_hidden: bool
    merged: tuple[Area, ...]
    _sheet: Any

    def rows(self, *, most_rows: int, most_columns: int) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, gaps too. Raises FileRefused when there are more, or when the sheet is damaged."""
        try:
            for count, row in enumerate(self._sheet.iter_rows(max_col=most_columns), 1):
                if count > most_rows:
                    raise refuse("too_many_rows", limit=most_rows)
                yield row
        except FileRefused:
            raise
        except _DAMAGE:
            raise refuse("broken_workbook") from None


def open_workbook(data: bytes) -> tuple[WorkSheet, ...]:
    """Return the sheets of a workbook; raise FileRefused with every reason against it."""
    from openpyxl import load_workbook  # slow to import, and seldom wanted

    entries = read_entries(data)
    _check(entries)
    try:
        merged = _merged(entries)
        book = load_workbook(packed_again(entries), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
        return tuple(
            WorkSheet(sheet.title, sheet.sheet_state != "visible", merged.get(sheet.title, ()), sheet)
            for sheet in book.worksheets
        )
    except FileRefused:
        raise
    except _DAMAGE:
        raise refuse("broken_workbook") from None


def unescaped(text: str) -> str:
    """Return a cell's text with the control characters that a workbook writes as "_x000D_" (ECMA-376, ST_Xstring).

    openpyxl undoes the escapes of underscores alone; others than control characters are left as they are written.
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _check(entries: dict[str, bytes]) -> None:
    if _TYPES not in entries or not any(name.startswith("xl/") for name in entries):
        raise refuse(
            "wrong_type", kind="docx" if any(name.startswith("word/") for name in entries) else "zip"
        )
    faults = macros(entries) + [Fault("dtd", None, {"part": name}) for name in with_dtd(entries)]
    if faults:
        raise FileRefused(faults)
    if _BOOK not in entries[_TYPES]:
        raise refuse("broken_workbook")


def _merged(entries: dict[str, bytes]) -> dict[str, tuple[Area, ...]]:
    """Return the merged areas by the sheet's name; openpyxl does not tell them when it reads row by row."""
    targets = {
        relation.get("Id"): relation.get("Target", "").lstrip("/")
        for relation in parsed(entries.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    }
    found = {}
    for sheet in parsed(entries["xl/workbook.xml"]).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = entries.get(target if target.startswith("xl/") else f"xl/{target}")
        if part and b"mergeCell" in part:
            found[sheet.get("name", "")] = tuple(_areas(part))
    return found


def _areas(part: bytes) -> Iterator[Area]:
    from openpyxl.utils import range_boundaries

    for merge in parsed(part).iter(f"{_MAIN}mergeCell"):
        left, top, right, bottom = range_boundaries(merge.get("ref", ""))
        yield Area(top or 1, left or 1, bottom or 1, right or 1)
