"""Standards bodies' comment sheets: DOCX, XLSX or CSV, by content and name; nothing is stored and no database asked."""

from hashlib import sha256
from pathlib import PurePath

from consultations.documents.comment_sheet_csv import read_csv_sheet
from consultations.documents.comment_sheet_docx import read_docx_sheet
from consultations.documents.comment_sheet_grid import GridReader
from consultations.documents.comment_sheet_report import Sheet
from consultations.documents.comment_sheet_xlsx import read_xlsx_sheet
from consultations.documents.findings import Doubt, Finding, refuse
from consultations.documents.safe_archive import entry_names
from consultations.documents.safe_files import MAX_NAME_CHARS, check_size, kind_of, wrong_type


def read_comment_sheet(data: bytes, filename: str) -> Sheet:
    """Return everything a comment sheet holds (consultation-model.md, "Standards bodies' comment sheet").

    The 8-column form of 2012-03, the older ones of 7 and 6 columns, in DOCX, XLSX and CSV. What the file is is told
    by its content; `filename` is only checked for its length. Raises FileRefused with every reason.
    """
    if len(filename) > MAX_NAME_CHARS:
        raise refuse("name_too_long", limit=MAX_NAME_CHARS)
    check_size(data)
    reader, kind, encoding = GridReader(), sheet_kind(data), None
    if kind == "docx":
        read_docx_sheet(data, reader)
    elif kind == "xlsx":
        read_xlsx_sheet(data, reader)
    else:
        encoding = read_csv_sheet(data, reader)
    empty = [] if reader.rows else [Doubt("no_comments")]
    return Sheet(
        tuple(reader.rows), kind, reader.columns, sha256(data).hexdigest(), encoding, reader.empty_rows,
        tuple(reader.skipped), _once([*reader.doubts, *empty]),
    )  # fmt: skip


def sheet_kind(data: bytes) -> str:
    """Return docx, xlsx or csv by the content; raise FileRefused for anything else."""
    kind = kind_of(data)
    if kind == "zip":
        names = entry_names(data)
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        return "docx"  # its own reader says what else it is
    if kind != "text":
        raise wrong_type(data, kind)
    return "csv"


def kind_by_name(filename: str) -> str:
    """Return docx, xlsx, csv or "" by the ending of a name, for the report of a file that cannot be read."""
    ending = PurePath(filename).suffix.lower().lstrip(".")
    return ending if ending in ("docx", "xlsx", "csv") else ""


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for index, finding in enumerate(findings) if finding not in findings[:index])
