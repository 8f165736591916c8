"""The shape of a question of any kind, as the Standards Unit writes it; without a script, so every field is there."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.offered import offered
from consultations.forms.typed import MayWait, plain
from consultations.forms.unit import MISSING, KnownForm, wrong
from consultations.wording import LANGUAGES
from consultations.wording_process import QUESTION_KINDS
from workflows.questions import BOUNDED, OPTIONED

MOST = 999_999_999
_RANGE = (Optional(), NumberRange(-MOST, MOST, _("Use at most nine digits.")))


def _words(label: Any, *checks: Any, note: Any = "") -> TextAreaField:
    return TextAreaField(
        label, (*(checks or (Optional(),)), Length(max=4000)), filters=[plain], description=note
    )


class QuestionForm(KnownForm):
    """One question: its words per language, its options one a line in the same order in each, and when it is asked."""

    kind = RadioField(_("Kind of answer"), choices=offered(QUESTION_KINDS), default="agree")
    text_es = _words(_("Question in Spanish"), InputRequired(MISSING))
    text_en = _words(_("Question in English"))
    text_pt = _words(_("Question in Portuguese"))
    text_fr = _words(_("Question in French"))
    options_es = _words(_("Options in Spanish"), MayWait(), note=_("One a line, for a choice or a ranking."))
    options_en = _words(_("Options in English"), note=_("One a line, in the same order."))
    options_pt = _words(_("Options in Portuguese"))
    options_fr = _words(_("Options in French"))
    lowest = IntegerField(
        _("Lowest number"), _RANGE, description=_("Of a scale; of a number if there is one.")
    )
    highest = IntegerField(_("Highest number"), _RANGE)
    required = BooleanField(_("An answer is required"))
    node_id = SelectField(_("About the clause"), coerce=int, default=0)
    asked_if = SelectMultipleField(
        _("Ask this only after one of these answers"), option_widget=CheckboxInput(), validate_choice=True,
        widget=ListWidget(prefix_label=False), description=_("Leave all empty to ask it of everybody."),
    )  # fmt: skip

    def validate(self, extra_validators: object = None) -> bool:
        """A question hangs on one earlier question at most, and a choice has a choice: all that is wrong is said."""
        fine = super().validate(extra_validators)
        if len({one.partition(":")[0] for one in self.asked_if.data or ()}) > 1:
            fine = wrong(self.asked_if, _("Choose answers of one question only."))
        return self._choosable() and fine

    def _choosable(self) -> bool:
        if self.kind.data not in OPTIONED:
            return True
        fields = {code: self[f"options_{code}"] for code in LANGUAGES}
        lines = {code: _lines(field.data) for code, field in fields.items()}
        fine = len(lines["es"]) >= 2 or wrong(fields["es"], _("Write at least two options, one a line."))
        for code, field in fields.items():
            if len(set(lines[code])) < len(lines[code]):
                fine = wrong(field, _("The same option stands twice."))
            if lines[code] and len(lines[code]) != len(lines["es"]):
                fine = wrong(field, _("Write as many options as in Spanish, in the same order, or none."))
        return fine

    def offer(self, clauses: Iterable[tuple[int, str]], answers: Iterable[tuple[str, str]]) -> None:
        """The clauses it may be about, and the answers it may hang on ("position:value")."""
        self.node_id.choices = offered([(0, _("None in particular")), *clauses])
        self.asked_if.choices = offered(answers)

    def texts(self) -> dict[str, str]:
        """The question per language, those that were written."""
        return {code: text for code in LANGUAGES if (text := (self[f"text_{code}"].data or "").strip())}

    def options(self) -> tuple[dict[str, str], ...]:
        """The options per language; nothing for a question that has none."""
        if self.kind.data not in OPTIONED:
            return ()
        lines = {code: _lines(self[f"options_{code}"].data) for code in LANGUAGES}
        rows = range(max(map(len, lines.values())))
        return tuple({code: "".join(lines[code][n : n + 1]) for code in LANGUAGES} for n in rows)

    def bounds(self) -> tuple[int | None, int | None]:
        """The lowest and the highest number; nothing for a question that has none."""
        return (self.lowest.data, self.highest.data) if self.kind.data in BOUNDED else (None, None)

    def condition(self) -> dict[str, Any] | None:
        """On which answers to which question it hangs."""
        pairs = [one.partition(":") for one in self.asked_if.data or ()]
        return {"question": int(pairs[0][0]), "values": [value for _p, _c, value in pairs]} if pairs else None


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
