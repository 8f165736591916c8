"""What was answered to objections: which answers, when, and in which role; and which of them wait for the Commission."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.comment import CommentState
from workflows.roles import Role


@dataclass(frozen=True)
class Given:
    """An answer to an objection: when, and in which role."""

    at: datetime
    role: str


def replies(comment_ids: Collection[int]) -> dict[int, dict[int, Given]]:
    """{comment: {number of the answer: Given}}; one select. Numbers are of the comment, whichever point they answer."""
    query = select(Event.subject_id, Event.at, Event.role, Event.payload).where(
        Event.subject_kind == "comment", Event.subject_id.in_(comment_ids), Event.name == "objection_answered"
    )
    found: dict[int, dict[int, Given]] = defaultdict(dict)
    for comment_id, at, role, payload in db.session.execute(query) if comment_ids else ():
        found[comment_id][int(json.loads(payload)["answer"])] = Given(at, role)
    return found


def undecided(round_id: int) -> int:
    """Objections of a round that the Commission has not decided on since they were raised."""
    return _count(Comment.round_id == round_id)


def undecided_in(dossier_id: int) -> int:
    """The same of every round of a dossier: a further round settles no objection of an earlier one."""
    return _count(Comment.round_id.in_(select(Round.id).where(Round.dossier_id == dossier_id)))


def undecided_by_round() -> dict[int, int]:
    """{round: how many}, of those that have any; one select."""
    query = select(Comment.round_id, func.count(Comment.id)).where(*_undecided())
    return dict(db.session.execute(query.group_by(Comment.round_id)).all())


def _count(of: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(Comment.id)).where(of, *_undecided())) or 0


def _undecided() -> tuple[ColumnElement[bool], ...]:
    """Objected to, and not decided since by the Commission's chair: what the Unit replies is no decision (0011)."""
    later = aliased(Event)
    again = exists().where(
        later.subject_kind == "comment", later.subject_id == Comment.id, later.name == "objection_raised",
        later.id > Event.id,
    )  # fmt: skip
    decided = exists().where(
        Event.subject_kind == "comment", Event.subject_id == Comment.id, Event.name == "objection_answered",
        Event.role == Role.CHAIR, ~again,
    )  # fmt: skip
    return Comment.state == CommentState.OBJECTED, ~decided
