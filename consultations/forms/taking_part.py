"""What a delegate types to say that the organisation does not take part. Shape only."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from consultations.forms.typed import limited, plain


class DeclineForm(FlaskForm):
    """Why the organisation does not take part."""

    why = TextAreaField(
        _("Why?"), (DataRequired(_("Write why, in a sentence.")), limited(2000)), filters=[plain],
        description=_("It stays on record, for the Standards Unit."),
    )  # fmt: skip
