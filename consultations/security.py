"""Headers that hold every answer to what Plenaria promises: nothing from another host, no script, no frame, and
nothing sent twice by reloading."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
A_YEAR = "public, max-age=31536000"  # a static file's address names its version
KEPT = frozenset({200, 206, 304})  # what came, whole or in part, or is there already; never an error


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
    response.headers["Content-Security-Policy"] = POLICY
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
