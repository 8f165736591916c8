"""The shape of what people type to sign in and about their own account."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField
from wtforms.validators import Email, EqualTo, InputRequired, Length, Optional

from consultations.forms.offered import offered
from consultations.forms.zones import zones
from consultations.wording import LANGUAGES

LONGEST_PASSWORD = 200
SHORTEST_PASSWORD = 12

_EMAIL = (
    InputRequired(_("Write your e-mail address.")),
    Length(max=254, message=_("This address is too long.")),
    Email(_("Write the address like this: name@example.org.")),
)


class SignInForm(FlaskForm):
    """E-mail address and password."""

    email = EmailField(_("E-mail address"), _EMAIL)
    password = PasswordField(
        _("Password"),
        (
            InputRequired(_("Write your password.")),
            Length(max=LONGEST_PASSWORD, message=_("This password is too long.")),
        ),
    )
    next = HiddenField()


class LinkForm(FlaskForm):
    """Where to mail a one-time link."""

    email = EmailField(_("E-mail address"), _EMAIL)


class PreferencesForm(FlaskForm):
    """Language and time zone of a person."""

    language = SelectField(
        _("Language"),
        choices=offered(LANGUAGES),
        description=_("Of these pages and of the mails to you."),
    )
    zone = SelectField(
        _("Time zone"), description=_("Deadlines show the declared zone; other times are shown in yours.")
    )

    def offer_zones(self, present: str) -> None:
        """Offer the zones of the countries, and the person's own if it is another."""
        self.zone.choices = zones(present)


class PasswordForm(FlaskForm):
    """A new password, typed twice, and the present one where it is asked for."""

    present = PasswordField(_("Present password"), (Optional(), Length(max=LONGEST_PASSWORD)))
    new = PasswordField(
        _("New password"),
        (
            InputRequired(_("Write a new password.")),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=_("A password has 12 to 200 characters; a sentence of your own is good."),
            ),
        ),
        description=_(
            "At least 12 characters. A sentence of your own is easy to remember and hard to guess."
        ),
    )
    again = PasswordField(
        _("New password, once more"),
        (
            InputRequired(_("Write the new password a second time.")),
            EqualTo("new", _("The two are not the same.")),
        ),
    )
