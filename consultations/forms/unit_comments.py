"""The shape of what the Unit sends with a comment sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

MAX_TYPED = 60
MOST_BY_HAND = 100
"""Fields for placing by hand on one page; a sheet with more is better corrected in the file."""


class CommentSheetForm(FlaskForm):
    """A comment sheet of a standards body."""

    file = FileField(
        _("File"),
        (FileRequired(_("Choose a file.")),),
        description=_(
            "Word (.docx), Excel (.xlsx) or CSV: the electronic balloting template with 8 columns, or the older ones with 7 or 6."
        ),
    )


class CommentSheetCheckForm(FlaskForm):
    """What is imported although something is in error."""

    only_valid = BooleanField(
        _("Import only the rows without error"),
        description=_("The others are left out; import the sheet again when they are corrected."),
    )


@dataclass(frozen=True)
class ByHandField:
    """A field for one cell of the sheet that matches nothing: `value` what was typed, `wrong` when that matches nothing either."""

    name: str
    cell: str
    value: str
    wrong: bool


def by_hand_fields(prefix: str, cells: Iterable[str], typed: Mapping[str, str]) -> dict[str, str]:
    """{cell: what was typed for it}, from the fields <prefix>-0, <prefix>-1, …; cells without anything are left out."""
    found = {}
    for index, cell in enumerate(tuple(cells)[:MOST_BY_HAND]):
        if value := typed.get(f"{prefix}-{index}", "").strip()[:MAX_TYPED]:
            found[cell] = value
    return found


def shown_fields(
    prefix: str, cells: Iterable[str], typed: Mapping[str, str], still: Iterable[str]
) -> tuple[ByHandField, ...]:
    """The fields as they are shown again; `still`: the cells that match nothing even with what was typed."""
    open_ = set(still)
    return tuple(
        ByHandField(f"{prefix}-{index}", cell, typed.get(cell, ""), cell in typed and cell in open_)
        for index, cell in enumerate(tuple(cells)[:MOST_BY_HAND])
    )
