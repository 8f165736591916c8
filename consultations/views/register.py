"""The register of organisations, for those who keep it; a network sees its own members."""

from dataclasses import asdict

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import uploads, wording
from consultations.auth import actor, allow
from consultations.documents.findings import FileRefused
from consultations.documents.register_csv import ENCODINGS, read_register
from consultations.documents.register_report import RegisterReport
from consultations.engine.appointments import end_mandate as end
from consultations.engine.register import import_register
from consultations.forms.register import EndMandateForm, UploadForm
from consultations.queries import people, register, register_changes, register_differences
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from consultations.views.register_words import IMPORTED, field, in_words, sentence
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("register", __name__, url_prefix="/register")
Answer = str | Response | tuple[str, int]


@pages.get("/")
@allow(Role.ADMIN, Role.UNIT, Role.NETWORK, Role.AUDITOR)
def organisations() -> str:
    """The list, to be searched."""
    search, missing = request.args.get("q", "")[:200], request.args.get("missing") == "1"
    page = register.organisations(search, _own_network(), missing, number_asked("page", 1), at=g.at)
    return render_template(
        "register/organisations.html", page=page, search=search, missing=missing, keeper=_keeper()
    )


@pages.get("/organisations/<int:organisation_id>")
@allow(Role.ADMIN, Role.UNIT, Role.NETWORK, Role.AUDITOR)
def organisation(organisation_id: int) -> str:
    """One organisation, and who acts for it."""
    page = register.organisation(organisation_id, network_id=_own_network(), at=g.at)
    if page is None:
        abort(404)
    return render_template("register/organisation.html", page=page, roles=wording.ROLES, keeper=_keeper())


@pages.route("/import", methods=["GET", "POST"])
@allow(Role.ADMIN, Role.UNIT)
def upload() -> Answer:
    """Choose a file; it is read and reported on, nothing more."""
    form = UploadForm()
    if not sent() or not form.validate_on_submit():
        return render_template("register/upload.html", form=form), 400 if sent() else 200
    data = form.file.data.read()
    try:
        read_register(data, form.file.data.filename, encoding=form.encoding.data)
    except FileRefused as refused:
        form.file.errors = [sentence(fault) for fault in refused.faults]
        return render_template("register/upload.html", form=form), 409
    sha256 = uploads.keep(data, by=actor(), at=g.at)
    return redirect(url_for("register.report", sha256=sha256, encoding=form.encoding.data), 303)


@pages.get("/import/<sha256>")
@allow(Role.ADMIN, Role.UNIT)
def report(sha256: str) -> str:
    """What the import would make of the file, row by row."""
    return _report(sha256, _read(sha256))


@pages.post("/import/<sha256>")
@allow(Role.ADMIN, Role.UNIT)
def confirm(sha256: str) -> Answer:
    """Import it: all rows or none."""
    read = _read(sha256)
    try:
        done = act(import_register, read)
    except Refused as refused:
        return _report(sha256, read, [wording.refusal(reason) for reason in refused.refusals]), 409
    uploads.drop(sha256, by=actor())
    counts = [f"{gettext(IMPORTED[name])}: {count}" for name, count in asdict(done).items() if count]
    said = gettext("The register is imported.") if done.changed else gettext("Nothing was other than before.")
    flash(" ".join((said, ", ".join(counts))), "done")
    return redirect(url_for("register.organisations"), 303)


@pages.route("/mandates/<int:mandate_id>/end", methods=["GET", "POST"])
@allow(Role.ADMIN, Role.UNIT)
def end_mandate(mandate_id: int) -> Answer:
    """Confirm that a mandate ends now."""
    form, refused = EndMandateForm(), None
    holder = people.holder(mandate_id) or abort(404)
    if form.validate_on_submit():
        try:
            act(end, mandate_id, reason=form.reason.data)
        except Refused as error:
            refused = error
        else:
            flash(gettext("The mandate has ended."), "done")
            return redirect(url_for("register.organisations" if holder.place else "register.holders"), 303)
    page = render_template(
        "register/end_mandate.html", form=form, holder=holder, role=wording.ROLES[holder.role],
        reasons=[wording.refusal(reason) for reason in refused.refusals] if refused else [],
    )  # fmt: skip
    return page, 409 if refused else 400 if sent() else 200


@pages.get("/trouble")
@allow(Role.ADMIN, Role.AUDITOR)
def trouble() -> str:
    """What the clock or the mail could not do."""
    return render_template("register/trouble.html", rows=register.trouble())


def _read(sha256: str) -> RegisterReport:
    data, encoding = uploads.fetch(sha256, by=actor()), request.values.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        abort(404)
    if data is None:
        _brought_before(sha256)
        said = gettext(
            "The file is no longer here: it has been imported, or a day has passed. Choose it again if need be."
        )
        flash(said, "warn")
        abort(redirect(url_for("register.upload"), 303))
    return read_register(data, "register.csv", encoding=encoding, known=register_changes.known(at=g.at))


def _brought_before(sha256: str) -> None:
    """Lead where the first of two clicks led, and where Back leads after it, when this person has imported the file."""
    if register_changes.imported(sha256, by=actor(), since=g.at - uploads.KEPT_FOR):
        flash(gettext("The register is imported."), "done")
        abort(redirect(url_for("register.organisations"), 303))


def _report(sha256: str, read: RegisterReport, reasons: list[dict[str, str]] | None = None) -> str:
    rows = [
        (row.line, row.called, row.status, map(in_words, row.findings)) for row in read.rows if row.findings
    ]
    people = register_changes.successions(read, at=g.at)
    return render_template(
        "register/report.html", read=read, rows=rows, sha256=sha256, reasons=reasons or [],
        fields=[(one, field(one.field)) for one in register_differences.differences(read, at=g.at)],
        replaced=[one for one in people if one.before], new_people=sum(not one.before for one in people),
        doubts=map(sentence, read.doubts), misread=any(doubt.code == "utf8_misread" for doubt in read.doubts),
        encoding=request.values.get("encoding", "utf-8"),
    )  # fmt: skip


def _own_network() -> int | None:
    """A network's coordinator sees its members; the keepers see all."""
    return actor().network_id if actor().role is Role.NETWORK else None


def _keeper() -> bool:
    return actor().role in (Role.ADMIN, Role.UNIT, Role.UNIT_HEAD)
