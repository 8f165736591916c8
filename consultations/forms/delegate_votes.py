"""The shape of a ballot and of a contest."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import UUID, InputRequired, Length

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.wording_votes import choice


class ChoiceForm(KeptForm):
    """The choice; nothing is chosen beforehand."""

    choice = RadioField(
        _("Your organisation's vote"), [InputRequired(_("Choose how your organisation votes."))]
    )

    def offer(self, choices: tuple[str, ...], legend: str) -> None:
        """The rule's choices, under the organisation's name."""
        self.choice.choices = offered((code, choice(code)) for code in choices)
        self.choice.label.text = legend


class CastForm(FlaskForm):
    """What the page before has checked with the person: the choice, and the number of this request."""

    choice = HiddenField(validators=[InputRequired(_("Choose how your organisation votes.")), Length(max=60)])
    request_id = HiddenField(validators=[UUID(_("Go back to the vote and choose again."))])


class ContestForm(KeptForm):
    """Why a result is contested."""

    grounds = TextAreaField(
        _("Grounds"),
        [InputRequired(_("Write why your organisation contests the result.")), Length(max=5000)],
        description=_("What was wrong, and where it can be seen. This becomes public with the answer."),
    )
