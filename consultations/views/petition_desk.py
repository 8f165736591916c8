"""What was sent in, for who answers it: the Standards Unit, and the president of the Board for concerns."""

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consultations import wording, wording_petitions
from consultations.auth import actor, allow
from consultations.engine import petitions as verbs
from consultations.forms.petitions import AnswerPetitionForm
from consultations.forms.unit import ConfirmForm, DossierForm
from consultations.queries import dossiers, petitions, standards
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, again, dossier_terms
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("petition_desk", __name__, url_prefix="/received")


@pages.get("")
@allow(Role.UNIT, Role.PRESIDENT, Role.AUDITOR)
def index() -> str:
    """Everything that was sent in, what waits first; the Board's president reads its concerns; 404 for other bodies."""
    listed = petitions.queue(actor(), number_asked("page", 1), at=g.at) or abort(404)
    return render_template("petitions/received.html", listed=listed, words=wording_petitions)


@pages.get("/<int:petition_id>")
@allow(Role.UNIT, Role.PRESIDENT, Role.AUDITOR)
def one(petition_id: int) -> str:
    """One, with what may be done about it."""
    return _one(petition_id)


@pages.post("/<int:petition_id>/acknowledge")
@allow(Role.UNIT, Role.PRESIDENT)
def acknowledge(petition_id: int) -> Answer:
    """Tell who sent it that it is read."""
    _page(petition_id)
    try:
        act(verbs.acknowledge, petition_id)
    except Refused as refused:
        return _one(petition_id, [wording.refusal(reason) for reason in refused.refusals]), 409
    flash(gettext("Acknowledged; who sent it is told."), "done")
    return redirect(url_for(".one", petition_id=petition_id), 303)


@pages.route("/<int:petition_id>/answer", methods=["GET", "POST"])
@allow(Role.UNIT, Role.PRESIDENT)
def answer(petition_id: int) -> Answer:
    """Answer it with reasons."""
    page, form = _page(petition_id), AnswerPetitionForm()
    values = {
        "form": form, "title": gettext("Answer with reasons"), "consequences": [], "warn": False, "page": page,
        "sentence": gettext("Who sent it reads the answer here and by mail. It is not changed afterwards."),
        "button": gettext("Send the answer"), "back": url_for(".one", petition_id=petition_id), "kicker": page.line.title,
    }  # fmt: skip
    if not form.is_submitted():
        return render_template("petitions/answer.html", reasons=[], **values)
    if not form.validate():
        return again("petitions/answer.html", **values)
    try:
        act(verbs.answer, petition_id, text=form.text.data)
    except Refused as refused:
        return again("petitions/answer.html", refused, **values)
    flash(gettext("The answer is sent."), "done")
    return redirect(url_for(".one", petition_id=petition_id), 303)


@pages.route("/<int:petition_id>/take-up", methods=["GET", "POST"])
@allow(Role.UNIT)
def take_up(petition_id: int) -> Answer:
    """Open the dossier that it becomes."""
    page = _page(petition_id)
    form = DossierForm(title_es=page.line.title if page.language == "es" else "")
    form.offer(
        ((one.id, f"{one.code} · {wording.local(one.titles)}") for one in standards.all_standards()),
        ((id, wording.local(names)) for id, names in dossiers.bodies()),
    )
    values = {"form": form, "page": page}
    if not form.is_submitted():
        return render_template("petitions/take_up.html", reasons=[], **values)
    if not form.validate():
        return again("petitions/take_up.html", **values)
    try:
        row = act(verbs.take_up, petition_id, **dossier_terms(form))
    except Refused as refused:
        return again("petitions/take_up.html", refused, **values)
    flash(gettext("It has become a dossier, and who sent it is told. Assess it next."), "done")
    return redirect(url_for("unit.dossier", dossier_id=row.id), 303)


def _one(petition_id: int, reasons: list[dict[str, str]] | None = None) -> str:
    return render_template(
        "petitions/handled.html",
        page=_page(petition_id),
        words=wording_petitions,
        form=ConfirmForm(),
        reasons=reasons or [],
    )


def _page(petition_id: int) -> petitions.Page:
    return petitions.page(petition_id, by=actor(), at=g.at) or abort(404)
