"""What the Commission decides on an objection. Shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from consultations import wording_comments as words
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain

LONG = 10_000


class DecisionForm(FlaskForm):
    """The outcome that stands or becomes another, the words to the organisation, and where it was decided."""

    outcome = SelectField(lazy_gettext("What becomes of the comment"), choices=offered(words.OUTCOMES))
    response = TextAreaField(
        lazy_gettext("What the Commission answers"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the response.")), limited(LONG)],
    )  # fmt: skip
    decided_in = StringField(
        lazy_gettext("Meeting or minute"), filters=[plain], validators=[Optional(), limited(200)]
    )
