"""The shape of what officers type about an assembly: its terms, its items, their votes, and the acts of a session."""

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from consultations.forms.assembly import ReasonForm
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.typed import MayWait
from consultations.forms.zones import zones
from consultations.wording_assemblies import FORMS, ITEM_KINDS, KINDS

_NEEDED = _("Fill this in.")
_TITLE = Length(max=300)
_WORDS = Length(max=10_000)


class AssemblyForm(KeptForm):
    """What an assembly is, where and when, and by which rules of the body's book."""

    code = HiddenField(validators=[Length(max=40)])
    title_es = StringField(_("Title in Spanish"), [InputRequired(_("Write the title in Spanish.")), _TITLE])
    title_pt = StringField(_("Title in Portuguese"), [Optional(), _TITLE])
    title_en = StringField(_("Title in English"), [Optional(), _TITLE])
    title_fr = StringField(_("Title in French"), [Optional(), _TITLE])
    kind = RadioField(_("Which assembly it is"), [InputRequired(_NEEDED)], choices=offered(KINDS))
    form = RadioField(_("How it meets"), [InputRequired(_NEEDED)], choices=offered(FORMS))
    place = StringField(
        _("Place"),
        [MayWait(), _TITLE],
        description=_(
            "Necessary if it meets in a room: town, building, room. Not for one that is on line only."
        ),
    )
    link = StringField(_("Address of the meeting on line"), [Optional(), Length(max=500)])
    zone = SelectField(_("Time zone"), choices=zones())
    starts_on = DateField(_("Begins on"), [InputRequired(_("Give the day on which it begins."))])
    starts_time = TimeField(_("At"), [InputRequired(_("Give the hour at which it begins."))])
    ends_on = DateField(
        _("Written procedure: last day"), [MayWait()], description=_("Necessary if it decides in writing.")
    )
    ends_time = TimeField(
        _("Written procedure: until"), [Optional()], description=_("Leave empty for the end of the day.")
    )
    calls = SelectField(_("Rule of calls and notice"), [InputRequired(_NEEDED)], coerce=int)
    representation = SelectField(_("Rule of representation"), [InputRequired(_NEEDED)], coerce=int)
    roll_rule = SelectField(_("Rule of the roll"), [InputRequired(_NEEDED)], coerce=int)

    def offer(self, rules: dict[str, list[tuple[int, str]]]) -> None:
        """The versions of the body's book, per kind."""
        self.calls.choices = offered(rules["calls"])
        self.representation.choices = offered(rules["representation"])
        self.roll_rule.choices = offered(rules["roll"])
        self.zone.choices = zones(self.zone.data or "")


class ItemForm(KeptForm):
    """One item of the agenda. `request_id`: made with the page, so that sent twice it is one item."""

    request_id = HiddenField(default=lambda: str(uuid4()), validators=[Length(max=36)])
    title_es = StringField(_("Title in Spanish"), [InputRequired(_("Write the title in Spanish.")), _TITLE])
    title_pt = StringField(_("Title in Portuguese"), [Optional(), _TITLE])
    title_en = StringField(_("Title in English"), [Optional(), _TITLE])
    title_fr = StringField(_("Title in French"), [Optional(), _TITLE])
    kind = RadioField(_("What is done with it"), [InputRequired(_NEEDED)], choices=offered(ITEM_KINDS))
    motion_es = TextAreaField(
        _("Motion in Spanish"), [MayWait(), _WORDS], description=_("Necessary if something is decided or elected, word for word: members vote on these words. Not for an item that is only heard."),
    )  # fmt: skip
    motion_pt = TextAreaField(_("Motion in Portuguese"), [Optional(), _WORDS])
    motion_en = TextAreaField(_("Motion in English"), [Optional(), _WORDS])
    motion_fr = TextAreaField(_("Motion in French"), [Optional(), _WORDS])
    background_es = TextAreaField(_("Background in Spanish"), [Optional(), _WORDS])
    background_pt = TextAreaField(_("Background in Portuguese"), [Optional(), _WORDS])
    background_en = TextAreaField(_("Background in English"), [Optional(), _WORDS])
    background_fr = TextAreaField(_("Background in French"), [Optional(), _WORDS])
    block = StringField(
        _("Block of items"),
        [Optional(), Length(max=20)],
        description=_(
            "Items with the same word here are put to one vote together; accents and capitals make no difference."
        ),
    )


class AmendmentForm(KeptForm):
    """An amendment from the floor. `request_id` as for an item."""

    request_id = HiddenField(default=lambda: str(uuid4()), validators=[Length(max=36)])
    title_es = StringField(_("Title in Spanish"), [InputRequired(_("Write the title in Spanish.")), _TITLE])
    title_pt = StringField(_("Title in Portuguese"), [Optional(), _TITLE])
    title_en = StringField(_("Title in English"), [Optional(), _TITLE])
    title_fr = StringField(_("Title in French"), [Optional(), _TITLE])
    motion_es = TextAreaField(
        _("Amendment in Spanish"), [InputRequired(_("Write the words that are to be voted on.")), _WORDS]
    )
    motion_pt = TextAreaField(_("Amendment in Portuguese"), [Optional(), _WORDS])
    motion_en = TextAreaField(_("Amendment in English"), [Optional(), _WORDS])
    motion_fr = TextAreaField(_("Amendment in French"), [Optional(), _WORDS])


class ItemVoteForm(KeptForm):
    """By which rule an item is decided."""

    rule = RadioField(_("Rule that decides"), [InputRequired(_("Choose the rule."))], coerce=int)
    reason_on_no = BooleanField(_("Who votes no says why"))
    show_turnout = BooleanField(_("Show how many have voted while it is open"), default=True)
    contest_days = IntegerField(
        _("Days to contest"),
        [InputRequired(_NEEDED), NumberRange(0, 60, _("A number from 0 to 60."))],
        default=5,
    )


class MinutesForm(KeptForm):
    """For how long a vote is open."""

    minutes = IntegerField(
        _("How many minutes"), [InputRequired(_NEEDED), NumberRange(1, 600, _("A number from 1 to 600."))], default=5,
        description=_("The vote closes by itself then; you can extend it once, or close it before."),
    )  # fmt: skip


class MoreMinutesForm(ReasonForm):
    """How much longer a vote is open. `closes_at`: the closing that its page showed, so that sent twice it is one extension."""

    closes_at = HiddenField(validators=[Length(max=40)])
    minutes = IntegerField(
        _("How many minutes"), [InputRequired(_NEEDED), NumberRange(1, 600, _("A number from 1 to 600."))], default=5,
    )  # fmt: skip


class UntilForm(ReasonForm):
    """Another day and hour, with the reason."""

    day = DateField(_("Goes on, or begins, on"), [InputRequired(_("Give the day."))])
    hour = TimeField(_("At"), [InputRequired(_("Give the hour."))])


class LeftOverForm(KeptForm):
    """Why what is left of an agenda is put off. The page fills it in where something is."""

    reason = TextAreaField(
        _("Why the rest of the agenda is put off"),
        [Optional(), Length(max=2000)],
        description=_(
            "Members are told so for every vote that was convened. Leave it empty where nothing is left."
        ),
    )


def languages(form: Any, name: str) -> dict[str, str]:
    """What was typed per language under a name: {"es": …}."""
    return {
        lang: form[f"{name}_{lang}"].data or ""
        for lang in ("es", "pt", "en", "fr")
        if f"{name}_{lang}" in form
    }
