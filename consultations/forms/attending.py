"""The shape of what a delegate sends about an assembly: a proxy, taking it back, an interest."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from consultations.forms.kept import KeptForm
from consultations.forms.offered import offered


class ProxyForm(KeptForm):
    """For what a proxy is, and the signed instrument."""

    request_id = HiddenField(validators=[InputRequired()])
    scope = SelectField(_("What it is for"), coerce=int)
    instrument = FileField(
        _("Signed instrument"), [Optional()],
        description=_("PDF, JPEG, PNG, Word .docx, Excel .xlsx, CSV or plain text; at most 5 MB."),
    )  # fmt: skip

    def offer(self, scopes: list[tuple[int, str]]) -> None:
        """The whole assembly (0) and the items that it may be for."""
        self.scope.choices = offered(scopes)

    def validate_request_id(self, field: HiddenField) -> None:
        """It is a number that the page made: sent twice, it is one proxy."""
        try:
            UUID(field.data)
        except (TypeError, ValueError) as error:
            raise ValidationError(str(_("Go back and choose again."))) from error


class TakeBackForm(KeptForm):
    """Why a proxy is taken back, if one wants to say."""

    reason = TextAreaField(_("Reason"), [Optional(), Length(max=1000)])


class OwnInterestForm(KeptForm):
    """What the own organisation has to do with a matter."""

    words = TextAreaField(
        _("Interest"), [InputRequired(_("Write in a sentence what the organisation has to do with the matter.")), Length(max=2000)],
        description=_("It stands in the minutes."),
    )  # fmt: skip
