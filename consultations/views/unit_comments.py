"""Comment sheets of standards bodies: read and checked row by row, placed by hand where need be, imported; and exported."""

import re
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consultations import uploads, wording
from consultations.auth import actor, allow
from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.comment_sheet_report import Sheet
from consultations.documents.findings import FileRefused, Finding
from consultations.documents.wording import PLACES, SENTENCES
from consultations.engine import comment_imports as verbs
from consultations.engine.comment_import_plan import ByHand, Plan, PlannedRow
from consultations.forms.unit_comments import (
    CommentSheetCheckForm,
    CommentSheetForm,
    by_hand_fields,
    shown_fields,
)
from consultations.queries import comment_sheets, rounds
from consultations.views.acts import act
from consultations.views.addresses import row_number
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role

ROWS_PER_PAGE = 50
WORST_FIRST = ("error", "warning", "ok")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@pages.route("/rounds/<int:round_id>/comments/import", methods=["GET", "POST"])
@allow(Role.UNIT)
def import_comments(round_id: int) -> Answer:
    """Choose a comment sheet; it is read and kept for a day, nothing more."""
    page, form = rounds.page(round_id, by=actor(), at=g.at), CommentSheetForm()
    if not form.is_submitted():
        return render_template("unit/comments_import.html", page=page, form=form, faults=[])
    if not form.validate():
        return again("unit/comments_import.html", page=page, form=form, faults=[])
    data = form.file.data.read()
    try:
        read_comment_sheet(data, form.file.data.filename or "sheet")
    except FileRefused as refused:
        faults = [_sentence(fault) for fault in refused.faults]
        return again("unit/comments_import.html", page=page, form=form, faults=faults)
    return redirect(
        url_for(".check_comments", round_id=round_id, sha256=uploads.keep(data, by=actor(), at=g.at))
    )


@pages.route("/rounds/<int:round_id>/comments/import/<sha256>", methods=["GET", "POST"])
@allow(Role.UNIT)
def check_comments(round_id: int, sha256: str) -> Answer:
    """What an import would make of each row, with fields for what matches nothing; then the import itself."""
    if not _SHA256.fullmatch(sha256):
        abort(404)
    data = uploads.fetch(sha256, by=actor())
    if data is None:
        flash(gettext("The file is no longer here. Choose it again."), "error")
        return redirect(url_for(".import_comments", round_id=round_id))
    sheet, form = read_comment_sheet(data, "sheet"), CommentSheetCheckForm()
    plain = verbs.plan(round_id, sheet, by=actor(), at=g.at)
    by_hand = ByHand(
        by_hand_fields("clause", plain.unmatched_clauses, request.form),
        by_hand_fields("body", plain.unknown_bodies, request.form),
    )
    refused = None
    if "confirm" in request.form and form.validate_on_submit():
        try:
            return _imported(round_id, sheet, by_hand, sha256, only_valid=form.only_valid.data)
        except Refused as error:
            refused = error
    return _check(round_id, plain, by_hand, form, refused, sha256)


@pages.get("/rounds/<int:round_id>/comments/export/<any(docx, xlsx, csv, json):form>")
@allow(Role.UNIT, Role.AUDITOR)
def export_comments(round_id: int, form: str) -> Answer:
    """Every comment of the round with its answer, as a comment sheet."""
    try:
        file = comment_sheets.export(round_id, form)
    except FileRefused as refused:
        flash(" ".join(_sentence(fault) for fault in refused.faults), "error")
        return redirect(url_for(".round", round_id=round_id))
    answer = Response(file.body, mimetype=file.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer


def _imported(round_id: int, sheet: Sheet, by_hand: ByHand, sha256: str, *, only_valid: bool) -> Answer:
    done = act(verbs.import_sheet, round_id, sheet, by_hand, only_valid=only_valid)
    if not done.plan.errors:
        uploads.drop(sha256, by=actor())
    told = [ngettext("One comment is imported.", "%(num)d comments are imported.", done.comments)]
    if done.answers:
        told.append(ngettext("One answer is proposed.", "%(num)d answers are proposed.", done.answers))
    if done.plan.errors:
        told.append(ngettext("One row was left out.", "%(num)d rows were left out.", done.plan.errors))
    flash(" ".join(told), "done")
    return redirect(url_for(".round", round_id=round_id))


def _check(
    round_id: int, plain: Plan, by_hand: ByHand, form: CommentSheetCheckForm, refused: Refused | None, sha256: str
) -> Answer:  # fmt: skip
    plan = verbs.plan(round_id, plain.sheet, by_hand, by=actor(), at=g.at)
    pages_ = max(1, -(-len(plan.rows) // ROWS_PER_PAGE))
    number = min(max(1, request.form.get("page", 1, type=row_number)), pages_)
    ordered = sorted(plan.rows, key=lambda row: WORST_FIRST.index(row.status))
    values: dict[str, Any] = {
        "page": rounds.page(round_id, by=actor(), at=g.at), "plan": plan, "form": form, "sha256": sha256,
        "rows": [_line(row) for row in ordered[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE]],
        "number": number, "pages": pages_, "told": [_sentence(f) for f in (*plan.sheet.doubts, *plan.sheet.skipped)],
        "counts": plan.to_dict()["summary"]["by_status"],
        "clauses": shown_fields("clause", plain.unmatched_clauses, by_hand.clauses, plan.unmatched_clauses),
        "bodies": shown_fields("body", plain.unknown_bodies, by_hand.organisations, plan.unknown_bodies),
        "reasons": [wording.refusal(reason) for reason in refused.refusals] if refused else [],
    }  # fmt: skip
    return render_template("unit/comments_check.html", **values), 409 if refused else 200


def _line(row: PlannedRow) -> dict[str, Any]:
    """A row as the page shows it."""
    said = row.row
    findings = [_sentence(finding) for finding in (*said.findings, *row.findings)]
    return {
        "row": said.row, "status": row.status, "body": said.member_body, "clause": said.clause, "number": row.number,
        "text": row.words, "reasons": [*findings, *(wording.refusal(reason)["sentence"] for reason in row.refusals)],
    }  # fmt: skip


def _sentence(finding: Finding) -> str:
    """A finding of the reader in words, its place first."""
    said = gettext(SENTENCES[finding.code], **finding.params)
    if finding.place is None:
        return said
    where = gettext(PLACES[finding.place.unit], index=finding.place.index, table=finding.place.table or "")
    return f"{where}: {said}"
