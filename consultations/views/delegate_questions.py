"""A delegate answers the questions of a round: in part as often as one likes, then sends the sheet."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consultations import wording
from consultations.auth import actor, allow
from consultations.documents.attached import AttachedFile
from consultations.engine import question_sheets, questionnaires
from consultations.forms.question_sheets import SheetForm, answers_of, files_of, sheet_form
from consultations.queries import answer_versions as histories
from consultations.queries import questions as asked_of
from consultations.queries.questions import SheetPage
from consultations.views.acts import act
from consultations.views.addresses import number_asked
from consultations.views.delegate import Page, pages
from consultations.views.received_files import of_answers
from consultations.wording_questions import label
from workflows.refusals import Refused
from workflows.roles import Role


@pages.route("/rounds/<int:round_id>/questions", methods=["GET", "POST"])
@allow(Role.DELEGATE)
def questions(round_id: int) -> Page:
    """All questions on one page; keeping a part and sending the whole are two buttons of one form."""
    page = asked_of.sheet_page(round_id, by=actor(), at=g.at) or abort(404)
    form, refused = sheet_form(page.questions, page.head.reference), None
    if form.validate_on_submit() and (files := of_answers(form, files_of(form, page.questions))) is not None:
        try:
            return _kept(page, form, files)
        except Refused as error:
            refused = error
            page = asked_of.sheet_page(round_id, by=actor(), at=g.at) or abort(404)
    lacking, reasons = told(refused, page)
    shown = render_template(
        "delegate/questions.html", page=page, head=page.head, form=form, reasons=reasons, lacking=lacking,
        earlier={one.position: one for one in page.questions},
    )  # fmt: skip
    return (shown, 409) if refused else shown


@pages.get("/rounds/<int:round_id>/questions/versions")
@allow(Role.DELEGATE)
def answer_versions(round_id: int) -> Page:
    """Every version of our answers, with who wrote it and when."""
    number = number_asked("page", 1)
    page = histories.histories_page(round_id, number, by=actor(), at=g.at) or abort(404)
    return render_template("delegate/answer_versions.html", page=page, head=page.head, label=label)


def told(refused: Refused | None, page: SheetPage) -> tuple[list[tuple[str, str]], list[dict[str, str]]]:
    """What speaks against it: questions without an answer, each with the place to go to, and everything else."""
    texts = {one.position: wording.local(one.texts, page.head.reference) for one in page.questions}
    lacking, others = [], []
    for reason in refused.refusals if refused else ():
        if reason.code == "question_unanswered":
            position = int(reason.values["position"])
            lacking.append((f"{position}. {texts.get(position, '')}", f"q{position}"))
        else:
            others.append(wording.refusal(reason))
    return lacking, others


def _kept(page: SheetPage, form: SheetForm, files: dict[int, AttachedFile]) -> Page:
    act(questionnaires.answer, page.head.id, answers_of(form, page.questions), files=files)
    if request.form.get("go") == "send":
        act(question_sheets.send, page.head.id)
        flash(gettext("Your answers are sent. You may change them until closing."), "done")
    elif page.sent_at:
        flash(gettext("Your changed answers are kept and count."), "done")
    else:
        flash(gettext("Your answers are kept. They count once you send them."), "done")
    return redirect(url_for("delegate.round_page", round_id=page.head.id))
