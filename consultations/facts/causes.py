"""What the answers of rounds say that they changed in the text: one line for each point that is decided."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.points import newest_number
from consultations.facts.register import UNSENT
from consultations.models.comments import Answer, AnswerReturn, Comment
from consultations.models.rounds import Round
from workflows.comment import CommentState


@dataclass(frozen=True)
class Promise:
    """A decided answer that changed the text. `clause`: the stable id that it names, "" for none; `label` of the comment."""

    round_id: int
    comment_id: int
    label: str
    point: int
    outcome: str
    change: str
    clause: str


def promises(round_ids: Collection[int]) -> tuple[Promise, ...]:
    """The answers that stand and are decided and say that the text changed, in the order of rounds and
    comments; one select."""
    query = (
        select(Comment.round_id, Comment.id, Comment.public_number, Round.number, Answer)
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .outerjoin(AnswerReturn, AnswerReturn.answer_id == Answer.id)
        .where(
            Comment.round_id.in_(list(round_ids)), Comment.state.not_in((*UNSENT, CommentState.WITHDRAWN)), Answer.change != "",
            Answer.decided_by_id.is_not(None), AnswerReturn.answer_id.is_(None),
            Answer.number == newest_number(Comment.id, Answer.point),
        )
        .order_by(Round.number, Comment.public_number, Answer.point)
    )  # fmt: skip
    return tuple(
        Promise(
            round_id, id, f"R{number}-{public}", said.point, said.outcome, said.change, said.change_clause
        )
        for round_id, id, public, number, said in db.session.execute(query)
    )
