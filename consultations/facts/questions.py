"""The questions of a round as the rules read them, and whether they can be answered as they are written."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.rounds import Question, Round
from consultations.models.standards import Node
from workflows.question_faults import Written
from workflows.question_faults import faults as faults_of
from workflows.questions import KINDS, Asking

__all__ = ["KINDS", "asking", "faults", "invalid", "of_round"]


def of_round(round_id: int) -> list[Question]:
    """The questions in order; one select."""
    query = select(Question).where(Question.round_id == round_id).order_by(Question.position)
    return list(db.session.scalars(query))


def asking(row: Question) -> Asking:
    """A question without its words."""
    condition = row.asked_if or {}
    return Asking(
        row.position, row.kind, len(row.options), row.required, row.lowest, row.highest,
        (int(condition["question"]), frozenset(condition["values"])) if condition else None,
    )  # fmt: skip


def faults(round: Round, rows: Sequence[Question] | None = None) -> dict[int, tuple[str, ...]]:
    """{position: every reason why the question cannot be answered as it is written} (workflows.question_faults.REASONS),
    its words being those of the text's reference language. `rows`: those about to be written, else those that stand."""
    reference = round.version.reference_language
    rows = of_round(round.id) if rows is None else rows
    elsewhere = _elsewhere(round, (row.node_id for row in rows))
    return faults_of([_written(row, reference, row.node_id in elsewhere) for row in rows])


def invalid(round: Round) -> tuple[int, ...]:
    """The positions of the questions that cannot be answered as they are written."""
    return tuple(faults(round))


def _written(row: Question, reference: str, elsewhere: bool) -> Written:
    options = tuple(option.get(reference, "") for option in row.options)
    return Written(asking(row), row.texts.get(reference, ""), options, elsewhere)


def _elsewhere(round: Round, node_ids: Iterable[int | None]) -> set[int | None]:
    """The clauses named that do not belong to the round's text."""
    named = {id for id in node_ids if id is not None}
    if not named:
        return set()
    query = select(Node.id).where(Node.id.in_(named), Node.version_id == round.version_id)
    return set(named) - set(db.session.scalars(query))
