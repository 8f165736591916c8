"""What organisations answered to one question, as the Unit, the Commission and auditors read it."""

from flask import render_template, request

from consultations.auth import allow
from consultations.queries import question_words
from consultations.views.addresses import number_asked
from consultations.views.unit_pages import pages
from consultations.wording_questions import label
from workflows.roles import Role


@pages.get("/rounds/<int:round_id>/results/<int:position>")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def question_answers(round_id: int, position: int) -> str:
    """The answers by organisation, those without words left out when that is asked for."""
    page = question_words.words_page(
        round_id, position, number_asked("page", 1), worded=request.args.get("only") == "words"
    )
    return render_template("unit/question_answers.html", page=page, label=label)
