"""The shape of a position that is sent and of the answer that comes back."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.wording_votes import OUTSIDE_OUTCOMES


class PositionForm(KeptForm):
    """To whom the position goes, and its words."""

    recipient = StringField(_("Recipient"), [InputRequired(_("Name the recipient.")), Length(max=300)])
    letter = TextAreaField(
        _("Position as it is sent"),
        [InputRequired(_("Write the position.")), Length(max=20000)],
        description=_("These words become public with the decision."),
    )


class OutcomeForm(KeptForm):
    """What the outside body answered."""

    outcome = RadioField(
        _("What was answered"), [InputRequired(_("Choose one."))], choices=offered(OUTSIDE_OUTCOMES)
    )
    note = TextAreaField(_("In words"), [InputRequired(_("Write what was answered.")), Length(max=5000)])
