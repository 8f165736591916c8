"""What changed in the text since the round before, what asked for it, and why the rest was changed."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext

from consultations import wording_drafts
from consultations.auth import actor, allow
from consultations.engine import change_reasons
from consultations.forms.unit import ReasonForm
from consultations.queries import reverse_reports
from consultations.views.acts import act
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role


@pages.get("/rounds/<int:round_id>/changes")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def changes(round_id: int) -> str:
    """Every change since the round before, with the comments or the reason that explain it."""
    page = reverse_reports.page(round_id, by=actor())
    return render_template("unit/changes.html", page=page, words=wording_drafts)


@pages.route("/rounds/<int:round_id>/changes/<string:sha256>", methods=["GET", "POST"])
@allow(Role.UNIT)
def explain_change(round_id: int, sha256: str) -> Answer:
    """Write why a change was made that no comment asked for."""
    page = reverse_reports.page(round_id, by=actor())
    line = page.line(sha256) or abort(404)
    form = ReasonForm(reason=line.reason)
    values = {"page": page, "line": line, "form": form, "words": wording_drafts}
    if not form.is_submitted():
        return render_template("unit/explain_change.html", reasons=[], **values)
    if not form.validate():
        return again("unit/explain_change.html", **values)
    try:
        act(change_reasons.explain, round_id, sha256, form.reason.data or "")
    except Refused as refused:
        return again("unit/explain_change.html", refused, **values)
    flash(gettext("The reason is recorded."), "done")
    return redirect(url_for("unit.changes", round_id=round_id), 303)
