"""The shape of a ballot and of a contest."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.wording_votes import choice


class ChoiceForm(KeptForm):
    """The choice; nothing is chosen beforehand."""

    choice = RadioField(
        _("Your organisation's vote"), [InputRequired(_("Choose how your organisation votes."))]
    )

    def offer(self, choices: tuple[str, ...], legend: str) -> None:
        """The rule's choices, under the organisation's name."""
        self.choice.choices = offered((code, choice(code)) for code in choices)
        self.choice.label.text = legend


@dataclass(frozen=True)
class CastForm:
    """What the page before has checked with the person: the choice, and the number of this request.

    Read without WTForms, because there is nothing to show: its fields took one part in fourteen of a cast (benchmarks/results.md).
    The token against forgery is not part of it: every POST is asked for one before any view.
    """

    choice: str
    request_id: str
    known: int | None = None  # the revision of the ballot that was shown, 0 for none

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "CastForm":
        """The form as it came."""
        shown = fields.get("known", "")
        known = int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 7 else None
        return cls(fields.get("choice", ""), fields.get("request_id", ""), known)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with it, in words; whether the rule knows the choice is asked by the verb."""
        nothing_chosen = () if self.choice.strip() else (_("Choose how your organisation votes."),)
        no_request = () if _is_uuid(self.request_id) else (_("Go back to the vote and choose again."),)
        return (*nothing_chosen, *no_request)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


class ContestForm(KeptForm):
    """Why a result is contested."""

    grounds = TextAreaField(
        _("Grounds"),
        [InputRequired(_("Write why your organisation contests the result.")), Length(max=5000)],
        description=_("What was wrong, and where it can be seen. This becomes public with the answer."),
    )
