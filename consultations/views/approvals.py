"""Where an organisation's approver reads what its delegates wrote, lets it go on or sends it back."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import signoffs
from consultations.forms.approvals import SendBackForm
from consultations.queries import approvals as read
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked, row_number
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("approvals", __name__, url_prefix="/approvals")
Page = str | Response | tuple[str, int]


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.get("/rounds/<int:round_id>")
@allow(Role.ORGANISATION, Role.DELEGATE)
def round(round_id: int) -> Page:
    """What waits for approval; after closing, what nobody had approved."""
    page = read.page(round_id, by=actor(), at=g.at) or abort(404)
    return render_template("approvals/round.html", page=page, head=page.head)


@pages.post("/comments/<int:comment_id>/approve")
@allow(Role.ORGANISATION)
def approve(comment_id: int) -> Page:
    """Approve one comment as it was read: it is sent."""
    made = act(signoffs.release, comment_id, known=request.form.get("known", type=row_number))
    flash(gettext("Approved: the comment is sent and counts."), "done")
    return redirect(url_for(".round", round_id=made.round_id))


@pages.route("/comments/<int:comment_id>/back", methods=["GET", "POST"])
@allow(Role.ORGANISATION)
def back(comment_id: int) -> Page:
    """Send one comment back to who wrote it, with a reason."""
    top, line = read.one(comment_id, by=actor(), at=g.at) or abort(404)
    form, refused = SendBackForm(), None
    if form.validate_on_submit():
        try:
            act(signoffs.give_back, comment_id, form.reason.data)
        except Refused as error:
            refused = error
        else:
            flash(gettext("Sent back to your delegate, with your reason."), "done")
            return redirect(url_for(".round", round_id=top.id))
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    shown = render_template(
        "approvals/back.html", head=top, line=line, c=line.comment, form=form, reasons=reasons
    )
    return (shown, 409) if refused else shown


@pages.route("/rounds/<int:round_id>/all", methods=["GET", "POST"])
@allow(Role.ORGANISATION)
def approve_all(round_id: int) -> Page:
    """Approve everything that was read of what waits, after asking."""
    if sent():
        count = act(signoffs.release_all, round_id, known=_known(request.form.get("known", "")))
        flash(
            ngettext("One comment is approved and sent.", "%(num)d comments are approved and sent.", count)
            if count
            else gettext("Nothing waits for your approval any more."),
            "done",
        )
        return redirect(url_for(".round", round_id=round_id))
    page = read.page(round_id, by=actor(), at=g.at) or abort(404)
    page = page.until(number_asked("last", page.last))
    return render_template("approvals/all.html", page=page, head=page.head)


def _known(said: str) -> dict[int, int]:
    """{comment: event} as queries.approvals writes it; what is neither is left out."""
    pairs = (one.split(".") for one in said.split())
    numbers = (pair for pair in pairs if len(pair) == 2 and all(map(_is_number, pair)))
    return {int(comment_id): int(event_id) for comment_id, event_id in numbers}


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= 10
