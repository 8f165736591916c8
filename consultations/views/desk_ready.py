"""A ready-made answer in the form of an answer: chosen in the address, filled in for the comment, changed before it is sent."""

from typing import Any

from flask_babel import gettext

from consultations import wording
from consultations.auth import actor
from consultations.queries import answer_templates
from consultations.queries.answers import AnswerPage
from consultations.views.acts import sent
from consultations.views.addresses import number_asked
from consultations.wording_answering import clause_words


def fill_in(form: Any, page: AnswerPage) -> None:
    """Put the ready-made answer that the address names into the form; nothing when the form was sent."""
    wanted = number_asked("template", None)
    comment = page.comment
    if sent() or wanted is None:
        return
    clause = clause_words(comment.clause, comment.language)
    ready = answer_templates.fill(
        wanted, language=comment.language, clause=clause, number=comment.label, by=actor()
    )
    if ready is None:
        return
    form.outcome.data, form.reason.data, form.response.data = ready.outcome, ready.reason, ready.response
    if not ready.response:
        form.response.errors = [
            gettext("%(name)s has no words in this language: %(language)s.", name=ready.name, language=wording.language_name(comment.language))
        ]  # fmt: skip


def offered_ready() -> tuple[answer_templates.TemplateLine, ...]:
    """The ready-made answers to choose from."""
    return answer_templates.templates(by=actor())
