"""Workshops of a round, for the Unit and for networks alike: recorded, corrected, and who came."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations.auth import actor
from consultations.engine import workshops as verbs
from consultations.engine.workshops import Session
from consultations.forms.offered import offered
from consultations.forms.unit import ReasonForm
from consultations.forms.workshops import AttendanceForm, WorkshopForm, chosen
from consultations.queries import workshops
from consultations.queries.workshops import SessionPage
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.staff_pages import Answer, again
from workflows.refusals import Refused
from workflows.roles import Role


def overview(round_id: int) -> str:
    """The workshops of the round, the forms to hand out and take back, and by which ways organisations answered."""
    page = workshops.round_line(round_id)
    staff = actor().role is not Role.NETWORK
    return render_template(
        "workshops/index.html", page=page, sessions=workshops.sessions(round_id, by=actor()),
        ways=workshops.ways(round_id) if staff else None,
    )  # fmt: skip


def new_workshop(round_id: int) -> Answer:
    """Record a workshop."""
    page, form = workshops.round_line(round_id), WorkshopForm()
    _offer(form, round_id)
    values = {"page": page, "form": form, "back": url_for(".workshops", round_id=round_id), "line": None}
    if not form.is_submitted():
        return render_template("workshops/form.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/form.html", **values)
    try:
        made = act(verbs.hold, round_id, _session(form)).id
    except Refused as refused:
        return again("workshops/form.html", refused, **values)
    flash(gettext("The workshop is recorded. Say who came."), "done")
    return redirect(url_for(".workshop", workshop_id=made))


def edit_workshop(workshop_id: int) -> Answer:
    """Correct what is known of a workshop."""
    page = workshops.session(workshop_id, by=actor())
    form = WorkshopForm(obj=None if request.form else page.line, known=page.known)
    _offer(form, page.round.id)
    values = {
        "page": page.round,
        "form": form,
        "back": url_for(".workshop", workshop_id=workshop_id),
        "line": page.line,
    }
    if not form.is_submitted():
        return render_template("workshops/form.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/form.html", **values)
    try:
        act(verbs.change, workshop_id, _session(form), known=form.known.data or 0)
    except Refused as refused:
        form.renew(page.known)
        return again("workshops/form.html", refused, **values)
    flash(gettext("The workshop is saved."), "done")
    return redirect(url_for(".workshop", workshop_id=workshop_id))


def workshop(workshop_id: int) -> Answer:
    """One workshop: who came, what was entered of it; organisations are added one by one."""
    page = workshops.session(workshop_id, by=actor())
    form = AttendanceForm()
    names = workshops.asked(page.round.id, most=None, by=actor(), at=g.at)
    form.organisation_id.choices = offered((one.id, f"{one.name} ({one.code})") for one in names)
    values = {"page": page, "form": form}
    if not form.is_submitted():
        form.organisation_id.data = number_asked("organisation", None)
        _fill(form, page)
        return render_template("workshops/workshop.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/workshop.html", **values)
    try:
        act(verbs.attend, workshop_id, form.organisation_id.data, **form.counts())
    except Refused as refused:
        return again("workshops/workshop.html", refused, **values)
    flash(gettext("It is recorded who came."), "done")
    return redirect(url_for(".workshop", workshop_id=workshop_id))


def take_back_workshop(workshop_id: int) -> Answer:
    """Take away a workshop that was recorded by mistake, after asking."""
    page, form = workshops.session(workshop_id, by=actor()), ReasonForm()
    values = {"page": page, "form": form}
    if not form.is_submitted():
        return render_template("workshops/take_back.html", reasons=[], **values)
    if not form.validate():
        return again("workshops/take_back.html", **values)
    try:
        act(verbs.take_back, workshop_id, reason=form.reason.data)
    except Refused as refused:
        return again("workshops/take_back.html", refused, **values)
    flash(gettext("The workshop is taken back."), "done")
    return redirect(url_for(".workshops", round_id=page.round.id))


def _offer(form: WorkshopForm, round_id: int) -> None:
    named = None
    if actor().role is not Role.NETWORK:
        named = [(id, wording.local(names)) for id, names in workshops.networks()]
    asked = workshops.asked(round_id, most=None, by=actor(), at=g.at)
    form.offer(named, sorted({one.country for one in asked}, key=wording.country))


def _session(form: WorkshopForm) -> Session:
    return Session(
        form.place.data, form.country.data, form.held_on.data, form.facilitator.data, form.method.data or "",
        form.notes.data or "", chosen(form.network_id.data or 0) if "network_id" in form else None,
    )  # fmt: skip


def _fill(form: AttendanceForm, page: SessionPage) -> None:
    """The numbers that stand for the organisation that is opened for correction."""
    came = next((one for one in page.came if one.organisation_id == form.organisation_id.data), None)
    if came:
        form.women.data, form.men.data, form.others.data = came.women, came.men, came.others
