"""What refusals say about comment sheets: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "sheet_has_errors": (
        N_("Rows of the sheet in error: %(count)s. Nothing was imported."),
        N_("Correct them in the file or below, or import only the rows without error."),
    ),
}
