"""Matters without a round: their text frozen by a second person, and requirements suspended."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import format_date, gettext

from consultations import wording_drafts
from consultations.auth import actor, allow
from consultations.engine import suspensions as suspending
from consultations.engine import text_freezes as freezing
from consultations.forms.offered import offered
from consultations.forms.unit_matters import FreezeForm, SuspendForm
from consultations.queries import suspensions, text_freezes
from consultations.queries.suspensions import InForce
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import Answer, again, explained, pages
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/dossiers/<int:dossier_id>/freeze", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD, Role.CHAIR)
def freeze_text(dossier_id: int) -> Answer:
    """Say what freezing does, show the text's hash, then freeze it."""
    page = text_freezes.page(dossier_id, number_asked("version", None), by=actor())
    form = FreezeForm(data=None if request.form else {"known": page.sha256})
    values = {"page": page, "form": form, "home": url_for("unit.dossier", dossier_id=dossier_id)}
    if not form.is_submitted():
        return render_template("unit/freeze.html", reasons=explained(page.reasons), **values)
    if not form.validate() or page.version_id is None:
        return again("unit/freeze.html", **values)
    try:
        act(freezing.freeze_text, dossier_id, page.version_id, reason=form.reason.data, known=form.known.data)
    except Refused as refused:
        form.known.raw_data, form.known.data = None, page.sha256
        return again("unit/freeze.html", refused, **values)
    flash(gettext("The text is frozen: the assembly can prepare the vote."), "done")
    return redirect(values["home"], 303)


@pages.route("/dossiers/<int:dossier_id>/suspension", methods=["GET", "POST"])
@allow(Role.UNIT_HEAD)
def suspend(dossier_id: int) -> Answer:
    """Put off a requirement in force, under a suspension that was decided."""
    page, form = suspensions.page(dossier_id, at=g.at), SuspendForm()
    form.requirement.choices = offered((f"{one.node_id}-{one.cohort}", _named(one)) for one in page.rows)
    values = {"page": page, "form": form, "home": url_for("unit.dossier", dossier_id=dossier_id)}
    if not form.is_submitted():
        return render_template("unit/suspension.html", reasons=[], **values)
    if not form.validate():
        return again("unit/suspension.html", **values)
    node_id, cohort = form.chosen
    try:
        act(
            suspending.suspend, dossier_id, node_id, cohort, until=form.until_on.data, reason=form.reason.data
        )
    except Refused as refused:
        return again("unit/suspension.html", refused, **values)
    flash(gettext("The requirement is suspended until that day."), "done")
    return redirect(values["home"], 303)


def _named(one: InForce) -> str:
    return gettext(
        "%(number)s · %(group)s · applies since %(day)s", number=one.number, group=wording_drafts.COHORTS[one.cohort],
        day=format_date(one.since),
    )  # fmt: skip
