"""The shape of what is typed while a draft is edited: words, terms, places, parts, days, the clause map."""

from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from consultations.forms.days import DayField
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain
from consultations.wording_drafts import KINDS, REQUIREMENT_KINDS

MISSING = _("Fill this in.")
HEADING, TEXT = 1_000, 50_000  # as the importers' limits (documents.standard_builder)
MOVES = {
    "up": _("Up: before the one in front of it"),
    "down": _("Down: after the one behind it"),
    "into": _("Into the clause chosen below, as its last"),
}


class _Request(FlaskForm):
    """A form that is done once however often it is sent."""

    request = HiddenField(validators=(Length(max=36),))

    def begin(self) -> None:
        """A new request; what was typed before stays typed."""
        self.request.raw_data, self.request.data = None, str(uuid4())


class PlaceForm(_Request):
    """An act on a clause as it was shown."""

    known = HiddenField(validators=(Length(max=64),))


class LabelForm(FlaskForm):
    """What the new version is called."""

    label = StringField(
        _("Name of the new version"),
        (InputRequired(MISSING), Length(max=40)),
        description=_("Such as 2.0 or 2.0 draft 1."),
    )


class WordsForm(FlaskForm):
    """The words of a clause in one language; `known` the hash of what was shown, `reference` that of the reference words."""

    known = HiddenField(validators=(Length(max=64),))
    reference = HiddenField(validators=(Length(max=64),))
    heading = StringField(_("Heading"), (Optional(), limited(HEADING)))
    text = TextAreaField(_("Text"), (Optional(), limited(TEXT)), filters=(plain,), description=_("A new line begins a new paragraph."))  # fmt: skip
    guidance = TextAreaField(_("Guidance"), (Optional(), limited(TEXT)), filters=(plain,))
    fits = BooleanField(
        _("This says what the reference text says now"),
        description=_("Leave it empty if the reference text has changed and this has still to follow."),
    )


class TermsForm(FlaskForm):
    """What holds of a clause beside its words."""

    known = HiddenField(validators=(Length(max=64),))
    number = StringField(_("Number"), (Optional(), Length(max=60)))
    kind = SelectField(_("Kind of clause"), choices=offered(KINDS))
    requirement_kind = SelectField(
        _("Kind of requirement"), choices=offered({"": _("Nothing is said"), **REQUIREMENT_KINDS})
    )
    from_year = IntegerField(
        _("From year"), (Optional(), NumberRange(0, 99, _("Between 0 and 99."))),
        description=_("Years after certification from which the requirement counts."),
    )  # fmt: skip
    applies_to = StringField(
        _("Applies to"), (Optional(), Length(max=300)), description=_("Leave it empty for everybody.")
    )


class NewClauseForm(_Request):
    """A new clause in the reference language; its translations are written afterwards."""

    number = StringField(_("Number"), (Optional(), Length(max=60)))
    kind = SelectField(_("Kind of clause"), choices=offered(KINDS), default="requirement")
    heading = StringField(_("Heading"), (Optional(), limited(HEADING)))
    text = TextAreaField(_("Text"), (Optional(), limited(TEXT)), filters=(plain,))


class MoveForm(PlaceForm):
    """Where a clause goes."""

    where = RadioField(_("Where to"), (InputRequired(_("Choose one.")),), choices=offered(MOVES))
    parent_id = SelectField(_("Clause that takes it in"), coerce=int)


class MergeChoiceForm(FlaskForm):
    """Which clause becomes part of this one."""

    other_id = SelectField(_("Clause that becomes part of this one"), coerce=int)


class DateForm(FlaskForm):
    """From when a clause applies to one group; `known` the id of the day that was shown."""

    known = IntegerField(validators=(Optional(),), widget=HiddenInput())
    applies_from = DayField(_("Applies from"), (InputRequired(_("Give a day.")),))
    reason = TextAreaField(_("Reason"), (Optional(), Length(max=4000)), description=_("Needed when a day that was set is changed."))  # fmt: skip


class MapLineForm(FlaskForm):
    """A line of the clause map."""

    before = SelectField(_("Clause of the earlier version"), coerce=int)
    after = SelectField(_("Became this clause of the later version"), coerce=int)


def split_form(languages: list[str]) -> type[PlaceForm]:
    """Two parts for each language that has words, the reference language first; a translation's part may stay empty."""
    fields: dict[str, object] = {
        "number": StringField(_("Number of the second part"), (Optional(), Length(max=60)))
    }
    for code in languages:
        needed = InputRequired(MISSING) if code == languages[0] else Optional()
        for part, label in (("first", _("First part")), ("second", _("Second part"))):
            fields[f"{part}_{code}"] = TextAreaField(label, (needed, limited(TEXT)), filters=(plain,))
        fields[f"heading_{code}"] = StringField(
            _("Heading of the second part"), (Optional(), limited(HEADING))
        )
    return type("SplitForm", (PlaceForm,), fields)


def merge_form(languages: list[str]) -> type[PlaceForm]:
    """The words of the merged clause in each language that one of the two has."""
    fields: dict[str, object] = {"known_other": HiddenField(validators=(Length(max=64),))}
    for code in languages:
        fields[f"heading_{code}"] = StringField(_("Heading"), (Optional(), limited(HEADING)))
        fields[f"text_{code}"] = TextAreaField(_("Text"), (Optional(), limited(TEXT)), filters=(plain,))
        fields[f"guidance_{code}"] = TextAreaField(
            _("Guidance"), (Optional(), limited(TEXT)), filters=(plain,)
        )
    return type("MergeForm", (PlaceForm,), fields)
