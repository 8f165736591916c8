"""What the Unit writes at its desk. Shape only."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from consultations import wording_comments as words
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain

LONG, LONGER = 10_000, 50_000


class AnswerForm(FlaskForm):
    """An answer; `known` is the number of the answer that its writer had before them."""

    known = IntegerField(default=0, widget=HiddenInput())
    outcome = SelectField(
        lazy_gettext("What becomes of it"),
        choices=offered([("", lazy_gettext("Choose")), *words.OUTCOMES.items()]),
        validators=[DataRequired(lazy_gettext("Choose what becomes of the comment."))],
    )
    reason = TextAreaField(
        lazy_gettext("Reason, for the record"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the reason: it stays on record.")), limited(LONG)],
    )  # fmt: skip
    response = TextAreaField(
        lazy_gettext("Response to the organisation"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the response.")), limited(LONG)],
    )  # fmt: skip
    change = TextAreaField(
        lazy_gettext("What it changed in the text"), filters=[plain], validators=[Optional(), limited(LONG)],
        description=lazy_gettext("Clause, before and after. Leave it empty if nothing changed."),
    )  # fmt: skip
    substantive = BooleanField(lazy_gettext("The change is of substance, not of wording"))


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
