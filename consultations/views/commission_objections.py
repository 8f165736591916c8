"""CECLAC's agenda: objections to answers, and what the Commission decides on each."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import satisfaction
from consultations.facts.points import FIRST
from consultations.forms.objections import DecisionForm
from consultations.queries import objections as read
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.commission import Answer, pages
from workflows.refusals import Refused
from workflows.roles import Role


@pages.get("/objections")
@allow(Role.COMMISSION, Role.UNIT, Role.AUDITOR)
def objections() -> str:
    """The objections of every published round: the answer objected to, the reason, and what was decided."""
    return render_template("commission/objections.html", rounds=read.agenda(by=actor(), at=g.at), words=words)


@pages.route("/objections/<int:comment_id>", methods=["GET", "POST"])
@allow(Role.CHAIR)
def objection(comment_id: int) -> Answer:
    """Write down what the Commission decided on an objection; of a comment that was split, on one of its points."""
    head, line = read.objection(comment_id, by=actor(), at=g.at) or abort(404)
    point = number_asked("point", (line.open or (FIRST,))[0])
    standing = line.answer(point) or abort(404)
    form = DecisionForm(data={"outcome": standing.outcome})
    reasons = []
    if form.validate_on_submit():
        try:
            act(
                satisfaction.answer_objection, comment_id, form.response.data or "", point=point,
                outcome=form.outcome.data or "", decided_in=form.decided_in.data or "",
            )  # fmt: skip
        except Refused as refused:
            reasons = [wording.refusal(reason) for reason in refused.refusals]
        else:
            flash(gettext("What the Commission decided is recorded, and the organisation reads it."), "done")
            return redirect(url_for("commission.objections"))
    shown = render_template(
        "commission/objection.html", head=head, line=line, c=line.comment, form=form, reasons=reasons, words=words,
        point=point,
    )  # fmt: skip
    return (shown, 409) if reasons else shown
