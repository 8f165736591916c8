"""The shape of a ballot and of a contest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.wording_votes import choice

LONGEST_REASON = 1000


class ChoiceForm(KeptForm):
    """The choice; nothing is chosen beforehand. The reason is shown where the vote asks for one."""

    choice = RadioField(
        _("Your organisation's vote"), [InputRequired(_("Choose how your organisation votes."))]
    )
    reason = TextAreaField(
        _("Reason"), [Optional(), Length(max=LONGEST_REASON)],
        description=_("Needed for a vote against; it stands beside your vote in the roll call."),
    )  # fmt: skip
    asks_reason = False

    def offer(self, choices: tuple[str, ...], legend: str) -> None:
        """The rule's choices, under the organisation's name."""
        self.choice.choices = offered((code, choice(code)) for code in choices)
        self.choice.label.text = legend
        self.reason.flags.optional = False  # its hint says when it is needed

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be shown for a check: who votes no where a reason is asked has written one."""
        if not super().validate(extra_validators):
            return False
        if self.asks_reason and self.choice.data == "no" and not (self.reason.data or "").strip():
            self.reason.errors = [str(_("Write why your organisation votes no."))]
        return not self.reason.errors

    def choice_text(self) -> str:
        """The ballot as it is counted."""
        return str(self.choice.data)


@dataclass(frozen=True)
class CastForm:
    """What the page before has checked with the person: the choice, and the number of this request.

    Read without WTForms, because there is nothing to show: its fields took one part in fourteen of a cast (benchmarks/results.md).
    The token against forgery is not part of it: every POST is asked for one before any view.
    """

    choice: str
    request_id: str
    for_id: int | None = None
    reason: str = ""
    known: int | None = None  # the revision of the ballot that was shown, 0 for none

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "CastForm":
        """The form as it came."""
        whose, shown = fields.get("for", ""), fields.get("known", "")
        known = int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 7 else None
        return cls(
            fields.get("choice", ""), fields.get("request_id", ""), int(whose) if is_row(whose) else None, fields.get("reason", ""),
            known,
        )  # fmt: skip

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with it, in words; whether the rule knows the choice is asked by the verb."""
        if len(self.reason) > LONGEST_REASON:
            return (_("Write your reason in %(most)s characters at most.", most=LONGEST_REASON),)
        nothing_chosen = () if self.choice.strip() else (_("Choose how your organisation votes."),)
        no_request = () if _is_uuid(self.request_id) else (_("Go back to the vote and choose again."),)
        return (*nothing_chosen, *no_request)


def is_row(text: str) -> bool:
    """Whether a text is the number of a row: an organisation that one votes for."""
    return text.isascii() and text.isdecimal() and len(text) < 10


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
    files = MultipleFileField(
        _("Evidence: up to three files"), [Optional()],
        description=_("PDF, JPEG, PNG, Word .docx, Excel .xlsx, CSV or plain text; at most 5 MB each."),
    )  # fmt: skip
