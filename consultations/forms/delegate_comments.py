"""What a delegate writes: a comment, whether an answer satisfies. Shape only."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import UUID, DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from consultations import wording_comments as words
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.receipts import tidy
from consultations.forms.typed import at_most, limited, plain
from workflows.anchors import Part, parts

LONG, LONGER = 10_000, 20_000
SHOWN = 90  # characters of a sentence in a list


class CommentForm(KeptForm):
    """A comment on a clause. The identifier makes the same form sent twice one comment."""

    client_uuid = HiddenField(
        default=lambda: str(uuid4()), validators=[UUID(lazy_gettext("Reload the page and try again."))]
    )
    version = IntegerField(default=0, widget=HiddenInput())
    stance = RadioField(
        lazy_gettext("What does your organisation think of this clause?"), choices=offered(words.STANCES),
        validators=[InputRequired(lazy_gettext("Choose whether you are in favour."))],
    )  # fmt: skip
    type = SelectField(lazy_gettext("What is it about?"), choices=offered(words.TYPES), default="general")
    # What was offered in one language is found in the clause in every one: the engine checks it, not the list.
    part = SelectField(
        lazy_gettext("Which part of the clause?"), filters=[plain], validators=[Optional(), limited(LONG)],
        validate_choice=False, choices=(),
    )  # fmt: skip
    quote = StringField(
        lazy_gettext("Which words? (copy them here)"), filters=[plain], validators=[Optional(), limited(LONG)],
        description=lazy_gettext("Only if your comment is about some words of the clause, not about all of it."),
    )  # fmt: skip
    text = TextAreaField(
        lazy_gettext("Your comment"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write your comment.")), limited(LONG)],
        description=at_most(LONG),
    )  # fmt: skip
    justification = TextAreaField(
        lazy_gettext("Why"), filters=[plain], validators=[Optional(), limited(LONG)],
        description=lazy_gettext("What happens in practice, with an example if you have one."),
    )  # fmt: skip
    proposal = TextAreaField(
        lazy_gettext("The clause as you would write it"), filters=[plain], validators=[Optional(), limited(LONGER)],
        description=lazy_gettext("Change the words below. Left as they are, they count as no proposal."),
    )  # fmt: skip
    would_vote_no = BooleanField(lazy_gettext("As it stands, this clause would make us vote no"))
    visibility = SelectField(
        lazy_gettext("Who may read this comment"), choices=offered(words.VISIBILITIES), default="members"
    )
    consent_to_name = BooleanField(lazy_gettext("Our name may stand beside it"))

    def ask_types(self, types: Iterable[str]) -> None:
        """Offer only the types of comment that the round asks."""
        self.type.choices = offered((kind, words.TYPES[kind]) for kind in types)

    def offer_parts(self, text: str) -> None:
        """Offer the sentences and tables of a clause to choose from; nothing where it is one sentence alone."""
        found = [one for one in parts(text) if len(one.words) <= LONG]
        if len(found) > 1 or any(one.is_table for one in found):
            listed = [(_on_one_line(one.words), _label(one)) for one in found]
            self.part.choices = offered([("", lazy_gettext("All of it")), *listed])

    def show_words(self, quote: str) -> None:
        """Fill in the words that a comment quotes: in the list where they are offered, else in their field."""
        listed = [choice.value for choice in self.part.choices]
        words = _on_one_line(quote)
        self.part.data, self.quote.data = (words, "") if words and words in listed else ("", quote)

    def words_meant(self) -> str:
        """The words of the clause that it is about: those typed, else the part that was chosen."""
        return self.quote.data or self.part.data or ""

    def said(self) -> dict[str, Any]:
        """The words of the comment, as the engine takes them."""
        names = ("type", "stance", "text", "justification", "proposal", "would_vote_no")
        return {name: self[name].data or ("" if name != "would_vote_no" else False) for name in names}


def _label(part: Part) -> Any:
    words = _on_one_line(part.words)
    shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"
    return lazy_gettext("Table: %(words)s", words=shown) if part.is_table else shown


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


class ReplyForm(KeptForm):
    """A reply to a comment. The identifier makes the same form sent twice one reply."""

    client_uuid = HiddenField(
        default=lambda: str(uuid4()), validators=[UUID(lazy_gettext("Reload the page and try again."))]
    )
    text = TextAreaField(
        lazy_gettext("Your reply"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write your reply.")), limited(LONG)],
        description=at_most(LONG),
    )  # fmt: skip


class CommentReceiptForm(KeptForm):
    """A receipt code that is asked about; it is posted, for an address ends up in logs."""

    code = StringField(
        lazy_gettext("Receipt code"), filters=[tidy],
        validators=[
            DataRequired(lazy_gettext("Write the receipt code.")),
            Length(max=60, message=lazy_gettext("A receipt is shorter than this.")),
        ],
        description=lazy_gettext("Three groups of four letters and digits, as on the page of your comment and in the mail."),
    )  # fmt: skip


class SatisfactionForm(KeptForm):
    """Whether the answer satisfies."""

    said = RadioField(
        lazy_gettext("Does the answer satisfy your organisation?"),
        choices=offered(
            {
                "satisfied": lazy_gettext("Yes, we are satisfied"),
                "objects": lazy_gettext("No, we object"),
            }
        ),
        validators=[InputRequired(lazy_gettext("Choose whether the answer satisfies."))],
    )
    reason = TextAreaField(
        lazy_gettext("If you object: why"),
        filters=[plain],
        validators=[Optional(), limited(LONG)],
        description=at_most(LONG),
    )
