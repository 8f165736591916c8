"""The register of organisations as CSV: comma, semicolon or tab; UTF-8; header in one of the four languages."""

import csv
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from typing import Any

from consultations.documents.characters import clean_line, unaccented
from consultations.documents.findings import Doubt, Fault, FileRefused, Finding, Place, refuse
from consultations.documents.misread import lines, misread
from consultations.documents.register_known import Known, name_on_record, new_networks, placed
from consultations.documents.register_report import Organisation, RegisterReport, RegisterRow
from consultations.documents.register_values import judge
from consultations.documents.register_words import LIST_FIELDS, NETWORK_FIELDS, REQUIRED, column
from consultations.documents.safe_files import MAX_NAME_CHARS, check_size, decode_utf8, kind_of, wrong_type

SEPARATORS = (",", ";", "\t")
ENCODINGS = ("utf-8", "cp1252", "iso-8859-1")
MAX_ROWS = 20_000
MAX_COLUMNS = 200
SHOWN = 60


def read_register(
    data: bytes, filename: str, *, encoding: str = "utf-8", known: Known | None = None
) -> RegisterReport:
    """Return the report of a register; nothing is stored.

    `known` is the register as it stands: with it, what is new there and who has no network is doubted; without it
    the file alone is judged, and a column `networks`, whose names have no kind then, is in error. `encoding` other than UTF-8 (cp1252, iso-8859-1) must be asked for: it is never guessed. Raises FileRefused
    when the file cannot be read as a table with the columns code, name and country.
    """
    if len(filename) > MAX_NAME_CHARS:
        raise refuse("name_too_long", limit=MAX_NAME_CHARS)
    text = _text(data, encoding)
    records = list(_records(text))
    if not records:
        raise refuse("empty_file")
    garbled = _misread(text, data, encoding)
    fields, doubts = _header(records[0][1], garbled)
    reader = _RowReader(fields, known)
    rows = tuple(reader.read(line, cells) for line, cells in records[1:])
    if not any(any(cell.strip() for cell in cells) for _, cells in records[1:]):
        raise refuse("no_rows")
    return RegisterReport(rows, (*garbled, *doubts), sha256(data).hexdigest())


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
        values = {"encoding": encoding, "offset": error.start, "line": line}
        hint = _misread(data.decode(encoding, errors="ignore"), data, encoding)
        raise FileRefused([Fault("not_decodable", None, values), *_as_faults(hint)]) from None


def _misread(text: str, data: bytes, encoding: str) -> list[Doubt]:
    """Doubt a text that shows UTF-8 read as something else: by us, as was asked for, or before the file was saved."""
    if encoding == "utf-8" or not _is_utf8(data):
        return misread(lines(text))
    return misread(lines(text), "utf8_misread", encoding=encoding)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_faults(doubts: list[Doubt]) -> list[Fault]:
    return [Fault(doubt.code, doubt.place, doubt.params) for doubt in doubts]


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


def _header(cells: list[str], garbled: list[Doubt]) -> tuple[list[str | None], list[Doubt]]:
    fields = [column(cell) for cell in cells]
    counts = Counter(field for field in fields if field)
    faults = [Fault("missing_column", None, {"column": name}) for name in REQUIRED if name not in counts]
    faults += [Fault("double_column", None, {"column": name}) for name, count in counts.items() if count > 1]
    if len(cells) > MAX_COLUMNS:
        faults.append(Fault("too_many_columns", None, {"limit": MAX_COLUMNS}))
    if faults:
        raise FileRefused([*faults, *_as_faults(garbled)])
    unknown = [(i, cell) for i, cell in enumerate(cells, 1) if cell.strip() and fields[i - 1] is None]
    return fields, [
        Doubt("column_ignored", Place("column", i), {"column": cell.strip()[:SHOWN]}) for i, cell in unknown
    ]


class _RowReader:
    def __init__(self, fields: list[str | None], known: Known | None) -> None:
        self.fields = fields
        self.known = known
        self.codes: dict[str, int] = {}
        self.emails: dict[str, int] = {}
        self.new_networks: set[tuple[str, str]] = set()

    def read(self, line: int, cells: list[str]) -> RegisterRow:
        place = Place("line", line)
        if not any(cell.strip() for cell in cells):
            return RegisterRow(line, None, (Doubt("empty_row", place),))
        called = self._called(cells)
        if len(cells) < len(self.fields) or any(cell.strip() for cell in cells[len(self.fields) :]):
            params = {"found": len(cells), "expected": len(self.fields)}
            return RegisterRow(line, None, (Fault("ragged_row", place, params),), called)
        values, findings = self._values(cells, place)
        findings += self._networks(values, cells, place)
        findings += self._duplicates(values, place)
        findings += _people(values, place, self.known or Known())
        failed = any(isinstance(finding, Fault) for finding in findings)
        return RegisterRow(line, None if failed else _organisation(values), tuple(findings), called)

    def _called(self, cells: list[str]) -> str:
        """The name as it stands in the row, else the code."""
        there = {field: clean_line(cell)[:SHOWN] for field, cell in zip(self.fields, cells, strict=False)}
        return there.get("name") or there.get("code") or ""

    def _values(self, cells: list[str], place: Place) -> tuple[dict[str, Any], list[Finding]]:
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        for field, cell in zip(self.fields, cells, strict=False):
            if field is None:
                continue
            values[field], codes = judge(field, cell)
            params = {"column": field, "text": cell.strip()[:SHOWN]}
            if field in REQUIRED and values[field] is None and not codes:
                codes = ["missing_value"]
            findings += [Fault(code, place, params) for code in codes]
        return values, findings

    def _networks(self, values: dict[str, Any], cells: list[str], place: Place) -> list[Finding]:
        """Put the networks in their places, and say which are in error, new, or missing altogether."""
        findings: list[Finding] = [
            Fault(code, place, params) for code, params in placed(values, self.known or Known())
        ]
        if self.known is None:
            return findings
        for named in new_networks(values, self.known):
            if (key := (named[0], unaccented(named[1]))) not in self.new_networks:
                self.new_networks.add(key)
                findings.append(Doubt("new_network", place, {"column": named[0], "network": named[1]}))
        silent = not any(
            cell.strip() for field, cell in zip(self.fields, cells, strict=False) if field in NETWORK_FIELDS
        )
        if silent and (values.get("code") or "").casefold() not in self.known.members:
            findings.append(Doubt("no_network", place))
        return findings

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


def _people(values: dict[str, Any], place: Place, known: Known) -> list[Finding]:
    findings: list[Finding] = []
    for role in ("delegate", "alternate"):
        name, email = values.get(f"{role}_name"), values.get(f"{role}_email")
        if name and not email:
            findings.append(Doubt("person_without_email", place, {"name": name}))
        if email and not name:
            findings.append(Doubt("person_without_name", place, {"email": email}))
        if kept := name_on_record(name, email, known):
            findings.append(Doubt("name_kept", place, {"email": email, "known": kept, "name": name}))
    delegate = values.get("delegate_email")
    if delegate and delegate.casefold() == (values.get("alternate_email") or "").casefold():
        findings.append(Doubt("same_person", place, {"email": delegate}))
    return findings


def _organisation(values: dict[str, Any]) -> Organisation:
    weights = {
        name.removeprefix("weight_"): v for name, v in values.items() if name.startswith("weight_") and v
    }
    lists = {name: values.get(name) or () for name in LIST_FIELDS if name != "networks"}
    plain = {
        name: v for name, v in values.items() if not name.startswith("weight_") and name not in LIST_FIELDS
    }
    return Organisation(**plain, **lists, weights=weights)
