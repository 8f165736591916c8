"""The next round of a dossier: what is still missing before it begins, and what the round before leaves to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import next_rounds as facts
from consultations.facts import placements
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.comments import Answer, Comment
from consultations.models.events import Event
from consultations.models.remarks import Placement
from consultations.models.rounds import Round
from consultations.models.standards import Node
from consultations.queries import comments
from consultations.queries.comments import CommentView
from consultations.queries.rounds import QuestionLine, questions
from workflows.machine import objections
from workflows.refusals import Refusal
from workflows.round import ROUND

LEFT_OPEN = ("deferred", "accepted_in_principle")
"""Outcomes that put a matter off to a later round."""


@dataclass(frozen=True)
class NextPage:
    """What speaks against the next round on a version. `can`: what who asks may do now."""

    round_id: int
    number: int
    dossier_id: int
    code: str
    titles: dict[str, str]
    standard_code: str
    before_id: int
    before: str
    versions: tuple[tuple[int, str], ...]
    version_id: int | None
    after: str
    read: bool
    counts: dict[str, int]
    reasons: tuple[Refusal, ...]
    questions: tuple[QuestionLine, ...]
    can: frozenset[str]


@dataclass(frozen=True)
class Carried:
    """A comment of the round before that is still open, and the clause on which it stands now (None: on none)."""

    comment: CommentView
    objected: bool
    clause_id: int | None
    clause: str
    placed: bool


@dataclass(frozen=True)
class CarriedPage:
    """What the round before leaves to a round; `before` is None for a first round."""

    round_id: int
    number: int
    code: str
    titles: dict[str, str]
    before: int | None
    rows: tuple[Carried, ...]
    before_id: int | None  # None also where the text is still the one of the round before
    version_id: int


def next_page(round_id: int, version_id: int | None, *, by: Actor, at: datetime) -> NextPage:
    """The way from a round to the next, on the version named or else the newest. Raises NotFound."""
    row = _round(round_id)
    versions = tuple(
        (one.id, one.label) for one in placements.newer_versions(row.version.standard_id, row.version_id)
    )
    chosen = next((one for one in versions if one[0] == version_id), versions[0] if versions else None)
    known = facts.next_facts(row, chosen[0] if chosen else None, by=by, at=at)
    against = objections(ROUND, row.state, "next_round", by.role, known)
    follows = {"move_not_from_here", "role_may_not"}.isdisjoint(one.code for one in against)
    can = {"next_round"} if not against else {"prepare"} if follows and chosen else set()
    return NextPage(
        row.id, row.number, row.dossier_id, row.dossier.code, row.dossier.titles, row.version.standard.code,
        row.version_id, row.version.label, versions, *(chosen or (None, "")), known.redline,
        placements.by_how(row.id, chosen[0]) if chosen else {}, against, questions(round_id),
        frozenset(can | ({"prepare"} if can else set())),
    )  # fmt: skip


def carried(round_id: int, *, by: Actor, at: datetime) -> CarriedPage:
    """The objections and the open matters of the round before, with their clauses in this round's text. Raises NotFound."""
    row = _round(round_id)
    before = facts.before(row)
    rows = _open(before, row, by, at) if before else ()
    other_text = before if before and before.version_id < row.version_id else None
    return CarriedPage(
        row.id, row.number, row.dossier.code, row.dossier.titles, before.number if before else None, rows,
        other_text.id if other_text else None, row.version_id,
    )  # fmt: skip


def said_before(round_id: int, node_id: int | None, *, by: Actor, at: datetime) -> tuple[CommentView, ...]:
    """What the viewer's organisation said of a clause (None: of the whole text) in the round before, with the answers."""
    row = db.session.get(Round, round_id)
    before = facts.before(row) if row else None
    if row is None or before is None:
        return ()
    query = comments.rows(
        Comment.round_id == before.id, Comment.organisation_id == by.organisation_id,
        Comment.state.not_in(comments.UNSEEN), _here(row.version_id, node_id),
    )  # fmt: skip
    return comments.seen(query.order_by(Comment.id), by=by, at=at)


def _here(version_id: int, node_id: int | None) -> ColumnElement[bool]:
    """Whether a comment stands on this clause of the version: by its place, or because the text is the same."""
    if node_id is None:
        return Comment.node_id.is_(None) & Comment.question_id.is_(None)
    placed = select(Placement.comment_id).where(
        Placement.version_id == version_id, Placement.node_id == node_id
    )
    return or_(Comment.id.in_(placed), Comment.node_id == node_id)


def _open(before: Round, row: Round, by: Actor, at: datetime) -> tuple[Carried, ...]:
    objected = select(Event.subject_id).where(
        Event.subject_kind == "comment", Event.subject_id == Comment.id, Event.name == "objection_raised"
    )
    left = or_(objected.exists(), Answer.outcome.in_(LEFT_OPEN))
    query = comments.rows(Comment.round_id == before.id, Comment.state.not_in(comments.UNSEEN), left)
    found = comments.seen(query.order_by(Comment.public_number), by=by, at=at)
    places = _places([one.id for one in found], row.version_id)
    return tuple(
        Carried(one, bool(one.objection), *places.get(one.id, (None, "", one.node_id is None)))
        for one in found
    )


def _places(comment_ids: list[int], version_id: int) -> dict[int, tuple[int | None, str, bool]]:
    """Of each comment the clause on which it stands in a version, its number, and that its place is settled."""
    query = (
        select(Placement.comment_id, Node.id, Node.number, Placement.how)
        .outerjoin(Node, (Node.id == Placement.node_id) & (Node.kind != DELETED))
        .where(Placement.version_id == version_id, Placement.comment_id.in_(comment_ids))
    )
    return {
        row.comment_id: (row.id, row.number or "", row.id is not None or row.how == "person")
        for row in db.session.execute(query)
    }


def _round(round_id: int) -> Round:
    row = db.session.get(Round, round_id)
    if row is None:
        raise NotFound(f"Round {round_id}")
    return row
