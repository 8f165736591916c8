"""A delegate takes a comment back that waits for the organisation's approval, to change it."""

from flask import flash, redirect, url_for
from flask_babel import gettext

from consultations.auth import allow
from consultations.engine import signoffs
from consultations.views.acts import act
from consultations.views.delegate import Page, pages
from workflows.roles import Role


@pages.post("/comments/<int:comment_id>/recall")
@allow(Role.DELEGATE)
def recall(comment_id: int) -> Page:
    """Back to a draft: it may be changed and sent again."""
    act(signoffs.recall, comment_id)
    flash(gettext("The comment is a draft again. It does not count until you send it once more."), "done")
    return redirect(url_for(".comment", comment_id=comment_id))
