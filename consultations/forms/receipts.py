"""The shape of a receipt that is checked."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from consultations.engine.ballots import GROUP_LENGTH
from consultations.forms.kept import KeptForm


def tidy(code: str | None) -> str:
    """A receipt as it was given, in capitals and groups, whatever was typed between them: "7F3A-K2MX-9QWT-C4NP"."""
    signs = "".join(sign for sign in (code or "").upper() if sign.isalnum())
    return "-".join(signs[n : n + GROUP_LENGTH] for n in range(0, len(signs), GROUP_LENGTH))


class ReceiptForm(KeptForm):
    """A question that changes nothing, and yet is posted: a receipt leads to the choice, and an address ends up in logs."""

    code = StringField(
        _("Receipt"),
        [
            DataRequired(_("Write the receipt.")),
            Length(max=60, message=_("A receipt is shorter than this.")),
        ],
        filters=[tidy],
        description=_("Four groups of four letters and digits, as on the receipt page and in the mail."),
    )
