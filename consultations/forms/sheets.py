"""The shape of what is typed from a count sheet."""

import re
import unicodedata
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from consultations.forms.assembly import ReasonForm
from consultations.forms.kept import KeptForm
from consultations.wording_votes import choice as choice_word

_NEEDED = _("Fill this in.")
_AMOUNT = NumberRange(0, 100_000, _("A whole number, 0 or more."))
_LINE = re.compile(r"(?P<elector>\S+?)[\s;,]+(?P<choice>\S.*)")
LONGEST = 200_000


class SheetForm(KeptForm):
    """The head of a sheet."""

    serial = StringField(
        _("Serial number"), [InputRequired(_("Write the number that is printed on it.")), Length(max=40)]
    )
    place = StringField(_("Where it was counted"), [Length(max=200)])
    first_counter = StringField(_("First counter"), [InputRequired(_("Write who counted.")), Length(max=200)])
    second_counter = StringField(
        _("Second counter"), [InputRequired(_("Write who counted with them.")), Length(max=200)]
    )
    issued = IntegerField(_("Papers handed out"), [InputRequired(_NEEDED), _AMOUNT])
    spoilt = IntegerField(_("Papers spoilt and given back"), [InputRequired(_NEEDED), _AMOUNT], default=0)
    unused = IntegerField(_("Papers left over"), [InputRequired(_NEEDED), _AMOUNT], default=0)


class ReadingForm(KeptForm):
    """What the papers say, one line each."""

    lines = TextAreaField(
        _("One paper a line: code of the organisation, a space, its vote"),
        [InputRequired(_("Write a line for each paper.")), Length(max=LONGEST)],
    )


class ResolutionForm(ReasonForm, ReadingForm):
    """What the papers say where two readings differ, and why."""


@dataclass(frozen=True)
class Reading:
    """A reading as it was typed: elector -> choice, and what could not be read, in words with its line."""

    lines: dict[str, str]
    faults: tuple[str, ...]


def read(text: str, choices: tuple[str, ...], *, may_be_empty: bool = False, elects: bool = False) -> Reading:
    """Read lines such as "GT-001 yes", or with the choice in the reader's words; nothing is guessed.

    `may_be_empty`: a code alone takes the organisation out. `elects`: a ballot may name several options, as "ana>eva"; what it
    may name is asked by the verb.
    """
    known = _words(choices)
    found: dict[str, str] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = _LINE.fullmatch(line.strip())
        elector = parts["elector"] if parts else line.strip()
        said = (
            known.get(_plain(parts["choice"])) or _named(parts["choice"], elects)
            if parts
            else ("" if may_be_empty else None)
        )
        if said is None:
            faults.append(
                gettext(
                    "Line %(number)s: “%(line)s” is not a code and a vote.",
                    number=number,
                    line=line.strip()[:80],
                )
            )
        elif elector in found:
            faults.append(
                gettext("Line %(number)s: %(code)s stands there twice.", number=number, code=elector)
            )
        else:
            found[elector] = said
    return Reading(found, tuple(faults))


_SAID = {
    "yes": "sí, sim, oui, yes, a favor, for, in favor, pour",
    "no": "no, não, non, en contra, contra, contre, against",
    "abstain": "abstención, abstenção, abstention, abstiene, se abstiene, abstém-se, s'abstient",
    "blank": "blanco, en blanco, branco, em branco, blanc, blank",
    "invalid": "nulo, nula, nul, null, void, inválido, invalide, invalid",
}
"""What people write on and of a paper, besides the label of a choice, in the languages of the pages."""


def _words(choices: tuple[str, ...]) -> dict[str, str]:
    """What may be written -> the choice it means: its label, what people say for it, and its code."""
    spoken = [
        (word, code)
        for code in choices
        for word in (*_SAID.get(code, "").split(", "), str(choice_word(code)), code)
    ]
    return {_plain(word): code for word, code in spoken if word}


def _plain(word: str) -> str:
    """Without capitals, accents and spaces that say nothing."""
    letters = unicodedata.normalize("NFKD", " ".join(word.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _named(typed: str, elects: bool) -> str | None:
    """What a ballot that elects names, as it is counted: spaces and capitals say nothing."""
    return "".join(typed.split()).lower() if elects else None
