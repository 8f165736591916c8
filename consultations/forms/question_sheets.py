"""A sheet of questions as a form: one field, or one for each option to be ranked, and one for words. Shape only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain
from consultations.wording_questions import labels
from workflows.questions import Asking, canonical

LONG = 10_000
CARDS = 7  # more steps of a scale than this go into a list


class Later(Optional):
    """It may be left empty for now, although sending asks for it: the label does not call it optional."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class SheetForm(KeptForm):
    """The questions of a round; `rankings`: for each question to be ranked the names of its fields."""

    rankings: dict[str, list[str]] = {}

    def validate(self, extra_validators: object = None) -> bool:
        """A ranking gives every option a place of its own, or none at all."""
        fine = super().validate(extra_validators)
        for names in self.rankings.values():
            places = [self[name].data for name in names]
            if any(places) and sorted(places) != sorted(str(n) for n in range(1, len(names) + 1)):
                said = gettext("Give every option a different place, or leave all of them empty.")
                self[names[0]].errors = [*self[names[0]].errors, said]
                fine = False
        return fine


def sheet_form(questions: Iterable[Any], reference: str = "es") -> SheetForm:
    """The form of these questions (queries.questions.Asked), filled in with what was said."""
    fields: dict[str, Any] = {"rankings": {}}
    for one in questions:
        if one.kind == "ranking":
            ranking = _ranking(one, reference)
            fields["rankings"] = {**fields["rankings"], f"v{one.id}": list(ranking)}
            fields |= ranking
        elif one.kind == "file":
            fields |= _file(one)
        elif one.kind != "text":
            fields[f"v{one.id}"] = _field(one, reference)
        fields[f"t{one.id}"] = _words(one)
    return type("RoundSheetForm", (SheetForm,), fields)()


def answers_of(form: SheetForm, questions: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """{question id: (value, words)} as the engine takes them."""
    return {one.id: (_value(form, one), form[f"t{one.id}"].data or "") for one in questions}


def files_of(form: SheetForm, questions: Iterable[Any]) -> dict[int, Any]:
    """{question id: the file as it was sent} where one was chosen."""
    chosen = {one.id: form[f"v{one.id}"].data for one in questions if one.kind == "file"}
    return {id: file for id, file in chosen.items() if file}


def _field(one: Any, reference: str) -> Field:
    free = Later() if one.asking.required else Optional()
    if one.kind == "date":
        said = date.fromisoformat(one.value) if one.value else None
        return DateField(validators=[free], default=said)
    if one.kind == "number":
        return StringField(default=one.value, filters=[_dotted], validators=[free, _fits(one.asking)])
    choices = labels(one.asking, one.options, reference)
    if one.kind == "multiple":
        return SelectMultipleField(
            choices=offered(choices), default=one.value.split(" "), option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False), validators=[free],
        )  # fmt: skip
    none = [("", gettext("No answer"))]
    if one.kind == "scale" and len(choices) > CARDS:
        return SelectField(choices=offered(none + choices), default=one.value, validators=[free])
    # A choice cannot be taken back by itself: who has chosen finds "no answer" beside the others.
    more = none if one.value and not one.asking.required else []
    return RadioField(choices=offered(choices + more), default=one.value or None, validators=[free])


def _file(one: Any) -> dict[str, Field]:
    """A file to be chosen; where one stands, also a box to take it away."""
    free = Later() if one.asking.required and not one.value else Optional()
    fields: dict[str, Field] = {f"v{one.id}": FileField(validators=[free])}
    if one.value:
        fields[f"d{one.id}"] = BooleanField(lazy_gettext("Take this file away"))
    return fields


def _ranking(one: Any, reference: str) -> dict[str, SelectField]:
    """A field for each option: the place it is given."""
    choices = labels(one.asking, one.options, reference)
    places = offered([("", "—"), *((str(n), str(n)) for n in range(1, len(choices) + 1))])
    said = one.value.split(" ") if one.value else []
    return {
        f"r{one.id}_{value}": SelectField(
            words,
            choices=places,
            default=str(said.index(value) + 1) if value in said else "",
            validators=[Optional()],
        )
        for value, words in choices
    }


def _words(one: Any) -> TextAreaField:
    label = {"agree": lazy_gettext("Why"), "text": lazy_gettext("Your answer")}
    free = Later() if one.kind == "text" and one.asking.required else Optional()
    return TextAreaField(
        label.get(one.kind, lazy_gettext("Remark")),
        default=one.text,
        filters=[plain],
        validators=[free, limited(LONG)],
    )


def _value(form: SheetForm, one: Any) -> str:
    if one.kind == "text":
        return ""
    if one.kind == "file":
        return "" if f"d{one.id}" in form and form[f"d{one.id}"].data else one.value
    if one.kind == "ranking":
        placed = {
            int(form[name].data): name.rpartition("_")[2]
            for name in form.rankings[f"v{one.id}"]
            if form[name].data
        }
        return " ".join(placed[place] for place in sorted(placed))
    data = form[f"v{one.id}"].data
    if one.kind == "multiple":
        return " ".join(part for part in data or () if part)
    return data.isoformat() if isinstance(data, date) else data or ""


def _dotted(text: str | None) -> str | None:
    """A decimal comma is a decimal point."""
    return text.strip().replace(",", ".") if text else text


def _fits(asking: Asking) -> Any:
    def check(form: SheetForm, field: Field) -> None:
        if canonical(asking, field.data or "") is not None:
            return
        low, high = asking.lowest, asking.highest
        if low is not None and high is not None:
            raise ValidationError(
                gettext("Write a number between %(lowest)s and %(highest)s.", lowest=low, highest=high)
            )
        raise ValidationError(gettext("Write a number, such as 12 or 3.5."))

    return check
