"""The Unit's pages of workshops, paper and forms, and what came back to the questions."""

from fractions import Fraction

from flask import g, render_template

from consultations.auth import actor, allow
from consultations.queries import attachments, questions, rounds
from consultations.views.staff_pages import mount
from consultations.views.staff_routes import ROUTES
from consultations.views.unit_pages import pages
from consultations.wording_questions import label
from workflows.exact import exact_text
from workflows.percent import percent
from workflows.roles import Role

mount(pages, Role.UNIT, ROUTES)


@pages.get("/rounds/<int:round_id>/results")
@allow(Role.UNIT, Role.COMMISSION, Role.AUDITOR)
def question_results(round_id: int) -> str:
    """What came back to each question, as it may be published."""
    return render_template(
        "unit/question_results.html", page=rounds.page(round_id, by=actor(), at=g.at),
        results=questions.results(round_id), label=label, decimal=_decimal,
        files=attachments.given_answers(round_id, by=actor()),
    )  # fmt: skip


def _decimal(number: Fraction) -> str:
    """An exact number as people read it: at most two decimals, and the fraction beside it where they are not all."""
    shown = percent(number / 100, digits=2).rstrip("0").rstrip(".")
    return shown if Fraction(shown) == number else f"{shown} ({exact_text(number)})"
