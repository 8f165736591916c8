"""The minutes of an assembly as everybody reads them, and as a PDF."""

from io import BytesIO

from flask import abort, current_app, render_template, request, send_file
from flask_babel import force_locale
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, everyone
from consultations.documents.minutes_pdf import minutes_pdf
from consultations.engine import minutes_files
from consultations.extensions import limiter
from consultations.queries import assembly_minutes, minutes_documents
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.assembly_public import pages


@pages.get("/<int:assembly_id>/minutes")
@everyone
def minutes(assembly_id: int) -> str:
    """The newest version, or the one asked for, once the assembly is closed."""
    page = assembly_minutes.page(assembly_id, number_asked("version", None), by=actor()) or abort(404)
    return render_template("assembly_public/minutes.html", page=page, names=wording.LANGUAGES)


@pages.get("/<int:assembly_id>/minutes.pdf")
@limiter.limit("30 per 15 minutes")
@everyone
def minutes_file(assembly_id: int) -> Response:
    """The same as a tagged PDF, in a language of the reader's choice, else that of the body."""
    asked = request.args.get("in", "")
    version = number_asked("version", None)
    found = assembly_minutes.page(assembly_id, version, by=actor()) or abort(404)
    language = asked if asked in wording.LANGUAGES else found.language
    with force_locale(language):
        found = assembly_minutes.page(assembly_id, version, by=actor())
        if found is None or not found.number:
            abort(404)
        held = current_app.extensions["settings"].var / "minutes"
        data = minutes_pdf(held, f"assembly-{assembly_id}-{found.number}-{language}", found.document)
    if not minutes_documents.is_kept(data):
        act(minutes_files.of_assembly, assembly_id, data, number=found.number, language=language)
    name = f"{found.line.code}-minutes-{found.number}-{language}.pdf"
    return send_file(BytesIO(data), mimetype="application/pdf", as_attachment=True, download_name=name)
