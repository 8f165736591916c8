"""Points beside others, as the desk lists them: whose, where, their words, where they stand, in which cluster."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.points import pieces, with_answers
from consultations.facts.queues import UNDECIDED
from consultations.facts.removals import reading
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Answer, Comment
from consultations.models.points import Cluster, ClusterMember
from consultations.models.rounds import RegisterEntry
from consultations.models.standards import Node
from workflows.points import point_state


@dataclass(frozen=True)
class PointLine:
    """A point beside others: whose, where, its words, where it stands and what became of it."""

    comment_id: int
    point: int
    label: str
    who: str
    organisation_id: int
    clause: str
    node_id: int | None
    language: str
    text: str
    state: str
    hidden: bool
    outcome: str
    answer_id: int
    cluster: int | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.comment_id}-{self.point}"

    @property
    def open(self) -> bool:
        """Whether it waits for a decided answer."""
        return self.state in UNDECIDED


def lines_of(*conditions: ColumnElement[bool], number: int, by: Actor) -> tuple[PointLine, ...]:
    """The points of the comments received that fit, in their public order, as the viewer reads them; two selects for
    the Unit and auditors, for others five."""
    points = pieces(*conditions, Comment.state.not_in(NOT_RECEIVED))
    columns = (
        points.c.text, Comment.public_number, Comment.state, Comment.hidden_at, Comment.language, Comment.organisation_id, Comment.node_id,
        RegisterEntry.name, Node.number.label("clause"), Answer.id.label("answer_id"), Answer.outcome, Answer.decided_by_id,
    )  # fmt: skip
    query = (
        with_answers(points, *columns)
        .join(Comment, Comment.id == points.c.comment_id)
        .outerjoin(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .outerjoin(Node, Node.id == Comment.node_id)
        .order_by(Comment.public_number, Comment.id, points.c.number)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    split = {row[0] for row in rows if row[1] > 1}
    standing = _standing(conditions)
    read = reading((row[0] for row in rows), by=by)
    return tuple(_line(row, number, row[0] in split, standing, read(row[0], row[2])) for row in rows)


def _line(
    row: Any, round_number: int, split: bool, standing: dict[tuple[int, int], int], words: str
) -> PointLine:
    (
        id,
        point,
        _,
        number,
        state,
        hidden_at,
        language,
        organisation_id,
        node_id,
        who,
        clause,
        answer_id,
        outcome,
        decider,
        back,
    ) = row
    answered = answer_id is not None and back is None
    if split:
        state = point_state(state, answered=answered, decided=answered and decider is not None)
    label = f"R{round_number}-{number}.{point}" if split else f"R{round_number}-{number}"
    return PointLine(
        id, point, label, who or "", organisation_id, clause or "", node_id, language, words, state,
        hidden_at is not None, outcome if answered else "", answer_id or 0, standing.get((id, point)),
    )  # fmt: skip


def _standing(conditions: tuple[ColumnElement[bool], ...]) -> dict[tuple[int, int], int]:
    query = (
        select(ClusterMember.comment_id, ClusterMember.point, ClusterMember.cluster_id)
        .join(Cluster)
        .join(Comment, Comment.id == ClusterMember.comment_id)
        .where(*conditions, Cluster.dissolved_at.is_(None))
    )
    return {(comment_id, point): id for comment_id, point, id in db.session.execute(query)}
