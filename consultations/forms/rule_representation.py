"""The shape of a rule of representation as it is written in sentences."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations import wording_assembly_rules as words
from consultations.forms.offered import offered
from consultations.forms.rule_books import HeadForm
from consultations.forms.rule_calls import span_of, span_shown
from consultations.forms.rule_sentences import number_fits, part_text, wrong
from workflows.representation_builder import RepresentationSaid

_SOME = [Optional(), NumberRange(1, 999, _("A number from 1 to 999."))]
_OF_PROXIES = ("per_holder", "share", "own_weight", "same_country", "instrument", "deadline")


class RepresentationForm(HeadForm):
    """A rule of representation in sentences."""

    voter = RadioField(_("Who votes for an organisation"), choices=offered(words.VOTERS), default="delegate")
    alternates = IntegerField(
        _("Alternates, in their order"), [InputRequired(_("Write a number; 0 for none.")), NumberRange(0, 9, _("A number from 0 to 9."))],
        description=_("The first of them who is there votes when the delegate is not."),
    )  # fmt: skip
    allowed = RadioField(_("Proxies are allowed"), choices=offered(words.PROXIES), default="no")
    per_holder = IntegerField(
        _("One organisation holds at most so many"), _SOME, description=_("Leave empty for no bound.")
    )
    share = StringField(
        _("One organisation votes with at most this part of the weight of the roll"), [Optional(), Length(max=30)], [part_text],
        description=_("A part: 1/10. Leave empty for no bound."),
    )  # fmt: skip
    own_weight = BooleanField(_("Its own weight counts towards that part"))
    same_country = BooleanField(_("Only between organisations of one country"))
    scope = SelectMultipleField(
        _("A proxy is given for"), choices=offered(words.SCOPES), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    instrument = BooleanField(_("A signed document is needed, and is kept"))
    deadline = IntegerField(
        _("It is given at least so long before the beginning"), _SOME,
        description=_("Leave empty: until the vote, or the assembly, opens."),
    )  # fmt: skip
    deadline_unit = SelectField(_("Unit of time"), choices=offered(words.UNITS), default="hours")
    take_back_until = RadioField(
        _("It may be taken back"), choices=offered(words.TAKE_BACKS), default="closing"
    )
    presence = RadioField(
        _("If the organisation that gave it comes"), choices=offered(words.PRESENCES), default="suspends"
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What is said of proxies is said where they are allowed, and alternates where there are delegates."""
        fine = super().validate(extra_validators)
        if not fine and not self.errors:
            return False
        return all(
            [fine, self._alternates(), *(self._proxies() if self.allowed.data == "yes" else self._nothing())]
        )

    def said(self) -> RepresentationSaid:
        """What the sentences say."""
        delegate, alternates = self.voter.data == "delegate", self.alternates.data or 0
        if self.allowed.data == "no":
            return RepresentationSaid(delegate, alternates)
        return RepresentationSaid(
            delegate, alternates, True, str(self.per_holder.data or ""), (self.share.data or "").strip(), self.own_weight.data,
            self.same_country.data, tuple(self.scope.data or ()), self.instrument.data, span_of(self.deadline, self.deadline_unit),
            self.take_back_until.data, self.presence.data,
        )  # fmt: skip

    def _alternates(self) -> bool:
        if self.voter.data == "delegate" or not self.alternates.data:
            return True
        return wrong(self.alternates, gettext("Without delegates there are no alternates: write 0."))

    def _proxies(self) -> list[bool]:
        share = (self.share.data or "").strip()
        return [
            bool(self.scope.data) or wrong(self.scope, gettext("Choose at least one.")),
            not share or number_fits(self.share, gettext("Write a part, such as 1/10."), 1),
            bool(share) or not self.own_weight.data or wrong(self.own_weight, gettext("Give the part, or leave this out.")),
        ]  # fmt: skip

    def _nothing(self) -> list[bool]:
        return [not self[name].data or wrong(self[name], self._left_empty(name)) for name in _OF_PROXIES]

    def _left_empty(self, name: str) -> str:
        """Names the field: in the summary above the form several say the same."""
        return gettext("Proxies are not allowed: leave “%(field)s” empty.", field=self[name].label.text)


def shown(said: RepresentationSaid) -> dict[str, Any]:
    """The sentences as the form's data."""
    return {
        "voter": "delegate" if said.delegate else "themselves", "alternates": said.alternates, "allowed": "yes" if said.allowed else "no",
        "per_holder": int(said.per_holder) if said.per_holder else None, "share": said.share, "own_weight": said.own_weight,
        "same_country": said.same_country, "scope": list(said.scope), "instrument": said.instrument,
        **span_shown("deadline", said.deadline), "take_back_until": said.take_back_until, "presence": said.presence,
    }  # fmt: skip
