"""The roll of a convened vote, amended by two people: one page to propose and to sign."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import roll_amendments as verbs
from consultations.forms.rolls import RollForm, SignRollForm
from consultations.queries import roll_amendments as read
from consultations.queries.roll_amendments import RollPage
from consultations.views.acts import act
from consultations.views.assembly import pages
from workflows.refusals import Refused
from workflows.roles import Role

OFFICERS = (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER)
Answer = str | Response | tuple[str, int]


@pages.route("/votes/<int:vote_id>/roll", methods=["GET", "POST"])
@allow(*OFFICERS)
def roll(vote_id: int) -> Answer:
    """What differs between roll and register; a secretary proposes what to take over."""
    page = _page(vote_id)
    form = RollForm()
    form.offer(page.differences)
    if not form.validate_on_submit():
        answer = _shown(page, form)
        return (answer, 422) if form.errors else answer
    try:
        act(verbs.propose, vote_id, organisations=form.organisations.data, reason=form.reason.data)
    except Refused as refused:
        return _shown(page, form, refused), 409
    flash(_("Proposed: a second person reads it and signs. Until then the roll stays as it is."), "done")
    return redirect(url_for(".roll", vote_id=vote_id))


@pages.post("/votes/<int:vote_id>/roll/sign")
@allow(*OFFICERS)
def sign_roll(vote_id: int) -> Answer:
    """Sign what another person proposed: the roll changes."""
    page, form = _page(vote_id), SignRollForm()
    if not form.validate_on_submit():
        return _shown(page, RollForm(formdata=None)), 422
    try:
        act(verbs.confirm, vote_id, roll_sha256=form.roll_sha256.data)
    except Refused as refused:
        return _shown(page, RollForm(formdata=None), refused), 409
    flash(_("The roll is amended. The change, its reason and the new hash are public."), "done")
    return redirect(url_for(".vote", vote_id=vote_id))


def _page(vote_id: int) -> RollPage:
    return read.page(vote_id, by=actor(), at=g.at) or abort(404)


def _shown(page: RollPage, form: RollForm, refused: Refused | None = None) -> str:
    form.offer(page.differences)
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    sign: Any = SignRollForm(
        formdata=None, data={"roll_sha256": page.proposal.roll_sha256 if page.proposal else ""}
    )
    return render_template("assembly/roll.html", page=page, form=form, sign=sign, reasons=reasons)
