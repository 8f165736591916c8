"""Tables of any format as one shape, and how they become the rows of a comment sheet."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from consultations.documents.characters import clean, clean_line
from consultations.documents.comment_sheet_outcomes import outcome_of
from consultations.documents.comment_sheet_report import COLUMNS, SheetRow
from consultations.documents.comment_sheet_values import is_date, is_type, types_in
from consultations.documents.comment_sheet_words import FORMS, columns_of
from consultations.documents.findings import Doubt, Fault, Finding, Place, refuse

MAX_ROWS = 20_000
MAX_CELL_CHARS = 60_000
HEADINGS_WITHIN = 30
"""A row of headings is looked for in so many rows; a title and the document's name may stand above it."""

_CLAUSE = re.compile(r"(?:\w+ )?\d+(?:\.\d+)*\.?")

Columns = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and the codes of what is odd about it; `carried`: the text of a merged cell above."""

    text: str = ""
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, counted from 1; `spans`: it is one cell over the whole width."""

    number: int
    cells: tuple[Cell, ...]
    spans: bool = False
    ragged: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each cell."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table or sheet, counted from 1; `headings`: rows of headings that stand outside it, in the page header."""

    index: int
    lines: tuple[Line, ...]
    headings: tuple[tuple[str, ...], ...] = ()
    name: str = ""

    @property
    def width(self) -> int:
        """Return how many cells most rows have."""
        return max(
            Counter(len(line.cells) for line in self.lines).items(),
            default=(0, 0),
            key=lambda n: (n[1], n[0]),
        )[0]


class GridReader:
    """Reads the tables of one file in their order; a table without headings goes on with those of the one before."""

    def __init__(self) -> None:
        self.rows: list[SheetRow] = []
        self.doubts: list[Finding] = []
        self.skipped: list[Finding] = []
        self.empty_rows = 0
        self.columns: tuple[str, ...] = ()
        self._before: Columns = ()
        self._heading: tuple[str, ...] = ()
        self._said: dict[tuple[str | None, ...], SheetRow] = {}

    def read(self, grid: Grid) -> bool:
        """Read a table; False when it holds no comments. Raises FileRefused for too many rows."""
        found = self._columns(grid)
        if found is None:
            return False
        columns, start = found
        self._before = columns
        self.columns = tuple(name for name in COLUMNS if name in {*self.columns, *columns})
        for line in grid.lines[start:]:
            self._line(grid.index, line, columns)
        if len(self.rows) > MAX_ROWS:
            raise refuse("too_many_rows", limit=MAX_ROWS)
        return True

    def _columns(self, grid: Grid) -> tuple[Columns, int] | None:
        """Return the columns and the first row of data: from the table's own headings, the page header, or the form."""
        for index, line in enumerate(grid.lines[:HEADINGS_WITHIN]):
            if columns := columns_of(line.texts):
                self._ignored(line, columns)
                self._heading = line.texts
                return columns, index + 1
        outside = [columns for texts in grid.headings if (columns := columns_of(texts))]
        if fitting := [columns for columns in outside if len(columns) == grid.width]:
            return fitting[0], 0
        if self._before and len(self._before) == grid.width:
            return self._before, 0
        if (form := _form(grid)) is None:
            return None
        if outside:
            values = {"found": len(outside[0]), "expected": grid.width}
            self.doubts.append(Doubt("headings_of_other_form", None, values))
        self.doubts.append(Doubt("headings_by_position"))
        return form, 0

    def _ignored(self, line: Line, columns: Columns) -> None:
        """Tell the columns that hold something unknown, or twice the same."""
        for index, (column, cell) in enumerate(zip(columns, line.cells, strict=True), 1):
            if column is None and cell.text:
                self.doubts.append(
                    Doubt("column_ignored", Place("column", index), {"column": cell.text[:60]})
                )

    def _line(self, table: int, line: Line, columns: Columns) -> None:
        own = {
            name
            for name, cell in zip(columns, line.cells, strict=False)
            if name and not cell.carried and clean(cell.text)
        }
        if line.spans and line.texts[0]:
            place = Place("row", line.number, table)
            self.skipped.append(Doubt("spanning_row", place, {"text": clean_line(line.texts[0])[:120]}))
        elif not own - {"member_body", "type"} and not line.ragged:
            self.empty_rows += 1
        elif line.texts != self._heading and not _counts_columns(line):
            self.rows.append(self._once(row_of(table, line, columns)))

    def _once(self, row: SheetRow) -> SheetRow:
        """Return the row, doubted when it says nothing else than one before it; one in error says why already."""
        if row.status == "error":
            return row
        said = (
            row.member_body, row.line, row.clause, row.paragraph, row.type, row.comment, row.proposed_change, row.observation,
        )  # fmt: skip
        first = self._said.setdefault(said, row)
        if first is row:
            return row
        same = Doubt("same_as_row", None, {"row": first.row, "table": first.table})
        return replace(row, findings=(*row.findings, same))


def row_of(table: int, line: Line, columns: Columns) -> SheetRow:
    """Return the comment of a row of a table, with everything odd about it."""
    held = {name: cell for name, cell in zip(columns, line.cells, strict=False) if name}
    texts = {name: clean(held[name].text) if name in held else "" for name in COLUMNS}
    for name in ("member_body", "clause", "line", "type"):
        texts[name] = clean_line(texts[name])
    findings: list[Finding] = _width(line, columns)
    for name, cell in held.items():
        findings += _cell_findings(name, cell)
    kind, odd = _type(texts["type"]) if "type" in held else (None, [])
    findings += [*odd, *_missing(texts), *_clause(texts["clause"], held.get("clause"))]
    outcome = outcome_of(texts["observation"])
    if texts["observation"] and outcome is None:
        findings.append(Doubt("outcome_unclear"))
    return SheetRow(
        line.number, texts["member_body"], texts["clause"], texts["paragraph"], kind, texts["comment"],
        texts["proposed_change"], texts["observation"], outcome, texts["line"], table, _once(findings),
    )  # fmt: skip


def _width(line: Line, columns: Columns) -> list[Finding]:
    values = {"found": len(line.cells), "expected": len(columns)}
    if line.ragged:
        return [Fault("ragged_comment", None, values)]
    return [Doubt("short_row", None, values)] if len(line.cells) < len(columns) else []


def _cell_findings(name: str, cell: Cell) -> list[Finding]:
    values = {"column": name, "text": clean_line(cell.text)[:60]}
    findings: list[Finding] = [Fault(code, None, values) for code in cell.faults]
    if len(cell.text) > MAX_CELL_CHARS:
        findings.append(Fault("text_over_limit", None, {"column": name, "limit": MAX_CELL_CHARS}))
    figures = {"text": values["text"]}
    return findings + [
        Doubt(code, None, figures if code == "clause_is_number" else {}) for code in cell.doubts
    ]


def _type(cell: str) -> tuple[str | None, list[Finding]]:
    kinds = types_in(cell)
    if not cell:
        return None, [Doubt("type_missing")]
    if not kinds:
        return None, [Doubt("type_unknown", None, {"text": cell[:60]})]
    return kinds[0], [Doubt("type_combined", None, {"text": cell[:60]})] if len(kinds) > 1 else []


def _missing(texts: dict[str, str]) -> list[Finding]:
    findings: list[Finding] = [] if texts["member_body"] else [Doubt("body_empty")]
    if not texts["comment"]:
        findings.append(Doubt("only_proposal") if texts["proposed_change"] else Fault("comment_missing"))
    return findings


def _clause(text: str, cell: Cell | None) -> list[Finding]:
    if cell is None or "clause_is_date" in cell.faults or not is_date(text):
        return []
    return [Fault("clause_is_date", None, {"text": text[:60]})]


def _form(grid: Grid) -> Columns | None:
    """Return the form of a table without headings by its number of columns and where its types of comment stand.

    Where no row has a type, a form that alone has so many columns is known by the numbers of its clauses.
    """
    forms = FORMS.get(grid.width, ())
    typed = {form: sum(_is_type(line, form.index("type")) for line in grid.lines) for form in forms}
    best = max(forms, key=lambda form: typed[form], default=None)
    if best and typed[best]:
        return best
    return forms[0] if len(forms) == 1 and _has_clauses(grid, forms[0]) else None


def _has_clauses(grid: Grid, form: Columns) -> bool:
    """Tell whether some clauses are numbers and no type is anything else than one."""
    clause, kind = form.index("clause"), form.index("type")
    rows = [line.texts for line in grid.lines if len(line.cells) == len(form)]
    return any(_CLAUSE.fullmatch(row[clause].strip()) for row in rows) and not any(
        row[kind].strip() for row in rows
    )


def _is_type(line: Line, column: int) -> bool:
    return column < len(line.cells) and is_type(line.texts[column])


def _counts_columns(line: Line) -> bool:
    """Tell whether the row only numbers the columns, as under the headings of the older form."""
    return list(line.texts) == [str(n) for n in range(1, len(line.cells) + 1)]


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for index, finding in enumerate(findings) if finding not in findings[:index])
