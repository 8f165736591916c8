"""The shape of what is sent in, and of its answer."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from consultations.forms.unit import MISSING

NONE = 0


class PetitionForm(FlaskForm):
    """Something to send in; `client_uuid` makes it one however often it is sent."""

    client_uuid = HiddenField(validators=(Regexp(r"^[0-9a-f-]{36}$"),))
    kind = RadioField(_("What do you send in?"), (InputRequired(_("Choose one of these.")),))
    dossier_id = SelectField(
        _("Published matter"),
        (Optional(),),
        coerce=int,
        description=_("Only for a remark on a published matter."),
    )
    title = StringField(_("In a few words"), (InputRequired(MISSING), Length(max=300)))
    text = TextAreaField(
        _("What, and why"),
        (InputRequired(MISSING), Length(max=10_000)),
        description=_("The Standards Unit reads it; nobody else but your own organisation or network, and of a concern the Board."),
    )  # fmt: skip


class AnswerPetitionForm(FlaskForm):
    """An answer with its reasons."""

    text = TextAreaField(
        _("Answer, with its reasons"),
        (InputRequired(MISSING), Length(max=4000)),
        description=_("Who sent it gets it by mail: please write in their language."),
    )
