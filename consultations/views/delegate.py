"""A delegate's pages of a round: read, comment, "no comment", say whether answers satisfy."""

from typing import Any

import structlog
from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import comments, satisfaction, taking_part
from consultations.forms.delegate_comments import CommentForm, SatisfactionForm
from consultations.queries import clause_pages as read
from consultations.queries import delegate_rounds as asked_of
from consultations.queries import next_rounds
from consultations.queries.comments import NodeView
from consultations.queries.remarks import replies
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("delegate", __name__, url_prefix="/d")
Page = str | Response | tuple[str, int]
log = structlog.get_logger()


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.get("/rounds")
@allow(Role.DELEGATE)
def rounds() -> Page:
    """The rounds that my organisation is asked in."""
    return render_template("delegate/rounds.html", rounds=asked_of.rounds(by=actor(), at=g.at))


@pages.get("/rounds/<int:round_id>")
@allow(Role.DELEGATE)
def round_page(round_id: int) -> Page:
    """What is asked, until when, and how far we are; one chapter at a time."""
    chapter = number_asked("chapter", None)
    page = asked_of.round_page(round_id, chapter, by=actor(), at=g.at) or abort(404)
    shown = render_template("delegate/round.html", page=page, head=page.head)
    if page.head.open and page.head.registered and not page.seen:
        _note_seen(round_id)
    return shown


@pages.route("/rounds/<int:round_id>/clauses/<int:node_id>", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def clause(round_id: int, node_id: int) -> Page:
    """A clause with what others say; writing keeps a draft that the next page shows for checking."""
    return written_on(round_id, node_id)


@pages.route("/rounds/<int:round_id>/whole", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def whole(round_id: int) -> Page:
    """The same for the text as a whole."""
    return written_on(round_id, None)


@pages.get("/comments/<int:comment_id>")
@allow(Role.DELEGATE)
def comment(comment_id: int) -> Page:
    """A comment of ours: check it before sending, its receipt afterwards, in the end its answer."""
    page = read.own_comment(comment_id, by=actor(), at=g.at) or abort(404)
    answered = replies(comment_id, by=actor()) if page.comment.around.replies else ()
    return render_template(
        "delegate/comment.html", page=page, head=page.head, c=page.comment, replies=answered
    )


@pages.post("/comments/<int:comment_id>/send")
@allow(Role.DELEGATE)
def send(comment_id: int) -> Page:
    """Send a draft."""
    act(comments.submit, comment_id)
    return redirect(url_for(".comment", comment_id=comment_id))


@pages.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def edit(comment_id: int) -> Page:
    """Write the next version; what a colleague wrote meanwhile is shown beside it, and nothing is lost."""
    page = read.own_comment(comment_id, by=actor(), at=g.at) or abort(404)
    form = CommentForm(obj=page.comment)
    form.ask_types(page.head.types)
    form.offer_parts(_wording(page.node))
    refused: Refused | None = None
    if form.validate_on_submit():
        try:
            act(
                comments.edit, comment_id, version=form.version.data, visibility=form.visibility.data,
                consent_to_name=form.consent_to_name.data, quote=form.words_meant(), **_said(form, page.node),
            )  # fmt: skip
        except Refused as error:
            refused = error
            page = read.own_comment(comment_id, by=actor(), at=g.at) or abort(404)
            form.version.data, form.version.raw_data = page.comment.version, None
        else:
            return redirect(url_for(".comment", comment_id=comment_id))
    elif not sent():
        form.proposal.data = page.comment.proposal or _wording(page.node)
        form.show_words(page.comment.around.quote)
    shown = render_template(
        "delegate/edit.html", page=page, head=page.head, c=page.comment, form=form, reasons=_beside(form, refused),
        theirs=_changed_meanwhile(refused),
    )  # fmt: skip
    return (shown, 409) if refused else shown


@pages.route("/comments/<int:comment_id>/withdraw", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def withdraw(comment_id: int) -> Page:
    """Take a comment back, after asking."""
    page = read.own_comment(comment_id, by=actor(), at=g.at) or abort(404)
    if sent():
        act(comments.withdraw, comment_id)
        flash(gettext("Your comment is withdrawn. It stays on record, marked as withdrawn."), "done")
        return redirect(url_for(".round_page", round_id=page.head.id))
    return render_template("delegate/withdraw.html", page=page, head=page.head, c=page.comment)


@pages.route("/comments/<int:comment_id>/satisfaction", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def satisfied(comment_id: int) -> Page:
    """Say whether the answer satisfies us."""
    page = read.own_comment(comment_id, by=actor(), at=g.at) or abort(404)
    form, refused = SatisfactionForm(), None
    if form.validate_on_submit():
        try:
            act(satisfaction.declare, comment_id, form.said.data, form.reason.data or "")
        except Refused as error:
            refused = error
        else:
            flash(gettext("Thank you: what you said is recorded."), "done")
            return redirect(url_for(".mine", round_id=page.head.id))
    shown = render_template(
        "delegate/satisfaction.html",
        page=page,
        head=page.head,
        c=page.comment,
        form=form,
        reasons=_reasons(refused),
    )
    return (shown, 409) if refused else shown


@pages.get("/rounds/<int:round_id>/comments")
@allow(Role.DELEGATE)
def mine(round_id: int) -> Page:
    """All comments of our organisation, and what became of them."""
    top = asked_of.head(round_id, by=actor(), at=g.at) or abort(404)
    page = read.mine_page(round_id, number_asked("page", 1), by=actor(), at=g.at)
    return render_template("delegate/mine.html", head=top, page=page)


@pages.route("/rounds/<int:round_id>/no-comment", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def no_comment(round_id: int) -> Page:
    """Say that we have read it and have no comment, after asking."""
    page = asked_of.round_page(round_id, None, by=actor(), at=g.at) or abort(404)
    if sent():
        act(comments.declare_no_comment, round_id)
        flash(
            gettext("Recorded: your organisation has no comment. You may change this until closing."), "done"
        )
        return redirect(url_for(".round_page", round_id=round_id))
    return render_template("delegate/no_comment.html", page=page, head=page.head)


@pages.post("/rounds/<int:round_id>/no-comment/retract")
@allow(Role.DELEGATE)
def retract(round_id: int) -> Page:
    """Take "no comment" back."""
    act(comments.retract_no_comment, round_id)
    flash(gettext("Taken back: your organisation may comment."), "done")
    return redirect(url_for(".round_page", round_id=round_id))


def _note_seen(round_id: int) -> None:
    """Once for each organisation; what fails here (a database that is busy) must not cost the reader the page."""
    try:
        act(taking_part.opened, round_id)
    except Exception as error:
        log.warning("seen_not_noted", round=round_id, error=type(error).__name__)


def written_on(round_id: int, node_id: int | None, question_id: int | None = None) -> Page:
    """The page of a clause, of a question, or of the whole text, with the form for a comment."""
    number = number_asked("page", 1)
    page = read.clause_page(round_id, node_id, number, question_id=question_id, by=actor(), at=g.at) or abort(
        404
    )
    form, refused = CommentForm(), None
    form.ask_types(page.head.types)
    form.offer_parts(_wording(page.node))
    if form.validate_on_submit():
        try:
            return _kept(page, form)
        except Refused as error:
            refused = error
    elif not sent():
        form.proposal.data = _wording(page.node)
        # One may remark on a question without being for or against it.
        form.stance.data = "neutral" if page.question else None
    shown = render_template(
        "delegate/clause.html", page=page, head=page.head, form=form, reasons=_beside(form, refused),
        earlier=() if question_id else next_rounds.said_before(round_id, node_id, by=actor(), at=g.at),
    )  # fmt: skip
    return (shown, 409) if refused else shown


def _kept(page: read.ClausePage, form: CommentForm) -> Response:
    node_id, question_id = (part.id if part else None for part in (page.node, page.question))
    made = act(
        comments.enter, page.head.id, node_id, client_uuid=form.client_uuid.data, language=wording.language(), submit=False,
        visibility=form.visibility.data, consent_to_name=form.consent_to_name.data, question_id=question_id,
        quote=form.words_meant(), **_said(form, page.node),
    )  # fmt: skip
    if comments.repeated(made, g.at):
        flash(gettext("This form had reached us before: there is one comment, not two."), "done")
    return redirect(url_for(".comment", comment_id=made.id))


def _said(form: CommentForm, node: NodeView | None) -> dict[str, Any]:
    """What was written; the clause's own words left as they are propose nothing."""
    said = form.said()
    unchanged = {_squeezed(text) for text in node.texts.values()} if node else set()
    return {**said, "proposal": "" if _squeezed(said["proposal"]) in unchanged else said["proposal"]}


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _wording(node: NodeView | None) -> str:
    return wording.local(node.texts) if node else ""


def _reasons(refused: Refused | None) -> list[dict[str, str]]:
    return [wording.refusal(reason) for reason in refused.refusals] if refused else []


def _beside(form: CommentForm, refused: Refused | None) -> list[dict[str, str]]:
    """What is refused; what speaks against the quoted words stands beside their field."""
    about = [reason for reason in refused.refusals if reason.code.startswith("quote_")] if refused else []
    told = [wording.refusal(reason) for reason in about]
    form.quote.errors = [*form.quote.errors, *(f"{one['sentence']} {one['remedy']}" for one in told)]
    return [wording.refusal(reason) for reason in refused.refusals if reason not in about] if refused else []


def _changed_meanwhile(refused: Refused | None) -> bool:
    return refused is not None and any(reason.code == "edited_meanwhile" for reason in refused.refusals)
