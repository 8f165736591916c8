"""Who is asking: session -> person -> the capacity they act in -> Actor; and what each route lets in."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import UserMixin, current_user, login_user, logout_user
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from consultations import clock
from consultations.actor import PUBLIC, Actor
from consultations.extensions import login
from consultations.queries import capacities
from workflows.roles import Role, implies

View = TypeVar("View", bound=Callable[..., Any])

# An idle session ends after `session_minutes`; that it was used is noted at most once in this time, because
# each note is a new cookie to sign and to send.
NOTED_EVERY = timedelta(minutes=1)

# However busy a session is, it ends a day after signing in: a stolen cookie does not live for ever.
LONGEST_SESSION = timedelta(hours=24)

# A form with this field brings back what was typed, in the capacity (mandate id) that its page was opened in.
BROUGHT_BACK = "brought_back_for"


@dataclass(frozen=True)
class Access:
    """Who may open a route: everyone, anyone signed in, or holders of some roles."""

    kind: str
    roles: frozenset[Role] = field(default_factory=frozenset)

    def admits(self, actor: Actor, signed_in: bool) -> bool:
        """Whether this actor may open the route."""
        if self.kind == "everyone":
            return True
        return signed_in and (self.kind == "signed_in" or not self.roles.isdisjoint(implies(actor.role)))


def everyone(view: View) -> View:
    """The public may open this route."""
    return _mark(view, Access("everyone"))


def signed_in(view: View) -> View:
    """Anyone who has signed in may open this route, in any capacity or none."""
    return _mark(view, Access("signed_in"))


def allow(*roles: Role) -> Callable[[View], View]:
    """Only people acting in one of these roles may open this route."""
    return lambda view: _mark(view, Access("roles", frozenset(roles)))


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


class User(UserMixin):
    """What Flask-Login holds: a frozen copy of the person, read once per request, and the key of this session."""

    def __init__(self, person: capacities.Signatory, key: str) -> None:
        self.person = person
        self.key = key
        self.id = f"{person.id}.{person.session_version}.{key}"


@login.user_loader
def load_user(token: str) -> User | None:
    """The person of the session, unless they were closed out, or signed out here or everywhere since.

    Their capacities, and whether the session was ended, come with the same select: nearly every request asks for all.
    """
    id, version, key = [*token.split("."), "", ""][:3]
    found = capacities.known(int(id), key, at=_at()) if id.isdecimal() and key else None
    if found is None or not found[0].active or str(found[0].session_version) != version:
        return None
    g.capacities = found[1]
    return User(found[0], key)


def actor() -> Actor:
    """Who acts in this request: the chosen capacity if it is in force, else the only one, else nobody."""
    if "actor" not in g:
        g.actor = _actor()
    return g.actor


def _actor() -> Actor:
    if not current_user.is_authenticated:
        return PUBLIC
    mine = my_capacities()
    # A chosen capacity that has ended is not replaced by another without asking: what was
    # written for one organisation must not be sent for the next.
    wanted = session.get("mandate")
    if not wanted and len(mine) == 1:
        # The only one is kept as if it had been chosen: when it ends and another begins, a form that was opened
        # under it is not sent for the next.
        wanted = session["mandate"] = mine[0].mandate_id
    chosen = [c for c in mine if c.mandate_id == wanted] if wanted else []
    if not chosen:
        return Actor(Role.PUBLIC, person_id=current_user.person.id)
    if "csrf_token" not in session:
        # Every form says, signed, in which capacity its page was opened (`opened_for`).
        session["csrf_token"] = f"{wanted}.{secrets.token_hex(20)}"
    return chosen[0].actor


def opened_for(token: str) -> int | None:
    """The mandate in whose capacity the page with this CSRF token was opened; None when it does not say.

    It is read from a token of any session and any age: what is done with it is checked against who asks now.
    """
    try:
        said = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token").loads(token)
    except BadData:
        return None
    id, dot, _ = str(said).partition(".")
    return int(id) if dot and id.isdecimal() else None


def my_capacities() -> tuple[capacities.Capacity, ...]:
    """The capacities in force now of who is signed in."""
    if "capacities" not in g:
        g.capacities = (
            capacities.of(current_user.person.id, at=_at()) if current_user.is_authenticated else ()
        )
    return g.capacities


def open_session(person_id: int, *, at: datetime) -> None:
    """Sign this person in: nothing of the visitor's session goes on but the language (no fixation)."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    _signed(person_id, secrets.token_hex(16))
    session["since"] = at.isoformat()


def renew_session(person_id: int) -> None:
    """Keep this browser signed in when the person's other sessions have just been ended."""
    _signed(person_id, current_user.key)


def close_session() -> None:
    """Sign out this browser; the language stays. A copy of its cookie is ended by engine.accounts.end_session."""
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language
    _forget()


def choose(mandate_id: int) -> bool:
    """Act in this capacity from now on; False when it is not one of the person's in force.

    Forms opened in another capacity end with it (their token is of the old one): a tab left open cannot send
    for the wrong organisation.
    """
    if mandate_id not in {capacity.mandate_id for capacity in my_capacities()}:
        return False
    if session.get("mandate") != mandate_id:
        session.pop("csrf_token", None)
        g.pop("csrf_token", None)
    session["mandate"] = mandate_id
    g.pop("actor", None)
    return True


def local_path(target: str | None, otherwise: str) -> str:
    """`target` if it is a path on this site, else `otherwise`: nobody is led elsewhere after signing in."""
    target = target or ""
    plain = (
        target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    )
    if not plain:
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else target


def guard(app: Flask) -> None:
    """Default deny: every request passes here, and a route that names nobody lets nobody in."""
    app.before_request(_forget)
    app.before_request(_check)


def require_marks(app: Flask) -> None:
    """Refuse to start with a route that does not say who may open it.

    Errors: RuntimeError naming every such endpoint.
    """
    unmarked = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "access"))
    if unmarked:
        raise RuntimeError(
            f"These routes do not say who may open them (@everyone, @signed_in, @allow): {', '.join(unmarked)}"
        )


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # 404 or 405 follows
    access = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access is None:
        abort(403)
    if current_user.is_authenticated and _too_old():
        close_session()
    if access.kind == "everyone":
        return None
    if not current_user.is_authenticated:
        if request.method == "POST":
            abort(401)  # the page for it gives back what was typed; a redirect would lose it
        return redirect(url_for("account.sign_in", next=_here()))
    _keep_alive()
    _act_again()
    if access.kind == "roles" and actor().mandate_id is None and my_capacities() and request.method != "POST":
        return redirect(url_for("account.capacity", next=_here()))
    if not access.admits(actor(), signed_in=True):
        abort(403)
    return None


def _act_again() -> None:
    """What comes back does so in the capacity that its page was opened in, or not at all."""
    wanted = request.form.get(BROUGHT_BACK, 0, type=int) if BROUGHT_BACK in request.form else None
    if wanted is not None and not choose(wanted):
        abort(403)


def _signed(person_id: int, key: str) -> None:
    person = capacities.signatory(person_id)
    if person is None or not person.active:
        abort(403)
    _forget()
    login_user(User(person, key))
    session.permanent = True


def _forget() -> None:
    """What was known of who asks is known no longer: after signing in or out, and as a request begins.

    An application context may outlive a request (a shell, a test), and nobody inherits another's identity.
    """
    for name in ("actor", "capacities", "csrf_token", "_login_user", "_flask_babel"):
        g.pop(name, None)


def _too_old() -> bool:
    since = session.setdefault("since", _at().isoformat())
    return _at() >= datetime.fromisoformat(since) + LONGEST_SESSION


def _at() -> datetime:
    """The request's instant."""
    return g.at if "at" in g else clock.now()


def _here() -> str:
    """Where to come back to; a form that was posted is not repeated by itself."""
    return request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else ""


def _keep_alive() -> None:
    """Let the time of an idle session begin anew, by a cookie with a new date."""
    now, noted = int(_at().timestamp()), session.get("noted", 0)
    if not session.permanent or not noted <= now < noted + NOTED_EVERY.total_seconds():
        session.permanent = True
        session["noted"] = now


def lifetime(minutes: int) -> timedelta:
    """How long an idle session lives."""
    return timedelta(minutes=minutes)
