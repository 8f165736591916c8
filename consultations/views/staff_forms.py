"""Forms on paper and as workbooks: printed, handed out, and read back through a dry run."""

from io import BytesIO
from typing import Any

from flask import abort, flash, g, redirect, render_template, send_file, url_for
from flask_babel import gettext

from consultations import uploads, wording
from consultations.auth import actor
from consultations.documents.findings import Doubt, FileRefused
from consultations.documents.form_xlsx_write import write_form
from consultations.documents.wording import SENTENCES
from consultations.engine import form_imports
from consultations.forms.workshops import FormUpload
from consultations.queries import form_drafts, workshops
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from consultations.views.staff_pages import Answer
from consultations.wording_forms import form_words, row_reason
from workflows.refusals import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def print_form(round_id: int, organisation_id: int) -> str:
    """The form of one organisation to be printed: every clause and question, with room to write."""
    draft = form_drafts.draft(round_id, organisation_id, language=wording.language(), by=actor(), at=g.at)
    words = form_words(wording.language())["lists"]
    return render_template(
        "workshops/print.html", draft=draft, stances=words["stances"], agreement=words["agreement"]
    )


def workbook(round_id: int) -> Answer:
    """The same as a workbook; without an organisation its code is written in by hand."""
    organisation_id = number_asked("organisation", None)
    language = wording.language()
    draft = form_drafts.draft(round_id, organisation_id, language=language, by=actor(), at=g.at)
    data = write_form(draft, form_words(language))
    return send_file(BytesIO(data), XLSX, as_attachment=True, download_name=draft.filename)


def upload_form(round_id: int) -> Answer:
    """Choose a form that came back; it is read and reported on, nothing more."""
    page, form = workshops.round_line(round_id), FormUpload()
    if not form.validate_on_submit():
        return render_template("workshops/upload.html", form=form, page=page), 400 if sent() else 200
    data = form.file.data.read()
    try:
        form_imports.read(data, round_id=round_id)
    except FileRefused as refused:
        form.file.errors = [gettext(SENTENCES[fault.code], **fault.params) for fault in refused.faults]
        return render_template("workshops/upload.html", form=form, page=page), 409
    return redirect(
        url_for(".form_report", round_id=round_id, sha256=uploads.keep(data, by=actor(), at=g.at))
    )


def form_report(round_id: int, sha256: str) -> Answer:
    """What the form would change, row by row; confirming it brings all of it in, or nothing."""
    read = _read(round_id, sha256)
    if not sent():
        return _report(round_id, sha256, act(form_imports.dry_run, read))
    try:
        report = act(form_imports.bring_in, read)
    except Refused as refused:
        reasons = [wording.refusal(reason) for reason in refused.refusals]
        return _report(round_id, sha256, act(form_imports.dry_run, read), reasons), 409
    uploads.drop(sha256, by=actor())
    changed = gettext("The form is imported. The organisation is asked to confirm it.")
    flash(changed if report.changes else gettext("Nothing was other than before."), "done")
    return redirect(url_for(".workshops", round_id=round_id))


def _read(round_id: int, sha256: str) -> Any:
    data = uploads.fetch(sha256, by=actor())
    if data is None:
        abort(404)
    try:
        return form_imports.read(data, round_id=round_id)
    except FileRefused:
        abort(404)


def _said(row: Any) -> list[str]:
    """The reasons of a row; of one in error those that keep it out, and what is only to be looked at after them."""
    keeping = [row_reason(reason) for reason in row.reasons if not isinstance(reason, Doubt)]
    doubts = [row_reason(reason) for reason in row.reasons if isinstance(reason, Doubt)]
    if row.status == "error" and keeping:
        doubts = [gettext("To be looked at as well: %(what)s", what=one) for one in doubts]
    return keeping + doubts


def _report(round_id: int, sha256: str, report: Any, reasons: list[dict[str, str]] | None = None) -> str:
    rows = [(row, _said(row)) for row in report.rows]
    return render_template(
        "workshops/report.html", page=workshops.round_line(round_id), report=report, rows=rows, sha256=sha256,
        reasons=reasons or [],
    )  # fmt: skip
