"""The shape of a rule of calls and notice as it is written in sentences."""

from calendar import monthrange
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations import wording_assembly_rules as words
from consultations.forms.offered import offered
from consultations.forms.rule_books import MOST_LINES, CallForm, HeadForm, LineForm
from consultations.forms.rule_sentences import call_lines, calls_shown, number_fits, part_text, wrong
from workflows.call_builder import CallsSaid
from workflows.rule_spans import Span
from workflows.rules import MOST_CALLS

_LEAP_YEAR = 2000
_DAYS = [InputRequired(_("Write a number; 0 for none.")), NumberRange(0, 365, _("A number from 0 to 365."))]
_SOME = [Optional(), NumberRange(1, 999, _("A number from 1 to 999."))]


class QuorumLineForm(LineForm):
    """A condition of a quorum: it is asked of who is there, before there are ballots."""

    count = SelectField(_("What is counted"), choices=offered(words.COUNTS), default="represented")
    base = SelectField(_("of"), choices=offered(words.BASES), default="roll")
    group_base = SelectField(
        _("of these groups"), choices=offered(words.GROUP_BASES), default="groups_on_roll"
    )
    inner_count = SelectField(
        _("In each group, what is counted"), choices=offered(words.COUNTS), default="represented"
    )
    inner_base = SelectField(_("of"), choices=offered(words.BASES), default="roll")


class QuorumCallForm(CallForm):
    """A call: how long it waits, and which quorum it asks."""

    lines = FieldList(FormField(QuorumLineForm), max_entries=MOST_LINES)


class CallsForm(HeadForm):
    """A rule of calls and notice in sentences."""

    convened_by = SelectMultipleField(
        _("The assembly is convened by"), [InputRequired(_("Choose who may convene."))], choices=offered(words.CONVENED_BY),
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    on_request = StringField(
        _("So many of the members may ask for one"), [Optional(), Length(max=30)], [part_text],
        description=_("A part: 1/10. Leave empty if the statutes say nothing."),
    )  # fmt: skip
    ordinary = IntegerField(_("Days of notice for an ordinary assembly"), _DAYS)
    extraordinary = IntegerField(_("Days of notice for an extraordinary assembly"), _DAYS)
    clear_days = BooleanField(_("Clear days: neither the day of the call nor that of the assembly counts"))
    calls = FieldList(FormField(QuorumCallForm), max_entries=MOST_CALLS)
    quorum_again = BooleanField(_("The quorum is asked again for every item"))
    online = BooleanField(_("It may be held on line, and whoever is there on line counts"))
    written = BooleanField(_("It may decide in writing, without a meeting"))
    postponement = IntegerField(
        _("It may be put off by at most"), _SOME, description=_("Leave empty for no bound.")
    )
    postponement_unit = SelectField(_("Unit of time"), choices=offered(words.UNITS), default="days")
    every = IntegerField(
        _("An ordinary assembly is owed every"), _SOME, description=_("Leave empty if none is owed.")
    )
    every_unit = SelectField(_("Unit of time"), choices=offered(words.UNITS), default="years")
    from_day = IntegerField(
        _("Between this day"), [Optional(), NumberRange(1, 31, _("A number from 1 to 31."))]
    )
    from_month = SelectField(_("of this month"), choices=offered(words.MONTHS), default="")
    to_day = IntegerField(_("and this day"), [Optional(), NumberRange(1, 31, _("A number from 1 to 31."))])
    to_month = SelectField(_("of this month"), choices=offered(words.MONTHS), default="")

    def validate(self, extra_validators: Any = None) -> bool:
        """There is a call, every sentence has what it needs, and the days of the year are days."""
        for number, call in enumerate(self.calls.entries):
            call.form.first = number == 0
        fine = super().validate(extra_validators)
        if not fine and not self.errors:
            return False
        fine = self._part() and fine
        fine = self._window() and fine
        if not self.calls.entries:
            self.form_errors.append(gettext("Write at least the first call."))
        return fine and bool(self.calls.entries)

    def said(self) -> CallsSaid:
        """What the sentences say."""
        return CallsSaid(
            tuple(self.convened_by.data or ()), (self.on_request.data or "").strip(), self.ordinary.data or 0,
            self.extraordinary.data or 0, self.clear_days.data, call_lines(self), self.quorum_again.data, self.online.data,
            self.written.data, span_of(self.postponement, self.postponement_unit), span_of(self.every, self.every_unit),
            (_month_day(self.from_month, self.from_day), _month_day(self.to_month, self.to_day)),
        )  # fmt: skip

    def _part(self) -> bool:
        field = self.on_request
        return not (field.data or "").strip() or number_fits(field, gettext("Write a part, such as 1/10."), 1)

    def _window(self) -> bool:
        days = ((self.from_day, self.from_month), (self.to_day, self.to_month))
        given = [bool(field.data) for pair in days for field in pair]
        if not any(given):
            return True
        if not all(given):
            return wrong(self.from_day, gettext("Give both days with their months, or leave them all empty."))
        if not self.every.data:
            return wrong(self.every, gettext("Write how often it is owed, or leave the days empty."))
        real = [_is_a_day(day, month) for day, month in days]
        return all(real)


def shown(said: CallsSaid) -> dict[str, Any]:
    """The sentences as the form's data."""
    (from_month, from_day), (to_month, to_day) = (_parts(day) for day in said.window)
    return {
        "convened_by": list(said.convened_by), "on_request": said.on_request, "ordinary": said.ordinary,
        "extraordinary": said.extraordinary, "clear_days": said.clear_days, "calls": calls_shown(said.calls),
        "quorum_again": said.quorum_again, "online": said.online, "written": said.written,
        **span_shown("postponement", said.postponement), **span_shown("every", said.every),
        "from_month": from_month, "from_day": from_day, "to_month": to_month, "to_day": to_day,
    }  # fmt: skip


def span_of(number: Any, unit: Any) -> Span:
    """The span that a number and its unit say."""
    return Span(str(number.data) if number.data else "", unit.data)


def span_shown(name: str, span: Span) -> dict[str, Any]:
    """A span as the data of its two fields."""
    return {name: int(span.number) if span.number else None, f"{name}_unit": span.unit}


def _month_day(month: Any, day: Any) -> str:
    return f"{month.data}-{day.data:02}" if month.data and day.data else ""


def _parts(day: str) -> tuple[str, int | None]:
    month, _dash, number = day.partition("-")
    return month, int(number) if number else None


def _is_a_day(day: Any, month: Any) -> bool:
    last = monthrange(_LEAP_YEAR, int(month.data))[1]
    return day.data <= last or wrong(day, gettext("This month has no such day."))
