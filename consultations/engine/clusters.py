"""Points that a person says belong together: made, joined, taken out of, dissolved (consultation-model.md).

A point stands in one cluster at a time. Lock: the round, for oneself, so that no two people cluster the same points.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, tuple_

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.desk import refuse_any, take_answering
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.clusters import KINDS, members_of, standing_in
from consultations.facts.points import pieces
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment
from consultations.models.points import Cluster, ClusterMember
from consultations.models.rounds import Round
from workflows.refusals import Refusal, refusal

Member = tuple[int, int]
"""A comment and the number of one of its points."""


def make(
    round_id: int, kind: str, title: str, members: Iterable[Member], *, by: Actor, at: datetime
) -> Cluster:
    """Say that these points belong together: one of facts.clusters.KINDS, with a name.

    The same once more is the cluster that is there. Errors: Refused with every reason, NotFound (a point of the round).
    """
    round_, title = take_answering(round_id, "make_cluster", by=by, at=at), title.strip()
    chosen = _of_round(round_, members)
    standing = standing_in(round_id)
    if same := _same(kind, title, chosen, standing):
        return same
    refuse_any(
        None if kind in KINDS else refusal("value_unknown", value=kind),
        None if title else refusal("cluster_title_missing"),
        refusal("cluster_small") if len(chosen) < 2 else None,
        _elsewhere(round_, [member for member in chosen if member in standing]),
    )
    cluster = add(Cluster(round_id=round_id, kind=kind, title=title, made_at=at, made_by_id=by.person_id))
    _put(cluster, chosen)
    journal.record(
        "cluster_made", round_, by=by, at=at, cluster=f"cluster/{cluster.id}", kind=kind, points=len(chosen)
    )
    return cluster


def join(cluster_id: int, members: Iterable[Member], *, by: Actor, at: datetime) -> Cluster:
    """Put further points into a cluster; those that are there stay. Errors: Refused with every reason, NotFound."""
    cluster, round_ = _taken(cluster_id, "join_cluster", by=by, at=at)
    standing = standing_in(round_.id)
    new = [member for member in _of_round(round_, members) if standing.get(member) != cluster_id]
    refuse_any(_dissolved(cluster), _elsewhere(round_, [member for member in new if member in standing]))
    if new:
        _put(cluster, new)
        journal.record(
            "cluster_joined", round_, by=by, at=at, cluster=f"cluster/{cluster_id}", points=len(new)
        )
    return cluster


def take_out(cluster_id: int, members: Iterable[Member], *, by: Actor, at: datetime) -> Cluster:
    """Take points out of a cluster; the last one out dissolves it. Out before, nothing happens. Errors: Refused, NotFound."""
    cluster, round_ = _taken(cluster_id, "take_out", by=by, at=at)
    refuse_any(_dissolved(cluster))
    there = set(members_of(cluster_id))
    leaving = sorted(there & set(members))
    if not leaving:
        return cluster
    if len(leaving) == len(there):
        return _dissolve(cluster, round_, by=by, at=at)
    of_it = tuple_(ClusterMember.comment_id, ClusterMember.point).in_(leaving)
    db.session.execute(delete(ClusterMember).where(ClusterMember.cluster_id == cluster_id, of_it))
    journal.record(
        "cluster_left", round_, by=by, at=at, cluster=f"cluster/{cluster_id}", points=len(leaving),
        comments=[f"comment/{comment_id}" for comment_id, _ in leaving],
    )  # fmt: skip
    return cluster


def rename(cluster_id: int, title: str, *, by: Actor, at: datetime) -> Cluster:
    """Give a cluster another name; the same name changes nothing. Errors: Refused, NotFound."""
    cluster, round_ = _taken(cluster_id, "rename_cluster", by=by, at=at)
    refuse_any(_dissolved(cluster), None if title.strip() else refusal("cluster_title_missing"))
    if cluster.title != title.strip():
        cluster.title = title.strip()
        journal.record("cluster_renamed", round_, by=by, at=at, cluster=f"cluster/{cluster_id}")
    return cluster


def dissolve(cluster_id: int, *, by: Actor, at: datetime) -> Cluster:
    """Its points stand alone again, with the answers they have; dissolved before, nothing happens.

    Errors: Refused, NotFound.
    """
    cluster, round_ = _taken(cluster_id, "dissolve_cluster", by=by, at=at)
    return cluster if cluster.dissolved_at else _dissolve(cluster, round_, by=by, at=at)


def _dissolve(cluster: Cluster, round_: Round, *, by: Actor, at: datetime) -> Cluster:
    cluster.dissolved_at = at
    journal.record("cluster_dissolved", round_, by=by, at=at, cluster=f"cluster/{cluster.id}")
    return cluster


def _taken(cluster_id: int, move: str, *, by: Actor, at: datetime) -> tuple[Cluster, Round]:
    round_id = db.session.scalar(select(Cluster.round_id).where(Cluster.id == cluster_id))
    if round_id is None:
        raise NotFound(f"Cluster {cluster_id}")
    round_ = take_answering(round_id, move, by=by, at=at)
    return locked(Cluster, cluster_id), round_


def _of_round(round_: Round, members: Iterable[Member]) -> list[Member]:
    """The points, each once, in the order of their comments; all must be points of comments that the round received."""
    chosen = sorted(set(members))
    received = Comment.round_id == round_.id, Comment.state.not_in(NOT_RECEIVED)
    points = pieces(*received, Comment.id.in_({comment_id for comment_id, _ in chosen}))
    known = {tuple(row) for row in db.session.execute(select(points.c.comment_id, points.c.number))}
    for comment_id, point in chosen:
        if (comment_id, point) not in known:
            raise NotFound(f"Point {point} of comment {comment_id}")
    return chosen


def _same(kind: str, title: str, chosen: list[Member], standing: dict[Member, int]) -> Cluster | None:
    """The cluster in which exactly these points stand, of the same kind and name."""
    there = {standing.get(member) for member in chosen}
    id = there.pop() if len(there) == 1 else None
    cluster = db.session.get(Cluster, id) if id else None
    if cluster is None or (cluster.kind, cluster.title) != (kind, title):
        return None
    return cluster if list(members_of(cluster.id)) == chosen else None


def _elsewhere(round_: Round, members: Sequence[Member]) -> Refusal | None:
    if not members:
        return None
    numbers = select(Comment.id, Comment.public_number).where(Comment.id.in_({id for id, _ in members}))
    label = {id: f"R{round_.number}-{number}" for id, number in db.session.execute(numbers)}
    return refusal("points_clustered", labels=", ".join(dict.fromkeys(label[id] for id, _ in members)))


def _dissolved(cluster: Cluster) -> Refusal | None:
    return refusal("cluster_dissolved") if cluster.dissolved_at else None


def _put(cluster: Cluster, members: Iterable[Member]) -> None:
    rows = [
        ClusterMember(cluster_id=cluster.id, comment_id=comment_id, point=point)
        for comment_id, point in members
    ]
    db.session.add_all(rows)
    db.session.flush()
