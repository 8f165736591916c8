"""The shape of a rule as it is written in sentences; without a script, so every part of a sentence is there."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from consultations import wording_rules as words
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.rule_sentences import complete, part_text, said, wrong
from consultations.forms.typed import MayWait
from consultations.wording import LANGUAGES
from workflows.rule_book import RuleKind
from workflows.rule_builder import Said
from workflows.rules import MOST_CALLS

MOST_LINES = 12
_NEEDED = _("Fill this in.")
LISTS = {"passing": "passing", "call": "calls", "band": "bands", "group": "groups"}
"""What buttons name -> the field of a form that holds any number of them."""
_COMES = {"count": "represented", "base": "roll"}
_ANY = {"": _("all organisations"), **words.ATTRIBUTES}
_IF_FIXED = _("Necessary if the part is of a fixed number.")
_IF_SOME = _("Necessary if only some organisations count.")
_FRACTION = _("A fraction, a decimal or a percentage: 2/3, 0.55, 55 %.")


def _select(label: Any, options: Mapping[str, Any], **more: Any) -> SelectField:
    return SelectField(label, choices=offered(options), **more)


def _text(label: Any, most: int, note: Any = "") -> StringField:
    return StringField(label, [Optional(), Length(max=most)], description=note)


def _needed_if(label: Any, most: int, when: Any) -> StringField:
    return StringField(label, [MayWait(), Length(max=most)], description=when)


def _share() -> StringField:
    return StringField(_("this part"), [Length(max=30)], [part_text], description=_FRACTION, default="1/2")


class _Attribute(SelectField):
    """An attribute of the roll: those that every roll has, and the one that the rule names already."""

    def __init__(self, label: Any, options: Mapping[str, Any], **more: Any) -> None:
        super().__init__(label, choices=offered(options), validate_choice=False, **more)

    def iter_choices(self) -> Any:
        """The options; what is chosen and is none of them comes last."""
        known = {choice.value for choice in self.choices}  # type: ignore[union-attr]
        if self.data and self.data not in known:
            self.choices = [*self.choices, *offered({self.data: self.data})]  # type: ignore[misc]
        return super().iter_choices()


class LineForm(Form):
    """One sentence of a rule; of which parts it is made depends on what counts (`measure`)."""

    id = HiddenField(validators=[Length(max=60)])
    joined = _select(_("Joined with the sentence before by"), words.JOINS, default="and")
    measure = _select(_("How it is counted"), words.MEASURES, default="heads")
    count = _select(_("What is counted"), words.COUNTS, default="yes")
    cmp = _select(_("must be"), words.COMPARISONS, default=">")
    share = _share()
    base = _select(_("of"), words.BASES, default="yes+no")
    fixed = _needed_if(_("Fixed number"), 30, _IF_FIXED)
    at_least = _text(_("And at least so many"), 30)
    attribute = _Attribute(_("Only organisations with this"), _ANY, default="")
    value = _needed_if(_("which is"), 60, _IF_SOME)
    by = _Attribute(_("Groups by"), words.ATTRIBUTES, default="country")
    group_base = _select(_("of these groups"), words.GROUP_BASES, default="groups_on_roll")
    inner_count = _select(_("In each group, what is counted"), words.COUNTS, default="yes")
    inner_cmp = _select(_("must be"), words.COMPARISONS, default=">")
    inner_share = _share()
    inner_base = _select(_("of"), words.BASES, default="yes+no")
    inner_fixed = _needed_if(_("Fixed number"), 30, _IF_FIXED)
    inner_at_least = _text(_("And at least so many"), 30)
    inner_attribute = _Attribute(_("Only organisations with this"), _ANY, default="")
    inner_value = _needed_if(_("which is"), 60, _IF_SOME)
    empty = _select(_("A group without a valid vote"), words.EMPTY_GROUPS, default="not_passed")

    def validate(self, extra_validators: Any = None) -> bool:
        """The sentence has what it needs."""
        fine = super().validate(extra_validators)
        return complete(self) and fine


class CallForm(Form):
    """A call of the ladder: how long it waits, and what it asks for. `first` waits for nothing."""

    first = False
    wait = IntegerField(_("Waits after the call before it"), [MayWait(), NumberRange(1, 999)])
    unit = _select(_("Unit of time"), words.UNITS, default="hours")
    lines = FieldList(FormField(LineForm), max_entries=MOST_LINES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every call but the first says how long it waits."""
        fine = super().validate(extra_validators)
        if self.first or self.wait.data or self.wait.errors:
            return fine
        return wrong(self.wait, gettext("Give the time to wait."))


class TrialForm(Form):
    """A rule tried with so many electors, at one of its calls."""

    size = IntegerField(
        _("Try it with so many organisations"), [Optional(), NumberRange(1, 500, _("A number from 1 to 500."))],
        description=_("Leave empty to try it on the members of this body."),
    )  # fmt: skip
    call = IntegerField(_("Call"), [Optional(), NumberRange(1, 3, _("A number from 1 to 3."))], default=1)

    def on_ladder(self, calls: Collection[int]) -> bool:
        """Whether the rule has this call; without a ladder every call is the same."""
        if not calls or (self.call.data or 1) in calls:
            return True
        return wrong(self.call, gettext("The rule has no such call."))


class HeadForm(KeptForm):
    """What every rule of the book has: a short name, titles, its source, and its days."""

    key = StringField(
        _("Short name"), [InputRequired(_NEEDED), Length(max=60), Regexp(
            r"^[a-z0-9]+(-[a-z0-9]+)*$", message=_("Use small letters, digits and hyphens."),
        )],
        description=_("It stays the same from version to version: simple-majority."),
    )  # fmt: skip
    title_es = StringField(_("Name in Spanish"), [InputRequired(_NEEDED), Length(max=300)])
    title_en = _text(_("Name in English"), 300)
    title_pt = _text(_("Name in Portuguese"), 300)
    title_fr = _text(_("Name in French"), 300)
    cites = StringField(
        _("Source"), [InputRequired(_("Cite the article of the statutes.")), Length(max=500)],
        description=_("The article it comes from: Statutes, art. 31."),
    )  # fmt: skip
    in_force_from = DateField(_("In force from"), [InputRequired(_("Give the first day."))])
    in_force_until = DateField(
        _("No longer in force from"), [Optional()], description=_("Leave empty: until it is replaced.")
    )

    def titles(self) -> dict[str, str]:
        """The names that were written."""
        found = {lang: (self[f"title_{lang}"].data or "").strip() for lang in LANGUAGES}
        return {lang: title for lang, title in found.items() if title}

    def pressed(self, button: str) -> bool:
        """Add or take away what a button names: add:passing, take:passing:1, add:call, take:call:0, add:line:0 (to call 0),
        take:line:0:1. Whether it names any."""
        act, _colon, rest = button.partition(":")
        what, *numbers = rest.split(":")
        if act not in ("add", "take") or not all(number.isdecimal() for number in numbers):
            return False
        places = [int(number) for number in numbers]
        fields = self._fields_of(what, places)
        if fields is None or len(places) != (act == "take"):
            return False
        _change(fields, places, _COMES if what == "line" else {})
        return True

    def _fields_of(self, what: str, places: list[int]) -> Any:
        """The list that a button changes; None where the form has no such list."""
        if what == "line" and "calls" in self and places and places[0] < len(self["calls"].entries):
            return self["calls"].entries[places.pop(0)].form.lines
        return getattr(self, LISTS.get(what, "-"), None)


class RuleForm(HeadForm):
    """A decision rule in sentences."""

    choices = RadioField(
        _("Organisations may vote"), choices=offered(words.CHOICES), default="yes no abstain"
    )
    passing = FieldList(FormField(LineForm), max_entries=MOST_LINES)
    calls = FieldList(FormField(CallForm), max_entries=MOST_CALLS)
    tie = RadioField(_("If there is a tie"), choices=offered(words.TIES), default="rejected")
    trial = FormField(TrialForm)

    def validate(self, extra_validators: Any = None) -> bool:
        """There is something to meet, and every sentence has what it needs."""
        for number, call in enumerate(self.calls.entries):
            call.form.first = number == 0
        fine = super().validate(extra_validators)
        fine = self.trial.form.on_ladder(range(1, len(self.calls.entries) + 1)) and fine
        if not self.passing.entries:
            self.form_errors.append(gettext("Write at least one sentence."))
        return fine and bool(self.passing.entries)

    def said(self) -> Said:
        """What the sentences say."""
        return said(self)


def _change(fields: Any, places: list[int], begun: Mapping[str, str]) -> None:
    if not places and len(fields.entries) < fields.max_entries:
        fields.append_entry(dict(begun))
    elif places and places[0] < len(fields.entries):
        fields.entries.pop(places[0])


class RuleFileForm(HeadForm):
    """A rule from a file, for what the sentences cannot say, and for elections."""

    kind = RadioField(
        _("What the rule is about"), choices=offered(words.KINDS), default=str(RuleKind.DECISION)
    )
    rule_file = FileField(_("Rule file (JSON)"), [FileRequired(_("Choose a file."))])


class ApproveForm(KeptForm):
    """Which text was read: an approval never goes under another one."""

    sha256 = HiddenField(validators=[Length(max=64)])


class WithdrawForm(KeptForm):
    """The first day without the rule, and why."""

    from_day = DateField(_("No longer in force from"), [InputRequired(_("Give a day."))])
    reason = TextAreaField(
        _("Reason"), [InputRequired(_("Write the reason in a sentence.")), Length(max=2000)]
    )
