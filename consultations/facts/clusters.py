"""Which points stand together, and how much was said: received, points, distinct, organisations, always side by side."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from consultations.extensions import db
from consultations.facts.points import pieces
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment
from consultations.models.points import Cluster, ClusterMember
from workflows.comment import CommentState

KINDS = ("duplicate", "near_duplicate", "form_letter", "theme")


@dataclass(frozen=True)
class HowMuch:
    """How much was said in a round, in the four numbers that are never shown alone, and what was withdrawn.

    received: comments sent and not withdrawn; points: what these were split into; distinct: clusters, and points that
    stand in none; organisations: whose comments were received.
    """

    received: int
    points: int
    distinct: int
    organisations: int
    withdrawn: int


def how_much(round_id: int) -> HowMuch:
    """The numbers of a round; three selects."""
    return how_much_in((round_id,))[round_id]


def how_much_in(round_ids: Collection[int]) -> dict[int, HowMuch]:
    """The numbers of each of these rounds, by its id; three selects."""
    received = Comment.round_id.in_(round_ids), Comment.state.not_in(NOT_RECEIVED)
    comments = _by_round(
        select(Comment.round_id, func.count(Comment.id), func.count(Comment.organisation_id.distinct())).where(*received)
    )  # fmt: skip
    points, standing = pieces(*received), _members()
    counted = _by_round(
        select(
            Comment.round_id, func.count(), func.count(standing.c.cluster_id), func.count(standing.c.cluster_id.distinct())
        )
        .select_from(points)
        .join(Comment, Comment.id == points.c.comment_id)
        .outerjoin(
            standing, (standing.c.comment_id == points.c.comment_id) & (standing.c.point == points.c.number)
        )
    )  # fmt: skip
    withdrawn = _by_round(
        select(Comment.round_id, func.count(Comment.id)).where(
            Comment.round_id.in_(round_ids),
            Comment.state == CommentState.WITHDRAWN,
            Comment.submitted_at.is_not(None),
        )
    )
    found = {}
    for id in round_ids:
        (sent, organisations), (gone,) = comments.get(id, (0, 0)), withdrawn.get(id, (0,))
        count, clustered, clusters = counted.get(id, (0, 0, 0))
        found[id] = HowMuch(sent, count, count - clustered + clusters, organisations, gone)
    return found


def _by_round(query: Select[Any]) -> dict[int, tuple[int, ...]]:
    return {id: tuple(numbers) for id, *numbers in db.session.execute(query.group_by(Comment.round_id))}


def cluster_of(comment_id: int, point: int) -> Cluster | None:
    """The cluster in which a point stands, if in one."""
    query = select(Cluster).join(ClusterMember).where(*_of(comment_id, point), Cluster.dissolved_at.is_(None))
    return db.session.scalar(query.limit(1))


def members_of(cluster_id: int) -> tuple[tuple[int, int], ...]:
    """(comment, point) of everything in a cluster, in the order of the comments."""
    query = select(ClusterMember.comment_id, ClusterMember.point).where(
        ClusterMember.cluster_id == cluster_id
    )
    rows = db.session.execute(query.order_by(ClusterMember.comment_id, ClusterMember.point))
    return tuple((comment_id, point) for comment_id, point in rows)


def standing_in(round_id: int) -> dict[tuple[int, int], int]:
    """{(comment, point): its cluster} of a round; points in none are not there."""
    query = select(ClusterMember.comment_id, ClusterMember.point, ClusterMember.cluster_id).join(Cluster)
    rows = db.session.execute(query.where(Cluster.round_id == round_id, Cluster.dissolved_at.is_(None)))
    return {(comment_id, point): cluster_id for comment_id, point, cluster_id in rows}


def _members() -> Any:
    """The members of clusters that are not dissolved."""
    query = select(ClusterMember.comment_id, ClusterMember.point, ClusterMember.cluster_id).join(Cluster)
    return query.where(Cluster.dissolved_at.is_(None)).subquery()


def _of(comment_id: int, point: int) -> tuple[ColumnElement[bool], ...]:
    return ClusterMember.comment_id == comment_id, ClusterMember.point == point
