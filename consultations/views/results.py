"""What anyone may read of a vote's result, where an organisation contests it, and what was sent out of it."""

from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow, everyone
from consultations.documents import program as recount_program
from consultations.documents.minutes_pdf import minutes_pdf
from consultations.engine import contests, dispatches, minutes_files
from consultations.extensions import limiter
from consultations.forms.attachments import ACCEPTED
from consultations.forms.delegate_votes import ContestForm
from consultations.forms.dispatches import OutcomeForm, PositionForm
from consultations.forms.receipts import ReceiptForm
from consultations.queries import (
    contest_files,
    decisions,
    minutes_documents,
    receipts,
    recount_files,
    recounts,
)
from consultations.queries import dispatches as sent_out
from consultations.queries import minutes as minutes_query
from consultations.queries.decisions import DecisionPage, RollCall
from consultations.queries.minutes import Minutes
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.received_files import received
from consultations.views.vote_words import dress
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("results", __name__, url_prefix="/results")
dress(pages)
Answer = str | Response | tuple[str, int]


@pages.get("/<int:vote_id>")
@everyone
def decision(vote_id: int) -> str:
    """The decision, with every condition as a sentence and as a figure."""
    return render_template(
        "results/decision.html", page=_page(vote_id), form=ReceiptForm(formdata=None),
        files=contest_files.of_vote(vote_id, by=actor()), counts=recounts.side_by_side(vote_id),
    )  # fmt: skip


@pages.get("/<int:vote_id>/roll-call")
@everyone
def roll_call(vote_id: int) -> str:
    """Who voted how."""
    return render_template("results/roll_call.html", page=_roll_call(vote_id))


@pages.get("/<int:vote_id>/minutes")
@everyone
def minutes(vote_id: int) -> str:
    """The minutes, made from the data, to be read or printed."""
    return render_template("results/minutes.html", page=_minutes(vote_id))


@pages.get("/<int:vote_id>/minutes.pdf")
@limiter.limit("30 per 15 minutes")
@everyone
def minutes_file(vote_id: int) -> Response:
    """The same as a tagged PDF with its figures attached, in a language of the reader's choice."""
    asked = request.args.get("in", "")
    language = asked if asked in wording.LANGUAGES else wording.language()
    with force_locale(language):
        code, made = minutes_documents.of_vote(vote_id, at=g.at) or abort(404)
        held = current_app.extensions["settings"].var / "minutes"
        data = minutes_pdf(held, f"vote-{vote_id}-{language}", made)
    if not minutes_documents.is_kept(data):
        number = made.figures["figures"]["vote"]["count"]
        act(minutes_files.of_vote, vote_id, data, number=number, language=language)
    name = f"{code}-minutes-{language}.pdf"
    return send_file(BytesIO(data), mimetype="application/pdf", as_attachment=True, download_name=name)


@pages.get("/<int:vote_id>/files/<name>")
@everyone
def file(vote_id: int, name: str) -> Response:
    """A file to recount with."""
    found = recount_files.file_of(vote_id, name) or abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(found.body, content_type=f"{found.mimetype}; charset=utf-8", headers=headers)


@pages.get("/program.zip")
@everyone
def program() -> Response:
    """The program that recounts a vote: the rules that ran here, and nothing else."""
    headers = {"Content-Disposition": f'attachment; filename="{recount_program.NAME}"'}
    return Response(recount_program.program(), content_type="application/zip", headers=headers)


@pages.get("/<int:vote_id>/receipt")
@everyone
def receipt(vote_id: int) -> str:
    """Ask whether a receipt is among the ballots of a vote."""
    page = receipts.page(vote_id, "") or abort(404)
    return render_template("results/receipt.html", page=page, form=ReceiptForm(formdata=None))


@pages.post("/<int:vote_id>/receipt")
@limiter.limit("60 per 15 minutes")
@everyone
def check_receipt(vote_id: int) -> Answer:
    """Whether it is, answered in place: no address holds a receipt (docs/decisions/0007)."""
    form = ReceiptForm()
    page = receipts.page(vote_id, form.code.data if form.validate_on_submit() else "") or abort(404)
    answer = render_template("results/receipt.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


@pages.route("/<int:vote_id>/contest", methods=["GET", "POST"])
@allow(Role.DELEGATE, Role.ORGANISATION)
def contest(vote_id: int) -> str | Response | tuple[str, int]:
    """Contest a provisional result, with grounds."""
    page, form = _page(vote_id), ContestForm()
    if not form.validate_on_submit():
        return _contest_page(page, form, 422 if form.errors else 200)
    fine, wrong = received(form.files.data or [])
    if wrong:
        form.files.errors = wrong
        return _contest_page(page, form, 422)
    try:
        act(contests.raise_contest, vote_id, grounds=form.grounds.data, files=fine)
    except Refused as refused:
        return _contest_page(page, form, 409, [wording.refusal(reason) for reason in refused.refusals])
    flash(_("The contest is received. The committee answers with its reasons on this page."), "done")
    return redirect(url_for(".decision", vote_id=vote_id))


@pages.get("/contest-files/<int:file_id>")
@everyone
def contest_file(file_id: int) -> Response:
    """The evidence of a contest as it came, to be saved; for all who may not read it, it is not there."""
    found = contest_files.download(file_id, by=actor()) or abort(404)
    return send_file(BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name)


@pages.route("/dossiers/<int:dossier_id>/position", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD)
def position(dossier_id: int) -> Answer:
    """Record the position as it is sent to the outside body."""
    form = PositionForm()
    if not form.validate_on_submit():
        return _dispatch_page(dossier_id, "position", form)
    try:
        act(dispatches.send_position, dossier_id, recipient=form.recipient.data, letter=form.letter.data)
    except Refused as refused:
        return _dispatch_page(dossier_id, "position", form, refused)
    flash(_("The position is recorded as sent."), "done")
    return redirect(url_for("unit.dossier", dossier_id=dossier_id))


@pages.route("/dossiers/<int:dossier_id>/outcome", methods=["GET", "POST"])
@allow(Role.UNIT)
def outcome(dossier_id: int) -> Answer:
    """Record what the outside body answered."""
    form = OutcomeForm()
    if not form.validate_on_submit():
        return _dispatch_page(dossier_id, "outcome", form)
    try:
        act(dispatches.record_outcome, dossier_id, outcome=form.outcome.data, note=form.note.data)
    except Refused as refused:
        return _dispatch_page(dossier_id, "outcome", form, refused)
    flash(_("The answer is on record."), "done")
    return redirect(url_for("unit.dossier", dossier_id=dossier_id))


def _contest_page(
    page: DecisionPage, form: ContestForm, status: int, reasons: list[dict[str, str]] | None = None
) -> Answer:
    answer = render_template(
        "results/contest.html", page=page, form=form, reasons=reasons or [], accepted=ACCEPTED
    )
    return answer, status


def _dispatch_page(dossier_id: int, kind: str, form: Any, refused: Refused | None = None) -> Answer:
    code, titles = sent_out.dossier_named(dossier_id) or abort(404)
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    answer = render_template(
        "results/dispatch.html", code=code, titles=titles, dossier_id=dossier_id, kind=kind, form=form,
        sent=sent_out.sent(dossier_id), reasons=reasons,
    )  # fmt: skip
    return (answer, 409 if refused else 422) if refused or form.errors else answer


def _roll_call(vote_id: int) -> RollCall:
    number = number_asked("page", 1)
    return decisions.roll_call(vote_id, number, named=wording.country) or abort(404)


def _minutes(vote_id: int) -> Minutes:
    return minutes_query.page(vote_id, at=g.at, named=wording.country) or abort(404)


def _page(vote_id: int) -> DecisionPage:
    return decisions.page(vote_id, by=actor(), at=g.at) or abort(404)
