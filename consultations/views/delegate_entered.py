"""A delegate reads what was entered for the organisation from paper and workshops, and confirms it."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import on_behalf
from consultations.queries import on_behalf as read
from consultations.views.acts import act, sent
from consultations.views.delegate import Page, pages
from consultations.wording_questions import label
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/rounds/<int:round_id>/entered", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def entered(round_id: int) -> Page:
    """This is what was entered for us: confirm it, or correct it like any comment of our own until closing."""
    page = read.entered_for_us(round_id, by=actor(), at=g.at) or abort(404)
    reasons: list[dict[str, str]] = []
    if sent():
        try:
            act(on_behalf.confirm, round_id)
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
        else:
            flash(gettext("Thank you: what was entered for your organisation is confirmed."), "done")
            return redirect(url_for("delegate.round_page", round_id=round_id))
    shown = render_template(
        "delegate/entered.html", page=page, head=page.head, reasons=reasons, words=words, label=label
    )
    return (shown, 409) if reasons else shown
