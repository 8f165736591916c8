"""Tables of a standard: number | text | guidance | kind | year, in any order when the header says so.

A table holds requirements when its first column (or the one the header names) carries numbers such as 3.2.1 or R-12,
or when its header says that it numbers requirements. Any other, such as prices by year, is text of where it stands.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from consultations.documents.characters import clean, unaccented
from consultations.documents.findings import Doubt, Place
from consultations.documents.numbering import Number, has_parts, recognise
from consultations.documents.standard_blocks import Block, from_year, requirement_kind
from consultations.documents.words import COLUMN_WORDS


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row, a merged cell once; `merged` when cells were joined, `spans` when one fills the row."""

    cells: tuple[str, ...]
    place: Place
    merged: bool = False
    spans: bool = False


def header_roles(cells: Iterable[str]) -> list[str | None] | None:
    """Return what each column holds; None when the row is no header: one known word at most, and no "No." first."""
    roles = [COLUMN_WORDS.get(unaccented(cell).strip(" :.")) for cell in cells]
    is_header = sum(role is not None for role in roles) > 1 or (len(roles) > 1 and roles[0] == "number")
    return roles if is_header else None


def says_requirements(roles: list[str | None]) -> bool:
    """Tell whether a header names numbers and their requirements; "No. | Type | Amount" does not."""
    return roles[0] == "text" or ("number" in roles and ("text" in roles or "heading" in roles))


class TableReader:
    """Turns the rows of one table into blocks; a fresh one for each table."""

    def __init__(self) -> None:
        self.roles: list[str | None] = []
        self.doubts: list[Doubt] = []
        self.is_declared = False
        self._told: set[str] = set()

    def read(self, rows: Iterable[Row]) -> list[Block]:
        """Return the blocks of the table."""
        cleaned = [replace(row, cells=tuple(clean(cell) for cell in row.cells)) for row in rows]
        filled = [row for row in cleaned if any(row.cells)]
        headers = [roles for row in filled if (roles := header_roles(row.cells))]
        self.is_declared = any(map(says_requirements, headers))
        if self.is_declared or self._carries_numbers(filled, headers):
            return [block for row in filled for block in self._row(row)]
        self._say_kept(filled)
        return [self._data(row) for row in filled]

    @staticmethod
    def _carries_numbers(rows: list[Row], headers: list[list[str | None]]) -> bool:
        roles = headers[0] if headers else []
        column = roles.index("number") if "number" in roles else 0
        return any(has_parts(row.cells[column]) for row in rows if column < len(row.cells))

    def _say_kept(self, rows: list[Row]) -> None:
        """One doubt for a table kept as text; none for two columns of words, which may be terms and definitions."""
        bare = next(
            (row for row in rows if (found := recognise(row.cells[0])).number and not found.rest), None
        )
        wide = next((row for row in rows if len([cell for cell in row.cells if cell]) > 2), None)
        if bare is not None:
            self._once("table_of_bare_numbers", bare.place)
        elif wide is not None:
            self._once("table_kept_as_text", wide.place)

    def _data(self, row: Row) -> Block:
        """A row of an ordinary table: it belongs to the text of the node in which the table stands."""
        self._merged(row)
        filled = tuple(_flat(cell) for cell in row.cells if cell)
        if len(row.cells) == 1:
            return Block(row.place, row.cells[0])  # a frame around paragraphs
        return Block(row.place, " | ".join(filled), is_item=True, cells=filled)

    def _merged(self, row: Row) -> None:
        if row.merged and not row.spans:
            self.doubts.append(Doubt("merged_cells", row.place))

    def _row(self, row: Row) -> list[Block]:
        cells = row.cells
        self._merged(row)
        if len(cells) == 1 or row.spans:
            text = next(cell for cell in cells if cell)
            return [Block(row.place, text)]
        roles = header_roles(cells)
        if roles:
            self.roles = roles
            return []
        number = self._number(cells, row.place)
        return [self._numbered(cells, row.place, *number)] if number else self._plain(cells, row)

    def _number(self, cells: tuple[str, ...], place: Place) -> tuple[int, Number, str] | None:
        column = self.roles.index("number") if "number" in self.roles else 0
        if column >= len(cells):
            return None
        found = recognise(cells[column])
        if found.doubt:
            self.doubts.append(Doubt(found.doubt, place, {"text": cells[column][:60]}))
        return (column, found.number, found.rest) if found.number else None

    def _role(self, column: int, text: str) -> str:
        role = self.roles[column] if column < len(self.roles) else None
        if role:
            return role
        if requirement_kind(text):
            return "kind"
        return "year" if from_year(text) is not None else "unknown"

    def _numbered(
        self, cells: tuple[str, ...], place: Place, column: int, number: Number, rest: str
    ) -> Block:
        held: dict[str, list[str]] = {"text": [rest] if rest else [], "guidance": [], "heading": []}
        kind, year = None, None
        for index, cell in enumerate(cells):
            if index == column or not cell:
                continue
            role = self._role(index, cell)
            if role == "kind":
                kind = requirement_kind(cell)
                self._check("kind_unclear", kind, cell, place)
            elif role == "year":
                year = from_year(cell, bare=True)
                self._check("year_unclear", year, cell, place)
            elif role == "unknown" and not held["text"]:
                held["text"].append(cell)
            elif role in held:
                held[role].append(cell)
            else:
                held["guidance"].append(cell)
                self._once("unknown_column", place, index + 1)
        text, guidance, heading = ("\n".join(held[name]) for name in ("text", "guidance", "heading"))
        return Block(
            place,
            text,
            number=number,
            heading=heading,
            guidance=guidance,
            is_declared=self.is_declared,
            requirement_kind=kind,
            from_year=year,
        )

    def _check(self, code: str, value: object, cell: str, place: Place) -> None:
        if value is None:
            self.doubts.append(Doubt(code, place, {"text": cell[:60]}))

    def _once(self, code: str, place: Place, column: int = 0) -> None:
        if (told := f"{code}{column}") not in self._told:
            self._told.add(told)
            self.doubts.append(Doubt(code, place, {"column": column} if column else {}))

    def _plain(self, cells: tuple[str, ...], row: Row) -> list[Block]:
        """A row without a number goes on with the row before it, or is a term and its definition."""
        filled = [cell for cell in cells if cell]
        guidance = [cell for index, cell in enumerate(cells) if self._known(index) == "guidance" and cell]
        if guidance:
            texts = [cell for cell in filled if cell not in guidance]
            return [Block(row.place, "\n".join(texts), guidance="\n".join(guidance), is_item=True)]
        if len(filled) == 2 and not self.roles:
            return [Block(row.place, f"{_flat(filled[0])}: {filled[1]}")]
        self._once("table_kept_as_text", row.place)
        return [Block(row.place, " | ".join(map(_flat, filled)), is_item=True)]

    def _known(self, column: int) -> str | None:
        return self.roles[column] if column < len(self.roles) else None


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)
