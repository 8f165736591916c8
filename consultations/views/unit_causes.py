"""The report on a round's changes of the text: which comments led to each, which nobody asked for, what was not done."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from consultations import wording, wording_comments, wording_drafts
from consultations.auth import actor, allow
from consultations.engine import change_reasons
from consultations.forms.unit import ReasonForm
from consultations.queries import causes as read
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, again, pages
from workflows.refusals import Refused
from workflows.roles import Role

PARTS = {
    read.UNASKED: lazy_gettext("Changes that no comment asked for"),
    read.ASKED: lazy_gettext("Changes that comments led to"),
    read.UNMADE: lazy_gettext("Answers whose change the text does not have"),
}


@pages.get("/rounds/<int:round_id>/changes/<int:version_id>")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def causes(round_id: int, version_id: int) -> str:
    """One part of the report, a page at a time."""
    language = request.args.get("in", wording.language())
    page = read.causes_page(
        round_id, version_id, request.args.get("kind", ""), number_asked("page", 1), language, by=actor()
    )
    return render_template(
        "unit/causes.html", page=page, parts=PARTS, words=wording_drafts, outcomes=wording_comments.OUTCOMES
    )


@pages.route("/rounds/<int:round_id>/changes/<int:version_id>/<string:sha256>", methods=["GET", "POST"])
@allow(Role.UNIT)
def explain_change(round_id: int, version_id: int, sha256: str) -> Answer:
    """Write why a change was made that no comment asked for."""
    page = read.change_page(round_id, version_id, sha256)
    form = ReasonForm(reason=page.reason)
    values = {"page": page, "form": form, "words": wording_drafts}
    if not form.is_submitted():
        return render_template("unit/explain_change.html", reasons=[], **values)
    if not form.validate():
        return again("unit/explain_change.html", **values)
    try:
        act(change_reasons.explain, round_id, version_id, sha256, form.reason.data or "")
    except Refused as refused:
        return again("unit/explain_change.html", refused, **values)
    flash(gettext("The reason is recorded."), "done")
    return redirect(url_for("unit.causes", round_id=round_id, version_id=version_id), 303)
