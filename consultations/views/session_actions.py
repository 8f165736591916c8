"""The mandates of a body at its secretary's desk: noted under an item, listed, closed."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from consultations.auth import actor, allow
from consultations.engine import action_points
from consultations.forms.minutes import ActionDoneForm, ActionForm
from consultations.queries import action_points as read
from consultations.queries import sessions
from consultations.views.acts import act
from consultations.views.session import OFFICERS, Answer, pages, reasons_of
from workflows.refusals import Refused
from workflows.roles import Role


@pages.get("/mandates")
@allow(*OFFICERS)
def mandates() -> str:
    """What is open, what is overdue, and what was done last."""
    found = read.of_body(actor().network_id or 0, at=g.at) or abort(404)
    return render_template("session/mandates.html", page=found, may_close=actor().role is Role.SECRETARY)


@pages.route("/items/<int:item_id>/actions", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def note_action(item_id: int) -> Answer:
    """Note what is to be done after an item, by whom, until when."""
    page, item = sessions.item_page(item_id, by=actor(), at=g.at) or abort(404)
    form = ActionForm()
    refused = None
    if form.validate_on_submit():
        said: dict[str, Any] = {
            "words": form.words.data,
            "responsible": form.responsible.data,
            "due_on": form.due_on.data,
        }
        try:
            act(action_points.note, item_id, **said)
        except Refused as error:
            refused = error
        else:
            flash(_("The action point is noted. It is open until you close it."), "done")
            return redirect(url_for(".note_action", item_id=item_id), 303)
    answer = render_template(
        "session/action.html", page=page, item=item, form=form, there=read.of_item(item_id, at=g.at),
        reasons=reasons_of(refused) if refused else [],
    )  # fmt: skip
    return (answer, 409 if refused else 422) if refused or form.errors else answer


@pages.route("/mandates/<int:action_id>/close", methods=["GET", "POST"])
@allow(Role.SECRETARY)
def close_action(action_id: int) -> Answer:
    """Record what came of an action point."""
    line = read.one(action_id, by=actor(), at=g.at) or abort(404)
    form = ActionDoneForm()
    refused = None
    if form.validate_on_submit():
        try:
            act(action_points.close, action_id, note=form.note.data)
        except Refused as error:
            refused = error
        else:
            flash(_("The action point is closed."), "done")
            return redirect(url_for(".mandates"), 303)
    answer = render_template(
        "session/action_done.html", line=line, form=form, reasons=reasons_of(refused) if refused else []
    )
    return (answer, 409 if refused else 422) if refused or form.errors else answer
