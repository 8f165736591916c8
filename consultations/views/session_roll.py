"""The roll of an assembly at the officers' desk: as it would be, exceptions by two people, amendments by two people."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from consultations.auth import actor, allow
from consultations.engine import assembly_amendments, roll_exceptions
from consultations.forms.assembly import ActForm, ReasonForm
from consultations.forms.assembly_rolls import ExceptionForm
from consultations.forms.rolls import RollForm, SignRollForm
from consultations.queries import assembly_rolls as read
from consultations.queries.assembly_rolls import RollPage
from consultations.views.acts import act
from consultations.views.session import Answer, pages, reasons_of
from workflows.refusals import Refused
from workflows.roles import Role

SIGNATORIES = (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER)


@pages.get("/<int:assembly_id>/roll")
@allow(*SIGNATORIES, Role.COMMITTEE, Role.AUDITOR)
def roll(assembly_id: int) -> Answer:
    """Who is on it, or would be today, with weight and groups; who is left out and why; what waits for a second person."""
    return _shown(_page(assembly_id))


@pages.route("/<int:assembly_id>/roll/exceptions", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def except_from_roll(assembly_id: int) -> Answer:
    """Propose that a member comes on the roll although the rule leaves it out."""
    page, form = _page(assembly_id), ExceptionForm()
    form.offer(page.to_except)

    def propose() -> None:
        act(
            roll_exceptions.propose,
            assembly_id,
            organisation_id=form.organisation.data,
            reason=form.reason.data,
        )
        flash(_("Proposed: another officer reads it and confirms it, or gives it up."), "done")

    return _answered(assembly_id, form, "session/roll_exception.html", propose, page=page)


@pages.route("/roll/<int:change_id>/confirm", methods=["GET", "POST"])
@allow(*SIGNATORIES)
def confirm_exception(change_id: int) -> Answer:
    """Confirm an exception that somebody else proposed."""
    return _on_exception(change_id, ActForm(), "session/roll_confirm.html", _confirmed)


@pages.route("/roll/<int:change_id>/drop", methods=["GET", "POST"])
@allow(*SIGNATORIES)
def drop_exception(change_id: int) -> Answer:
    """Give an exception up, with a reason."""
    return _on_exception(change_id, ReasonForm(), "session/roll_drop.html", _dropped)


@pages.route("/<int:assembly_id>/roll/amendment", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def amend_roll(assembly_id: int) -> Answer:
    """Propose what the frozen roll takes over from the register, and whom it lets in."""
    page, form = _page(assembly_id), RollForm()
    form.offer(page.differences)

    def propose() -> None:
        act(
            assembly_amendments.propose,
            assembly_id,
            organisations=form.organisations.data,
            reason=form.reason.data,
        )
        flash(_("Proposed: a second person reads it and signs. Until then the roll stays as it is."), "done")

    return _answered(assembly_id, form, "session/roll_amendment.html", propose, page=page)


@pages.post("/<int:assembly_id>/roll/sign")
@allow(*SIGNATORIES)
def sign_roll(assembly_id: int) -> Answer:
    """Sign what another person proposed: the roll changes, and that of every vote with it."""
    page, form = _page(assembly_id), SignRollForm()
    if not form.validate_on_submit():
        return _shown(page), 422
    try:
        act(assembly_amendments.confirm, assembly_id, roll_sha256=form.roll_sha256.data)
    except Refused as refused:
        return _shown(page, refused), 409
    flash(_("The roll is amended. The change, its reason and the new hash are public."), "done")
    return redirect(url_for(".roll", assembly_id=assembly_id), 303)


def _confirmed(change_id: int, form: Any) -> None:
    act(roll_exceptions.confirm, change_id)
    flash(_("Confirmed: it comes on the roll when the assembly is convened."), "done")


def _dropped(change_id: int, form: Any) -> None:
    act(roll_exceptions.drop, change_id, reason=form.reason.data)
    flash(_("The exception is given up."), "done")


def _on_exception(change_id: int, form: Any, template: str, do: Any) -> Answer:
    line, found = read.exception(change_id, by=actor()) or abort(404)
    return _answered(line.id, form, template, partial(do, change_id, form), line=line, exception=found)


def _answered(assembly_id: int, form: Any, template: str, do: Callable[[], object], **values: Any) -> Answer:
    """The form; or, sent, what `do` makes of it, and back to the roll. A refusal comes back on the form."""
    values["form"] = form
    if not form.validate_on_submit():
        answer = render_template(template, reasons=[], **values)
        return (answer, 422) if form.errors else answer
    try:
        do()
    except Refused as refused:
        return render_template(template, reasons=reasons_of(refused), **values), 409
    return redirect(url_for(".roll", assembly_id=assembly_id), 303)


def _page(assembly_id: int) -> RollPage:
    return read.page(assembly_id, by=actor(), at=g.at) or abort(404)


def _shown(page: RollPage, refused: Refused | None = None) -> str:
    sign: Any = SignRollForm(
        formdata=None, data={"roll_sha256": page.proposal.roll_sha256 if page.proposal else ""}
    )
    told = reasons_of(refused) if refused else []
    return render_template("session/roll.html", page=page, sign=sign, reasons=told)
