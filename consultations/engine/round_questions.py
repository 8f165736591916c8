"""The questions of a round, written while it is a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import questions as questions_facts
from consultations.facts.last_events import last_event
from consultations.facts.rounds import round_facts
from consultations.models.rounds import Question, Round
from workflows.refusals import Refused
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
    """Replace the questions of a draft round, in this order; what stands already is not written again.

    `known`: the round's last event when the form was shown, so that nobody's question is lost.
    Errors: Refused (`edited_meanwhile`, everything that makes a new or changed question unanswerable), NotFound.
    """
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    wanted, present = [_worded(question) for question in questions], _present(round)
    return round if wanted == present else _replace(round, wanted, present, known, by=by, at=at)


def add_question(
    round_id: int, question: QuestionText, *, known: int | None = None, by: Actor, at: datetime
) -> Round:
    """Write one more question at the end; sent twice from one form, it is one. Arguments and errors as above."""
    check_mandate(by, at=at)
    round = locked(Round, round_id)
    wanted, present = _worded(question), _present(round)
    last = last_event("round", round.id)
    sent_before = (
        known is not None and last is not None and last.id != known and last.person_id == by.person_id
    )
    if sent_before and present[-1:] == [wanted]:
        return round
    return _replace(round, [*present, wanted], present, known, by=by, at=at)


def _replace(
    round: Round,
    wanted: list[QuestionText],
    present: list[QuestionText],
    known: int | None,
    *,
    by: Actor,
    at: datetime,
) -> Round:
    check_unchanged(round, known)
    _check_answerable([question for question in wanted if question not in present], round)
    facts = round_facts(round, by=by, at=at)
    journal.move(round, ROUND, "edit", by=by, at=at, facts=facts, questions=len(wanted))
    db.session.execute(delete(Question).where(Question.round_id == round.id))
    db.session.add_all(_row(round.id, position, question) for position, question in enumerate(wanted, 1))
    db.session.flush()
    db.session.expire(round, ["questions"])
    return round


def _check_answerable(questions: Iterable[QuestionText], round: Round) -> None:
    reference = round.version.reference_language
    found = [
        fault
        for one in questions
        for fault in questions_facts.faults(one.kind, one.texts, one.options, reference)
    ]
    if found:
        raise Refused(*dict.fromkeys(found))


def _present(round: Round) -> list[QuestionText]:
    query = select(Question).where(Question.round_id == round.id).order_by(Question.position)
    return [
        QuestionText(row.kind, row.texts, tuple(row.options), row.required, row.node_id)
        for row in db.session.scalars(query)
    ]


def _row(round_id: int, position: int, question: QuestionText) -> Question:
    return Question(
        round_id=round_id, position=position, kind=question.kind, texts=dict(question.texts),
        options=list(question.options), required=question.required, node_id=question.node_id,
    )  # fmt: skip


def _worded(question: QuestionText) -> QuestionText:
    """The question as it is kept: without the languages in which nothing is written."""
    options = tuple(_written(option) for option in question.options)
    return replace(question, texts=_written(question.texts), options=options)


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}
