"""An organisation's answers to the questions of a round, saved in part as often as it likes until closing."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comments import entering
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts.questionnaires import newest_answers
from consultations.models.rounds import Question, QuestionAnswer
from consultations.wording_comments import AGREEMENT
from workflows.refusals import Refusal, Refused, refusal


def answer(round_id: int, answers: Mapping[int, tuple[str, str]], *, by: Actor, at: datetime) -> int:
    """Keep answers {question id: (value, words)}; each that differs from the last one is a new revision.

    `value`: agree, partly, disagree; the position (from 0) of a `single` option; "" for words alone or none. Questions
    left out stay as they are. Returns how many revisions were written. Errors: Refused with every reason.
    """
    here = entering(round_id, by=by, at=at)
    questions = {q.id: q for q in db.session.scalars(select(Question).where(Question.round_id == round_id))}
    if odd := _odd(questions, answers):
        raise Refused(*odd)
    before = newest_answers(round_id, by.organisation_id)
    written = [_revision(id, said, before.get(id), by=by, at=at) for id, said in sorted(answers.items())]
    count = sum(1 for row in written if row is not None)
    if count:
        journal.record("questions_answered", here.entry, by=by, at=at, revisions=count)
    return count


def _odd(questions: Mapping[int, Question], answers: Mapping[int, tuple[str, str]]) -> tuple[Refusal, ...]:
    return tuple(
        refusal("value_unknown", value=value or str(id))
        for id, (value, _) in answers.items()
        if id not in questions or value not in _values(questions[id])
    )


def _values(question: Question) -> set[str]:
    """What may be chosen; nothing always may."""
    if question.kind == "agree":
        return {"", *AGREEMENT}
    return {"", *(str(n) for n in range(len(question.options)))} if question.kind == "single" else {""}


def _revision(
    question_id: int, said: tuple[str, str], before: QuestionAnswer | None, *, by: Actor, at: datetime
) -> QuestionAnswer | None:
    value, text = said[0], said[1].strip()
    if (value, text) == ((before.value, before.text) if before else ("", "")):
        return None
    return add(
        QuestionAnswer(
            question_id=question_id, organisation_id=by.organisation_id, revision=before.revision + 1 if before else 1,
            value=value, text=text, answered_at=at, person_id=by.person_id,
        )
    )  # fmt: skip
