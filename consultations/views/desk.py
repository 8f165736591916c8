"""The Standards Unit's answering desk, its synopsis, and the public page that comes of it."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.documents.characters import unaccented
from consultations.engine import answers, satisfaction, synopses
from consultations.forms.desk import AnswerForm, ObjectionForm, ReasonForm
from consultations.queries import answers as read
from consultations.queries import removals
from consultations.queries import synopses as synopsis_read
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked, row_number
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("desk", __name__)
Page = str | Response | tuple[str, int]
FILTERS = ("clause", "type", "stance", "country", "state")
READERS = (Role.UNIT, Role.COMMISSION, Role.AUDITOR)


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.get("/desk")
@allow(*READERS)
def index() -> Page:
    """The rounds whose comments are answered here."""
    return render_template("desk/index.html", desks=read.desks(by=actor(), at=g.at))


@pages.get("/desk/rounds/<int:round_id>")
@allow(*READERS)
def queue(round_id: int) -> Page:
    """The comments of a round, filtered."""
    wanted = {name: request.args.get(name, "") for name in FILTERS}
    page = read.queue(round_id, wanted, number_asked("page", 1), by=actor(), at=g.at) or abort(404)
    countries = sorted(((code, wording.country(code)) for code in page.countries), key=_alphabet)
    return render_template("desk/queue.html", page=page, head=page.head, wanted=wanted, countries=countries)


@pages.route("/desk/comments/<int:comment_id>", methods=["GET", "POST"])
@allow(*READERS)
def answer(comment_id: int) -> Page:
    """A comment beside its clause, and the form for its answer; two buttons: propose, or decide at once."""
    page = read.answer_page(comment_id, by=actor(), at=g.at) or abort(404)
    form, refused = AnswerForm(obj=page.comment.answer), None
    if not sent():
        form.known.data = page.comment.answer.number if page.comment.answer else 0
    elif form.validate():
        try:
            act(
                answers.propose,
                comment_id,
                known=form.known.data,
                decide="decide" in request.form,
                **_reply(form),
            )
        except Refused as error:
            refused = error
            page = read.answer_page(comment_id, by=actor(), at=g.at) or abort(404)
            form.known.data, form.known.raw_data = (
                (page.comment.answer.number if page.comment.answer else 0),
                None,
            )
        else:
            flash(_kept(page.comment.label, "decide" in request.form), "done")
            return redirect(url_for(".answer", comment_id=page.next_id or comment_id))
    return _answer_page(page, form, refused)


@pages.post("/desk/comments/<int:comment_id>/decide")
@allow(Role.UNIT, Role.CHAIR)
def decide(comment_id: int) -> Page:
    """Decide what a colleague proposed."""
    page = read.answer_page(comment_id, by=actor(), at=g.at) or abort(404)
    act(answers.decide, comment_id, known=request.form.get("known", 0, type=row_number))
    flash(_kept(page.comment.label, decided=True), "done")
    return redirect(url_for(".answer", comment_id=comment_id))


@pages.route("/desk/comments/<int:comment_id>/back", methods=["GET", "POST"])
@allow(Role.UNIT, Role.CHAIR)
def back(comment_id: int) -> Page:
    """Give a proposal back, or reopen a decided answer, with a reason."""
    page = read.answer_page(comment_id, by=actor(), at=g.at) or abort(404)
    form, refused = ReasonForm(), None
    if form.validate_on_submit():
        verb = answers.return_ if "return" in page.can else answers.reverse
        try:
            act(verb, comment_id, form.reason.data)
        except Refused as error:
            refused = error
        else:
            flash(gettext("Given back, with your reason."), "done")
            return redirect(url_for(".answer", comment_id=comment_id))
    shown = render_template(
        "desk/back.html", page=page, head=page.head, c=page.comment, form=form, reasons=_reasons(refused)
    )
    return (shown, 409) if refused else shown


@pages.get("/desk/rounds/<int:round_id>/unsent")
@allow(*READERS)
def unsent(round_id: int) -> Page:
    """What was drafted and never sent."""
    page = read.queue(round_id, {}, 1, by=actor(), at=g.at) or abort(404)
    return render_template(
        "desk/unsent.html", head=page.head, rows=read.unsent(round_id, by=actor(), at=g.at),
        unapproved=read.unapproved(round_id),
    )  # fmt: skip


@pages.get("/desk/rounds/<int:round_id>/objections")
@allow(*READERS)
def objecting(round_id: int) -> Page:
    """The organisations that object to their answers."""
    page = read.queue(round_id, {}, 1, by=actor(), at=g.at) or abort(404)
    return render_template(
        "desk/objections.html", page=page, head=page.head, rows=read.objecting(round_id, by=actor(), at=g.at)
    )


@pages.route("/desk/comments/<int:comment_id>/objection", methods=["GET", "POST"])
@allow(Role.UNIT)
def objection(comment_id: int) -> Page:
    """Answer an objection."""
    page = read.answer_page(comment_id, by=actor(), at=g.at) or abort(404)
    form, refused = ObjectionForm(), None
    if form.validate_on_submit():
        try:
            act(satisfaction.answer_objection, comment_id, form.response.data)
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
@allow(Role.UNIT_HEAD)
def publish(round_id: int) -> Page:
    """Publish the synopsis and every answer, after asking."""
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
    top, objections = synopsis_read.handing_on(round_id, by=actor(), at=g.at) or abort(404)
    return render_template("desk/ready.html", head=top, reasons=[wording.refusal(r) for r in objections])


def _answer_page(page: read.AnswerPage, form: AnswerForm, refused: Refused | None) -> Page:
    shown = render_template(
        "desk/answer.html", page=page, head=page.head, c=page.comment, form=form, reasons=_reasons(refused),
        others=removals.can(page.comment.id, by=actor(), at=g.at),
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
        "change": form.change.data or "", "substantive": form.substantive.data,
    }  # fmt: skip


def _alphabet(named: tuple[str, str]) -> str:
    return unaccented(named[1])


def _reasons(refused: Refused | None) -> list[dict[str, str]]:
    return [wording.refusal(reason) for reason in refused.refusals] if refused else []
