"""The Standards Unit's answering desk, its synopsis, and the public page that comes of it."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import answers, satisfaction, synopses
from consultations.facts.points import FIRST
from consultations.facts.queues import FILTERS, WAITING
from consultations.forms.desk import AnswerForm, ObjectionForm, ReasonForm
from consultations.forms.desk_points import NOBODY, AssignForm
from consultations.queries import answers as read
from consultations.queries import causes, queues, removals
from consultations.queries import synopses as synopsis_read
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked, row_number
from consultations.views.desk_ready import fill_in, offered_ready
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("desk", __name__)
Page = str | Response | tuple[str, int]
READERS = (Role.UNIT, Role.COMMISSION, Role.AUDITOR)


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.get("/desk")
@allow(*READERS)
def index() -> Page:
    """The rounds whose comments are answered here."""
    return render_template("desk/index.html", desks=read.desks(by=actor(), at=g.at))


@pages.route("/desk/comments/<int:comment_id>", methods=["GET", "POST"])
@allow(*READERS)
def answer(comment_id: int) -> Page:
    """A comment beside its clause, and the form for the answer to one of its points; two buttons: propose, or decide at
    once."""
    page = _page(comment_id)
    form, refused = _form(page), None
    if not sent():
        form.known.data = page.point.answer.number if page.point.answer else 0
    elif form.validate():
        where = _where_next(page)
        try:
            act(
                answers.propose, comment_id, point=page.point.number, known=form.known.data,
                decide="decide" in request.form, **_reply(form),
            )  # fmt: skip
        except Refused as error:
            refused, page = error, _page(comment_id)
            form.known.data, form.known.raw_data = page.point.answer.number if page.point.answer else 0, None
        else:
            flash(_kept(page.comment.label, "decide" in request.form), "done")
            return redirect(where)
    return _answer_page(page, form, refused)


@pages.post("/desk/comments/<int:comment_id>/decide")
@allow(Role.UNIT, Role.CHAIR)
def decide(comment_id: int) -> Page:
    """Decide what a colleague proposed."""
    page = _page(comment_id)
    known = request.form.get("known", 0, type=row_number)
    act(
        answers.decide, comment_id, point=page.point.number, known=known,
        decided_in=request.form.get("decided_in", "")[:200],
    )  # fmt: skip
    flash(_kept(page.comment.label, decided=True), "done")
    return redirect(_here(page))


@pages.route("/desk/comments/<int:comment_id>/back", methods=["GET", "POST"])
@allow(Role.UNIT, Role.CHAIR)
def back(comment_id: int) -> Page:
    """Give a proposal back, or reopen a decided answer, with a reason."""
    page = _page(comment_id)
    form, refused = ReasonForm(), None
    if form.validate_on_submit():
        verb = answers.return_ if "return" in page.can else answers.reverse
        try:
            act(verb, comment_id, form.reason.data, point=page.point.number)
        except Refused as error:
            refused = error
        else:
            flash(gettext("Given back, with your reason."), "done")
            return redirect(_here(page))
    shown = render_template(
        "desk/back.html", page=page, head=page.head, c=page.comment, form=form, reasons=_reasons(refused),
        here=_here(page),
    )  # fmt: skip
    return (shown, 409) if refused else shown


@pages.get("/desk/rounds/<int:round_id>/unsent")
@allow(*READERS)
def unsent(round_id: int) -> Page:
    """What was drafted and never sent."""
    page = read.desk(round_id, by=actor(), at=g.at) or abort(404)
    return render_template(
        "desk/unsent.html", head=page.head, rows=read.unsent(round_id, by=actor(), at=g.at),
        unapproved=read.unapproved(round_id),
    )  # fmt: skip


@pages.get("/desk/rounds/<int:round_id>/objections")
@allow(*READERS)
def objecting(round_id: int) -> Page:
    """The organisations that object to their answers."""
    page = read.desk(round_id, by=actor(), at=g.at) or abort(404)
    return render_template(
        "desk/objections.html", page=page, head=page.head, rows=read.objecting(round_id, by=actor(), at=g.at)
    )


@pages.route("/desk/comments/<int:comment_id>/objection", methods=["GET", "POST"])
@allow(Role.UNIT)
def objection(comment_id: int) -> Page:
    """Answer an objection."""
    page = _page(comment_id)
    form, refused = ObjectionForm(), None
    if form.validate_on_submit():
        try:
            act(satisfaction.answer_objection, comment_id, form.response.data, point=page.point.number)
        except Refused as error:
            refused = error
        else:
            flash(gettext("The objection is answered."), "done")
            return redirect(url_for(".objecting", round_id=page.head.id))
    shown = render_template(
        "desk/objection.html", page=page, head=page.head, c=page.comment, form=form, reasons=_reasons(refused)
    )
    return (shown, 409) if refused else shown


@pages.route("/desk/rounds/<int:round_id>/publish", methods=["GET", "POST"])
@allow(Role.UNIT)
def publish(round_id: int) -> Page:
    """Publish the synopsis and every answer, after asking; staff read here that the head does."""
    if sent():
        act(synopses.publish, round_id)
        flash(gettext("Published. Everyone who took part is told."), "done")
        return redirect(url_for(".synopsis", round_id=round_id))
    page, objections = synopsis_read.publishing(round_id, by=actor(), at=g.at) or abort(404)
    return render_template(
        "desk/publish.html", page=page, head=page.head, reasons=[wording.refusal(r) for r in objections]
    )


@pages.route("/desk/rounds/<int:round_id>/ready", methods=["GET", "POST"])
@allow(Role.CHAIR)
def ready(round_id: int) -> Page:
    """Hand the text on to the assembly, after asking."""
    if sent():
        act(synopses.ready_for_vote, round_id)
        flash(
            gettext("The text is ready for the vote. The secretary of the assembly may prepare it."), "done"
        )
        return redirect(url_for(".synopsis", round_id=round_id))
    top, waits, objections = synopsis_read.handing_on(round_id, by=actor(), at=g.at) or abort(404)
    return render_template(
        "desk/ready.html", head=top, waits=waits, reasons=[wording.refusal(r) for r in objections],
        since=causes.since(round_id),
    )  # fmt: skip


def wanted() -> dict[str, str]:
    """The filters that the address names."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _page(comment_id: int) -> read.AnswerPage:
    """The comment with the point that the address names."""
    point = number_asked("point", FIRST)
    return read.answer_page(comment_id, point, by=actor(), at=g.at) or abort(404)


def _here(page: read.AnswerPage) -> str:
    """The same point of the same comment, in the queue that the reader came from."""
    point = {"point": page.point.number} if len(page.points) > 1 else {}
    return url_for(".answer", comment_id=page.comment.id, **point, **wanted())


def _where_next(page: read.AnswerPage) -> str:
    """The next point of this comment that waits, or else the next comment of the queue that does."""
    waiting = [
        point.number for point in page.points if point.number != page.point.number and point.state in WAITING
    ]
    if waiting:
        return url_for(".answer", comment_id=page.comment.id, point=waiting[0], **wanted())
    beside = _beside(page)
    return url_for(".answer", comment_id=beside.waiting or page.comment.id, **wanted())


def _beside(page: read.AnswerPage) -> queues.Beside:
    return queues.beside(page.head.id, page.number, wanted(), by=actor(), at=g.at) or abort(404)


def _form(page: read.AnswerPage) -> AnswerForm:
    """The form with the answer that stands; what an older one says of its change in one text stands in "words after"."""
    given = page.point.answer
    form = AnswerForm(obj=given)
    form.offer(page.clauses)
    if (
        not sent()
        and given
        and given.change
        and not any((given.change_clause, given.change_before, given.change_after))
    ):
        form.change_after.data = given.change
    fill_in(form, page)
    return form


def _answer_page(page: read.AnswerPage, form: AnswerForm, refused: Refused | None) -> Page:
    assigning = AssignForm(formdata=None, assignee=str(page.assignee_id or NOBODY), due_on=page.due_on)
    assigning.offer(queues.people_of_unit(g.at))
    shown = render_template(
        "desk/answer.html", page=page, head=page.head, c=page.comment, form=form, reasons=_reasons(refused),
        others=removals.can(page.comment.id, by=actor(), at=g.at), wanted=wanted(), beside=_beside(page), here=_here(page),
        assigning=assigning, ready=offered_ready(),
    )  # fmt: skip
    return (shown, 409) if refused else shown


def _kept(label: str, decided: bool) -> str:
    """Which comment it was: the page that says so may show the next one."""
    if decided:
        return gettext("Comment %(label)s: decided.", label=label)
    return gettext("Comment %(label)s: the proposal is kept.", label=label)


def _reply(form: AnswerForm) -> dict[str, Any]:
    return {
        "outcome": form.outcome.data, "reason": form.reason.data, "response": form.response.data,
        "substantive": form.substantive.data, "decided_in": form.decided_in.data or "", **form.changed(),
    }  # fmt: skip


def _reasons(refused: Refused | None) -> list[dict[str, str]]:
    return [wording.refusal(reason) for reason in refused.refusals] if refused else []
