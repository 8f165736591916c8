"""What the Unit writes as a ready-made answer. Shape only."""

from flask_babel import lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from consultations import wording_comments as words
from consultations.forms.desk import LONG
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain
from consultations.forms.unit import KnownForm
from consultations.wording import LANGUAGES

PLACES = lazy_gettext("{clause} becomes the number of the clause, {number} the number of the comment.")

RESPONSE = lazy_gettext("Response")


class TemplateForm(KnownForm):
    """A ready-made answer: at least one response; `known` is the last event when the form was shown."""

    name = StringField(
        lazy_gettext("Name, for the desk"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write a name.")), limited(100)],
    )  # fmt: skip
    outcome = SelectField(
        lazy_gettext("What becomes of it"), choices=offered([("", lazy_gettext("Choose")), *words.OUTCOMES.items()]),
        validators=[DataRequired(lazy_gettext("Choose what becomes of the comment."))],
    )  # fmt: skip
    reason = TextAreaField(
        lazy_gettext("Reason, for the record"), filters=[plain], validators=[Optional(), limited(LONG)], description=PLACES,
    )  # fmt: skip
    response_es = TextAreaField(RESPONSE, filters=[plain], validators=[Optional(), limited(LONG)])
    response_pt = TextAreaField(RESPONSE, filters=[plain], validators=[Optional(), limited(LONG)])
    response_en = TextAreaField(RESPONSE, filters=[plain], validators=[Optional(), limited(LONG)])
    response_fr = TextAreaField(RESPONSE, filters=[plain], validators=[Optional(), limited(LONG)])

    def responses(self) -> dict[str, str]:
        """The responses that were written, by language."""
        return {
            code: self[f"response_{code}"].data or "" for code in LANGUAGES if self[f"response_{code}"].data
        }

    def put(self, responses: dict[str, str]) -> None:
        """Show these responses."""
        for code in LANGUAGES:
            self[f"response_{code}"].data = responses.get(code, "")
