"""The words around the figures of minutes, signing them, and action points."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consultations.forms.assembly import ActForm
from consultations.forms.kept import KeptForm

LONGEST = 20_000


class WordsForm(KeptForm):
    """`known`: the version that the words were written on."""

    known = HiddenField(validators=[Length(max=6)])

    def words(self, places: Mapping[str, Any]) -> dict[str, str]:
        """{place: what was typed there}."""
        return {place: self[place].data or "" for place in places}


def words_form(places: Mapping[str, Any]) -> type[WordsForm]:
    """A form with a field for each place: {place: its label}."""
    fields = {
        place: TextAreaField(label, [Optional(), Length(max=LONGEST)]) for place, label in places.items()
    }
    return type("PlacesForm", (WordsForm,), fields)


class SignMinutesForm(ActForm):
    """Which version was read: a signature never goes under another one."""

    number = HiddenField(validators=[Length(max=6)])


class ActionForm(KeptForm):
    """What somebody has to do after an item."""

    words = TextAreaField(
        _("What is to be done"), [InputRequired(_("Write it in a sentence.")), Length(max=2000)]
    )
    responsible = StringField(
        _("Responsible"), [InputRequired(_("Name who is responsible.")), Length(max=200)]
    )
    due_on = DateField(_("Until"), [Optional()])


class ActionDoneForm(KeptForm):
    """What came of an action point."""

    note = TextAreaField(
        _("What came of it"), [InputRequired(_("Write what came of it in a sentence.")), Length(max=2000)]
    )
