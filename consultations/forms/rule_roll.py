"""The shape of a rule of the roll as it is written in sentences."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations import wording_assembly_rules as words
from consultations.forms.offered import offered
from consultations.forms.rule_books import HeadForm
from consultations.forms.rule_calls import span_of, span_shown
from consultations.forms.rule_sentences import number_fits, part_text, wrong
from consultations.forms.typed import MayWait
from consultations.wording_participation import KINDS
from workflows.roll_builder import MOST_BANDS, MOST_GROUPS, BandLine, GroupLine, RollSaid

_NUMBER = _("Write a number.")
_ATTRIBUTE = _("Use small letters, digits and underscores.")


class _Several(SelectMultipleField):
    """Boxes to tick; what the rule names and is not offered (any more) is a box too."""

    def __init__(self, label: Any, choices: Iterable[Any] = (), **more: Any) -> None:
        super().__init__(
            label, choices=list(choices), validate_choice=False, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), **more,
        )  # fmt: skip

    def iter_choices(self) -> Any:
        """The options, then what is chosen and is none of them."""
        known = {choice.value for choice in self.choices}  # type: ignore[union-attr]
        self.choices = [*self.choices, *offered((one, one) for one in self.data or () if one not in known)]  # type: ignore[misc]
        return super().iter_choices()


class BandForm(Form):
    """A band of weights."""

    first = StringField(_("From"), [InputRequired(_NUMBER), Length(max=30)])
    last = StringField(_("up to"), [Optional(), Length(max=30)], description=_("Leave empty: without end."))
    weight = StringField(_("weighs"), [InputRequired(_NUMBER), Length(max=30)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Every number is one."""
        fine = super().validate(extra_validators)
        given = [field for field in (self.first, self.last, self.weight) if (field.data or "").strip()]
        return all([fine, *(number_fits(field, gettext("Write a number.")) for field in given)])


class GroupForm(Form):
    """Groups of the roll under a name."""

    by = SelectField(_("Groups by"), choices=offered(words.GROUPS), default="country")
    attribute = StringField(
        _("are called"), [InputRequired(_("Give them a name.")), Length(max=30)], description=_ATTRIBUTE
    )
    several = SelectField(
        _("If an organisation is in several"), choices=offered(words.SEVERAL), default="primary"
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """The name is one that conditions can use."""
        fine, name = super().validate(extra_validators), self.attribute.data or ""
        if not name or (name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()):
            return fine
        return wrong(self.attribute, str(_ATTRIBUTE))


class RollRuleForm(HeadForm):
    """A rule of the roll in sentences."""

    kinds = _Several(_("Kinds of organisations"), offered(KINDS), description=_("Tick none for all."))
    networks = _Several(_("Members of one of these networks"), description=_("Tick none for all."))
    good_standing = BooleanField(_("Only members in good standing"))
    membership = IntegerField(
        _("Members for at least"), [Optional(), NumberRange(1, 999, _("A number from 1 to 999."))], description=_("Leave empty: from the first day."),
    )  # fmt: skip
    membership_unit = SelectField(_("Unit of time"), choices=offered(words.UNITS), default="months")
    weight = RadioField(_("Weight"), choices=offered(words.WEIGHTS), default="one")
    field = StringField(
        _("Number of the register"), [MayWait(), Length(max=60)], description=_("Necessary unless everybody weighs 1.")
    )  # fmt: skip
    bands = FieldList(FormField(BandForm), max_entries=MOST_BANDS)
    cap = RadioField(_("Nobody weighs more than"), choices=offered(words.CAPS), default="none")
    cap_number = StringField(
        _("This part, or this weight"),
        [MayWait(), Length(max=30)],
        [part_text],
        description=_("Necessary if there is a cap. A part: 1/20; a weight: 10."),
    )
    cap_most = StringField(_("And this weight, where both bind"), [MayWait(), Length(max=30)])
    groups = FieldList(FormField(GroupForm), max_entries=MOST_GROUPS)

    def offer(self, networks: Iterable[tuple[str, str]]) -> None:
        """Fill the choices: the networks by their codes."""
        self.networks.choices = offered(networks)

    def validate(self, extra_validators: Any = None) -> bool:
        """Weight and cap have the numbers that they need, and none that they do not."""
        fine = super().validate(extra_validators)
        if not fine and not self.errors:
            return False
        return all([fine, self._field(), self._bands(), self._cap()])

    def said(self) -> RollSaid:
        """What the sentences say."""
        bands = (entry.form for entry in self.bands.entries)
        groups = (entry.form for entry in self.groups.entries)
        return RollSaid(
            tuple(self.kinds.data or ()), tuple(self.networks.data or ()), self.good_standing.data,
            span_of(self.membership, self.membership_unit), self.weight.data, _text(self.field),
            tuple(BandLine(_text(one.first), _text(one.last), _text(one.weight)) for one in bands), self.cap.data, _text(self.cap_number), _text(self.cap_most),
            tuple(GroupLine(_text(one.attribute), one.by.data, one.several.data) for one in groups),
        )  # fmt: skip

    def _field(self) -> bool:
        needed, given = self.weight.data != "one", bool(_text(self.field))
        if needed == given:
            return True
        lacks, much = (
            gettext("Write which number of the register."),
            gettext("Everybody weighs 1: leave this empty."),
        )
        return wrong(self.field, lacks if needed else much)

    def _bands(self) -> bool:
        needed, given = self.weight.data == "bands", bool(self.bands.entries)
        if needed != given:
            lacks, much = (
                gettext("Write at least one band."),
                gettext("There are bands, but the weight does not go by them."),
            )
            self.form_errors.append(lacks if needed else much)
        return needed == given

    def _cap(self) -> bool:
        given = bool(_text(self.cap_number))
        if self.cap.data != "both" and _text(self.cap_most):
            return wrong(self.cap_most, gettext("Only one of them binds: leave this empty."))
        if self.cap.data == "none":
            return not given or wrong(self.cap_number, gettext("There is no cap: leave this empty."))
        if self.cap.data == "both" and not number_fits(self.cap_most, gettext("Write a number."), None):
            return False
        most = None if self.cap.data == "most" else 1
        return number_fits(
            self.cap_number,
            gettext("Write a part from 0 to 1, such as 2/3.") if most else gettext("Write a number."),
            most,
        )


def shown(said: RollSaid) -> dict[str, Any]:
    """The sentences as the form's data."""
    return {
        "kinds": list(said.kinds), "networks": list(said.networks), "good_standing": said.good_standing,
        **span_shown("membership", said.membership), "weight": said.weight, "field": said.field,
        "bands": [{"first": band.first, "last": band.last, "weight": band.weight} for band in said.bands],
        "cap": said.cap, "cap_number": said.cap_number, "cap_most": said.cap_most,
        "groups": [{"attribute": group.attribute, "by": group.by, "several": group.several} for group in said.groups],
    }  # fmt: skip


def _text(field: Any) -> str:
    return (field.data or "").strip()
