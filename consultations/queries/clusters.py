"""Points that belong together: what is suggested, what was confirmed, and one cluster with everything in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.point_likeness import ALL_PAIRS, Likeness, Said, alike, not_all_compared
from consultations.extensions import db
from consultations.facts.clusters import HowMuch, how_much
from consultations.models.comments import Comment
from consultations.models.points import Cluster, ClusterMember
from consultations.models.rounds import Round
from consultations.models.standards import Node
from consultations.queries.delegate_rounds import Head, head
from consultations.queries.point_lines import PointLine, lines_of
from consultations.queries.queues import Named, people_of_unit
from workflows.roles import Role, implies
from workflows.sampling import SMALLEST

PER_PAGE = 10
MEMBERS_PER_PAGE = 50
SHOWN = {"duplicate": 200}
SHOWN_OTHERWISE = 40
"""Of one suggestion at once; what is left over is suggested for the cluster that these become."""

TITLE = 60  # characters of the first point that a suggestion is named by


@dataclass(frozen=True)
class Suggestion:
    """Points that look alike: the first of `total`; `into` is the cluster in which others like them stand already."""

    kind: str
    title: str
    lines: tuple[PointLine, ...]
    total: int
    organisations: int
    into: int | None


@dataclass(frozen=True)
class Made:
    """A cluster as a list shows it."""

    id: int
    kind: str
    title: str
    points: int
    organisations: int
    waiting: int


@dataclass(frozen=True)
class ClustersPage:
    """The clusters of a round, and one page of what is suggested; all of it beside how much was said. `most`: so many
    points on one clause in one language are compared each with each, 0 where there were no more."""

    head: Head
    much: HowMuch
    made: tuple[Made, ...]
    suggestions: tuple[Suggestion, ...]
    total: int
    page: int
    pages: int
    most: int
    can_work: bool


@dataclass(frozen=True)
class ClusterPage:
    """One cluster: a page of what stands in it, in which languages its open points are, and the newest answer to any.

    `at_once`: so few are open that no sample of them is asked.
    """

    head: Head
    id: int
    kind: str
    title: str
    dissolved: bool
    lines: tuple[PointLine, ...]
    total: int
    page: int
    pages: int
    languages: tuple[str, ...]
    known: int
    clauses: tuple[tuple[str, str], ...]
    at_once: bool
    can_work: bool


@dataclass(frozen=True)
class ChosenPage:
    """The points of comments that were ticked, to be given to somebody or put together."""

    head: Head
    lines: tuple[PointLine, ...]
    comments: tuple[int, ...]
    people: Named


def clusters(round_id: int, page: int, *, by: Actor, at: datetime) -> ClustersPage | None:
    """What is confirmed and what is suggested, the largest first; the comparison is kept while no words change."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    lines = lines_of(Comment.round_id == round_id, number=top.number, by=by)
    found, most = _suggestions([line for line in lines if not line.hidden])
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    return ClustersPage(
        top, how_much(round_id), _made(round_id, lines), found[(page - 1) * PER_PAGE : page * PER_PAGE], len(found), page,
        pages, most, _can_work(top, by),
    )  # fmt: skip


def cluster(cluster_id: int, page: int = 1, *, by: Actor, at: datetime) -> ClusterPage | None:
    """One cluster, dissolved or not."""
    row = db.session.get(Cluster, cluster_id)
    top = head(row.round_id, by=by, at=at) if row else None
    if row is None or top is None:
        return None
    ids = select(ClusterMember.comment_id).where(ClusterMember.cluster_id == cluster_id)
    members = {
        tuple(one)
        for one in db.session.execute(
            select(ClusterMember.comment_id, ClusterMember.point).where(
                ClusterMember.cluster_id == cluster_id
            )
        )
    }
    found = lines_of(Comment.id.in_(ids), number=top.number, by=by)
    lines = tuple(line for line in found if (line.comment_id, line.point) in members)
    pages = max(1, -(-len(lines) // MEMBERS_PER_PAGE))
    page = min(max(1, page), pages)
    clauses = (
        select(Node.stable_id, Node.number)
        .join(Round, Round.version_id == Node.version_id)
        .where(Round.id == row.round_id, Node.number != "")
        .order_by(Node.position)
    )
    return ClusterPage(
        top, row.id, row.kind, row.title, row.dissolved_at is not None,
        lines[(page - 1) * MEMBERS_PER_PAGE : page * MEMBERS_PER_PAGE], len(lines), page, pages,
        tuple(sorted({line.language for line in lines if line.open})),
        max((line.answer_id for line in lines), default=0),
        tuple((stable_id, number) for stable_id, number in db.session.execute(clauses)),
        sum(line.open for line in lines) <= SMALLEST,
        _can_work(top, by) and row.dissolved_at is None,
    )  # fmt: skip


def chosen(round_id: int, comment_ids: Iterable[int], *, by: Actor, at: datetime) -> ChosenPage | None:
    """The points of these comments, of those that the round received."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    wanted = Comment.round_id == round_id, Comment.id.in_(set(comment_ids))
    lines = lines_of(*wanted, number=top.number, by=by)
    ids = tuple(dict.fromkeys(line.comment_id for line in lines))
    return ChosenPage(top, lines, ids, people_of_unit(at))


def _made(round_id: int, lines: Iterable[PointLine]) -> tuple[Made, ...]:
    held: dict[int, list[PointLine]] = {}
    for line in lines:
        if line.cluster:
            held.setdefault(line.cluster, []).append(line)
    query = select(Cluster).where(Cluster.round_id == round_id, Cluster.dissolved_at.is_(None))
    made = (
        Made(
            row.id, row.kind, row.title, len(of_it := held.get(row.id, [])),
            len({line.organisation_id for line in of_it}), sum(line.open for line in of_it),
        )
        for row in db.session.scalars(query.order_by(Cluster.id))
    )  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.points, one.id)))


def _suggestions(lines: list[PointLine]) -> tuple[tuple[Suggestion, ...], int]:
    said = tuple(Said(line.node_id, line.organisation_id, line.language, line.text) for line in lines)
    groups, most = _alike(said)
    found = (_suggestion(group, lines) for group in groups)
    return tuple(sorted(filter(None, found), key=lambda one: (-one.total, one.lines[0].label))), most


def _suggestion(group: Likeness, lines: list[PointLine]) -> Suggestion | None:
    """What a group suggests of the points that stand in no cluster yet."""
    of_it = [lines[member] for member in group.members]
    free = tuple(line for line in of_it if line.cluster is None)
    there = {line.cluster for line in of_it if line.cluster is not None}
    into = there.pop() if len(there) == 1 else None
    if len(free) < (1 if into else 2):
        return None
    title = " ".join(free[0].text.split())
    short = title if len(title) <= TITLE else f"{title[:TITLE].rsplit(' ', 1)[0]}…"
    shown = free[: SHOWN.get(group.kind, SHOWN_OTHERWISE)]
    return Suggestion(group.kind, short, shown, len(free), len({line.organisation_id for line in free}), into)


@lru_cache(maxsize=4)
def _alike(said: tuple[Said, ...]) -> tuple[tuple[Likeness, ...], int]:
    return alike(said), ALL_PAIRS if not_all_compared(said) else 0


def _can_work(top: Head, by: Actor) -> bool:
    return top.answering and Role.UNIT in implies(by.role)
