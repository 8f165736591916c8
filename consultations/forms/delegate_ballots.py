"""The shape of a ballot that elects: one option, several up to a number, or ranks; a button for the blank one.

Every form gives its ballot as text in the one form that is counted (workflows/elections/choices.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered

Options = Sequence[tuple[str, str]]
"""id and name of each option, in the order of the terms."""
RANK = "rank_"


class ElectionForm(KeptForm):
    """What all of them have: the button of the blank ballot, and the ballot as text."""

    blank = HiddenField()

    @property
    def is_blank(self) -> bool:
        """Whether the blank ballot was asked for; what else was filled in does not count then."""
        return self.blank.data == "1"

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the ballot can be shown for a check; each fault stands beside what it is about."""
        if not super().validate(extra_validators):
            return False
        return self.is_blank or not self._faults()

    def choice_text(self) -> str:
        """The ballot as it is counted."""
        return "blank" if self.is_blank else self._named()

    def _faults(self) -> bool:
        raise NotImplementedError

    def _named(self) -> str:
        raise NotImplementedError


class OneForm(ElectionForm):
    """One option; nothing is chosen beforehand."""

    option = RadioField(validators=[Optional()])

    def offer(self, options: Options, legend: str, most: int) -> None:
        """Who stands, under the organisation's name."""
        self.option.choices, self.option.label.text = offered(options), legend
        self.option.flags.optional = False

    def _faults(self) -> bool:
        if not self.option.data:
            self.option.errors = [_("Choose one option, or cast a blank ballot.")]
        return bool(self.option.errors)

    def _named(self) -> str:
        return str(self.option.data)


class SeveralForm(ElectionForm):
    """Options up to a number."""

    named = SelectMultipleField(widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())

    def offer(self, options: Options, legend: str, most: int) -> None:
        """Who stands, under the organisation's name, and how many may be named."""
        self.named.choices, self.named.label.text = offered(options), legend
        self.named.description = ngettext("Tick %(num)d at most.", "Tick up to %(num)d.", most)
        self.most, self.order = most, [id for id, _name in options]

    def _faults(self) -> bool:
        ticked = len(self.named.data or ())
        if not ticked:
            self.named.errors = [_("Tick an option, or cast a blank ballot.")]
        elif ticked > self.most:
            self.named.errors = [
                _("You ticked %(count)s options, and %(most)s is the most.", count=ticked, most=self.most)
            ]
        return bool(self.named.errors)

    def _named(self) -> str:
        return "+".join(id for id in self.order if id in (self.named.data or ()))


class RanksForm(ElectionForm):
    """A number beside each option: 1 is preferred. `may_tie`: several may have the same one."""

    may_tie = False

    def offer(self, options: Options, legend: str, most: int) -> None:
        """Who stands; numbers up to the most that a ballot may rank."""
        self.legend, self.most, self.names = legend, most, dict(options)
        numbers = [("", _("no number")), *((str(n), str(n)) for n in range(1, most + 1))]
        for id, name in options:
            box = self[f"{RANK}{id}"]
            box.label.text, box.choices, box.flags.optional = name, offered(numbers), False

    @property
    def ranks(self) -> list[Any]:
        """The boxes of the numbers, in the order of the options."""
        return [self[f"{RANK}{id}"] for id in self.names]

    def _by_rank(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for id in self.names:
            if number := self[f"{RANK}{id}"].data:
                found[int(number)].append(id)
        return dict(sorted(found.items()))

    def _faults(self) -> bool:
        for id, message in self._wrong(self._by_rank()):
            self[f"{RANK}{id}"].errors = [message]
        return any(box.errors for box in self.ranks)

    def _wrong(self, given: dict[int, list[str]]) -> Iterator[tuple[str, str]]:
        if not given:
            yield next(iter(self.names)), _("Give the number 1 to an option, or cast a blank ballot.")
            return
        if sum(map(len, given.values())) > self.most:
            yield next(iter(self.names)), _("This ballot ranks %(most)s options at most.", most=self.most)
        if self.may_tie:
            return  # whoever ties two options may well leave the next number out
        for number, tied in given.items():
            if len(tied) > 1:
                names = ", ".join(self.names[id] for id in tied)
                yield (
                    tied[-1],
                    _("The number %(number)s stands beside several: %(names)s.", number=number, names=names),
                )
        gap = next((number for number in range(1, max(given)) if number not in given), None)
        if gap is not None:
            above = next(ids[0] for number, ids in given.items() if number > gap)
            yield above, _("The number %(gap)s is missing before %(name)s.", gap=gap, name=self.names[above])

    def _named(self) -> str:
        return ">".join("=".join(ids) for ids in self._by_rank().values())


class TiedRanksForm(RanksForm):
    """The same where equals are allowed."""

    may_tie = True


FORMS: dict[str, type[ElectionForm]] = {
    "choose_one": OneForm, "approval": SeveralForm, "stv": RanksForm, "schulze": TiedRanksForm,
}  # fmt: skip


def election_form(method: str, options: Options, legend: str, most: int) -> Any:
    """The form of a ballot for these options, named in the reader's language."""
    kind = FORMS[method]
    if issubclass(kind, RanksForm):
        boxes = {f"{RANK}{id}": SelectField(validators=[Optional()]) for id, _name in options}
        kind = type("BoxesForm", (kind,), boxes)
    form = kind()
    form.offer(options, legend, most)  # type: ignore[attr-defined]
    return form


EXPLAINED = {
    "choose_one": lazy_gettext("Choose one option."),
    "approval": lazy_gettext("Tick the options that your organisation approves of."),
    "stv": lazy_gettext("Write 1 beside the option that is preferred, 2 beside the next, and so on. Leave out whom you do not rank."),
    "schulze": lazy_gettext("Write 1 beside the option that is preferred, 2 beside the next, and so on; equals get the same number. Whom you leave out comes last."),
}  # fmt: skip
"""How each is filled in."""
