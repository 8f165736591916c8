"""What a delegate does round comments: support and reply to those of others, comment on a question, ask what was received."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import remarks
from consultations.forms.delegate_comments import CommentReceiptForm, ReplyForm
from consultations.queries import comment_versions
from consultations.queries import remarks as read
from consultations.queries.remarks import SaidPage
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.delegate import Page, pages, written_on
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/rounds/<int:round_id>/questions/<int:question_id>", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def on_question(round_id: int, question_id: int) -> Page:
    """A question with what others say of it; a comment on it is written like one on a clause."""
    return written_on(round_id, None, question_id)


@pages.route("/said/<int:comment_id>", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def said(comment_id: int) -> Page:
    """A comment that we may read, with its replies: support it, or reply."""
    page = read.said_page(comment_id, number_asked("page", None), by=actor(), at=g.at) or abort(404)
    form = ReplyForm()
    reasons: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            act(remarks.reply, comment_id, form.text.data, client_uuid=form.client_uuid.data)
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
        else:
            flash(gettext("Your reply is kept."), "done")
            return redirect(url_for("delegate.said", comment_id=comment_id) + "#replies")
    shown = render_template(
        "delegate/said.html", page=page, head=page.head, c=page.comment, form=form, reasons=reasons, back=_back(page)
    )  # fmt: skip
    return (shown, 409) if reasons else shown


@pages.post("/said/<int:comment_id>/support")
@allow(Role.DELEGATE)
def support(comment_id: int) -> Page:
    """Stand behind another organisation's comment."""
    act(remarks.support, comment_id)
    flash(gettext("Your organisation supports this comment."), "done")
    return redirect(url_for("delegate.said", comment_id=comment_id))


@pages.post("/said/<int:comment_id>/support/take-back")
@allow(Role.DELEGATE)
def take_back_support(comment_id: int) -> Page:
    """Take our support back."""
    act(remarks.take_back_support, comment_id)
    flash(gettext("Your organisation no longer supports this comment."), "done")
    return redirect(url_for("delegate.said", comment_id=comment_id))


@pages.get("/comments/<int:comment_id>/versions")
@allow(Role.DELEGATE)
def versions(comment_id: int) -> Page:
    """Every version of a comment of ours, with what it changed and when it was received."""
    page = comment_versions.versions_page(comment_id, number_asked("page", 1), by=actor(), at=g.at) or abort(
        404
    )
    return render_template(
        "delegate/versions.html", page=page, head=page.of.head, c=page.of.comment, turned_words=words.TURNED
    )


@pages.route("/receipt", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def receipt() -> Page:
    """Find what was received, by the receipt code of a comment of ours."""
    form = CommentReceiptForm()
    if form.validate_on_submit():
        found = comment_versions.by_receipt(form.code.data or "", by=actor())
        if found is not None:
            return redirect(url_for("delegate.versions", comment_id=found))
        form.code.errors = [
            gettext(
                "No comment of your organisation has this code. Compare every letter with the page or the mail."
            )
        ]
    return render_template("delegate/receipt.html", form=form)


def _back(page: SaidPage) -> str:
    """The place that the comment is on."""
    if page.question:
        return url_for("delegate.on_question", round_id=page.head.id, question_id=page.question.id)
    if page.node:
        return url_for("delegate.clause", round_id=page.head.id, node_id=page.node.id)
    return url_for("delegate.whole", round_id=page.head.id)
