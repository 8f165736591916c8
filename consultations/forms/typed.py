"""What becomes of long texts that people type, and of fields that may stay empty for now."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms.validators import Length, Optional

from consultations.documents.characters import OVERRIDES

_GONE = dict.fromkeys(map(ord, f"\x00{OVERRIDES}"))


def plain(text: str | None) -> str | None:
    """Line ends as one, without the null character that databases refuse and without what turns the direction of reading
    (as in every file that comes in: documents.characters)."""
    return None if text is None else text.replace("\r\n", "\n").translate(_GONE).strip()


def limited(most: int) -> Length:
    """At most so many characters, said in words."""
    return Length(max=most, message=lazy_gettext("This text is too long: at most %(max)d characters."))


def at_most(most: int) -> Any:
    """The limit, to stand below the label of a field."""
    return lazy_gettext("At most %(max)s characters.", max=most)


class MayWait(Optional):
    """Let through empty for now, though it is needed in the end.

    `mark` is the flag by which templates/_macros/forms.html writes a word beside the label; none by default.
    """

    def __init__(self, mark: str = "") -> None:
        super().__init__()
        self.field_flags = {mark: True} if mark else {}


BEFORE_SUBMISSION = "needed_before_submission"
