"""Standards and their versions to read, and importing a draft: a dry run first, then the confirmation."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import uploads, wording
from consultations.auth import actor, allow
from consultations.documents.findings import FileRefused, Finding, Place
from consultations.documents.standard import read_standard
from consultations.documents.standard_tree import Report
from consultations.documents.wording import PLACES, SENTENCES, params
from consultations.engine import standards as verbs
from consultations.forms.unit import ImportConfirmForm, ImportForm
from consultations.queries import standards
from consultations.views.acts import act
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role

SHOWN_DOUBTS = 200
ASKED = ("filename", "code", "title", "label", "language")


@pages.get("/standards")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def all_standards() -> str:
    """Every standard with its versions."""
    return render_template("unit/standards.html", standards=standards.all_standards())


@pages.get("/standards/versions/<int:version_id>")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def version(version_id: int) -> str:
    """One version to read, in one language."""
    language = request.args.get("in", wording.language())
    return render_template(
        "unit/version.html", page=standards.version(version_id, language), names=wording.LANGUAGES
    )


@pages.route("/standards/import", methods=["GET", "POST"])
@allow(Role.UNIT)
def import_draft() -> Answer:
    """Read a file, and lead to what would be kept of it; nothing is imported yet."""
    form = ImportForm()
    if not form.is_submitted():
        form.code.data, form.label.data = request.args.get("code", ""), request.args.get("label", "")
        return render_template("unit/import.html", form=form, reasons=[], faults=[])
    if not form.validate():
        return again("unit/import.html", form=form, faults=[])
    data, filename = form.file.data.read(), form.file.data.filename or "draft"
    try:
        read_standard(data, filename)
    except FileRefused as refused:
        return _refused(form, refused)
    sha256 = uploads.keep(data, by=actor(), at=g.at)
    return _to_dry_run(ImportConfirmForm(None, sha256=sha256, filename=filename[:300], data=form.data))


@pages.get("/standards/import/<sha256>")
@allow(Role.UNIT)
def dry_run(sha256: str) -> Answer:
    """What would be kept of the file, every doubt with its place, and what speaks against it."""
    form = ImportConfirmForm(
        formdata=None, sha256=sha256, **{name: request.args.get(name, "") for name in ASKED}
    )
    data = uploads.fetch(sha256, by=actor())
    if data is None:
        return _kept_before(form) or _gone()
    try:
        report = read_standard(data, form.filename.data)
    except FileRefused as refused:
        return _refused(form, refused)
    return _report(report, form)


@pages.post("/standards/import/confirmed")
@allow(Role.UNIT)
def confirm_import() -> Answer:
    """Keep what the dry run showed."""
    form = ImportConfirmForm()
    data = uploads.fetch(form.sha256.data, by=actor()) if form.validate() else None
    if data is None:
        return _kept_before(form) or _gone()
    try:
        report = read_standard(data, form.filename.data)
    except FileRefused as refused:
        return _refused(form, refused)
    try:
        version_id = act(verbs.import_version, report, source_name=form.filename.data, **_names(form)).id
    except Refused:
        return _kept_before(form) or _to_dry_run(form)  # which says what speaks against it
    uploads.drop(form.sha256.data, by=actor())
    return _imported(version_id)


def _imported(version_id: int) -> Answer:
    flash(gettext("The text is imported."), "done")
    return redirect(url_for("unit.version", version_id=version_id), 303)


def _kept_before(form: ImportConfirmForm) -> Answer | None:
    """Where the first of two clicks on the button led, and where Back leads after it."""
    version_id = standards.imported_from(
        form.sha256.data or "", code=form.code.data or "", label=form.label.data or "",
        language=form.language.data or "",
    )  # fmt: skip
    return _imported(version_id) if version_id else None


def _gone() -> Answer:
    flash(gettext("The file is no longer here. Choose it again."), "error")
    return redirect(url_for("unit.import_draft"), 303)


def _to_dry_run(form: ImportConfirmForm) -> Answer:
    """A page of its own: Back and reload show it again."""
    names = {name: form[name].data or "" for name in ASKED}
    return redirect(url_for("unit.dry_run", sha256=form.sha256.data, **names), 303)


def _report(report: Report, form: ImportConfirmForm) -> Answer:
    names = _names(form)
    faults = verbs.import_objections(report, **names)
    comparison = verbs.compare_with_version(report, code=names["code"], label=names["label"])
    doubts = [_sentence(doubt) for doubt in report.doubts]
    repeated = {} if comparison else report.repeated
    values: dict[str, Any] = {
        "report": report, "counts": report.counts, "doubts": doubts[:SHOWN_DOUBTS], "doubts_count": len(doubts),
        "form": form, "filename": form.filename.data, "comparison": comparison, "names": names,
        "reasons": [wording.refusal(fault) for fault in faults], "language": wording.LANGUAGES.get(names["language"], ""),
        "repeated": [(number, ", ".join(map(_where, places))) for number, places in repeated.items()],
    }  # fmt: skip
    return render_template("unit/import_check.html", **values)


def _refused(form: ImportForm | ImportConfirmForm, refused: FileRefused) -> Answer:
    """The form to choose a file, with everything that speaks against the one that was chosen."""
    asked = form if isinstance(form, ImportForm) else ImportForm(formdata=None, data=form.data)
    return again("unit/import.html", form=asked, faults=[_sentence(fault) for fault in refused.faults])


def _names(form: ImportConfirmForm) -> dict[str, Any]:
    language = form.language.data or ""
    title = (form.title.data or "").strip()
    return {
        "code": form.code.data or "", "titles": {language: title} if title else {}, "label": form.label.data or "",
        "language": language,
    }  # fmt: skip


def _sentence(finding: Finding) -> tuple[str, str]:
    """A finding of the reader in words: its place, and what is the matter."""
    place = _where(finding.place) if finding.place else ""
    return place, gettext(SENTENCES[finding.code], **params(finding, gettext))


def _where(place: Place) -> str:
    return gettext(PLACES[place.unit], index=place.index, table=place.table or "")
