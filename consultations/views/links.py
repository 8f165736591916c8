"""Links from the letter box: signing in once, and stopping reminders. Opening one changes nothing; a button does."""

from datetime import timedelta

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consultations import auth
from consultations.auth import everyone
from consultations.engine import accounts
from consultations.extensions import csrf, limiter
from consultations.forms.account import LinkForm
from consultations.views.acts import act

pages = Blueprint("links", __name__)
Answer = str | Response | tuple[str, int]


def _account() -> str:
    return "link:" + accounts.tidy(request.form.get("email", ""))[:254]


@pages.get("/sign-in/link")
@everyone
def ask() -> str:
    """Where to send the link."""
    return render_template("account/ask_link.html", form=LinkForm(request.args))


@pages.post("/sign-in/link")
@limiter.limit("5 per hour", key_func=_account)
@limiter.limit("60 per hour")
@everyone
def send() -> Answer:
    """Mail a link; the answer is the same whether the address is known or not."""
    form = LinkForm()
    if not form.validate_on_submit():
        return render_template("account/ask_link.html", form=form), 400
    settings = current_app.extensions["settings"]
    minutes = timedelta(minutes=settings.login_link_minutes)
    act(accounts.ask_link, form.email.data, secret=settings.secret(), lifetime=minutes)
    return redirect(url_for("links.sent"))


@pages.get("/sign-in/link/sent")
@everyone
def sent() -> str:
    """Look into your letter box."""
    minutes = current_app.extensions["settings"].login_link_minutes
    return render_template("account/link_sent.html", minutes=minutes)


@pages.get("/sign-in/with/<given>")
@everyone
def confirm(given: str) -> str:
    """Ask for a click: mail scanners open links, and must not use them up."""
    return render_template("account/use_link.html", given=given)


@pages.post("/sign-in/with/<given>")
@limiter.limit("30 per hour", deduct_when=lambda response: response.status_code == 410)
@everyone
def use(given: str) -> Answer:
    """Sign in, once."""
    proof = act(accounts.use_link, given)
    if proof is None:
        return render_template("account/link_over.html"), 410
    auth.open_session(proof.person_id, at=g.at)
    session["by_link"] = g.at.isoformat()
    return redirect(url_for("home.index") if len(auth.my_capacities()) < 2 else url_for("account.capacity"))


@pages.get("/reminders/<token>")
@everyone
def unsubscribe(token: str) -> Answer:
    """Ask whether reminders should stop."""
    if _reader(token) is None:
        return render_template("account/link_over.html"), 410
    return render_template("account/reminders.html", token=token, stopped=False)


@pages.post("/reminders/<token>")
@csrf.exempt  # one click in the mail program (RFC 8058): the signed token is the proof
@everyone
def stop_reminders(token: str) -> Answer:
    """Stop reminders to the person this mail was for."""
    reader = _reader(token)
    if reader is None:
        return render_template("account/link_over.html"), 410
    act(accounts.stop_reminders_of, reader)
    return render_template("account/reminders.html", token=token, stopped=True)


def _reader(token: str) -> int | None:
    return accounts.reader_of(token, current_app.extensions["settings"].secret())
