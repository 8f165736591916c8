"""Whether the questions of a round can be answered as they are written."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.rounds import Question, Round

KINDS = ("agree", "single", "text")


def invalid(round: Round) -> tuple[int, ...]:
    """The positions of questions without words in the text's reference language, of an unknown kind, with fewer than
    two options to choose from, or with the same option twice (consultation-model.md, "Questionnaire")."""
    reference = round.version.reference_language
    rows = db.session.scalars(
        select(Question).where(Question.round_id == round.id).order_by(Question.position)
    )
    return tuple(row.position for row in rows if not _answerable(row, reference))


def _answerable(question: Question, reference: str) -> bool:
    worded = bool(question.texts.get(reference, "").strip())
    return (
        worded and question.kind in KINDS and (question.kind != "single" or _choosable(question, reference))
    )


def _choosable(question: Question, reference: str) -> bool:
    options = [option.get(reference, "").strip() for option in question.options]
    return len(options) >= 2 and all(options) and len(set(options)) == len(options)
