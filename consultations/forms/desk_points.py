"""What the Unit writes when it divides and joins comments, and gives them to somebody. Shape only."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from consultations import wording_answering as clusters
from consultations.forms.days import DayField
from consultations.forms.desk import LONG, ChangeForm
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain
from consultations.wording import LANGUAGES

MARK = "---"
KEEP, NOBODY = "keep", "none"


class SplitForm(FlaskForm):
    """The points of a comment in one field, a line of dashes between two."""

    points = TextAreaField(
        lazy_gettext("The points"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write the words of each point.")), limited(10 * LONG)],
        description=lazy_gettext("Put a line with three dashes (---) where one point ends and the next begins."),
    )  # fmt: skip

    def texts(self) -> list[str]:
        """The words of each point."""
        parts = f"\n{self.points.data or ''}\n".replace(f"\n{MARK}\n", "\0").split("\0")
        return [part.strip() for part in parts]


class ClusterForm(FlaskForm):
    """The name of a cluster and what its points have in common."""

    title = StringField(
        lazy_gettext("Name of the cluster"), filters=[plain],
        validators=[DataRequired(lazy_gettext("Write what these points have in common.")), limited(300)],
    )  # fmt: skip
    kind = SelectField(lazy_gettext("What they are"), choices=offered(clusters.KINDS), default="theme")


class ClusterAnswerForm(ChangeForm):
    """One answer for a cluster, with the response in each language of its comments."""

    known = IntegerField(default=0, widget=HiddenInput())

    def responses(self, languages: tuple[str, ...]) -> dict[str, str]:
        """What is told in each of these languages."""
        return {code: self[f"response_{code}"].data or "" for code in languages}


for _code in LANGUAGES:
    setattr(
        ClusterAnswerForm, f"response_{_code}",
        TextAreaField(lazy_gettext("Response"), filters=[plain], validators=[Optional(), limited(LONG)]),
    )  # fmt: skip


class AssignForm(FlaskForm):
    """Who answers, and until when; both may stay as they are."""

    assignee = SelectField(lazy_gettext("Who answers"), default=KEEP)
    due_on = DayField(lazy_gettext("Until"), validators=[Optional()])
    no_day = BooleanField(lazy_gettext("Without a day"))

    def offer(self, people: Any) -> None:
        """The people to choose from."""
        fixed = [(KEEP, lazy_gettext("As it is")), (NOBODY, lazy_gettext("Nobody"))]
        self.assignee.choices = offered([*fixed, *((str(id), name) for id, name in people)])
