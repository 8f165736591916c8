"""A comparison sent as a Word document."""

from datetime import datetime
from io import BytesIO

from flask import send_file
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations.documents.redline_docx import write_redline
from consultations.queries.redlines import Redline

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def redline_docx(made: Redline, at: datetime) -> Response:
    """The DOCX with tracked changes, by the Standards Unit, as of `at`."""
    title = gettext(
        "%(title)s: from version %(before)s to %(after)s", title=wording.local(made.titles, made.language),
        before=made.before.label, after=made.after.label,
    )  # fmt: skip
    author = gettext("Standards Unit")
    data = write_redline(
        made.old, made.new, made.changes, title=title, language=made.language, author=author, at=at
    )
    name = f"{made.code}-{made.before.label}-{made.after.label}-{made.language}.docx"
    return send_file(BytesIO(data), mimetype=DOCX, as_attachment=True, download_name=name)
