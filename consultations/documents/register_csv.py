"""The register of organisations as CSV: comma, semicolon or tab; UTF-8; header in English or Spanish."""

import csv
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from typing import Any

from consultations.documents.findings import Doubt, Fault, FileRefused, Finding, Place, refuse
from consultations.documents.register_report import Organisation, RegisterReport, RegisterRow
from consultations.documents.register_values import judge
from consultations.documents.register_words import LIST_FIELDS, REQUIRED, column
from consultations.documents.safe_files import MAX_NAME_CHARS, check_size, decode_utf8, kind_of, wrong_type

SEPARATORS = (",", ";", "\t")
ENCODINGS = ("utf-8", "cp1252", "iso-8859-1")
MAX_ROWS = 20_000
MAX_COLUMNS = 200


def read_register(data: bytes, filename: str, *, encoding: str = "utf-8") -> RegisterReport:
    """Return the report of a register; nothing is stored.

    `encoding` other than UTF-8 (cp1252, iso-8859-1) must be asked for: it is never guessed. Raises FileRefused
    when the file cannot be read as a table with the columns code, name and country.
    """
    if len(filename) > MAX_NAME_CHARS:
        raise refuse("name_too_long", limit=MAX_NAME_CHARS)
    text = _text(data, encoding)
    records = list(_records(text))
    if not records:
        raise refuse("empty_file")
    fields, doubts = _header(records[0][1])
    reader = _RowReader(fields)
    rows = tuple(reader.read(line, cells) for line, cells in records[1:])
    if not any(any(cell.strip() for cell in cells) for _, cells in records[1:]):
        raise refuse("no_rows")
    return RegisterReport(rows, tuple(doubts), sha256(data).hexdigest())


def _text(data: bytes, encoding: str) -> str:
    check_size(data)
    kind = kind_of(data)
    if kind != "text":
        raise wrong_type(data, kind)
    if encoding not in ENCODINGS:
        raise refuse("unknown_encoding", encoding=encoding[:40])
    if encoding == "utf-8":
        return decode_utf8(data)
    if (at := data.find(b"\x00")) >= 0:
        raise refuse("nul_bytes", offset=at, line=data.count(b"\n", 0, at) + 1)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse("not_decodable", encoding=encoding, offset=error.start, line=line) from None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line of each record and its cells; empty lines before the header do not count."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    count, line = 0, 1
    try:
        for cells in reader:
            if count or any(cell.strip() for cell in cells):
                count += 1
                yield line, cells
            if count > MAX_ROWS + 1:
                raise refuse("too_many_rows", limit=MAX_ROWS)
            line = reader.line_num + 1
    except csv.Error:
        raise refuse("broken_csv", Place("line", line)) from None


def _separator(text: str) -> str:
    """Return the separator under which the header has most known columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = {
        mark: sum(column(name.strip('" ')) is not None for name in first.split(mark)) for mark in SEPARATORS
    }
    return max(SEPARATORS, key=lambda mark: known[mark])


def _header(cells: list[str]) -> tuple[list[str | None], list[Doubt]]:
    fields = [column(cell) for cell in cells]
    counts = Counter(field for field in fields if field)
    faults = [Fault("missing_column", None, {"column": name}) for name in REQUIRED if name not in counts]
    faults += [Fault("double_column", None, {"column": name}) for name, count in counts.items() if count > 1]
    if len(cells) > MAX_COLUMNS:
        faults.append(Fault("too_many_columns", None, {"limit": MAX_COLUMNS}))
    if faults:
        raise FileRefused(faults)
    unknown = [(i, cell) for i, cell in enumerate(cells, 1) if cell.strip() and fields[i - 1] is None]
    return fields, [
        Doubt("column_ignored", Place("column", i), {"column": cell.strip()[:60]}) for i, cell in unknown
    ]


class _RowReader:
    def __init__(self, fields: list[str | None]) -> None:
        self.fields = fields
        self.codes: dict[str, int] = {}
        self.emails: dict[str, int] = {}

    def read(self, line: int, cells: list[str]) -> RegisterRow:
        place = Place("line", line)
        if not any(cell.strip() for cell in cells):
            return RegisterRow(line, None, (Doubt("empty_row", place),))
        if len(cells) < len(self.fields) or any(cell.strip() for cell in cells[len(self.fields) :]):
            params = {"found": len(cells), "expected": len(self.fields)}
            return RegisterRow(line, None, (Fault("ragged_row", place, params),))
        values, findings = self._values(cells, place)
        findings += self._duplicates(values, place)
        findings += _people(values, place)
        failed = any(isinstance(finding, Fault) for finding in findings)
        return RegisterRow(line, None if failed else _organisation(values), tuple(findings))

    def _values(self, cells: list[str], place: Place) -> tuple[dict[str, Any], list[Finding]]:
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        for field, cell in zip(self.fields, cells, strict=False):
            if field is None:
                continue
            values[field], codes = judge(field, cell)
            params = {"column": field, "text": cell.strip()[:60]}
            if field in REQUIRED and values[field] is None and not codes:
                codes = ["missing_value"]
            findings += [Fault(code, place, params) for code in codes]
        return values, findings

    def _duplicates(self, values: dict[str, Any], place: Place) -> list[Finding]:
        findings: list[Finding] = []
        code = values.get("code")
        if code:
            first = self.codes.setdefault(code.casefold(), place.index)
            if first != place.index:
                findings.append(Fault("duplicate_code", place, {"code": code, "line": first}))
        for field in ("delegate_email", "alternate_email"):
            email = values.get(field)
            first = self.emails.setdefault(email.casefold(), place.index) if email else place.index
            if first != place.index:
                findings.append(Doubt("shared_email", place, {"email": email, "line": first}))
        return findings


def _people(values: dict[str, Any], place: Place) -> list[Finding]:
    findings: list[Finding] = []
    for role in ("delegate", "alternate"):
        name, email = values.get(f"{role}_name"), values.get(f"{role}_email")
        if name and not email:
            findings.append(Doubt("person_without_email", place, {"name": name}))
        if email and not name:
            findings.append(Doubt("person_without_name", place, {"email": email}))
    delegate = values.get("delegate_email")
    if delegate and delegate.casefold() == (values.get("alternate_email") or "").casefold():
        findings.append(Doubt("same_person", place, {"email": delegate}))
    return findings


def _organisation(values: dict[str, Any]) -> Organisation:
    weights = {
        name.removeprefix("weight_"): v for name, v in values.items() if name.startswith("weight_") and v
    }
    lists = {name: values.get(name) or () for name in LIST_FIELDS}
    plain = {
        name: v for name, v in values.items() if not name.startswith("weight_") and name not in LIST_FIELDS
    }
    return Organisation(**plain, **lists, weights=weights)
