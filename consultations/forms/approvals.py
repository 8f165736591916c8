"""What an organisation's approver writes. Shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from consultations.forms.typed import limited, plain


class SendBackForm(FlaskForm):
    """Why a comment goes back to who wrote it."""

    reason = TextAreaField(
        lazy_gettext("What should be changed"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write what should be changed: your delegate reads it.")), limited(4000)],
    )  # fmt: skip
