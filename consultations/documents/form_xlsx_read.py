"""A form that came back, read cell by cell: nothing is computed, nothing guessed, every row with its reasons.

Which clause or question a row belongs to is said by its hidden mark alone; that the marks are those that went out is
sealed, and checked by whoever knows the round (engine.form_imports).
"""

from collections.abc import Mapping

from consultations.documents.findings import Doubt, Fault, Finding, Place, refuse
from consultations.documents.form_answers import read_rows
from consultations.documents.form_cells import Cells, Labels, chosen
from consultations.documents.form_draft import (
    COMMENTS,
    COVER,
    LISTS,
    MARKS,
    QUESTIONS,
    SCHEMA,
    ReadComment,
    ReadForm,
)
from consultations.documents.safe_files import check_size, kind_of, wrong_type
from consultations.documents.xlsx_package import WorkSheet, open_workbook

MAX_ROWS, MAX_COLUMNS = 6_000, 12
LONG = 10_000
NO = ("no", "não", "nao", "non")  # written by hand where only "yes" is offered
Row = tuple[int, Cells]


def read_form(data: bytes, labels: Mapping[str, Labels] | None = None) -> ReadForm:
    """Return what a form says; `labels`: list of LISTS -> words in small letters -> value, beside the numbers.

    Raises FileRefused when it is none of ours, of another schema, or damaged.
    """
    said = labels or {}
    check_size(data)
    if kind_of(data) != "zip":
        raise wrong_type(data, kind_of(data))
    sheets = {mark: rows for mark, rows in map(_marked, open_workbook(data)) if mark}
    told = {number: cells.text(0) for number, cells in sheets.get(MARKS, [])}
    if not told:
        raise refuse("not_our_form")
    marks = [told.get(number, "") for number in range(1, 9)]
    if marks[1] != SCHEMA:
        raise refuse("other_form_schema", schema=marks[1][:40], expected=SCHEMA)
    if not marks[3].isdecimal() or len(marks[3]) > 12:
        raise refuse("form_ids_edited")
    for name in (COVER, COMMENTS, QUESTIONS):
        if name not in sheets:
            raise refuse("form_sheet_missing", name=name)
    comments, stray = _comments(sheets[COMMENTS], said)
    answers, more = read_rows(sheets[QUESTIONS][1:])
    cover = _cover(sheets[COVER])
    return ReadForm(
        serial=marks[2], round_id=int(marks[3]), text_sha256=marks[4], language=marks[6], sealed=marks[7],
        sealed_code=marks[5], code=marks[5] or cover.get("code", ""),
        channel=chosen(cover.get("channel", ""), LISTS["channels"], said.get("channels")) or "",
        workshop=cover.get("workshop", ""), comments=comments, answers=answers, stray=(*stray, *more),
    )  # fmt: skip


def _marked(sheet: WorkSheet) -> tuple[str, list[Row]]:
    """The sheet's mark and its rows that hold anything, each with its number."""
    rows: list[Row] = []
    for number, cells in enumerate(sheet.rows(most_rows=MAX_ROWS, most_columns=MAX_COLUMNS), 1):
        row = Cells(cells)
        if row.filled:
            rows.append((number, row))
    mark = rows[0][1].text(0) if rows and rows[0][0] == 1 else ""
    return (mark, rows) if mark in (COVER, COMMENTS, QUESTIONS, MARKS) else ("", [])


def _cover(rows: list[Row]) -> dict[str, str]:
    return {
        cells.text(0): cells.text(2) for _, cells in rows if cells.text(0) in ("code", "channel", "workshop")
    }


Stray = tuple[str, int, Finding]


def _comments(rows: list[Row], labels: Mapping[str, Labels]) -> tuple[tuple[ReadComment, ...], list[Stray]]:
    """The rows that say something, and what is wrong with rows that have no mark of their own."""
    found: list[ReadComment] = []
    stray: list[Stray] = []
    seen: set[str] = set()
    for number, cells in rows[1:]:
        id, place = cells.text(0), Place("row", number, 1)
        if not cells.any_of(range(3, 9)):
            continue
        if not id or id in seen:
            stray.append((COMMENTS, number, Fault("row_id_double" if id else "row_id_edited", place)))
            continue
        seen.add(id)
        found.append(_comment(number, id, cells, place, labels))
    return tuple(found), stray


def _comment(number: int, id: str, cells: Cells, place: Place, labels: Mapping[str, Labels]) -> ReadComment:
    findings = cells.findings(
        {3: "stance", 4: "type", 5: "comment", 6: "why", 7: "proposal", 8: "vote"}, place, LONG
    )
    stance, type = (
        chosen(cells.text(column), LISTS[name], labels.get(name))
        for column, name in ((3, "stances"), (4, "types"))
    )
    for value, column, name in ((stance, 3, "stance"), (type, 4, "type")):
        if value is None and not cells.is_odd(column):
            findings.append(Fault("row_choice", place, {"text": cells.text(column)[:60], "column": name}))
    if stance == "":
        findings.append(Doubt("row_stance_taken", place))
    if not cells.text(5) and not cells.is_odd(5):
        findings.append(Fault("row_without_comment", place))
    return ReadComment(
        number, id, cells.text(1), stance or "", type or "general", cells.text(5), cells.text(6), cells.text(7),
        cells.text(8).casefold() not in ("", *NO), tuple(findings),
    )  # fmt: skip
