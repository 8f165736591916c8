"""The Unit's pages of coding: the codebook of a round, points coded one by one, samples of two coders and their agreement."""

import secrets
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations.auth import actor, allow
from consultations.engine import codebook as words_of
from consultations.engine import coding as verbs
from consultations.forms.coding import CodeForm, CodesForm, MeaningForm, SampleForm
from consultations.forms.desk import ReasonForm
from consultations.forms.offered import offered
from consultations.queries import coding as read
from consultations.queries.coding_files import export as file_of
from consultations.views.acts import act, sent
from consultations.views.addresses import number_asked, row_number
from consultations.wording_answering import UNDEFINED
from workflows.agreement import Undefined
from workflows.percent import percent
from workflows.refusals import Refused
from workflows.roles import Role

pages = Blueprint("coding", __name__, url_prefix="/desk")
Page = Any  # str, (str, status) or a redirect
READERS = (Role.UNIT, Role.COMMISSION, Role.AUDITOR)


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"share": _share, "coefficient": _coefficient}


@pages.route("/rounds/<int:round_id>/codes", methods=["GET", "POST"])
@allow(*READERS)
def codebook(round_id: int) -> Page:
    """The codes with what they mean and how often they hold; the form for another one."""
    page, form, refused = read.codebook(round_id, by=actor(), at=g.at) or abort(404), CodeForm(), None
    if form.validate_on_submit():
        try:
            act(words_of.write_code, round_id, form.code.data, form.meaning.data)
        except Refused as error:
            refused = error
        else:
            flash(gettext("The code is in the codebook."), "done")
            return redirect(url_for(".codebook", round_id=round_id))
    return _shown("desk/codebook.html", refused, page=page, form=form)


@pages.route("/rounds/<int:round_id>/codes/<int:tag_id>", methods=["GET", "POST"])
@allow(Role.UNIT)
def reword(round_id: int, tag_id: int) -> Page:
    """Say anew what a code means."""
    page = read.codebook(round_id, by=actor(), at=g.at) or abort(404)
    code = next((one for one in page.topics.rows if one.id == tag_id), None) or abort(404)
    form, refused = MeaningForm(obj=code), None
    if form.validate_on_submit():
        try:
            act(words_of.reword_code, round_id, tag_id, form.meaning.data)
        except Refused as error:
            refused = error
        else:
            flash(gettext("The meaning is changed."), "done")
            return redirect(url_for(".codebook", round_id=round_id))
    return _shown("desk/code.html", refused, page=page, form=form, code=code)


@pages.post("/rounds/<int:round_id>/codes/<int:tag_id>/retire")
@allow(Role.UNIT)
def retire(round_id: int, tag_id: int) -> Page:
    """Take a code out that nobody has used."""
    act(words_of.retire_code, round_id, tag_id)
    flash(gettext("The code is out of the codebook."), "done")
    return redirect(url_for(".codebook", round_id=round_id))


@pages.get("/rounds/<int:round_id>/codes/next")
@allow(Role.UNIT)
def next_point(round_id: int) -> Page:
    """Go to the next point that waits for this coder."""
    found = read.next_point(round_id, by=actor())
    if found is None:
        flash(gettext("No point waits for your codes."), "done")
        return redirect(url_for(".codebook", round_id=round_id))
    return redirect(url_for(".point", comment_id=found[0], number=found[1]))


@pages.get("/rounds/<int:round_id>/codes/<any(codebook, marks):part>.csv")
@allow(*READERS)
def export(round_id: int, part: str) -> Response:
    """The codebook, or what was marked with it, as CSV."""
    file = file_of(round_id, part)
    answer = Response(file.body, mimetype=file.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer


@pages.route("/comments/<int:comment_id>/points/<int:number>/codes", methods=["GET", "POST"])
@allow(*READERS)
def point(comment_id: int, number: int) -> Page:
    """A point, and the codes to be ticked; another button says that none fits."""
    page = read.point(comment_id, number, by=actor(), at=g.at) or abort(404)
    form, refused = CodesForm(), None
    form.codes.choices = offered((id, code) for id, code, _ in page.codes)
    if not sent():
        form.codes.data = sorted(page.mine or ())
    elif form.validate():
        none = "none" in request.form
        if none or form.codes.data:
            try:
                act(verbs.code_point, comment_id, number, set() if none else set(form.codes.data or ()))
            except Refused as error:
                refused = error
            else:
                flash(gettext("Comment %(label)s: your codes are kept.", label=page.place.label), "done")
                return redirect(url_for(".next_point", round_id=page.head.id))
        else:
            form.codes.errors = [gettext("Tick a code, or say that none fits.")]
    return _shown(
        "desk/point_codes.html", refused, page=page, form=form, meanings={id: m for id, _, m in page.codes}
    )


@pages.route("/rounds/<int:round_id>/samples/new", methods=["GET", "POST"])
@allow(Role.UNIT)
def draw(round_id: int) -> Page:
    """Draw a sample for two people; chance is here, and what it gave is recorded."""
    page, form, refused = read.codebook(round_id, by=actor(), at=g.at) or abort(404), SampleForm(), None
    form.offer(read.coders(by=actor(), at=g.at))
    if not sent():
        form.first_id.data = actor().person_id
    elif form.validate():
        wanted = {"size": form.size.data, "first_id": form.first_id.data, "second_id": form.second_id.data}
        try:
            made = act(verbs.draw_sample, round_id, seed=secrets.token_hex(16), **wanted).number
        except Refused as error:
            refused = error
        else:
            flash(gettext("The sample is drawn."), "done")
            return redirect(url_for(".sample", round_id=round_id, number=made))
    return _shown("desk/sample_new.html", refused, page=page, form=form)


@pages.get("/rounds/<int:round_id>/samples/<int:number>")
@allow(*READERS)
def sample(round_id: int, number: int) -> Page:
    """A sample: what is left to code; once both have finished, their agreement and where they differ."""
    wanted = number_asked("page", 1)
    page = read.sample(round_id, number, wanted, by=actor(), at=g.at) or abort(404)
    return render_template("desk/sample.html", page=page, head=page.head, line=page.line)


@pages.route("/rounds/<int:round_id>/samples/<int:number>/give-up", methods=["GET", "POST"])
@allow(Role.UNIT)
def give_up(round_id: int, number: int) -> Page:
    """Give an unfinished sample up, with a reason."""
    page = read.sample(round_id, number, 1, by=actor(), at=g.at) or abort(404)
    form, refused = ReasonForm(), None
    if form.validate_on_submit():
        try:
            act(verbs.give_up, round_id, number, form.reason.data)
        except Refused as error:
            refused = error
        else:
            flash(gettext("The sample is given up. The codebook may be changed again."), "done")
            return redirect(url_for(".codebook", round_id=round_id))
    return _shown("desk/sample_up.html", refused, page=page, form=form, line=page.line)


@pages.post("/rounds/<int:round_id>/samples/<int:number>/settle")
@allow(Role.UNIT)
def settle(round_id: int, number: int) -> Page:
    """Say what is to hold where the two coders differ; settled once both have said so."""
    wanted = request.form.get("page", 1, type=row_number)
    page = read.sample(round_id, number, wanted, by=actor(), at=g.at) or abort(404)
    told = {name: request.form.get(name, 0, type=row_number) for name in ("code", "comment", "point")}
    made = act(
        verbs.settle, page.line.id, told["code"], told["comment"], told["point"],
        applies=request.form.get("applies") == "yes",
    )  # fmt: skip
    both = made.confirmed_at is not None
    flash(
        gettext("It is settled: both of you say so.") if both else gettext("It is settled once the other coder says the same."),
        "done",
    )  # fmt: skip
    return redirect(url_for(".sample", round_id=round_id, number=number, page=page.page))


def _shown(template: str, refused: Refused | None, **values: Any) -> Page:
    """The page; 409 with every reason when refused, 400 when something is wrong with what was typed."""
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    status = 409 if refused else 400 if values["form"].errors else 200
    return render_template(template, head=values["page"].head, reasons=reasons, **values), status


def _share(number: Fraction | Undefined) -> str:
    return str(UNDEFINED[number]) if isinstance(number, Undefined) else f"{percent(number)} %"


def _coefficient(number: Fraction | Undefined) -> str:
    """A coefficient with three decimals, or why there is none."""
    return str(UNDEFINED[number]) if isinstance(number, Undefined) else percent(number / 100, digits=3)
