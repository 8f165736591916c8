"""The queue of the desk: a round's comments filtered, page by page, with who answers which until when."""

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Text, cast, func, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.clusters import HowMuch, how_much
from consultations.facts.queues import UNDECIDED, WAITING, count_of, in_order, matching
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.comments import Comment
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.points import Cluster, ClusterMember
from consultations.models.rounds import RegisterEntry
from consultations.models.standards import Node
from consultations.queries.answers import Progress, progress
from consultations.queries.comments import CommentView, rows, seen
from consultations.queries.delegate_rounds import Head, head
from workflows.roles import Role, implies

PER_PAGE = 15
Named = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Line:
    """A comment of the queue: who answers it, until when, and the clusters of its points."""

    comment: CommentView
    assignee: str
    due_on: date | None
    overdue: bool
    clusters: Named
    points: int


@dataclass(frozen=True)
class Choices:
    """What a round's comments may be filtered by, beside what is the same for all rounds."""

    clauses: Named
    countries: tuple[str, ...]
    networks: tuple[str, ...]
    people: Named
    clusters: Named


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue with what it may be filtered by, and how much was said in the round."""

    head: Head
    progress: Progress
    much: HowMuch
    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    choices: Choices
    can_assign: bool


@dataclass(frozen=True)
class Beside:
    """Where a comment stands in the filtered queue: its place from 1 (0: the filters leave it out), and its neighbours."""

    place: int
    total: int
    before: int | None
    after: int | None
    waiting: int | None  # the next one without an answer, from the start again at the end


def queue(
    round_id: int, wanted: Mapping[str, str], page: int, *, by: Actor, at: datetime
) -> QueuePage | None:
    """The comments that the filters leave (facts.queues.matching), in their public order; a constant number of selects."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    today = today_in(top, at)
    query = matching(round_id, wanted, today=today, by=by)
    total = db.session.scalar(count_of(query)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    ids = list(db.session.scalars(in_order(query).limit(PER_PAGE).offset((page - 1) * PER_PAGE)))
    return QueuePage(
        top, progress(round_id), how_much(round_id), _lines(ids, today, by=by, at=at), total, page, pages,
        choices_of(round_id, at), Role.UNIT in implies(by.role),
    )  # fmt: skip


def beside(
    round_id: int, number: int, wanted: Mapping[str, str], *, by: Actor, at: datetime
) -> Beside | None:
    """The neighbours of the comment with this public number in the filtered queue."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    query = matching(round_id, wanted, today=today_in(top, at), by=by)
    columns = in_order(query).with_only_columns(Comment.id, Comment.public_number, Comment.state)
    rows = db.session.execute(columns).all()
    place = bisect_left(rows, number, key=lambda row: row.public_number)
    here = place < len(rows) and rows[place].public_number == number
    later = rows[place + here :]
    waiting = (row.id for row in (*later, *rows[:place]) if row.state in WAITING)
    return Beside(
        place=place + 1 if here else 0,
        total=len(rows),
        before=rows[place - 1].id if place else None,
        after=later[0].id if later else None,
        waiting=next(waiting, None),
    )


def people_of_unit(at: datetime) -> Named:
    """Who may be given a comment: (id, name) of everybody with a mandate of the Unit, by name."""
    in_force = Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at)
    query = select(Person.id, Person.name).join(Mandate, Mandate.person_id == Person.id).distinct()
    unit = query.where(Person.active, Mandate.role.in_([str(Role.UNIT), str(Role.UNIT_HEAD)]), *in_force)
    return tuple((id, name) for id, name in db.session.execute(unit.order_by(Person.name, Person.id)))


def charge(comment_id: int) -> tuple[int | None, date | None]:
    """Who answers a comment, and until when."""
    row = db.session.execute(
        select(Comment.assignee_id, Comment.due_on).where(Comment.id == comment_id)
    ).one()
    return row.assignee_id, row.due_on


def _lines(ids: list[int], today: date, *, by: Actor, at: datetime) -> tuple[Line, ...]:
    views = {view.id: view for view in seen(rows(Comment.id.in_(ids)), by=by, at=at)}
    charged = select(Comment.id, Comment.due_on, Person.name).outerjoin(
        Person, Person.id == Comment.assignee_id
    )
    charges = {id: (due, name) for id, due, name in db.session.execute(charged.where(Comment.id.in_(ids)))}
    clusters = _clusters_of(ids)
    return tuple(
        Line(
            views[id], charges[id][1] or "", charges[id][0],
            (due := charges[id][0]) is not None and due < today and views[id].state in UNDECIDED,
            clusters.get(id, ()), max(1, len(views[id].points)),
        )
        for id in ids
    )  # fmt: skip


def _clusters_of(ids: list[int]) -> dict[int, Named]:
    query = (
        select(ClusterMember.comment_id, Cluster.id, Cluster.title)
        .join(Cluster)
        .where(ClusterMember.comment_id.in_(ids), Cluster.dissolved_at.is_(None))
        .distinct()
        .order_by(ClusterMember.comment_id, Cluster.id)
    )
    found: dict[int, Named] = {}
    for comment_id, id, title in db.session.execute(query):
        found[comment_id] = (*found.get(comment_id, ()), (id, title))
    return found


def choices_of(round_id: int, at: datetime) -> Choices:
    """What the comments of a round may be filtered by."""
    received = Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED)
    used = select(Comment.node_id).where(*received)
    clauses = select(Node.id, Node.number).where(Node.id.in_(used)).order_by(Node.position)
    entries = select(RegisterEntry.country, cast(RegisterEntry.networks, Text), func.count()).where(
        RegisterEntry.round_id == round_id
    )
    registered = db.session.execute(
        entries.group_by(RegisterEntry.country, cast(RegisterEntry.networks, Text))
    ).all()
    clusters = select(Cluster.id, Cluster.title).where(
        Cluster.round_id == round_id, Cluster.dissolved_at.is_(None)
    )
    return Choices(
        tuple((id, number) for id, number in db.session.execute(clauses)),
        tuple(sorted({country for country, _, _ in registered})),
        tuple(sorted({code for _, networks, _ in registered for code in json.loads(networks)})),
        people_of_unit(at),
        tuple((id, title) for id, title in db.session.execute(clusters.order_by(Cluster.title, Cluster.id))),
    )


def today_in(top: Head, at: datetime) -> date:
    """The day in the zone of a round."""
    return at.astimezone(ZoneInfo(top.zone)).date()
