"""What was read from a standards body's comment sheet: a row per comment, and a summary of the file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.documents.findings import Doubt, Fault, Finding
from consultations.documents.wording import SENTENCES, sentence

COLUMNS = (
    "member_body", "line", "clause", "paragraph", "type", "comment", "proposed_change", "observation",
)  # fmt: skip
"""The columns of the 8-column form, in its order."""

STATUSES = ("ok", "warning", "error")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One comment as it stands in the sheet.

    `row`: as a person counts it, from 1. In XLSX the number beside the row; in CSV the record with the headings as
    number 1; in DOCX the row of its table, a heading row counted if the table has one. `table`: the table of the
    document or the sheet of the workbook, from 1. `type` is a kind of comment in the model's words, None when it is
    not known; `outcome` in the words of workflows.comment.CommentOutcome, None when a person must decide. All texts
    are clean, paragraphs joined by a newline, "" for an empty cell.
    """

    row: int
    member_body: str = ""
    clause: str = ""
    paragraph: str = ""
    type: str | None = None
    comment: str = ""
    proposed_change: str = ""
    observation: str = ""
    outcome: str | None = None
    line: str = ""
    table: int = 1
    findings: tuple[Finding, ...] = ()

    @property
    def status(self) -> str:
        """Return error, warning or ok, by the gravest finding."""
        return gravest(self.findings)

    def to_dict(self, *, matched: str | None = None, more: Iterable[Finding] = ()) -> dict[str, Any]:
        """Return the row for a JSON report; `matched` the clause number it was placed on, `more` what the import found.

        Issue 3, item 7 names its keys; the table and the line of the form stand in the summary.
        """
        findings = (*self.findings, *more)
        return {
            "row": self.row, "member_body": self.member_body,
            "clause": self.clause, "paragraph": self.paragraph, "type": self.type, "comment": self.comment,
            "proposed_change": self.proposed_change, "observation": self.observation, "outcome": self.outcome,
            "matched_clause": matched, "status": gravest(findings), "reasons": reasons(findings),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything read from one file.

    `kind`: docx, xlsx or csv; `encoding`: of a CSV, else None; `columns`: those found; `empty_rows`: how many were
    skipped; `skipped`: rows with text that are no comment (a title over the whole width), as findings with a place.
    """

    rows: tuple[SheetRow, ...]
    kind: str
    columns: tuple[str, ...]
    sha256: str
    encoding: str | None = None
    empty_rows: int = 0
    skipped: tuple[Finding, ...] = ()
    doubts: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the report for JSON: {"rows": […], "summary": {…}}."""
        rows = [row.to_dict() for row in self.rows]
        return {"rows": rows, "summary": self.summary(rows)}

    def summary(self, rows: Sequence[dict[str, Any]], unmatched: Sequence[str] = ()) -> dict[str, Any]:
        """Return the summary over the rows as they are reported; `unmatched`: clauses that match nothing.

        `tables` and `lines` hold, for each row in its order, its table in the file and the line number of the form.
        """
        return {
            "total": len(rows),
            "by_status": counted((row["status"] for row in rows), STATUSES),
            "by_type": counted(row["type"] or "none" for row in rows),
            "by_outcome": counted(row["outcome"] or "none" for row in rows),
            "tables": [row.table for row in self.rows],
            "lines": [row.line for row in self.rows],
            "columns": list(self.columns),
            "format": self.kind,
            "encoding": self.encoding,
            "empty_rows": self.empty_rows,
            "skipped": reasons(self.skipped),
            "doubts": reasons(self.doubts),
            "unmatched_clauses": list(unmatched),
            "sha256": self.sha256,
        }


def gravest(findings: Iterable[Finding]) -> str:
    """Return error if a fault is among the findings, warning for a doubt, else ok (a plain finding only tells)."""
    kinds = {type(finding) for finding in findings}
    return "error" if Fault in kinds else "warning" if Doubt in kinds else "ok"


def reasons(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Return code and English text of each finding, with its place where it has one; codes without words keep their text."""
    return [{"code": finding.code, "text": _text(finding)} for finding in findings]


def refused(faults: Iterable[Finding], *, kind: str, sha256: str) -> dict[str, Any]:
    """Return the report of a file that cannot be read at all, in the same shape."""
    summary: dict[str, Any] = Sheet((), kind, (), sha256).summary(())
    return {"rows": [], "summary": {**summary, "refused": reasons(faults)}}


def counted(values: Iterable[str], always: Iterable[str] = ()) -> dict[str, int]:
    """Return how often each value stands there; `always`: values that are told even when they are not there."""
    found = Counter(values)
    return {value: found[value] for value in (*always, *sorted(set(found) - set(always)))}


def _text(finding: Finding) -> str:
    return sentence(finding) if finding.code in SENTENCES else str(finding.params.get("text", finding.code))
