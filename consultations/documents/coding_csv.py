"""A round's codebook and what was marked with it, as CSV for statistics programs; column names stay English."""

import csv
from collections.abc import Iterable
from io import StringIO

from consultations.documents.comment_sheet_writing import protected

CODEBOOK = ("code", "meaning", "points", "comments", "organisations", "differing")
MARKS = ("comment", "point", "clause", "code", "by", "what")
"""`what`: mark, none (a coder found that no code fits; `code` is empty), settled_yes or settled_no."""


def written(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The table in UTF-8 with a byte order mark, comma separated; no cell is taken for a formula."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(columns)
    writer.writerows([protected(str(cell)) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8-sig")
