"""Headers that hold every answer to what Plenaria promises: nothing from another host, no frame, no script but on the
few pages that keep themselves up to date, and nothing sent twice by reloading."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
A_YEAR = "public, max-age=31536000"  # a static file's address names its version
KEPT = frozenset({200, 206, 304})  # what came, whole or in part, or is there already; never an error

# What a page that keeps itself up to date needs more: its own script file, and to ask its own house.
SCRIPTED = f"{POLICY}; script-src 'self'; connect-src 'self'"


def scripted(view: View) -> View:
    """Let this page run the house's own script files; every other page runs none."""
    view.scripted = True  # type: ignore[attr-defined]
    return view


def headers(app: Flask) -> None:
    """Set the headers on every answer."""
    app.after_request(_harden)
    app.after_request(_see_other)


def _see_other(response: Response) -> Response:
    """After a form was sent the next page is fetched, whatever the browser makes of 302 (RFC 9110, section 15.4.4)."""
    if request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = SCRIPTED if _runs_script() else POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static" and response.status_code in KEPT:
        response.headers["Cache-Control"] = A_YEAR
    elif request.blueprint != "feeds" or response.status_code not in KEPT:
        # Pages and files are personal: a shared phone's Back button must not show them after sign-out, and no proxy
        # keeps them. Assigned, not set by default: `send_file` writes a header of its own before.
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _runs_script() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), "scripted", False)
