"""What the Unit writes to code a round's points. Shape only."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain

LONG = 2_000


class MeaningForm(FlaskForm):
    """What a code means."""

    meaning = TextAreaField(
        lazy_gettext("What it means"), filters=[plain],
        description=lazy_gettext("When it fits, when it does not, and an example: another person must code alike."),
        validators=[DataRequired(lazy_gettext("Write what the code means.")), limited(LONG)],
    )  # fmt: skip


class CodeForm(MeaningForm):
    """A new code."""

    code = StringField(
        lazy_gettext("Code"), filters=[plain], description=lazy_gettext("A word or two."),
        validators=[DataRequired(lazy_gettext("Write the code.")), limited(40)],
    )  # fmt: skip


class SampleForm(FlaskForm):
    """How many points two people code."""

    size = IntegerField(
        lazy_gettext("How many points"), default=20,
        validators=[
            InputRequired(lazy_gettext("Write how many points.")),
            NumberRange(1, 200, lazy_gettext("A sample has at least one point and at most 200.")),
        ],
    )  # fmt: skip
    first_id = SelectField(lazy_gettext("First coder"), coerce=int)
    second_id = SelectField(lazy_gettext("Second coder"), coerce=int)

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Give the form the people to choose from."""
        self.first_id.choices = self.second_id.choices = offered(people)


class CodesForm(FlaskForm):
    """The codes that fit a point."""

    codes = SelectMultipleField(
        lazy_gettext("Codes that fit"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        validate_choice=False,
    )  # fmt: skip
