"""The shape of what is typed for matters without a round: why a text is frozen, what is suspended until when."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Regexp

from consultations.forms.days import DayField
from consultations.forms.unit import WHICH_DAY, ReasonForm


class FreezeForm(ReasonForm):
    """Why this text, and its hash as it was shown."""

    known = HiddenField(validators=(Regexp(r"^[0-9a-f]{64}$"),))


class SuspendForm(ReasonForm):
    """Which requirement, for which group, until when, and why."""

    requirement = RadioField(_("Requirement and group"), (InputRequired(_("Choose a requirement.")),))
    until_on = DayField(
        _("It applies again from"), (InputRequired(WHICH_DAY),), description=_("Until then it is suspended.")
    )

    @property
    def chosen(self) -> tuple[int, str]:
        """The clause and the group."""
        node_id, _dash, cohort = str(self.requirement.data).partition("-")
        return int(node_id), cohort
