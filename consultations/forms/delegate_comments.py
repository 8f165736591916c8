"""What a delegate writes: a comment, answers to the questions, whether an answer satisfies. Shape only."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import UUID, DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from consultations import wording_comments as words
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.typed import MayWait, limited, plain
from consultations.wording import local

LONG, LONGER = 10_000, 20_000


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
    text = TextAreaField(
        lazy_gettext("Your comment"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write your comment.")), limited(LONG)],
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

    def said(self) -> dict[str, Any]:
        """The words of the comment, as the engine takes them."""
        names = ("type", "stance", "text", "justification", "proposal", "would_vote_no")
        return {name: self[name].data or ("" if name != "would_vote_no" else False) for name in names}


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
        lazy_gettext("If you object: why"), filters=[plain], validators=[Optional(), limited(LONG)]
    )


def questions_form(asked: Iterable[Any]) -> KeptForm:
    """A form with a field for the choice and one for the words of every question (queries.delegate_rounds.Asked).

    A part may be kept, so nothing is refused empty; but what every organisation is asked is not called optional.
    """
    fields: dict[str, Any] = {}
    for row in asked:
        asked_of_all = MayWait() if row.required else Optional()
        if options := _options(row):
            fields[f"v{row.id}"] = RadioField(
                choices=offered(options), default=row.value, validators=[asked_of_all]
            )
        label = lazy_gettext("Why") if options else lazy_gettext("Your answer")
        fields[f"t{row.id}"] = TextAreaField(
            label,
            default=row.text,
            filters=[plain],
            validators=[Optional() if options else asked_of_all, limited(LONG)],
        )
    return type("QuestionsForm", (KeptForm,), fields)()


def answers_of(form: KeptForm, asked: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """{question id: (value, words)} as the engine takes them."""
    return {
        row.id: (form[f"v{row.id}"].data or "" if f"v{row.id}" in form else "", form[f"t{row.id}"].data or "")
        for row in asked
    }


def _options(row: Any) -> list[tuple[str, Any]]:
    if row.kind == "agree":
        return list(words.AGREEMENT.items())
    return [(str(n), local(texts)) for n, texts in enumerate(row.options)] if row.kind == "single" else []
