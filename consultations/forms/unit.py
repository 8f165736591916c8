"""The shape of what the Standards Unit types: dossiers, drafts, rounds, questions, and the acts on a round."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from consultations.forms.days import DayField
from consultations.forms.offered import offered
from consultations.forms.sure import SureForm
from consultations.forms.typed import BEFORE_SUBMISSION, MayWait
from consultations.forms.zones import zones
from consultations.wording import LANGUAGES
from consultations.wording_comments import TYPES
from consultations.wording_process import DAY_COUNTS, DOSSIER_KINDS
from workflows.remarks import ALWAYS

MISSING = _("Fill this in.")
WHICH_DAY = _("Give a day.")
LONG = 20_000
NEW = 0  # the entry of a list that stands for what is not there yet
CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


def _code() -> tuple[object, ...]:
    return (
        InputRequired(MISSING),
        Length(max=40, message=_("Use at most 40 characters.")),
        Regexp(CODE, message=_("Use letters, digits, full stops, hyphens and underscores.")),
    )


class ConfirmForm(FlaskForm):
    """Nothing to fill in: a button that means it."""


class KnownForm(FlaskForm):
    """What stood when the form was shown, so that nobody writes over what came between."""

    known = IntegerField(validators=(Optional(),), widget=HiddenInput())

    def renew(self, known: int) -> None:
        """Show what stands now: whoever sends this once more has been told."""
        self.known.raw_data, self.known.data = None, known


class ReasonForm(FlaskForm):
    """A reason that stays on record."""

    reason = TextAreaField(
        _("Reason"),
        (InputRequired(MISSING), Length(max=4000)),
        description=_("It stays on record, and those who are told read it."),
    )


class NoteForm(FlaskForm):
    """A note that may be left out."""

    reason = TextAreaField(_("Note"), (Optional(), Length(max=4000)))


class DossierForm(FlaskForm):
    """A new dossier: one standard, one change."""

    code = StringField(_("Code"), _code(), description=_("Short and lasting, such as CAFE-2026."))
    title_es = StringField(_("Title in Spanish"), (InputRequired(MISSING), Length(max=300)))
    title_pt = StringField(_("Title in Portuguese"), (Optional(), Length(max=300)))
    title_en = StringField(_("Title in English"), (Optional(), Length(max=300)))
    title_fr = StringField(_("Title in French"), (Optional(), Length(max=300)))
    kind = SelectField(
        _("Kind"),
        choices=offered(DOSSIER_KINDS),
        description=_("It says how many rounds there are and how long they last at least."),
    )
    standard_id = SelectField(_("Standard"), coerce=int)
    standard_code = StringField(
        _("Code of the new standard"), (Optional(), *_code()[1:]),
        description=_("Only for a new standard. Its draft is imported later under this code; it takes the title above."),
    )  # fmt: skip
    body_id = SelectField(_("Who decides"), coerce=int)
    objectives_es = TextAreaField(
        _("Objectives in Spanish"),
        (InputRequired(MISSING), Length(max=LONG)),
        description=_("The public page shows them: they are the project's profile."),
    )
    objectives_pt = TextAreaField(_("Objectives in Portuguese"), (Optional(), Length(max=LONG)))
    objectives_en = TextAreaField(_("Objectives in English"), (Optional(), Length(max=LONG)))
    objectives_fr = TextAreaField(_("Objectives in French"), (Optional(), Length(max=LONG)))

    def offer(self, standards: Iterable[tuple[int, str]], bodies: Iterable[tuple[int, str]]) -> None:
        """The standards that there are, and a new one; the bodies that may decide."""
        self.standard_id.choices = offered([*standards, (NEW, _("A new standard, without a text yet"))])
        self.body_id.choices = offered(bodies)

    def validate(self, extra_validators: object = None) -> bool:
        """A new standard has a code."""
        fine = super().validate(extra_validators)
        if self.standard_id.data == NEW and not self.standard_code.data:
            return wrong(self.standard_code, _("Give the new standard a code."))
        return fine


class ImportForm(FlaskForm):
    """A draft in a file. It is read first, and kept only when you say so."""

    file = FileField(
        _("File"),
        (FileRequired(_("Choose a file.")),),
        description=_("Word (.docx) or Markdown (.md), with numbered requirements such as 3.2.1."),
    )
    code = StringField(
        _("Code of the standard"), _code(), description=_("A known code adds a version to that standard.")
    )
    title = StringField(
        _("Title"),
        (Optional(), Length(max=300)),
        description=_("In the language of the file; needed for a new standard."),
    )
    label = StringField(
        _("Version"),
        (InputRequired(MISSING), Length(max=40)),
        description=_("A known version in another language takes this text beside its own."),
    )
    language = SelectField(_("Language of the file"), choices=offered(LANGUAGES))


class ImportConfirmForm(FlaskForm):
    """What the dry run was about, carried along unseen."""

    sha256 = HiddenField(validators=(Regexp(r"^[0-9a-f]{64}$"),))
    filename = HiddenField(validators=(InputRequired(), Length(max=300)))
    code = HiddenField(validators=_code())
    title = HiddenField()
    label = HiddenField(validators=(InputRequired(), Length(max=40)))
    language = HiddenField()


class RoundForm(KnownForm):
    """A round: what it is to find out, on which version, in which languages, from when to when."""

    version_id = SelectField(_("Version of the draft"), coerce=int)
    objectives_es = TextAreaField(
        _("Objectives in Spanish"),
        (MayWait(BEFORE_SUBMISSION), Length(max=LONG)),
        description=_("What this round is to find out."),
    )
    objectives_pt = TextAreaField(_("Objectives in Portuguese"), (Optional(), Length(max=LONG)))
    objectives_en = TextAreaField(_("Objectives in English"), (Optional(), Length(max=LONG)))
    objectives_fr = TextAreaField(_("Objectives in French"), (Optional(), Length(max=LONG)))
    opens_on = DayField(_("First day"), (MayWait(BEFORE_SUBMISSION),))
    closes_on = DayField(
        _("Last day"), (MayWait(BEFORE_SUBMISSION),), description=_("It closes when this day ends, at 23:59.")
    )
    days = IntegerField(
        _("Or the number of days"), (MayWait(), NumberRange(1, 730, _("Between 1 and 730 days."))),
        description=_("Counted as chosen below, when no last day is given."),
    )  # fmt: skip
    day_count = RadioField(_("How days are counted"), choices=offered(DAY_COUNTS), default="inclusive")
    zone = SelectField(_("Time zone of the dates"), choices=zones())
    languages = SelectMultipleField(
        _("Languages"),
        choices=offered(LANGUAGES),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    waived = TextAreaField(
        _("Languages that are left out, and why"), (Optional(), Length(max=4000)),
        description=_("One a line, such as: fr: the translation follows in round 2"),
    )  # fmt: skip
    comment_types = SelectMultipleField(
        _("What comments may be about, beside the usual"),
        choices=offered((kind, label) for kind, label in TYPES.items() if kind not in ALWAYS),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_(
            "Every round takes general comments, comments on the substance and on the wording, and questions."
        ),
    )
    organisation_signoff = BooleanField(
        _("Comments count once their organisation has approved them"),
        description=_("Who approves for an organisation is told of each day's comments; what is not approved before closing does not count."),
    )  # fmt: skip

    def validate(self, extra_validators: object = None) -> bool:
        """A round has at least one language, and a last day or a number of days, not both; all that is wrong is said."""
        fine = super().validate(extra_validators)
        if not self.languages.data:
            fine = wrong(self.languages, _("Choose at least one language."))
        if self.closes_on.data and self.days.data:
            fine = wrong(self.days, _("Give either the last day or the number of days."))
        return _in_order(self.opens_on, self.closes_on) and fine


class SubmitForm(FlaskForm):
    """Until when CECLAC is asked to review."""

    due_on = DayField(_("Positions until"), (InputRequired(WHICH_DAY),))


class ScheduleForm(FlaskForm):
    """The dates as planned, or others because the review took longer."""

    opens_on = DayField(_("First day"), (InputRequired(WHICH_DAY),))
    closes_on = DayField(_("Last day"), (InputRequired(WHICH_DAY),))

    def validate(self, extra_validators: object = None) -> bool:
        """The last day does not lie before the first."""
        fine = super().validate(extra_validators)
        return _in_order(self.opens_on, self.closes_on) and fine


class ExtendForm(ReasonForm, SureForm):
    """A later last day, and why."""

    closes_on = DayField(
        _("New last day"),
        (InputRequired(WHICH_DAY),),
        description=_("It closes when this day ends, at 23:59."),
    )


class ResumeForm(ReasonForm):
    """Why it goes on, and why the pause is not added, if so."""

    waiver = TextAreaField(
        _("Why the pause is not added to the closing date"), (Optional(), Length(max=4000)),
        description=_("Leave this empty: the length of the pause is then added."),
    )  # fmt: skip


class LateForm(ReasonForm):
    """One organisation, until when, and why."""

    organisation_id = RadioField(
        _("Organisation"), (InputRequired(_("Choose an organisation.")),), coerce=int
    )
    until_on = DayField(_("Until the end of"), (InputRequired(WHICH_DAY),))


def wrong(field: Field, message: object) -> bool:
    """Write the error beside the field; False, for the answer of `validate`."""
    field.errors = [*field.errors, message]
    return False


def _in_order(first: Field, last: Field) -> bool:
    if first.data and last.data and last.data < first.data:
        return wrong(last, _("The last day lies before the first day."))
    return True
