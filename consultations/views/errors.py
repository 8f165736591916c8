"""Every error answers with a page of ours: what happened, that nothing was lost, and what to do."""

from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask_babel import gettext, ngettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from consultations import auth, clock, wording
from consultations.engine.work import NotFound
from consultations.extensions import Interrupted, Unstorable, db, limiter, taken_back
from consultations.forms.account import SignInForm
from consultations.views import carried
from workflows.refusals import Refused

# What ends or changes a session leaves words behind that are carried on; after any other error they can be copied.
CARRIED_ON = (401, 403, 429)
SEND_AGAIN_AFTER = "2"  # seconds


def handle(app: Flask) -> None:
    """Register a page for every error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Unstorable, _odd)
    app.register_error_handler(Interrupted, _interrupted)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    if error.code != 429:
        return _answer(error)
    body, code = _answer(error)
    return body, code, {"Retry-After": str(_wait())}


def _wait() -> int:
    """In how many seconds the limit that was met lets somebody in again."""
    met = limiter.current_limit
    return max(1, int(met.reset_at - clock.now().timestamp())) if met else 60


def _answer(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    words = carried.of_request() if code in CARRIED_ON else None
    if code == 413:
        return _too_large()
    if words is None and code == 429:
        return _page(429, explanation=_when())
    if words is None:
        return _page(code)
    if code != 429:
        return carried.page(words, code)
    form = SignInForm(formdata=None)
    form.form_errors.append(gettext("Too many attempts in a short time. Wait a few minutes and try again."))
    return carried.page(words, code, form)


def _when() -> str:
    return ngettext(
        "Too many requests came from this connection, which others may share. Try again in one minute. Nothing you had sent before was lost.",
        "Too many requests came from this connection, which others may share. Try again in %(num)d minutes. Nothing you had sent before was lost.",
        -(-_wait() // 60),
    )


def _too_large() -> tuple[str, int]:
    """What fits at once, and the way back to the page that the file was chosen on."""
    most = current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
    return _page(
        413, back=_came_from() or _opened_again(),
        explanation=gettext(
            "At most %(size)s MB can be sent at once. Choose a smaller file, or divide it, and send it again. Nothing was saved.",
            size=most,
        ),
    )  # fmt: skip


def _came_from() -> str | None:
    """The path of the page of ours that led here, if it can be opened again."""
    if not (request.referrer or "").startswith(request.host_url):
        return None
    came, here = urlsplit(request.referrer or ""), current_app.create_url_adapter(request)
    path = auth.local_path(came.path, "")
    if not path or here is None or not here.test(path, "GET"):
        return None
    return f"{path}?{came.query}" if came.query else path


def _csrf(error: CSRFError) -> tuple[str, int]:
    """The page was opened in a session that is no longer this browser's, or in another capacity."""
    if words := carried.of_request():
        return carried.page(words, 400)
    return _page(
        400, title=gettext("This page is out of date"), back=_opened_again(),
        explanation=gettext(
            "You have signed in or out, or chosen for whom you act, since it was opened. Nothing was sent. Open the page "
            "again and repeat the step; if that does not help, allow your browser to keep cookies of this site."
        ),
    )  # fmt: skip


def _opened_again() -> str | None:
    """The address of the page whose form was sent to itself."""
    here = current_app.create_url_adapter(request)
    return request.path if here and here.test(request.path, "GET") else None


def _odd(error: Unstorable) -> tuple[str, int]:
    """A character or a number that the database cannot hold: nobody types it, and it is no failure of ours."""
    db.session.rollback()
    return _page(400)


def _interrupted(error: Interrupted) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Two changed the same at one moment, and the database took all of this one back: sent again, it is done."""
    if not taken_back(error):
        return _unexpected(error)
    current_app.logger.warning("taken back by the database", exc_info=error)
    db.session.rollback()
    return *_page(503, back=_came_from() or _opened_again()), {"Retry-After": SEND_AGAIN_AFTER}


def _refused(error: Refused) -> tuple[str, int]:
    """409 with all reasons; forms that hold typed text catch Refused themselves and show it beside the text.

    No reason at all: a page was brought back that is nothing but a button.
    """
    if not error.refusals:
        again = gettext("Open the page again and repeat the step.")
        return _page(409, title=gettext("Nothing has been sent yet"), explanation=again, back=_opened_again())
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


def _typed() -> list[tuple[str, str]]:
    """What somebody wrote into a form that was not taken, to be copied."""
    words = carried.of_request()
    return words.words if words else []
