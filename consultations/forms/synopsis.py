"""What the Unit writes into a synopsis. Shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from consultations.forms.typed import limited, plain

LONGER = 50_000


class SectionForm(FlaskForm):
    """The words of one section in one language; `known` tells which words the form was shown."""

    known = HiddenField()
    text = TextAreaField(lazy_gettext("Your words"), filters=[plain], validators=[limited(LONGER)])
