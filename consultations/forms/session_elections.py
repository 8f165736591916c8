"""The shape of what officers type about an election: its terms and options, the seed of its lots, the casting vote, interests."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.forms.assembly import ActForm
from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered
from consultations.forms.typed import MayWait
from consultations.wording_votes import METHODS

OWN_TERMS = 0
"""The choice of no template: the terms stand in the form."""
_NEEDED = _("Fill this in.")
_LINES = Length(max=5000)


class TermsForm(KeptForm):
    """Who stands, for how many seats, and how it is counted."""

    template = RadioField(_("Terms"), [InputRequired(_("Choose the terms."))], coerce=int)
    options_es = TextAreaField(
        _("Options in Spanish"), [InputRequired(_("Write one option per line.")), _LINES],
        description=_("One per line, in the order in which ballots show them."),
    )  # fmt: skip
    options_pt = TextAreaField(
        _("Options in Portuguese"),
        [Optional(), _LINES],
        description=_("Only where a name differs: the same lines in the same order."),
    )
    options_en = TextAreaField(_("Options in English"), [Optional(), _LINES])
    options_fr = TextAreaField(_("Options in French"), [Optional(), _LINES])
    seats = IntegerField(
        _("Seats"), [InputRequired(_NEEDED), NumberRange(1, 99, _("A number from 1 to 99."))], default=1
    )
    method = RadioField(
        _("How it is counted"), [InputRequired(_NEEDED)], choices=offered(METHODS), default="choose_one"
    )
    most = IntegerField(
        _("Options that a ballot may name"), [Optional(), NumberRange(1, 99, _("A number from 1 to 99."))],
        description=_("For approvals and rankings; left empty, all of them."),
    )  # fmt: skip
    measure = RadioField(
        _("What an organisation counts for"), [InputRequired(_NEEDED)], default="heads",
        choices=offered({"heads": _("Once each"), "weight": _("Its weight on the roll")}),
    )  # fmt: skip
    majority = BooleanField(
        _("More than half is needed"),
        description=_("Otherwise a run-off is held. For one choice and for approvals."),
    )
    majority_of = SelectField(
        _("More than half of"),
        choices=offered({
            "named": _("the votes for an option"), "valid": _("the valid votes"), "voted": _("the votes cast"),
            "present": _("those present in person"), "represented": _("those present or represented"), "roll": _("the roll"),
        }),
    )  # fmt: skip
    run_off = IntegerField(
        _("Options per open seat that go on to the run-off"),
        [Optional(), NumberRange(1, 9, _("A number from 1 to 9."))],
        default=2,
    )
    tie = RadioField(
        _("What settles a tie"), [InputRequired(_NEEDED)], default="second_vote",
        choices=offered({
            "lots": _("Drawing lots (the only one for the single transferable vote)"), "second_vote": _("A second vote"),
            "casting_vote": _("The president's casting vote"),
        }),
    )  # fmt: skip
    allow_blank = BooleanField(_("Blank ballots may be cast"), default=True)
    cites = StringField(
        _("Source of the terms"), [MayWait(), Length(max=300)], description=_("Article of the statutes. Necessary for the terms of this form; not with terms of the rule book."),
    )  # fmt: skip
    show_turnout = BooleanField(_("Show how many have voted while it is open"), default=True)
    contest_days = IntegerField(
        _("Days to contest"),
        [InputRequired(_NEEDED), NumberRange(0, 60, _("A number from 0 to 60."))],
        default=5,
    )

    def offer(self, templates: list[tuple[int, str]]) -> None:
        """The versions of the body's book, then the terms of this form."""
        self.template.choices = offered([*templates, (OWN_TERMS, _("The terms below"))])

    def options(self) -> tuple[dict[str, list[str]], int]:
        """The lines that were written per language, and how many there are in Spanish."""
        written = {
            lang: [line.strip() for line in (self[f"options_{lang}"].data or "").splitlines() if line.strip()]
            for lang in ("es", "pt", "en", "fr")
        }
        return {lang: lines for lang, lines in written.items() if lines}, len(written["es"])

    def terms(self) -> dict[str, Any]:
        """What the form says of the count; a template's own words go before it."""
        majority = self.majority.data
        return {
            "method": self.method.data, "seats": self.seats.data, "most": None if self.method.data == "choose_one" else self.most.data,
            "measure": self.measure.data, "majority": "absolute" if majority else None,
            "majority_of": self.majority_of.data if majority else None, "run_off": self.run_off.data if majority else None,
            "tie": self.tie.data, "allow_blank": self.allow_blank.data,
        }  # fmt: skip


class CommitForm(ActForm):
    """The hash of a seed. `proposed`: a seed that the page made, shown to whoever asks for it and kept nowhere."""

    proposed = HiddenField(validators=[Length(max=64)])
    commitment = StringField(_("SHA-256 of the seed"), [InputRequired(_NEEDED), Length(max=80)])

    def offer(self, page: Any) -> None:
        """Say which seed the hash is of."""
        if self.proposed.data:
            self.commitment.description = _(
                "This hash is of the seed %(seed)s. Write the seed down and keep it secret until the count: it is kept nowhere here. Or put in the hash of a seed of your own.",
                seed=self.proposed.data,
            )


class SeedForm(ActForm):
    """The seed itself, after the count."""

    seed = StringField(
        _("Seed"), [InputRequired(_NEEDED), Length(max=200)], description=_("Exactly as it was kept: its hash was published before the vote."),
    )  # fmt: skip


class TiedForm(ActForm):
    """Which of the tied options take the seats that are left."""

    options = SelectMultipleField(
        _("Options that you choose"), [InputRequired(_("Choose one."))], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )  # fmt: skip

    def offer(self, page: Any) -> None:
        """The tied options, and for how many seats."""
        self.options.choices = offered(page.tied)
        self.options.description = _("For %(places)s seats.", places=page.tied_places)

    @property
    def text(self) -> str:
        """What was chosen, as a casting vote."""
        return "+".join(self.options.data or ())


class InterestForm(KeptForm):
    """Which organisation has which interest in an item."""

    elector = SelectField(_("Organisation"), [InputRequired(_NEEDED)], coerce=int)
    words = TextAreaField(
        _("Interest"), [InputRequired(_("Write in a sentence what the organisation has to do with the matter.")), Length(max=2000)],
        description=_("It stands in the minutes."),
    )  # fmt: skip
    takes_part = BooleanField(_("The statutes let it vote all the same"))
