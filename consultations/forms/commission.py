"""The shape of what the members of CECLAC and its chair type."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from consultations.forms.days import DayField
from consultations.forms.offered import offered
from consultations.wording_process import POSITIONS

MISSING = _("Fill this in.")


class PositionForm(FlaskForm):
    """Where I stand, and why; the reason is asked for when it blocks or recuses."""

    kind = RadioField(_("My position"), (InputRequired(_("Choose a position.")),), choices=offered(POSITIONS))
    reason = TextAreaField(
        _("Reason or comment"),
        (Length(max=4000),),
        description=_(
            "To block or to recuse yourself you need one. The other members, the Unit and the auditors read it."
        ),
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Who only comments writes the comment."""
        fine = super().validate(extra_validators)
        if self.kind.data == "comment" and not (self.reason.data or "").strip():
            self.reason.errors = [*self.reason.errors, _("Write your comment.")]
            return False
        return fine


class ReturnForm(FlaskForm):
    """Why it is returned."""

    reason = TextAreaField(
        _("Reason"),
        (InputRequired(MISSING), Length(max=4000)),
        description=_("The Standards Unit reads it and corrects what it names."),
    )


class ApproveForm(FlaskForm):
    """Nothing to fill in: a button that means it."""


class DeferForm(ReturnForm):
    """A later date, once, and why."""

    due_on = DayField(_("New date for positions"), (InputRequired(_("Give a day.")),))


class LiftForm(FlaskForm):
    """Lifting one's own block."""


class LiftWithReasonForm(FlaskForm):
    """The chair says why a block is lifted that another member has seconded."""

    reason = TextAreaField(
        _("Reason"),
        (InputRequired(MISSING), Length(max=4000)),
        description=_("The other members, the Unit and the auditors read it."),
    )


class SecondForm(FlaskForm):
    """Nothing to fill in: seconding that a block is lifted."""
