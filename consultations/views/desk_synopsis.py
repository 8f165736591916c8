"""The synopsis: written at the desk section by section, issued, read by everybody, and taken along as a file."""

from io import BytesIO

from flask import abort, current_app, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import force_locale, gettext
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response

from consultations import wording, wording_synopsis
from consultations.auth import actor, allow, everyone
from consultations.documents.kept_files import kept_docx, kept_pdf
from consultations.engine import synopses, synopsis_words
from consultations.extensions import limiter
from consultations.forms.desk import SynopsisDraftForm, SynopsisForm
from consultations.forms.synopsis import SectionForm
from consultations.queries import synopses as synopsis_read
from consultations.queries import synopsis_drafts, synopsis_pages
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from consultations.views.desk import Page, pages
from workflows.refusals import Refused
from workflows.roles import Role

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _by_kind() -> str:
    """Who asks for which kind of file. Many share an address (a hall, a telephone company), and a file is made only once."""
    return f"{get_remote_address()} {(request.view_args or {}).get('kind')}"


_SECTION = "/desk/rounds/<int:round_id>/synopsis/<any(" + ", ".join(wording_synopsis.SECTIONS) + "):section>"


@pages.route("/desk/rounds/<int:round_id>/synopsis", methods=["GET", "POST"])
@allow(Role.UNIT, Role.AUDITOR)
def draft(round_id: int) -> Page:
    """Write the words around the figures, check, and send it to the Commission: two steps on one form."""
    page = synopsis_read.draft(round_id, by=actor(), at=g.at) or abort(404)
    keeping = "keep" in request.form
    form, refused = (SynopsisDraftForm if keeping else SynopsisForm)(obj=page), None
    checking = form.validate_on_submit() and "change" not in request.form
    if checking and (keeping or "send" in request.form):
        try:
            return _keep(round_id, form) if keeping else _send(round_id, form)
        except Refused as error:
            refused = error
    writing = synopsis_drafts.writing(round_id, by=actor(), at=g.at) or abort(404)
    if not sent() or refused:
        form.known.data, form.known.raw_data = writing.known, None
    template = "desk/synopsis_check.html" if checking and not keeping else "desk/synopsis.html"
    shown = render_template(
        template, page=page, head=page.head, form=form, reasons=_reasons(refused), writing=writing,
        sections=wording_synopsis.SECTIONS, names=wording.LANGUAGES,
        told=synopsis_drafts.with_figures(round_id, *_own(form)) if checking else (),
    )  # fmt: skip
    return (shown, 409) if refused else shown


@pages.route(_SECTION, methods=["GET", "POST"])
@allow(Role.UNIT)
def section(round_id: int, section: str) -> Page:
    """The words of one section in one language; what a colleague wrote meanwhile is shown beside it, and nothing is lost."""
    language = _language()
    writing = synopsis_drafts.writing(round_id, by=actor(), at=g.at) or abort(404)
    form, refused = SectionForm(text=writing.text(section, language)), None
    if not sent():
        form.known.data = writing.known_of(section, language)
    elif form.validate():
        try:
            act(
                synopsis_words.write_section, round_id, section, language, form.text.data or "",
                known=form.known.data or "",
            )  # fmt: skip
        except Refused as error:
            refused = error
            writing = synopsis_drafts.writing(round_id, by=actor(), at=g.at) or abort(404)
            form.known.data, form.known.raw_data = writing.known_of(section, language), None
        else:
            flash(gettext("Kept as a draft: the Unit finds these words here again."), "done")
            return redirect(url_for(".draft", round_id=round_id))
    shown = render_template(
        "desk/section.html", writing=writing, head=writing.head, form=form, section=section, language=language,
        title=wording_synopsis.SECTIONS[section], asked=wording_synopsis.ASKED[section], names=wording.LANGUAGES,
        reasons=_reasons(refused),
    )  # fmt: skip
    return (shown, 409) if refused else shown


@pages.post("/desk/rounds/<int:round_id>/synopsis/figures")
@allow(Role.UNIT)
def take_figures(round_id: int) -> Page:
    """Take the figures in the words as they are now."""
    act(synopsis_words.take_figures, round_id)
    flash(gettext("The new figures are taken. Please read the words around them."), "done")
    return redirect(url_for(".draft", round_id=round_id))


@pages.route("/desk/rounds/<int:round_id>/reissue", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD)
def reissue(round_id: int) -> Page:
    """Issue the synopsis again after the decision, after asking."""
    writing = synopsis_drafts.writing(round_id, by=actor(), at=g.at) or abort(404)
    refused = None
    if sent():
        try:
            act(synopses.reissue, round_id)
        except Refused as error:
            refused = error
        else:
            flash(gettext("Issued again. Everyone who took part is told."), "done")
            return redirect(url_for(".synopsis", round_id=round_id))
    shown = render_template(
        "desk/reissue.html", writing=writing, head=writing.head, reasons=_reasons(refused)
    )
    return (shown, 409) if refused else shown


@pages.get("/rounds/<int:round_id>/synopsis")
@everyone
def synopsis(round_id: int) -> Page:
    """The synopsis: everyone's once published, before that the Commission's and the Unit's."""
    number, version = number_asked("page", 1), number_asked("version", None)
    page = synopsis_pages.page(round_id, number, version, by=actor(), at=g.at) or abort(404)
    return render_template("public/synopsis.html", page=page, head=page.head, names=wording.LANGUAGES)


@pages.get("/rounds/<int:round_id>/synopsis.<any(docx, pdf):kind>")
@limiter.limit("600 per 15 minutes", key_func=_by_kind)
@everyone
def synopsis_file(round_id: int, kind: str) -> Response:
    """The same as a file, in a language of the reader's choice; it holds what everybody may read, whoever asks."""
    language = _language()
    with force_locale(language):
        found = synopsis_pages.whole(round_id, number_asked("version", None), by=actor())
    made, code, number = found or abort(404)
    name = f"{code}-synopsis-{number}-{language}.{kind}"
    held = current_app.extensions["settings"].var / "synopses"
    kept = kept_pdf if kind == "pdf" else kept_docx
    data = kept(held, f"{round_id}-{number}-{language}", made)
    return send_file(BytesIO(data), mimetype=TYPES[kind], as_attachment=True, download_name=name)


def _language() -> str:
    asked = request.args.get("in", "")
    return asked if asked in wording.LANGUAGES else wording.language()


def _keep(round_id: int, form: SynopsisDraftForm) -> Response:
    act(synopses.keep_draft, round_id, *_own(form), known=form.known.data or None)
    flash(gettext("Kept as a draft: the Unit finds these words here again."), "done")
    return redirect(url_for(".draft", round_id=round_id))


def _send(round_id: int, form: SynopsisDraftForm) -> Response:
    act(synopses.submit, round_id, *_own(form), known=form.known.data or None)
    flash(gettext("The synopsis is frozen and with the Commission."), "done")
    return redirect(url_for(".synopsis", round_id=round_id))


def _own(form: SynopsisDraftForm) -> tuple[str, str]:
    return form.introduction.data or "", form.way_forward.data or ""


def _reasons(refused: Refused | None) -> list[dict[str, str]]:
    return [wording.refusal(reason) for reason in refused.refusals] if refused else []
