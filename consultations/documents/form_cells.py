"""The cells of one row of a form as text: formulas and errors are told, never taken for a value."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from consultations.documents.characters import clean
from consultations.documents.findings import Fault, Finding, Place
from consultations.documents.xlsx_package import unescaped

FORMULA, ERROR = "f", "e"


Labels = Mapping[str, str]


class Cells:
    """One row; columns count from 0."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self._cells = cells

    @property
    def filled(self) -> bool:
        """Whether any cell holds something."""
        return any(cell.value is not None and str(cell.value).strip() for cell in self._cells)

    def text(self, column: int) -> str:
        """The cell as text; "" for none, and for a formula or an error."""
        if column >= len(self._cells) or self.is_odd(column):
            return ""
        return _text(self._cells[column].value)

    def is_odd(self, column: int) -> bool:
        """Whether the cell holds a formula or an error."""
        return column < len(self._cells) and self._cells[column].data_type in (FORMULA, ERROR)

    def any_of(self, columns: Iterable[int]) -> bool:
        """Whether any of these cells holds something, be it a formula."""
        return any(self.is_odd(column) or self.text(column) for column in columns)

    def findings(self, columns: Mapping[int, str], place: Place, longest: int) -> list[Finding]:
        """Formulas, errors and texts over `longest` characters in these columns."""
        found: list[Finding] = []
        for column, name in columns.items():
            if self.is_odd(column):
                formula = self._cells[column].data_type == FORMULA
                found.append(Fault("row_formula" if formula else "row_error_value", place, {"column": name}))
            elif len(self.text(column)) > longest:
                found.append(Fault("row_too_long", place, {"column": name, "limit": longest}))
        return found


def chosen(text: str, values: Sequence[str], labels: Labels | None = None) -> str | None:
    """The value of an entry such as "2. Neutral", by its number alone or by its words alone (`labels`: words in small
    letters -> value); "" for none, None for one that is not offered."""
    if not text:
        return ""
    if (named := (labels or {}).get(text.casefold())) in values:
        return named
    number = text.partition(".")[0].strip()
    fits = number.isdecimal() and len(number) <= 3 and 1 <= int(number) <= len(values)
    return values[int(number) - 1] if fits else None


def _text(value: Any) -> str:
    """One spelling: whole numbers without decimals, others exactly as the spreadsheet shows them, days as ISO."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return clean(unescaped(str(value)))
