"""The answers of organisations to the questions of a round, as they stand: a sheet each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from consultations.extensions import db
from consultations.facts.questionnaires import newest_answers
from consultations.facts.questions import asking, of_round
from consultations.models.events import Event
from consultations.models.rounds import Question, QuestionAnswer, RegisterEntry
from workflows import questions as rules
from workflows.questions import Asking

ANSWERED = "questions_answered"
STAFF = ("unit", "unit_head", "network")


@dataclass(frozen=True)
class Sheet:
    """One organisation's answers. `said`: {position: (value, words)}, whatever is asked; `asked`, `missing`: positions."""

    questions: tuple[Question, ...]
    said: dict[int, tuple[str, str]]
    asked: frozenset[int]
    missing: tuple[int, ...]


def sheet(round_id: int, organisation_id: int | None) -> Sheet:
    """The sheet of one organisation; two selects."""
    rows = of_round(round_id)
    newest = newest_answers(round_id, organisation_id)
    said = {row.position: (newest[row.id].value, newest[row.id].text) for row in rows if row.id in newest}
    forms = [asking(row) for row in rows]
    return Sheet(tuple(rows), said, rules.asked(forms, said), rules.missing(forms, said))


def sent_sheets(round_id: int) -> tuple[list[Question], dict[int, dict[int, tuple[str, str]]]]:
    """The questions, and {organisation: {position: (value, words)}} of every sheet that was sent; two selects.

    A sheet that was kept in part and never sent counts as little as a draft of a comment.
    """
    rows = of_round(round_id)
    positions = {row.id: row.position for row in rows}
    found: dict[int, dict[int, tuple[str, str]]] = {}
    for answer in db.session.execute(_newest_sent(round_id)):
        position = positions[answer.question_id]
        found.setdefault(answer.organisation_id, {})[position] = (answer.value, answer.text)
    return rows, found


def forms_of(rows: list[Question]) -> list[Asking]:
    """The questions as the rules read them."""
    return [asking(row) for row in rows]


def answered_itself(entry: RegisterEntry) -> bool:
    """Whether the organisation's own people have ever answered questions of this round."""
    by_itself = select(Event.id).where(
        Event.subject_kind == "registerentry", Event.subject_id == entry.id, Event.name == ANSWERED,
        Event.role.not_in(STAFF),
    )  # fmt: skip
    return db.session.scalar(by_itself.limit(1)) is not None


def _newest_sent(round_id: int) -> Select[Any]:
    latest = (
        func.row_number()
        .over(
            partition_by=(QuestionAnswer.question_id, QuestionAnswer.organisation_id),
            order_by=QuestionAnswer.revision.desc(),
        )
        .label("latest")
    )
    numbered = (
        select(QuestionAnswer.question_id, QuestionAnswer.organisation_id, QuestionAnswer.value, QuestionAnswer.text, latest)
        .join(Question, Question.id == QuestionAnswer.question_id)
        .join(
            RegisterEntry,
            (RegisterEntry.round_id == Question.round_id)
            & (RegisterEntry.organisation_id == QuestionAnswer.organisation_id),
        )
        .where(Question.round_id == round_id, RegisterEntry.sheet_sent_at.is_not(None))
        .subquery()
    )  # fmt: skip
    return select(numbered).where(numbered.c.latest == 1).order_by(numbered.c.organisation_id)
