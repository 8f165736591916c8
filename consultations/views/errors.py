"""Every error answers with a page of ours: what happened, that nothing was lost, and what to do."""

from flask import Flask, current_app, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from consultations import wording
from consultations.engine.work import NotFound
from consultations.extensions import Unstorable, db
from workflows.refusals import Refused

SECRETS = frozenset({"csrf_token", "password", "present", "new", "again"})


def handle(app: Flask) -> None:
    """Register a page for every error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Unstorable, _odd)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> tuple[str, int]:
    return _page(error.code or 500)


def _csrf(error: CSRFError) -> tuple[str, int]:
    detail = gettext("This page was opened in another session. Go back, reload the page and send it again.")
    return _page(400, explanation=detail)


def _odd(error: Unstorable) -> tuple[str, int]:
    """A character or a number that the database cannot hold: nobody types it, and it is no failure of ours."""
    db.session.rollback()
    return _page(400)


def _refused(error: Refused) -> tuple[str, int]:
    """409 with all reasons; forms that hold typed text catch Refused themselves and show it beside the text."""
    reasons = [wording.refusal(reason) for reason in error.refusals]
    return _page(
        409, title=gettext("This cannot be done now"), explanation=gettext("Nothing was changed."), reasons=reasons,
        back=request.referrer if request.referrer and request.referrer.startswith(request.host_url) else None,
    )  # fmt: skip


def _unexpected(error: Exception) -> tuple[str, int]:
    current_app.logger.exception("unexpected error")
    db.session.rollback()
    return _page(500)


def _page(code: int, **more: object) -> tuple[str, int]:
    return render_template("error.html", code=code, typed=_typed(), **more), code


def _typed() -> list[str]:
    """What somebody wrote into a form that was not taken, to be copied: a session ends while people write.

    Texts of more than one word; never a password, and nothing of a form that was itself too large to read.
    """
    if request.method != "POST":
        return []
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [text for name, text in sent if name not in SECRETS and len(text.split()) > 1]
