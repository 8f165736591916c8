"""The newest answer of an organisation to each question of a round."""

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.models.rounds import Question, QuestionAnswer


def newest_answers(round_id: int, organisation_id: int | None) -> dict[int, QuestionAnswer]:
    """{question id: the revision that counts} of one organisation, in one select."""
    newest = (
        select(QuestionAnswer.question_id, func.max(QuestionAnswer.revision).label("revision"))
        .join(Question, Question.id == QuestionAnswer.question_id)
        .where(Question.round_id == round_id, QuestionAnswer.organisation_id == organisation_id)
        .group_by(QuestionAnswer.question_id)
        .subquery()
    )
    query = (
        select(QuestionAnswer)
        .join(
            newest,
            (newest.c.question_id == QuestionAnswer.question_id)
            & (newest.c.revision == QuestionAnswer.revision),
        )
        .where(QuestionAnswer.organisation_id == organisation_id)
    )
    return {row.question_id: row for row in db.session.scalars(query)}
