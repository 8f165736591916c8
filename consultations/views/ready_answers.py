"""The Unit's pages of ready-made answers: the list, one written or changed, one removed."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations import wording_comments as words
from consultations.auth import actor, allow
from consultations.engine import answer_templates as verbs
from consultations.engine.answer_templates import Ready
from consultations.forms.answer_templates import TemplateForm
from consultations.queries import answer_templates as read
from consultations.views.acts import act, sent
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("ready", __name__, url_prefix="/desk/ready-answers")
Page = Any  # str, (str, status) or a redirect


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@pages.get("")
@allow(Role.UNIT)
def index() -> Page:
    """The ready-made answers of the Unit."""
    return render_template("desk/ready_answers.html", rows=read.templates(by=actor()))


@pages.route("/new", methods=["GET", "POST"])
@allow(Role.UNIT)
def write() -> Page:
    """Write one."""
    form, refused = TemplateForm(), None
    if form.validate_on_submit():
        try:
            act(verbs.write_template, _ready(form))
        except Refused as error:
            refused = error
        else:
            flash(gettext("The ready-made answer is kept."), "done")
            return redirect(url_for(".index"))
    return _shown(form, refused, line=None)


@pages.route("/<int:template_id>", methods=["GET", "POST"])
@allow(Role.UNIT)
def change(template_id: int) -> Page:
    """Change one."""
    line = read.template(template_id, by=actor()) or abort(404)
    form, refused = TemplateForm(obj=None if request.form else line, known=line.known), None
    if not sent():
        form.put(line.responses)
    elif form.validate():
        try:
            act(verbs.change_template, template_id, _ready(form), known=form.known.data or 0)
        except Refused as error:
            refused = error
            form.renew(line.known)
        else:
            flash(gettext("The ready-made answer is changed."), "done")
            return redirect(url_for(".index"))
    return _shown(form, refused, line=line)


@pages.route("/<int:template_id>/remove", methods=["GET", "POST"])
@allow(Role.UNIT)
def remove(template_id: int) -> Page:
    """Remove one, after asking; one that is gone is gone."""
    line = read.template(template_id, by=actor())
    if sent():
        act(verbs.remove_template, template_id)
        flash(gettext("The ready-made answer is removed."), "done")
        return redirect(url_for(".index"))
    return render_template("desk/ready_remove.html", line=line or abort(404))


def _ready(form: TemplateForm) -> Ready:
    return Ready(form.name.data or "", form.outcome.data, form.reason.data or "", form.responses())


def _shown(form: TemplateForm, refused: Refused | None, **values: Any) -> Page:
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    status = 409 if refused else 400 if form.errors else 200
    return render_template("desk/ready_form.html", form=form, reasons=reasons, **values), status
