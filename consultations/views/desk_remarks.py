"""What stands round a comment, at the desk: who supports it, the replies to it; the Unit replies, its head hides replies."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import remarks
from consultations.forms.delegate_comments import ReplyForm
from consultations.forms.removals import HidingForm
from consultations.queries import remarks as read
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("remarks", __name__, url_prefix="/desk")
Page = str | Response | tuple[str, int]


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.route("/comments/<int:comment_id>/remarks", methods=["GET", "POST"])
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def index(comment_id: int) -> Page:
    """Support and replies; the Unit writes replies here."""
    page = read.said_page(comment_id, number_asked("page", None), by=actor(), at=g.at) or abort(404)
    form = ReplyForm()
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            act(remarks.reply, comment_id, form.text.data, client_uuid=form.client_uuid.data)
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
        else:
            flash(gettext("Your reply is kept. The organisations that read the comment read it."), "done")
            return redirect(url_for(".index", comment_id=comment_id) + "#replies")
    shown = render_template(
        "desk/remarks.html",
        page=page,
        head=page.head,
        c=page.comment,
        form=form,
        reasons=reasons,
        supporters=read.supporters(comment_id),
    )
    return (shown, 409) if reasons else shown


@pages.route("/comments/<int:comment_id>/replies/<int:reply_id>/hide", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD)
def hide(comment_id: int, reply_id: int) -> Page:
    """Hide a reply with a reason, after showing it once more."""
    page = read.said_page(comment_id, by=actor(), at=g.at) or abort(404)
    reply = read.reply(comment_id, reply_id, by=actor()) or abort(404)
    form = HidingForm()
    reasons: list[dict[str, str]] = []
    if sent() and form.validate():
        try:
            act(remarks.hide_reply, reply_id, form.reason.data or "")
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
        else:
            flash(gettext("The reply is hidden; everybody reads the reason in its place."), "done")
            return redirect(url_for(".index", comment_id=comment_id) + "#replies")
    shown = render_template(
        "desk/hide_reply.html", page=page, head=page.head, c=page.comment, reply=reply, form=form, reasons=reasons
    )  # fmt: skip
    return (shown, 409) if reasons else shown
