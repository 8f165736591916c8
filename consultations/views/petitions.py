"""For who sends something in: what was sent, where it stands, what was answered."""

from uuid import uuid4

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording, wording_petitions
from consultations.auth import actor, allow
from consultations.engine import petitions as verbs
from consultations.engine.petitions import Words
from consultations.extensions import limiter
from consultations.forms.petitions import NONE, PetitionForm
from consultations.forms.unit import ConfirmForm
from consultations.queries import petitions
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, again
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("petitions", __name__, url_prefix="/requests")
SENDERS = (Role.DELEGATE, Role.ORGANISATION, Role.NETWORK)


def _sender() -> str:
    """Each of them is mailed to everybody in the Unit: who sends too many has to wait."""
    return f"petitions:{actor().person_id}"


@pages.get("")
@allow(*SENDERS)
def mine() -> str:
    """Everything that one's organisation or network sent in."""
    listed = petitions.mine(actor(), number_asked("page", 1))
    return render_template("petitions/mine.html", listed=listed, words=wording_petitions)


@pages.route("/new", methods=["GET", "POST"])
@limiter.limit(
    "20 per hour", methods=["POST"], key_func=_sender, deduct_when=lambda answer: answer.status_code == 303
)
@allow(*SENDERS)
def new() -> Answer:
    """Send something in."""
    form, may = _form(), petitions.kinds(actor())
    if not may:
        abort(404)
    committee = petitions.reaches_board(actor())
    hints = wording_petitions.HINTS_OF_COMMITTEES if committee else wording_petitions.KIND_HINTS
    values = {"form": form, "hints": hints, "takes": bool(form.dossier_id.choices[1:])}
    if not form.is_submitted():
        return render_template("petitions/new.html", reasons=[], **values)
    if not form.validate():
        return again("petitions/new.html", **values)
    words = Words(
        form.kind.data,
        form.title.data or "",
        form.text.data or "",
        wording.language(),
        form.dossier_id.data or None,
    )
    try:
        row = act(verbs.send, words, client_uuid=form.client_uuid.data)
    except Refused as refused:
        return again("petitions/new.html", refused, **values)
    flash(gettext("It is sent. You find here what becomes of it, and get a mail."), "done")
    return redirect(url_for(".one", petition_id=row.id), 303)


@pages.get("/<int:petition_id>")
@allow(*SENDERS)
def one(petition_id: int) -> str:
    """One, with its answer."""
    return render_template("petitions/one.html", page=_page(petition_id), words=wording_petitions)


@pages.route("/<int:petition_id>/withdraw", methods=["GET", "POST"])
@allow(*SENDERS)
def withdraw(petition_id: int) -> Answer:
    """Take it back."""
    page, form = _page(petition_id), ConfirmForm()
    values = {
        "form": form, "title": gettext("Withdraw what you sent in"), "consequences": [], "warn": True,
        "sentence": gettext("It stays on record and is not answered. This cannot be undone."),
        "button": gettext("Withdraw it"), "back": url_for(".one", petition_id=petition_id), "kicker": page.line.title,
    }  # fmt: skip
    if not form.validate_on_submit():
        return render_template("unit/act.html", reasons=[], **values)
    try:
        act(verbs.withdraw, petition_id)
    except Refused as refused:
        return again("unit/act.html", refused, **values)
    flash(gettext("It is withdrawn."), "done")
    return redirect(url_for(".one", petition_id=petition_id), 303)


def _page(petition_id: int) -> petitions.Page:
    return petitions.page(petition_id, by=actor(), at=g.at) or abort(404)


def _form() -> PetitionForm:
    about = number_asked("about", NONE)
    form = PetitionForm(kind="remark" if about and request.method == "GET" else None, dossier_id=about)
    if not form.is_submitted():
        form.client_uuid.data = str(uuid4())
    form.kind.choices = [(kind, wording_petitions.KINDS[kind]) for kind in petitions.kinds(actor())]
    matters = [(one.id, f"{one.code} · {wording.local(one.titles)}") for one in petitions.published()]
    form.dossier_id.choices = [(NONE, gettext("None")), *matters]
    return form
