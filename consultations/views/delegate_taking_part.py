"""A delegate says that their organisation does not take part in a round, and why."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import taking_part
from consultations.forms.taking_part import DeclineForm
from consultations.queries import delegate_rounds as asked_of
from consultations.views.acts import act
from consultations.views.delegate import Page, pages
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/rounds/<int:round_id>/decline", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def decline(round_id: int) -> Page:
    """Ask for the reason, then record it: nobody is reminded any more, and they may still comment."""
    top = asked_of.head(round_id, by=actor(), at=g.at)
    if top is None or not top.started:
        abort(404)
    form, reasons, status = DeclineForm(), [], 200
    if form.is_submitted() and not form.validate():
        status = 400
    elif form.is_submitted():
        try:
            act(taking_part.decline, round_id, reason=form.why.data)
        except Refused as refused:
            reasons, status = [wording.refusal(one) for one in refused.refusals], 409
        else:
            flash(
                gettext(
                    "Recorded: your organisation does not take part. You may still comment until closing."
                ),
                "done",
            )
            return redirect(url_for(".round_page", round_id=round_id), 303)
    shown = render_template("delegate/decline.html", head=top, form=form, reasons=reasons)
    return shown, status
