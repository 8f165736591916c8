"""The questions of a draft round: one at a time, without a script."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import rounds as verbs
from consultations.forms.unit import KnownForm, QuestionForm
from consultations.queries import rounds
from consultations.queries.rounds import QuestionLine, RoundPage
from consultations.views.acts import act
from consultations.views.unit_pages import Answer, again, either, pages, with_other_languages
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/rounds/<int:round_id>/questions", methods=["GET", "POST"])
@allow(Role.UNIT)
def questions(round_id: int) -> Answer:
    """The questions as they are, and one more to write."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    form = QuestionForm(data=None if request.form else {"known": page.known})
    values = {"page": page, "form": form, "position": None}
    if not form.is_submitted():
        return render_template("unit/questions.html", reasons=[], **values)
    if not form.validate():
        return again("unit/questions.html", **values)
    return _keep(page, verbs.add_question, _written(form), gettext("The question is added."), values)


@pages.route("/rounds/<int:round_id>/questions/<int:position>", methods=["GET", "POST"])
@allow(Role.UNIT)
def question(round_id: int, position: int) -> Answer:
    """Change one question."""
    page = rounds.page(round_id, by=actor(), at=g.at)
    shown = None if request.form else _as_written(_one(page.questions, position)) | {"known": page.known}
    form = QuestionForm(data=shown)
    values = {"page": page, "form": form, "position": position}
    if not form.is_submitted():
        return render_template("unit/questions.html", reasons=[], **values)
    if not form.validate():
        return again("unit/questions.html", **values)
    changed = [
        _changed(one, _written(form)) if one.position == position else _kept([one])[0]
        for one in page.questions
    ]
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
    if not form.validate_on_submit():
        return render_template("unit/act.html", reasons=[], **values)
    rest = _kept([other for other in page.questions if other.position != position])
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


def _kept(lines: tuple[QuestionLine, ...] | list[QuestionLine]) -> list[verbs.QuestionText]:
    return [
        verbs.QuestionText(line.kind, line.texts, line.options, line.required, line.node_id) for line in lines
    ]


def _written(form: QuestionForm) -> verbs.QuestionText:
    texts = either({"es": form.text_es.data, "en": form.text_en.data})
    return verbs.QuestionText(form.kind.data, texts, form.options(), bool(form.required.data))


def _changed(before: QuestionLine, written: verbs.QuestionText) -> verbs.QuestionText:
    """The question as it was changed; what the form does not ask about stays."""
    pairs = zip(written.options, before.options, strict=False)
    same_number = len(written.options) == len(before.options)
    options = (
        tuple(with_other_languages(_filled(now), then) for now, then in pairs)
        if same_number
        else written.options
    )
    texts = with_other_languages(written.texts, before.texts)
    return replace(written, node_id=before.node_id, texts=texts, options=options)


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _as_written(line: QuestionLine) -> dict[str, object]:
    def lines(language: str) -> str:
        return "\n".join(option.get(language, "") for option in line.options)

    return {
        "kind": line.kind, "text_es": line.texts.get("es", ""), "text_en": line.texts.get("en", ""),
        "options_es": lines("es"), "options_en": lines("en"), "required": line.required,
    }  # fmt: skip
