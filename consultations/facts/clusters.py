"""Which points stand together, and how much was said: received, points, distinct, organisations, always side by side."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

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
    received = Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED)
    comments, organisations = db.session.execute(
        select(func.count(Comment.id), func.count(Comment.organisation_id.distinct())).where(*received)
    ).one()
    points = pieces(*received)
    standing = _members()
    count, clustered, clusters = db.session.execute(
        select(func.count(), func.count(standing.c.cluster_id), func.count(standing.c.cluster_id.distinct()))
        .select_from(points)
        .outerjoin(
            standing, (standing.c.comment_id == points.c.comment_id) & (standing.c.point == points.c.number)
        )
    ).one()
    withdrawn = select(func.count(Comment.id)).where(
        Comment.round_id == round_id,
        Comment.state == CommentState.WITHDRAWN,
        Comment.submitted_at.is_not(None),
    )
    return HowMuch(
        comments, count, count - clustered + clusters, organisations, db.session.scalar(withdrawn) or 0
    )


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
