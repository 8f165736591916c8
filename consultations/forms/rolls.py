"""The shape of an amendment of a roll: which organisations are taken over from the register, and why."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.assembly import ReasonForm
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered


class RollForm(ReasonForm):
    """What a secretary proposes."""

    organisations = SelectMultipleField(
        _("Take over from the register"), [InputRequired(_("Choose at least one organisation."))], coerce=int,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        description=_("Only what you choose changes; all others stay on the roll as they were when it was frozen."),
    )  # fmt: skip

    def offer(self, differences: Iterable[Any]) -> None:
        """Fill the choices: the organisations that the register has otherwise than the roll."""
        self.organisations.choices = offered((each.organisation_id, each.name) for each in differences)


class SignRollForm(KeptForm):
    """Which amended roll was read: a signature never goes under another one."""

    roll_sha256 = HiddenField(validators=[Length(max=64)])
