"""What the Unit writes when others are not to read words, or a comment. Shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from consultations.forms.typed import limited, plain


class HidingForm(FlaskForm):
    """Why: everybody who would have read it reads this instead."""

    reason = TextAreaField(
        lazy_gettext("Reason"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the reason: it stays on record.")), limited(500)],
        description=lazy_gettext("It is read in the place of the words. Do not repeat them."),
    )  # fmt: skip


class RemovalForm(HidingForm):
    """Which words, copied from the comment."""

    words = TextAreaField(
        lazy_gettext("Words to remove"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Copy the words from the comment.")), limited(10_000)],
        description=lazy_gettext("Copy them from the comment. They are removed wherever they stand in it."),
    )  # fmt: skip
