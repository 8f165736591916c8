"""CECLAC: the reviews that wait, the review desk, and what members and chair decide there."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import reviews as verbs
from consultations.forms.commission import (
    ApproveForm,
    DeferForm,
    LiftForm,
    LiftWithReasonForm,
    PositionForm,
    ReturnForm,
    SecondForm,
)
from consultations.queries import causes, reviews, rounds, standards
from consultations.queries.reviews import Desk, Seat
from consultations.views.acts import act, try_out
from consultations.wording_process import POSITION_HINTS, SYNOPSIS_HINTS
from workflows.deadlines import end_of_day
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("commission", __name__, url_prefix="/commission")
Answer = Any

# What the chair decides: form, title, sentence, consequences, button, said when done.
DECISIONS: dict[str, tuple[type[Any], Any, Any, tuple[Any, ...], Any, Any]] = {
    "approve": (
        ApproveForm, lazy_gettext("Approve for the Commission"), lazy_gettext("The Commission approves what is reviewed here."),
        (lazy_gettext("Of a draft, the text and the register are frozen and hashed: members read exactly this."),),
        lazy_gettext("Approve"), lazy_gettext("The Commission has approved."),
    ),
    "return": (
        ReturnForm, lazy_gettext("Return to the Standards Unit"), lazy_gettext("The Standards Unit gets it back with your reason."),
        (lazy_gettext("This review ends; the positions stay as history. Submitted again, a new review begins."),),
        lazy_gettext("Return it"), lazy_gettext("It is returned to the Standards Unit."),
    ),
    "defer": (
        DeferForm, lazy_gettext("Give more time"), lazy_gettext("The members get until the end of a later day, once."), (),
        lazy_gettext("Give more time"), lazy_gettext("The members have more time."),
    ),
}  # fmt: skip
# The same of a synopsis, where it says something else: sentence and consequences.
OF_SYNOPSIS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "approve": (
        lazy_gettext("The Commission approves the synopsis: it may be published as it stands."),
        (lazy_gettext("The head of the Standards Unit then publishes it, with every answer."),),
    ),
    "return": (
        lazy_gettext("The Standards Unit gets the synopsis back with your reason, and may change words and answers."),
        DECISIONS["return"][3],
    ),
}  # fmt: skip


@pages.get("/reviews")
@allow(Role.COMMISSION, Role.UNIT, Role.AUDITOR)
def all_reviews() -> str:
    """The reviews that wait for positions, those due first, and those decided lately."""
    body = actor().network_id if actor().role in (Role.COMMISSION, Role.CHAIR) else None
    mine = {"body_id": body, "person_id": actor().person_id, "at": g.at}
    return render_template(
        "commission/reviews.html", waiting=reviews.waiting(**mine), decided=reviews.decided(**mine)
    )


@pages.route("/reviews/<int:review_id>", methods=["GET", "POST"])
@allow(Role.COMMISSION, Role.UNIT, Role.AUDITOR)
def review(review_id: int) -> Answer:
    """The review desk: draft, questions, dates, positions, what still blocks; and my position."""
    form = PositionForm()
    if not form.is_submitted():
        return _desk(review_id, form)
    if not form.validate():
        return _desk(review_id, form), 400
    try:
        act(verbs.take_position, review_id, form.kind.data, reason=form.reason.data or "")
    except Refused as refused:
        return _desk(review_id, _told(form, refused)), 409
    flash(gettext("Your position is recorded. You may change it until the review is decided."), "done")
    return redirect(url_for("commission.review", review_id=review_id))


@pages.route("/reviews/<int:review_id>/<any(approve, return, defer):move>", methods=["GET", "POST"])
@allow(Role.CHAIR)
def decide(review_id: int, move: str) -> Answer:
    """The chair approves, returns or gives more time, after reading what will happen."""
    form_class, title, sentence, consequences, button, done = DECISIONS[move]
    desk, form = reviews.desk(review_id, by=actor(), at=g.at), form_class()
    if desk.is_synopsis:
        sentence, consequences = OF_SYNOPSIS.get(move, (sentence, consequences))
    values = _act_page(desk, form, title, sentence, consequences, button)
    if not form.is_submitted():
        reasons = _against(desk) if move == "approve" else []
        return render_template("commission/act.html", reasons=reasons, closed=bool(reasons), **values)
    if not form.validate():
        return render_template("commission/act.html", reasons=[], **values), 400
    try:
        _decide(desk, move, form)
    except Refused as refused:
        return _refused(refused, values)
    flash(str(done), "done")
    return redirect(url_for("commission.review", review_id=review_id))


@pages.route("/reviews/<int:review_id>/blocks/<int:position_id>/lift", methods=["GET", "POST"])
@allow(Role.COMMISSION)
def lift(review_id: int, position_id: int) -> Answer:
    """Lift a block: one's own, or as the chair with a reason once a second member agrees."""
    desk = reviews.desk(review_id, by=actor(), at=g.at)
    seat = _blocking(desk, position_id)
    form = LiftForm() if seat is not None and seat.mine else LiftWithReasonForm()
    sentence = gettext(
        "The block of %(name)s no longer stands; it stays on record.", name=seat.name if seat else "?"
    )
    seconded = (gettext("Seconded by %(name)s.", name=seat.seconded),) if seat and seat.seconded else ()
    values = _act_page(desk, form, gettext("Lift the block"), sentence, seconded, gettext("Lift the block"))
    if not form.is_submitted():
        return render_template("commission/act.html", reasons=[], **values)
    if not form.validate():
        return render_template("commission/act.html", reasons=[], **values), 400
    try:
        act(verbs.lift_block, position_id, reason=form["reason"].data if "reason" in form else "")
    except Refused as refused:
        return _refused(refused, values)
    flash(gettext("The block is lifted."), "done")
    return redirect(url_for("commission.review", review_id=review_id))


@pages.route("/reviews/<int:review_id>/blocks/<int:position_id>/second", methods=["GET", "POST"])
@allow(Role.COMMISSION)
def second(review_id: int, position_id: int) -> Answer:
    """Second, as a member, that the chair lifts the block of another."""
    desk, form = reviews.desk(review_id, by=actor(), at=g.at), SecondForm()
    seat = _blocking(desk, position_id)
    sentence = gettext(
        "You agree that the chair lifts the block of %(name)s.", name=seat.name if seat else "?"
    )
    known = (gettext("The chair may then lift it with a reason. Your name is recorded with it."),)
    values = _act_page(
        desk, form, gettext("Second the lifting"), sentence, known, gettext("Second the lifting")
    )
    if not form.validate_on_submit():
        return render_template("commission/act.html", reasons=[], **values)
    try:
        act(verbs.second_lifting, position_id)
    except Refused as refused:
        return _refused(refused, values)
    flash(gettext("You have seconded the lifting."), "done")
    return redirect(url_for("commission.review", review_id=review_id))


@pages.get("/reviews/rounds/<int:round_id>")
@allow(Role.COMMISSION)
def round(round_id: int) -> Answer:
    """A round as the Commission follows it: the same page as the Unit's, with the chair's own acts."""
    return redirect(url_for("unit.round", round_id=round_id))


def _told(form: PositionForm, refused: Refused) -> PositionForm:
    """What speaks against the position, where it is mended: a reason beside its field, the rest above the form."""
    for refusal in refused.refusals:
        said = " ".join(filter(None, wording.refusal(refusal).values()))
        if refusal.code == "reason_missing":
            form.reason.errors = [said]
        else:
            form.form_errors.append(said)
    return form


def _desk(review_id: int, form: PositionForm) -> str:
    desk = reviews.desk(review_id, by=actor(), at=g.at)
    return render_template(
        "commission/review.html", desk=desk, form=form, hints=SYNOPSIS_HINTS if desk.is_synopsis else POSITION_HINTS, names=wording.LANGUAGES,
        round=rounds.page(desk.round_id, by=actor(), at=g.at), text=standards.version(desk.version_id, wording.language()),
        since=causes.since(desk.round_id),
    )  # fmt: skip


def _decide(desk: Desk, move: str, form: Any) -> None:
    if move == "approve":
        act(verbs.approve, desk.id)
    elif move == "return":
        act(verbs.return_, desk.id, reason=form.reason.data)
    else:
        act(verbs.defer, desk.id, due=end_of_day(form.due_on.data, desk.zone), reason=form.reason.data)


def _against(desk: Desk) -> list[dict[str, str]]:
    """What speaks against approving, said before the button is pressed."""
    try:
        try_out(verbs.approve, desk.id)
    except Refused as refused:
        return [wording.refusal(reason) for reason in refused.refusals]
    return []


def _blocking(desk: Desk, position_id: int) -> Seat | None:
    return next((seat for seat in desk.seats if seat.now and seat.now.id == position_id), None)


def _act_page(
    desk: Desk, form: Any, title: Any, sentence: Any, consequences: tuple[Any, ...], button: Any
) -> dict[str, Any]:
    return {
        "form": form, "title": title, "sentence": sentence, "consequences": consequences, "button": button, "desk": desk,
        "back": url_for("commission.review", review_id=desk.id), "kicker": f"{desk.subject} · {wording.local(desk.titles)}",
    }  # fmt: skip


def _refused(refused: Refused, values: dict[str, Any]) -> Answer:
    reasons = [wording.refusal(reason) for reason in refused.refusals]
    return render_template("commission/act.html", reasons=reasons, **values), 409
