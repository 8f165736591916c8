"""The shape of what changes the roll of an assembly: an exception with its reason; an amendment is forms.rolls.RollForm."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import InputRequired

from consultations.forms.assembly import ReasonForm
from consultations.forms.offered import offered


class ExceptionForm(ReasonForm):
    """Whom to let in although the rule leaves it out, and why."""

    organisation = SelectField(
        _("Organisation"), [InputRequired(_("Choose an organisation."))], coerce=int,
        description=_("Those that the rule leaves out today."),
    )  # fmt: skip

    def offer(self, left_out: Iterable[Any]) -> None:
        """Fill the choices: the members that the rule leaves out."""
        self.organisation.choices = offered((one.organisation_id, one.name) for one in left_out)
