"""The questions of a round, written while it is a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.rounds import round_facts
from consultations.models.rounds import Question, Round
from workflows.round import ROUND


@dataclass(frozen=True)
class QuestionText:
    """A question as it is written: kind agree, single or text; `texts` and each option per language."""

    kind: str
    texts: Mapping[str, str]
    options: tuple[Mapping[str, str], ...] = ()
    required: bool = False
    node_id: int | None = None


def set_questions(
    round_id: int, questions: Iterable[QuestionText], *, known: int | None = None, by: Actor, at: datetime
) -> Round:
    """Replace the questions of a draft round, in this order; what cannot be answered as written is refused only when
    the round is submitted (consultation-model.md, "Questionnaire"). `known`: the round's last event when the form was
    shown, so that nobody's question is lost. Errors: Refused (`edited_meanwhile` among others), NotFound."""
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    check_unchanged(round, known)
    wanted = list(questions)
    journal.move(
        round, ROUND, "edit", by=by, at=at, facts=round_facts(round, by=by, at=at), questions=len(wanted)
    )
    db.session.execute(delete(Question).where(Question.round_id == round.id))
    db.session.add_all(_row(round.id, position, question) for position, question in enumerate(wanted, 1))
    db.session.flush()
    db.session.expire(round, ["questions"])
    return round


def _row(round_id: int, position: int, question: QuestionText) -> Question:
    return Question(
        round_id=round_id, position=position, kind=question.kind, texts=_worded(question.texts),
        options=[_worded(option) for option in question.options], required=question.required, node_id=question.node_id,
    )  # fmt: skip


def _worded(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}
