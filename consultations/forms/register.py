"""The shape of what the register's keepers send."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional

from consultations.forms.days import DayField
from consultations.forms.offered import offered

ENCODINGS = (("utf-8", "UTF-8"), ("cp1252", "Windows (cp1252)"), ("iso-8859-1", "ISO 8859-1"))


class UploadForm(FlaskForm):
    """A register as a CSV file."""

    file = FileField(
        _("File (CSV)"),
        (FileRequired(_("Choose a file.")),),
        description=_(
            "The first row names the columns: code, name, country; and, where known, kind, networks, products, members, good_standing, language, weight_…, delegate_name, delegate_email, alternate_name, alternate_email. A network that is not in the register yet goes in country_network, product_networks, workers_network or regional."
        ),
    )
    encoding = SelectField(
        _("Characters"),
        choices=offered(ENCODINGS),
        description=_("Leave UTF-8 unless accents come out wrong."),
    )


class EndMandateForm(FlaskForm):
    """Why a mandate ends."""

    reason = TextAreaField(
        _("Reason"),
        (
            InputRequired(_("Write the reason: it stays on record.")),
            Length(max=1000, message=_("At most 1,000 characters.")),
        ),
    )


class NominationForm(FlaskForm):
    """Who gets which role, where, and for how long."""

    email = EmailField(
        _("E-mail address"),
        (
            InputRequired(_("Write the e-mail address.")),
            Length(max=254, message=_("This address is too long.")),
            Email(_("Write the address like this: name@example.org.")),
        ),
        description=_("A person is known by their address; somebody known keeps the name they have."),
    )
    name = StringField(_("Name"), (InputRequired(_("Write the name.")), Length(max=300)))
    role = SelectField(_("Role"))
    organisation = StringField(
        _("Code of the organisation"),
        (Optional(), Length(max=40)),
        description=_("For delegates and approvers; the register shows the code beside the name."),
    )
    network_id = SelectField(
        _("Network or body"),
        (Optional(),),
        coerce=int,
        description=_("For coordinators, the Unit, the Commission and the assemblies."),
    )
    starts_on = DayField(_("First day"), (Optional(),), description=_("Left empty, it begins now."))
    ends_on = DayField(_("Last day"), (Optional(),), description=_("Left empty, it has no end."))
