"""What explains a change of the text between two rounds: decided answers that named its clause, or a person's reason."""

import json
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.points import pieces, with_answers
from consultations.models.comments import Answer, AnswerReturn, Comment
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.comment import CommentState
from workflows.round import RoundState

EXPLAINED = "change_explained"
Asking = tuple[int, str]
"""A comment that asked for a change: its id, its label."""


def so_far(round: Round) -> tuple[Round, ...]:
    """The rounds of the dossier up to this one, in their order, without those that were withdrawn."""
    query = select(Round).where(
        Round.dossier_id == round.dossier_id, Round.number <= round.number, Round.state != RoundState.WITHDRAWN
    )  # fmt: skip
    return tuple(db.session.scalars(query.order_by(Round.number)))


def asked_for(round_ids: Collection[int]) -> dict[str, tuple[Asking, ...]]:
    """{stable id of a clause: the comments of these rounds whose decided answers change it}; one select."""
    points = pieces(Comment.round_id.in_(list(round_ids)), Comment.state != CommentState.WITHDRAWN)
    query = (
        with_answers(points, Answer.change_clause, Comment.public_number, Round.number.label("round"))
        .join(Comment, Comment.id == points.c.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .where(
            Answer.change_clause != "", Answer.decided_by_id.is_not(None), AnswerReturn.answer_id.is_(None)
        )
        .order_by(Comment.id)
    )
    found: dict[str, dict[Asking, None]] = defaultdict(dict)
    for row in db.session.execute(query):
        found[row.change_clause][row.comment_id, f"R{row.round}-{row.public_number}"] = None
    return {clause: tuple(comments) for clause, comments in found.items()}


def reasons(dossier_id: int) -> dict[str, str]:
    """{hash of a change between texts of the dossier's rounds: why, as a person wrote last}; one select."""
    query = select(Event.payload, Event.reason).where(
        Event.dossier_id == dossier_id, Event.subject_kind == "round", Event.name == EXPLAINED
    )
    return {
        json.loads(payload)["change"]: why for payload, why in db.session.execute(query.order_by(Event.id))
    }
