"""Who holds which role, to be searched; and giving one to a person by hand: filled in, checked, then done."""

from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations.auth import actor, allow
from consultations.documents.characters import unaccented
from consultations.engine import nominations
from consultations.engine.appointments import may_end
from consultations.forms.offered import offered
from consultations.forms.register import NominationForm
from consultations.queries import people, places
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from consultations.views.frame import zone
from consultations.views.register import Answer, pages
from workflows.deadlines import end_of_day, start_of_day
from workflows.refusals import Refused
from workflows.roles import Role

NO_PLACE = 0
PAGE = 25


@pages.get("/people")
@allow(Role.ADMIN, Role.UNIT, Role.AUDITOR)
def holders() -> str:
    """Who holds which role in which body: those in whom every word of the search is found, page by page."""
    search = request.args.get("q", "")[:200]
    words = unaccented(search).split()
    found = [one for one in people.holders(at=g.at) if all(word in _described(one) for word in words)]
    page_count = max(1, -(-len(found) // PAGE))
    page = min(max(1, number_asked("page", 1)), page_count)
    return render_template(
        "register/people.html", holders=found[(page - 1) * PAGE : page * PAGE], total=len(found), page=page,
        pages=page_count, search=search, roles=wording.ROLES, may_end=_may_end,
    )  # fmt: skip


def _described(one: people.Holder) -> str:
    """What a holder is searched by, as the reader's page says it."""
    return unaccented(f"{one.name} {one.email} {wording.ROLES[one.role]} {wording.local(one.place_names)}")


def _may_end(role: Role) -> bool:
    return may_end(actor().role, role)


@pages.route("/people/new", methods=["GET", "POST"])
@allow(Role.ADMIN, Role.UNIT_HEAD)
def appoint() -> Answer:
    """Fill in who gets which role, read what will happen, then do it: two steps on one form."""
    form = _form()
    if not sent() or "change" in request.form or not form.validate():
        return _filling(form), 400 if sent() and "change" not in request.form else 200
    place = places.organisation_called(form.organisation.data) if form.organisation.data else None
    if form.organisation.data and place is None:
        form.organisation.errors = [gettext("No organisation has this code.")]
        return _filling(form), 400
    given = _given(form, place)
    try:
        if "send" not in request.form:
            act(nominations.check_nomination, form.email.data, **given)
            return render_template("register/appoint_check.html", form=form, **_said(form, place))
        act(nominations.nominate, form.name.data, form.email.data, **given)
    except Refused as refused:
        return _filling(form, refused), 409
    flash(gettext("The mandate is on record."), "done")
    return redirect(
        url_for("register.organisation", organisation_id=place[0]) if place else url_for("register.holders")
    )


def _form() -> NominationForm:
    form = NominationForm(request.form if sent() else request.args)
    mine = nominations.may_give(actor().role)
    form.role.choices = offered((role.value, wording.ROLES[role]) for role in wording.ROLES if role in mine)
    bodies = ((one.id, wording.local(one.names)) for one in places.networks())
    form.network_id.choices = offered([(NO_PLACE, gettext("None")), *bodies])
    return form


def _given(form: NominationForm, place: tuple[int, str] | None) -> dict[str, Any]:
    return {
        "role": Role(form.role.data), "organisation_id": place[0] if place else None,
        "network_id": form.network_id.data or None, "starts_at": _from(form),
        "ends_at": end_of_day(form.ends_on.data, zone()) if form.ends_on.data else None,
    }  # fmt: skip


def _from(form: NominationForm) -> datetime:
    return max(g.at, start_of_day(form.starts_on.data, zone())) if form.starts_on.data else g.at


def _said(form: NominationForm, place: tuple[int, str] | None) -> dict[str, Any]:
    """The sentence of the check page: name, role, place."""
    body = {choice.value: choice.label for choice in form.network_id.choices}.get(form.network_id.data)
    where = place[1] if place else str(body) if form.network_id.data else gettext("the whole house")
    return {
        "name": places.name_of(form.email.data) or form.name.data, "role": wording.ROLES[Role(form.role.data)],
        "place": where, "starts_at": _from(form), "fields": {one.name: one.raw_data[0] for one in form if one.raw_data and one.name != "csrf_token"},
    }  # fmt: skip


def _filling(form: NominationForm, refused: Refused | None = None) -> str:
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    return render_template("register/appoint.html", form=form, reasons=reasons)
