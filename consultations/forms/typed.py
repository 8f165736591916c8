"""What becomes of long texts that people type."""

from flask_babel import lazy_gettext
from wtforms.validators import Length


def plain(text: str | None) -> str | None:
    """Line ends as one, and without the null character that databases refuse."""
    return None if text is None else text.replace("\r\n", "\n").replace("\x00", "").strip()


def limited(most: int) -> Length:
    """At most so many characters, said in words."""
    return Length(max=most, message=lazy_gettext("This text is too long: at most %(max)d characters."))
