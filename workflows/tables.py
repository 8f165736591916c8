"""Read a CSV table strictly: UTF-8, a header, equal rows; every fault with its line number."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.canonical import decode_utf8
from workflows.faults import InputRefusedError, shown


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of the same width; `lines` are the rows' first lines in the file, from 1."""

    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]

    def column(self, name: str) -> list[str]:
        """Return one column, in the order of the rows."""
        place = self.header.index(name)
        return [row[place] for row in self.rows]


def read_table(data: bytes | str, name: str, required: tuple[str, ...], *, open_ended: bool) -> Table:
    """Read CSV with at least the `required` columns, in any order; others only if `open_ended`.

    A byte order mark, quoted fields and any of the usual line endings are understood. Raises InputRefusedError with every
    fault: encoding, NUL, broken quotes, missing, unknown, unnamed or doubled columns, empty and ragged rows.
    """
    rows, lines, faults = _records(decode_utf8(data, name), name)
    if not rows and not faults:
        raise InputRefusedError([f"{name}: the file is empty; its first line must be {','.join(required)}"])
    header = tuple(rows[0]) if rows else ()
    faults = [*_header_faults(header, name, required, open_ended), *faults]
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(header):
            said = f"{len(row)} fields where the header has {len(header)}" if row else "the line is empty"
            faults.append(f"{name}, line {line}: {said}")
    if faults:
        raise InputRefusedError(faults)
    return Table(header, rows[1:], lines[1:])


def _records(text: str, name: str) -> tuple[list[list[str]], list[int], list[str]]:
    """Split into records with the line each starts on; empty lines at the very end are no records."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        return rows, lines, [f"{name}, line {line}: not CSV ({error})"]
    while rows and not rows[-1]:
        rows.pop()
        lines.pop()
    return rows, lines, []


def _header_faults(
    header: tuple[str, ...], name: str, required: tuple[str, ...], open_ended: bool
) -> Iterator[str]:
    for column in required:
        if column not in header:
            yield f'{name}, line 1: the column "{column}" is missing'
    for column in sorted({c for c in header if header.count(c) > 1}):
        yield f"{name}, line 1: the column {shown(column)} is given twice"
    for column in header:
        if not column.strip():
            yield f"{name}, line 1: a column has no name"
        elif not open_ended and column not in required:
            yield f"{name}, line 1: unknown column {shown(column)}; known: {', '.join(required)}"
