"""The shape of what officers type: a vote's terms, and the reason of an act."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from consultations.documents.wording import weight
from consultations.forms.days import DayField
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.sure import SureForm
from consultations.forms.zones import zones
from consultations.wording_votes import RESOLUTIONS

_NEEDED = _("Fill this in.")


class VoteForm(KeptForm):
    """What is voted on, by which rule, from when to when."""

    code = HiddenField(validators=[Length(max=40)])
    version_id = SelectField(
        _("Text to vote on"),
        coerce=int,
        description=_("Only frozen texts are offered: their hash is bound to the vote."),
    )
    question_es = TextAreaField(
        _("Question in Spanish"), [InputRequired(_("Write the question in Spanish.")), Length(max=500)]
    )
    question_pt = TextAreaField(_("Question in Portuguese"), [Optional(), Length(max=500)])
    question_en = TextAreaField(_("Question in English"), [Optional(), Length(max=500)])
    question_fr = TextAreaField(_("Question in French"), [Optional(), Length(max=500)])
    rule = RadioField(
        _("Rule that decides"), [InputRequired(_("Choose the rule."))],
        description=_("From the rule book of this body. It must be in force on the day the vote opens."),
    )  # fmt: skip
    weight_field = SelectField(
        _("Weight of each organisation"),
        description=_("For rules that count weight; every organisation weighs 1 otherwise."),
    )
    call = IntegerField(
        _("Call"), [InputRequired(_NEEDED), NumberRange(1, 9, _("A number from 1 to 9."))], default=1
    )
    zone = SelectField(_("Time zone"), choices=zones())
    opens_on = DayField(_("Opens on"), [InputRequired(_("Give the day on which voting opens."))])
    opens_time = TimeField(_("At"), [Optional()], description=_("Leave empty for the beginning of the day."))
    closes_on = DayField(_("Closes on"), [InputRequired(_("Give the last day of voting."))])
    closes_time = TimeField(_("At"), [Optional()], description=_("Leave empty for the end of the day."))
    notice_days = IntegerField(
        _("Days of notice"), [InputRequired(_NEEDED), NumberRange(0, 120, _("A number from 0 to 120."))], default=15,
        description=_("From the day of the call to the day it opens."),
    )  # fmt: skip
    contest_days = IntegerField(
        _("Days to contest"),
        [InputRequired(_NEEDED), NumberRange(0, 60, _("A number from 0 to 60."))],
        default=5,
    )

    president_may_close = BooleanField(
        _("The president may close before the last day"),
        description=_("Only if the statutes say so. Otherwise it closes by itself, never earlier."),
    )

    show_turnout = BooleanField(
        _("Show how many have voted while it is open"),
        default=True,
        description=_(
            "How many, never how. The assembly's officers, and each network for its members, always see who is missing."
        ),
    )

    def offer(
        self,
        texts: tuple[tuple[int, str, str], ...],
        rules: list[tuple[str, str]],
        weights: tuple[str, ...],
    ) -> None:
        """Fill the choices: frozen texts, the rules of the body's book, named weights of the register."""
        self.version_id.choices = offered((id, f"{label} · {sha256[:8]}…") for id, label, sha256 in texts)
        self.rule.choices = offered(rules)
        self.weight_field.choices = offered(
            [
                ("", _("Every organisation weighs 1")),
                *((name, LazyString(weight, name, gettext)) for name in weights),
            ]
        )
        self.zone.choices = zones(self.zone.data or "")


class ActForm(KeptForm):
    """Only the token: the page says what will happen."""


class SignForm(ActForm):
    """Which count was read: a signature never goes under another one."""

    count_number = HiddenField(validators=[Length(max=4)])


class ReasonForm(KeptForm):
    """A reason that stays on record."""

    reason = TextAreaField(
        _("Reason"), [InputRequired(_("Write the reason in a sentence.")), Length(max=2000)]
    )


class ExtendForm(ReasonForm, SureForm):
    """A later closing."""

    closes_on = DayField(_("New last day of voting"), [InputRequired(_("Give the new last day."))])
    closes_time = TimeField(_("At"), [Optional()], description=_("Leave empty for the end of the day."))


class TieForm(KeptForm):
    """The casting vote; nothing is chosen beforehand."""

    casting_vote = RadioField(
        _("Casting vote"),
        [InputRequired(_("Choose one."))],
        choices=offered({"yes": _("In favour"), "no": _("Against")}),
    )


class ResolveForm(ReasonForm):
    """The committee's answer."""

    resolution = RadioField(
        _("Decision of the committee"), [InputRequired(_("Choose one."))], choices=offered(RESOLUTIONS)
    )
    group = SelectField(
        _("Count again"), [Optional()], default="",
        description=_("Of one group only its ballots are counted again; those of the others stand as they were counted."),
    )  # fmt: skip

    def offer(self, groups: list[tuple[str, str]]) -> None:
        """The groups of the roll: (attribute:value, name)."""
        self.group.choices = offered([("", _("All ballots")), *groups])
