"""Second people at the desk: proposals to decide, one answer for many points, and the sample that is looked at."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.documents.characters import unaccented
from consultations.engine import answers, batches
from consultations.engine.batches import ManyReply
from consultations.facts.queues import FILTERS
from consultations.forms.deciding import CheckForm, DecideForm, ManyForm, spots
from consultations.queries import answer_templates
from consultations.queries import deciding as read
from consultations.queries import many as choose
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("deciding", __name__, url_prefix="/desk")
Page = Any  # str, (str, status) or a redirect
READERS = (Role.UNIT, Role.COMMISSION, Role.AUDITOR)
SHOWN = ("clause", "cluster", "code", "stance", "type", "country", "text")
"""The filters that the page offers; those of the queue that it was opened with hold beside them."""


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.get("/rounds/<int:round_id>/to-decide")
@allow(*READERS)
def index(round_id: int) -> Page:
    """What is proposed in a round and waits for a decision."""
    page = read.page(round_id, number_asked("page", 1), by=actor(), at=g.at) or abort(404)
    done = read.done(round_id, by=actor())
    return render_template("desk/to_decide.html", page=page, head=page.head, done=done)


@pages.route("/comments/<int:comment_id>/points/<int:number>/proposal", methods=["GET", "POST"])
@allow(*READERS)
def proposal(comment_id: int, number: int) -> Page:
    """One proposal: accept it, or send it back with a reason; then the next."""
    page, form, refused = read.proposal(comment_id, number, by=actor(), at=g.at), DecideForm(), None
    if page is None:
        return _gone(comment_id)
    said = page.row.point.proposal
    if not sent():
        form.known.data = said.number if said else 0
    elif form.validate():
        try:
            return _decided(page, form)
        except Refused as error:
            refused = error
    return _shown("desk/proposal.html", form, refused, page=page, head=page.head, point=page.row.point)


@pages.route("/rounds/<int:round_id>/answer-many", methods=["GET", "POST"])
@allow(*READERS)
def many(round_id: int) -> Page:
    """Tick points, or take all that a filter finds, and give them one answer; a ready-made one may fill the form."""
    wanted = {name: request.args[name] for name in (*FILTERS, "code") if request.args.get(name)}
    page = choose.page(round_id, wanted, number_asked("page", 1), by=actor(), at=g.at) or abort(404)
    form, refused = ManyForm(), None
    form.offer(page.clauses)
    ready = answer_templates.template(number_asked("template", 0), by=actor())
    if not sent():
        # What the filter finds now, so that a second click is about the same points; more than are allowed is enough.
        form.found.data = " ".join(f"{id}.{number}" for id, number in page.found[: batches.MOST + 1])
    if ready and not sent():
        form.outcome.data, form.reason.data = ready.outcome, ready.reason
        form.put(ready.responses)
    if form.validate_on_submit():
        try:
            made = act(batches.give, round_id, form.spots(), _reply(form), seed=secrets.token_hex(16))
        except Refused as error:
            refused = error
        else:
            flash(gettext("The answers are proposed. A second person looks at a sample of them."), "done")
            return redirect(url_for(".batch", batch_id=made.id))
    named = ((code, wording.country(code)) for code in page.choices.countries)
    countries = sorted(named, key=lambda pair: unaccented(pair[1]))
    return _shown(
        "desk/answer_many.html", form, refused, page=page, head=page.head, wanted=wanted, countries=countries,
        ready=answer_templates.templates(by=actor()), ticked=form.points.data or (), shown=SHOWN,
    )  # fmt: skip


@pages.route("/batches/<int:batch_id>", methods=["GET", "POST"])
@allow(*READERS)
def batch(batch_id: int) -> Page:
    """Answers given to many points: the sample, to be seen, confirmed or sent back whole."""
    page, form, refused = read.batch(batch_id, by=actor(), at=g.at) or abort(404), CheckForm(), None
    if form.validate_on_submit():
        try:
            if "back" in request.form:
                act(batches.send_back, batch_id, form.reason.data or "")
                flash(gettext("All of these answers are sent back, with your reason."), "done")
            else:
                act(batches.confirm, batch_id, spots(form.seen.data or ()))
                flash(_told(page), "done")
            return redirect(url_for(".index", round_id=page.head.id))
        except Refused as error:
            refused = error
    return _shown(
        "desk/batch.html", form, refused, page=page, head=page.head, line=page.line, seen=form.seen.data or ()
    )


def _told(page: read.BatchPage) -> str:
    """How many were decided, and apart from them those that were replaced or decided before."""
    left = page.line.size - page.standing
    if not left or page.line.checked_at:
        return gettext("All of these answers are decided.")
    return gettext(
        "Decided: %(decided)s. Replaced, decided or sent back before, and left as they are: %(left)s.",
        decided=page.standing, left=left,
    )  # fmt: skip


def _decided(page: read.ProposalPage, form: DecideForm) -> Page:
    point = page.row.point
    if "back" in request.form:
        act(answers.return_, point.comment_id, form.reason.data or "", point=point.point)
        flash(gettext("Comment %(label)s: sent back, with your reason.", label=point.label), "done")
    else:
        act(answers.decide, point.comment_id, known=form.known.data or 0, point=point.point)
        flash(gettext("Comment %(label)s: decided.", label=point.label), "done")
    if page.next:
        return redirect(url_for(".proposal", comment_id=page.next[0], number=page.next[1]))
    return redirect(url_for(".index", round_id=page.head.id))


def _gone(comment_id: int) -> Page:
    """What was decided or sent back meanwhile is no error: a second click, or a colleague."""
    round_id = read.round_of(comment_id) or abort(404)
    flash(gettext("This answer waits for no decision any more."), "done")
    return redirect(url_for(".index", round_id=round_id))


def _reply(form: ManyForm) -> ManyReply:
    more = {
        "substantive": form.substantive.data,
        "decided_in": form.decided_in.data or "",
        **form.changed(),
    }
    return ManyReply(form.outcome.data, form.reason.data or "", form.responses(), more)


def _shown(template: str, form: Any, refused: Refused | None, **values: Any) -> Page:
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    status = 409 if refused else 400 if form.errors else 200
    return render_template(template, form=form, reasons=reasons, **values), status
