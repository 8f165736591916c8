"""The Unit's pages of workshops, paper and forms, and what came back to the questions."""

from flask import g, render_template

from consultations.auth import actor, allow
from consultations.queries import questions, rounds
from consultations.views.staff_pages import mount
from consultations.views.staff_routes import ROUTES
from consultations.views.unit_pages import pages
from consultations.wording_questions import label
from workflows.roles import Role

mount(pages, Role.UNIT, ROUTES)


@pages.get("/rounds/<int:round_id>/results")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def question_results(round_id: int) -> str:
    """What came back to each question, as it may be published."""
    return render_template(
        "unit/question_results.html", page=rounds.page(round_id, by=actor(), at=g.at),
        results=questions.results(round_id), label=label,
    )  # fmt: skip
