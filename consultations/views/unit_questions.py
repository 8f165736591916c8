"""The questions of a draft round: one at a time, without a script."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import rounds as verbs
from consultations.forms.unit import KnownForm
from consultations.forms.unit_questions import QuestionForm
from consultations.queries import rounds
from consultations.queries.rounds import QuestionLine, RoundPage
from consultations.views.acts import act
from consultations.views.unit_pages import Answer, again, pages
from consultations.views.unit_question_words import as_written, kept, offer, removed, written
from workflows.refusals import Refused, refusal
from workflows.roles import Role


@pages.route("/rounds/<int:round_id>/questions", methods=["GET", "POST"])
@allow(Role.UNIT)
def questions(round_id: int) -> Answer:
    """The questions as they are, and one more to write."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    form = QuestionForm(data=None if request.form else {"known": page.known})
    offer(form, page, None)
    values = {"page": page, "form": form, "position": None}
    if not form.is_submitted():
        return render_template("unit/questions.html", reasons=[], **values)
    if not form.validate():
        return again("unit/questions.html", **values)
    return _keep(page, verbs.add_question, written(form), gettext("The question is added."), values)


@pages.route("/rounds/<int:round_id>/questions/<int:position>", methods=["GET", "POST"])
@allow(Role.UNIT)
def question(round_id: int, position: int) -> Answer:
    """Change one question."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    shown = None if request.form else as_written(_one(page.questions, position)) | {"known": page.known}
    form = QuestionForm(data=shown)
    offer(form, page, position)
    values = {"page": page, "form": form, "position": position}
    if not form.is_submitted():
        return render_template("unit/questions.html", reasons=[], **values)
    if not form.validate():
        return again("unit/questions.html", **values)
    changed = [written(form, one) if one.position == position else kept([one])[0] for one in page.questions]
    return _keep(page, verbs.set_questions, changed, gettext("The question is changed."), values)


@pages.route("/rounds/<int:round_id>/questions/<int:position>/delete", methods=["GET", "POST"])
@allow(Role.UNIT)
def delete_question(round_id: int, position: int) -> Answer:
    """Take one question out, after saying which."""
    page, form = rounds.page(round_id, by=actor(), at=g.at), KnownForm()
    if not form.is_submitted():
        form.renew(page.known)
    one = _one(page.questions, position)
    values = {
        "form": form, "title": gettext("Delete the question"), "sentence": wording.local(one.texts), "consequences": [],
        "button": gettext("Delete the question"), "warn": True, "back": url_for("unit.questions", round_id=round_id),
        "kicker": wording.local(page.titles),
    }  # fmt: skip
    if one.purpose:
        return again("unit/act.html", Refused(refusal("question_always_asked")), **values)
    if not form.validate_on_submit():
        return render_template("unit/act.html", reasons=[], **values)
    rest = removed(page.questions, position)
    try:
        act(verbs.set_questions, round_id, rest, known=form.known.data or 0)
    except Refused as refused:
        return again("unit/act.html", refused, **values)
    flash(gettext("The question is deleted."), "done")
    return redirect(url_for("unit.questions", round_id=round_id), 303)


def _keep(
    page: RoundPage, verb: Callable[..., Any], written: Any, done: str, values: dict[str, Any]
) -> Answer:
    try:
        act(verb, page.id, written, known=values["form"].known.data or 0)
    except Refused as refused:
        if values["position"] is None:  # one to change may stand elsewhere by now: it is opened anew
            values["form"].renew(page.known)
        return again("unit/questions.html", refused, **values)
    flash(done, "done")
    return redirect(url_for("unit.questions", round_id=page.id), 303)


def _one(lines: tuple[QuestionLine, ...], position: int) -> QuestionLine:
    found = next((line for line in lines if line.position == position), None)
    if found is None:
        raise NotFound
    return found
