"""Signing in and out, choosing for whom one acts, and one's own account."""

from datetime import datetime, timedelta

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from consultations import auth, wording
from consultations.auth import everyone, signed_in
from consultations.engine import accounts
from consultations.extensions import limiter
from consultations.forms.account import PasswordForm, PreferencesForm, SignInForm
from consultations.forms.kept import READ_IN
from consultations.queries import people
from consultations.views import carried
from consultations.views.acts import act, sent
from consultations.views.addresses import row_number
from consultations.views.frame import acting_line

pages = Blueprint("account", __name__)
Answer = str | Response | tuple[str, int]

# Whoever came in by a link from their own letter box may set a new password for this long.
LINK_IS_PROOF = timedelta(minutes=15)


def _failed(response: Response) -> bool:
    return response.status_code == 401


def _account() -> str:
    """The account that is tried, so that guessing is slowed down from wherever it comes."""
    return "account:" + accounts.tidy(request.form.get("email", ""))[:254]


@pages.get("/sign-in")
@everyone
def sign_in() -> Answer:
    """The form; whoever is signed in already is sent on."""
    if current_user.is_authenticated:
        return redirect(_onward())
    return render_template("account/sign_in.html", form=SignInForm(request.args))


@pages.post("/sign-in")
@limiter.limit("10 per 15 minutes", key_func=_account, deduct_when=_failed)
@limiter.limit("60 per 15 minutes", deduct_when=_failed)
@everyone
def enter() -> Answer:
    """Sign in with e-mail address and password; what was written before that goes along."""
    form, words = SignInForm(), carried.of_request()
    if READ_IN in request.form:
        return render_template("account/sign_in.html", form=form, carried=words)
    proof = accounts.authenticate(form.email.data, form.password.data) if form.validate_on_submit() else None
    if proof is None:
        if not form.errors:
            form.form_errors.append(gettext("The e-mail address or the password is not right."))
        return render_template("account/sign_in.html", form=form, carried=words), 401
    if proof.new_hash:
        act(accounts.keep_hash, proof.person_id, proof.new_hash)
    auth.open_session(proof.person_id, at=g.at)
    return carried.page(words, 200) if words else redirect(_onward())


@pages.post("/sign-in/go-on")
@everyone
def go_on() -> Answer:
    """Go on with what was written, for who has signed in in another tab meanwhile (by a link, say)."""
    words = carried.of_request()
    if words is None:
        return redirect(url_for("account.sign_in"), 303)
    if not current_user.is_authenticated:
        flash(gettext("You are not signed in yet."), "warn")
    return carried.page(words, 200)


@pages.post("/sign-out")
@signed_in
def sign_out() -> Response:
    """End this session, and with it every copy of its cookie."""
    act(accounts.end_session, current_user.key, longest=auth.LONGEST_SESSION)
    auth.close_session()
    flash(gettext("You have signed out."), "done")
    return redirect(url_for("public.home"))


@pages.route("/capacity", methods=["GET", "POST"])
@signed_in
def capacity() -> Answer:
    """For whom to act, when there are several."""
    mine = auth.my_capacities()
    if sent():
        if auth.choose(request.form.get("mandate", 0, type=row_number)):
            return redirect(auth.local_path(request.form.get("next"), url_for("home.index")))
        flash(gettext("Choose one of these."), "error")
    choices = [(one.mandate_id, acting_line(one)) for one in mine]
    ended = bool(session.get("mandate")) and session["mandate"] not in {id for id, _ in choices}
    return render_template(
        "account/capacity.html", choices=choices, chosen=auth.actor().mandate_id, ended=ended,
        next=auth.local_path(request.values.get("next"), ""),
    )  # fmt: skip


@pages.get("/language/<code>")
@everyone
def language(code: str) -> Response:
    """Read on in another language. Changes this session alone; mails follow the account page."""
    if code not in wording.LANGUAGES:
        abort(404)
    session["language"] = code
    return redirect(auth.local_path(request.args.get("next"), url_for("public.home")))


@pages.get("/account")
@signed_in
def settings() -> str:
    """One's own account."""
    return _settings()


@pages.post("/account/preferences")
@signed_in
def preferences() -> Answer:
    """Keep language and time zone."""
    form = PreferencesForm()
    form.offer_zones(current_user.person.zone)
    if not form.validate_on_submit():
        return _settings(preferences=form), 400
    act(accounts.set_preferences, form.language.data, form.zone.data)
    session["language"] = form.language.data
    flash(gettext("Saved."), "done")
    return redirect(url_for("account.settings"))


@pages.post("/account/password")
@limiter.limit(
    "10 per 15 minutes", key_func=lambda: f"password:{auth.actor().person_id}", deduct_when=_failed
)
@signed_in
def password() -> Answer:
    """Set a new password; every other session ends."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _settings(password=form), 400
    person = current_user.person
    if not _by_link() and accounts.authenticate(person.email, form.present.data or "") is None:
        form.present.errors = [gettext("This is not your present password.")]
        return _settings(password=form), 401
    act(accounts.change_password, accounts.hashed(form.new.data))
    auth.renew_session(person.id)
    flash(gettext("Your password is changed. Every other session has been ended."), "done")
    return redirect(url_for("account.settings"))


@pages.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    """End every session, this one too."""
    act(accounts.sign_out_everywhere)
    auth.close_session()
    flash(gettext("You have signed out on every device."), "done")
    return redirect(url_for("public.home"))


@pages.post("/account/reminders")
@signed_in
def reminders() -> Response:
    """Whether reminders are mailed."""
    act(accounts.set_reminders, request.form.get("wanted") == "yes")
    flash(gettext("Saved."), "done")
    return redirect(url_for("account.settings"))


def _settings(preferences: PreferencesForm | None = None, password: PasswordForm | None = None) -> str:
    person = current_user.person
    if preferences is None:
        preferences = PreferencesForm(formdata=None, language=person.language, zone=person.zone)
        preferences.offer_zones(person.zone)
    return render_template(
        "account/settings.html", person=person, preferences=preferences, password=password or PasswordForm(formdata=None),
        ask_present=not _by_link(), reminders=people.wants_reminders(person.id),
        capacities=[acting_line(one) for one in auth.my_capacities()], form=password or preferences, calendar=_calendar(),
    )  # fmt: skip


def _calendar() -> str:
    """The secret address of one's own calendar, complete: it is copied into another program."""
    settings, person = current_app.extensions["settings"], current_user.person
    token = accounts.calendar_token(person.id, person.session_version, settings.secret())
    return f"{settings.address}{url_for('feeds.own', token=token)}"


def _by_link() -> bool:
    since = session.get("by_link")
    return bool(since) and g.at < datetime.fromisoformat(since) + LINK_IS_PROOF


def _onward() -> str:
    """Where to go after signing in: through the choice of capacity when there is one to make."""
    target = auth.local_path(request.values.get("next"), url_for("home.index"))
    if auth.actor().mandate_id is None and len(auth.my_capacities()) > 1:
        return url_for("account.capacity", next=target)
    return target
