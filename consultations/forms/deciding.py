"""What a second person sends, and one answer for many points. Shape only."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from consultations.forms.desk import LONG, ChangeForm
from consultations.forms.typed import MayWait, limited, plain
from consultations.wording import LANGUAGES

RESPONSE = lazy_gettext("Response")


class DecideForm(FlaskForm):
    """Accept what was proposed (`known`: its number), or send it back with a reason."""

    known = IntegerField(default=0, widget=HiddenInput())
    reason = TextAreaField(
        lazy_gettext("Reason, when you send it back"), filters=[plain], validators=[Optional(), limited(LONG)],
        description=lazy_gettext("Whoever proposed it reads it, and it stays on record."),
    )  # fmt: skip


class CheckForm(FlaskForm):
    """The points of a sample that were seen, and the reason for sending all of it back."""

    seen = SelectMultipleField(validate_choice=False)
    reason = DecideForm.reason


class ManyForm(ChangeForm):
    """One answer for many points; a response in each language of their comments. `found`: all that the filter found."""

    points = SelectMultipleField(lazy_gettext("Points"), validate_choice=False)
    found = HiddenField()
    all_found = BooleanField(lazy_gettext("Give it to all that the filter finds, not only to those ticked"))
    # Which of them are needed hangs on the languages of the points; the verb says so.
    response_es = TextAreaField(RESPONSE, filters=[plain], validators=[MayWait(), limited(LONG)])
    response_pt = TextAreaField(RESPONSE, filters=[plain], validators=[MayWait(), limited(LONG)])
    response_en = TextAreaField(RESPONSE, filters=[plain], validators=[MayWait(), limited(LONG)])
    response_fr = TextAreaField(RESPONSE, filters=[plain], validators=[MayWait(), limited(LONG)])

    def responses(self) -> dict[str, str]:
        """The responses that were written, by language."""
        return {code: self[f"response_{code}"].data for code in LANGUAGES if self[f"response_{code}"].data}

    def put(self, responses: dict[str, str]) -> None:
        """Show these responses."""
        for code in LANGUAGES:
            self[f"response_{code}"].data = responses.get(code, "")

    def spots(self) -> list[tuple[int, int]]:
        """The points that were ticked, or all that were found when the form was shown; what is no point is left out."""
        return spots((self.found.data or "").split() if self.all_found.data else self.points.data or ())


def spots(keys: Iterable[str]) -> list[tuple[int, int]]:
    """Comment and point from what a form calls them, such as "17.1"."""
    found = []
    for key in keys:
        comment_id, _, number = key.partition(".")
        if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (comment_id, number)):
            found.append((int(comment_id), int(number)))
    return found
