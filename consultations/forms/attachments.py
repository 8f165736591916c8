"""Files that an organisation adds to what it says. Shape only; what they are is judged by documents.attached."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired, MultipleFileField

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.csv,.txt"


class AttachmentsForm(FlaskForm):
    """One or more files."""

    files = MultipleFileField(
        _("Files"), (FileRequired(_("Choose a file.")),),
        description=_("PDF, JPEG, PNG, Word .docx, Excel .xlsx, CSV or plain text; at most 5 MB each."),
    )  # fmt: skip
