"""What others do not read of a comment: the Unit removes single words, its head hides a comment and shows it again."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import removals
from consultations.forms.removals import HidingForm, RemovalForm
from consultations.queries import removals as read
from consultations.views.acts import act
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("removals", __name__, url_prefix="/desk")
Page = str | Response | tuple[str, int]


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.route("/comments/<int:comment_id>/words", methods=["GET", "POST"])
@allow(Role.UNIT)
def remove_words(comment_id: int) -> Page:
    """Remove words from what others read; how it then reads is shown."""
    form = RemovalForm()
    return _page(
        "desk/remove_words.html", comment_id, form,
        lambda: act(removals.remove_words, comment_id, form.words.data, form.reason.data),
        gettext("Others no longer read these words."), ".remove_words",
    )  # fmt: skip


@pages.route("/comments/<int:comment_id>/hide", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD)
def hide(comment_id: int) -> Page:
    """Hide a comment with a reason."""
    form = HidingForm()
    return _page(
        "desk/hide.html", comment_id, form, lambda: act(removals.hide, comment_id, form.reason.data),
        gettext("The comment is hidden. Its organisation is told."), "desk.answer",
    )  # fmt: skip


@pages.route("/comments/<int:comment_id>/show", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD, Role.CHAIR)
def show(comment_id: int) -> Page:
    """Show a hidden comment again, with a reason: another person than who hid it."""
    form = HidingForm()
    return _page(
        "desk/show.html", comment_id, form, lambda: act(removals.show, comment_id, form.reason.data),
        gettext("The comment is shown again. Its organisation is told."), "desk.answer",
    )  # fmt: skip


def _page(
    template: str, comment_id: int, form: Any, verb: Callable[[], object], done: str, after: str
) -> Page:
    """A comment with a form that asks for a reason; the verb runs when it is filled in."""
    page = read.page(comment_id, by=actor(), at=g.at) or abort(404)
    refused: Refused | None = None
    if form.validate_on_submit():
        try:
            verb()
        except Refused as error:
            refused = error
        else:
            flash(done, "done")
            return redirect(url_for(after, comment_id=comment_id))
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    shown = render_template(template, page=page, head=page.head, c=page.comment, form=form, reasons=reasons)
    return (shown, 409) if refused else shown
