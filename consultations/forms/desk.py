"""What the Unit writes at its desk. Shape only."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from consultations import wording_comments as words
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain

LONG, LONGER = 10_000, 50_000


class ChangeForm(FlaskForm):
    """What becomes of a point, why, and what it changed in the text."""

    outcome = SelectField(
        lazy_gettext("What becomes of it"),
        choices=offered([("", lazy_gettext("Choose")), *words.OUTCOMES.items()]),
        validators=[DataRequired(lazy_gettext("Choose what becomes of the comment."))],
    )
    reason = TextAreaField(
        lazy_gettext("Reason, for the record"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the reason: it stays on record.")), limited(LONG)],
    )  # fmt: skip
    change_clause = SelectField(
        lazy_gettext("Clause that it changed"), default="", validate_choice=False, validators=[Optional()],
        description=lazy_gettext("Leave this and the next two empty if nothing changed in the text."),
    )  # fmt: skip
    change_before = TextAreaField(
        lazy_gettext("Words before"), filters=[plain], validators=[Optional(), limited(LONG)]
    )
    change_after = TextAreaField(
        lazy_gettext("Words after"), filters=[plain], validators=[Optional(), limited(LONG)]
    )
    substantive = BooleanField(lazy_gettext("The change is of substance, not of wording"))
    decided_in = StringField(
        lazy_gettext("Decided in"), filters=[plain], validators=[Optional(), limited(200)],
        description=lazy_gettext("The meeting or the minutes, if it was decided there."),
    )  # fmt: skip

    def offer(self, clauses: Iterable[tuple[str, str]]) -> None:
        """The clauses to choose from: stable ids and numbers."""
        self.change_clause.choices = offered([("", lazy_gettext("No change of the text")), *clauses])

    def changed(self) -> dict[str, str]:
        """What it changed: the clause, the words before and after, and the same in one text; "" for no change."""
        clauses = {choice.value: str(choice.label) for choice in self.change_clause.choices or ()}
        clause, before, after = (
            self.change_clause.data or "",
            self.change_before.data or "",
            self.change_after.data or "",
        )
        words = f"«{before}» → «{after}»" if before else after
        told = ": ".join(part for part in (clauses.get(clause, "") if clause else "", words) if part)
        kept = clause if clause in clauses else ""
        return {"change": told, "change_clause": kept, "change_before": before, "change_after": after}


class AnswerForm(ChangeForm):
    """An answer; `known` is the number of the answer that its writer had before them."""

    known = IntegerField(default=0, widget=HiddenInput())
    response = TextAreaField(
        lazy_gettext("Response to the organisation"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the response.")), limited(LONG)],
    )  # fmt: skip


class ReasonForm(FlaskForm):
    """A reason for giving back or reopening."""

    move = HiddenField()
    reason = TextAreaField(
        lazy_gettext("Reason"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the reason: it stays on record.")), limited(LONG)],
    )  # fmt: skip


class ObjectionForm(FlaskForm):
    """The answer to an objection."""

    response = TextAreaField(
        lazy_gettext("Answer to the objection"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the response.")), limited(LONG)],
    )  # fmt: skip


INTRODUCTION, WAY_FORWARD = lazy_gettext("Introduction"), lazy_gettext("Way forward")
ASKED = lazy_gettext("What was asked, of whom and how; background and objectives.")
NEXT = lazy_gettext("What happens next, and when.")


class SynopsisDraftForm(FlaskForm):
    """The words around the figures while they are written: any may be missing. `known` tells what the form was shown."""

    known = HiddenField()
    introduction = TextAreaField(
        INTRODUCTION, filters=[plain], description=ASKED, validators=[limited(LONGER)]
    )
    way_forward = TextAreaField(WAY_FORWARD, filters=[plain], description=NEXT, validators=[limited(LONGER)])


class SynopsisForm(SynopsisDraftForm):
    """The words around the figures, complete."""

    introduction = TextAreaField(
        INTRODUCTION, filters=[plain], description=ASKED,
        validators=[DataRequired(lazy_gettext("Write the introduction.")), limited(LONGER)],
    )  # fmt: skip
    way_forward = TextAreaField(
        WAY_FORWARD, filters=[plain], description=NEXT,
        validators=[DataRequired(lazy_gettext("Write the way forward.")), limited(LONGER)],
    )  # fmt: skip
