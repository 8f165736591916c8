"""The shape of what the Unit says between two rounds: where a comment stands now, what the next round asks again."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.unit import wrong

NOTHING, ANOTHER = "nothing", "another"


class PlaceForm(FlaskForm):
    """A clause that came near, another one, or none any more."""

    place = RadioField(_("Where it stands now"), (InputRequired(_("Choose one.")),))
    clause_id = SelectField(
        _("Another clause"), (Optional(),), coerce=int, description=_("Read only if you chose another clause above.")
    )  # fmt: skip

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever chooses another clause says which."""
        fine = super().validate(extra_validators)
        if self.place.data == ANOTHER and not self.clause_id.data:
            return wrong(self.clause_id, _("Choose the clause."))
        return fine

    @property
    def node_id(self) -> int | None:
        """The clause that was chosen; None: it belongs to nothing any more."""
        if self.place.data == NOTHING:
            return None
        return int(self.clause_id.data if self.place.data == ANOTHER else self.place.data)


class NextRoundForm(FlaskForm):
    """Which questions the next round asks again."""

    questions = SelectMultipleField(
        _("Questions to ask again"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
        description=_("How the members were consulted is asked in every round."),
    )  # fmt: skip
