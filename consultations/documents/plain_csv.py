"""A table as CSV for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from consultations.documents.characters import clean_line

_DANGEROUS = "=+-@＝＋－＠\t\r"


def plain_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The headings and rows, each cell one clean line; what a spreadsheet would compute stands behind an apostrophe."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_safe(head) for head in heads])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    line = clean_line(cell)
    return f"'{line}" if line[:1] in tuple(_DANGEROUS) else line
