"""What somebody wrote into a page that cannot be sent as it is: the page itself carries it on, and nothing stores it.

A session ends while people write, or another tab chooses another organisation. The answer holds the fields of the form in
one hidden field, through signing in, until a button brings the page back filled in; nothing is sent by itself, and nothing
in another capacity than the page was opened in. No password, no file, nothing that came from another site.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, render_template, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from consultations import auth
from consultations.auth import BROUGHT_BACK
from consultations.forms.account import SignInForm
from consultations.forms.headings import headings
from consultations.forms.kept import READ_IN
from consultations.views.addresses import row_number
from consultations.views.frame import acting_line

CARRIED = "carried"
MOST = 200 * 1024  # bytes of text: ten of the longest comments
SECRETS = frozenset({"password", "present", "new", "again"})
LEFT_OUT = SECRETS | {"csrf_token", BROUGHT_BACK, CARRIED, READ_IN}
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Carried:
    """The fields of a form, the page it belongs to, and the mandate in whose capacity that page was opened."""

    path: str
    mandate_id: int | None
    fields: Fields

    @property
    def fits(self) -> bool:
        """Whether it is little enough to go along from page to page; what is more can be copied."""
        return sum(len(name.encode()) + len(text.encode()) for name, text in self.fields) <= MOST

    @property
    def packed(self) -> str:
        """All of it, for one hidden field."""
        return json.dumps([self.path, self.mandate_id, self.fields], ensure_ascii=False)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What was written, each under the label of its box."""
        named = headings(name for name, _ in self.fields)
        return [
            (named.get(name, gettext("What you wrote")), text)
            for name, text in self.fields
            if text.strip() and (name in named or len(text.split()) > 1)
        ]


def handle(app: Flask) -> None:
    """Say on a page that was brought back that nothing has been sent."""
    app.before_request(_greet)


def of_request() -> Carried | None:
    """What the form at hand holds, or carries on; None when it holds nothing, or did not come from a page of ours."""
    if request.method != "POST" or not _ours():
        return None
    try:
        form = request.form
    except HTTPException:  # too large to be read
        return None
    if CARRIED in form:
        return unpacked(form[CARRIED])
    fields = tuple((name, text) for name, text in form.items(multi=True) if name not in LEFT_OUT)
    if not _of_a_role() or not any(text.strip() for _, text in fields):
        return None
    mandate_id = form.get(BROUGHT_BACK, type=row_number) or auth.opened_for(form.get("csrf_token", ""))
    return Carried(request.full_path.rstrip("?"), mandate_id, fields)


def unpacked(text: str) -> Carried | None:
    """What was packed; None for anything else."""
    try:
        path, mandate_id, pairs = json.loads(text)
        carried = Carried(
            auth.local_path(str(path), ""),
            None if mandate_id is None else int(mandate_id),
            tuple((str(name), str(value)) for name, value in pairs if name not in LEFT_OUT),
        )
        # Half of a surrogate pair is a string to JSON, and cannot be written into any page.
        return carried if carried.path.encode() and carried.fits else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def page(carried: Carried, code: int, form: SignInForm | None = None) -> tuple[str, int]:
    """The page that carries it on: with the form to sign in, or with the button that brings it back."""
    if not current_user.is_authenticated:
        form = form or SignInForm(formdata=None)
        return render_template("account/sign_in.html", form=form, carried=carried), code
    then = next((one for one in auth.my_capacities() if one.mandate_id == carried.mandate_id), None)
    may = then is not None and carried.fits and code != 403
    return render_template(
        "account/carried.html", carried=carried, may=may, then=acting_line(then) if then else "",
        same=then is not None and then.mandate_id == auth.actor().mandate_id, brought_back=BROUGHT_BACK,
    ), code  # fmt: skip


def _greet() -> None:
    if BROUGHT_BACK in request.form:
        flash(
            gettext("Nothing has been sent yet. Here is what you had written: read it, then send it."), "warn"
        )


def _of_a_role() -> bool:
    """Whether the form belongs to the work of some role: signing in and one's own account carry nothing."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and view.access.kind == "roles"  # type: ignore[attr-defined]


def _ours() -> bool:
    """Whether the browser says that the form was on a page of this site: no other may put words here."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin") or request.referrer or "").netloc == request.host
