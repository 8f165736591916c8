"""Where the comments of a round stand on a later version: what is known of each, and what still waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from consultations.extensions import db
from consultations.facts.register import UNSENT
from consultations.facts.texts import DELETED
from consultations.models.comments import Comment
from consultations.models.remarks import Placement
from consultations.models.standards import Node, NodeText, StandardVersion
from workflows.anchors import QUOTING
from workflows.comment import CommentState
from workflows.placement import How
from workflows.round import RoundState

UNPLACED = "unplaced"

OVER = (
    RoundState.CLOSED, RoundState.ANSWERING, RoundState.SYNOPSIS_REVIEW, RoundState.PUBLISHED, RoundState.SUPERSEDED,
)  # fmt: skip
"""Where a round stands when no further comment comes in and its comments may be placed on a later version."""


@dataclass(frozen=True)
class Anchored:
    """A comment on a clause: which, and the words it quotes, if it quotes any."""

    id: int
    node_id: int
    quote: str


def anchored(round_id: int) -> tuple[Anchored, ...]:
    """The comments that stand on a clause and were sent; those on the whole text need no place."""
    query = select(Comment.id, Comment.node_id, Comment.anchor, Comment.quote).where(*_asking(round_id))
    return tuple(
        Anchored(row.id, row.node_id, row.quote.strip() if row.anchor in QUOTING else "")
        for row in db.session.execute(query.order_by(Comment.id))
    )


def pending(round_id: int, version_id: int) -> int:
    """How many comments of a round have no settled place on a version."""
    return db.session.scalar(waiting(round_id, version_id, func.count(Comment.id)).order_by(None)) or 0


def waiting(round_id: int, version_id: int, *columns: Any) -> Select[Any]:
    """The comments that no evidence placed and no person decided on, or whose clause was deleted since."""
    of_version = (Placement.comment_id == Comment.id) & (Placement.version_id == version_id)
    return (
        select(*columns)
        .select_from(Comment)
        .outerjoin(Placement, of_version)
        .outerjoin(Node, Node.id == Placement.node_id)
        .where(*_asking(round_id), unsettled())
    )


def unsettled() -> ColumnElement[bool]:
    """The condition, on Placement and its Node, that the place is not settled."""
    return or_(Placement.id.is_(None), Placement.how == How.ORPHANED, Node.kind == DELETED)


def by_how(round_id: int, version_id: int) -> dict[str, int]:
    """How many comments were placed by what; under UNPLACED those that nothing was tried for yet."""
    query = (
        select(Placement.how, func.count())
        .join(Comment, Comment.id == Placement.comment_id)
        .outerjoin(Node, Node.id == Placement.node_id)
        .where(*_asking(round_id), Placement.version_id == version_id, ~func.coalesce(unsettled(), False))
        .group_by(Placement.how)
    )
    found = {row.how: row[1] for row in db.session.execute(query)}
    untried = waiting(round_id, version_id, func.count(Comment.id)).where(Placement.id.is_(None))
    none = db.session.scalar(untried) or 0
    orphans = pending(round_id, version_id) - none
    return {**dict.fromkeys(How, 0), **found, How.ORPHANED: orphans, UNPLACED: none}


def newer_versions(standard_id: int, version_id: int) -> tuple[Row[tuple[int, str]], ...]:
    """Id and label of the versions of a standard that came after one, newest first."""
    query = select(StandardVersion.id, StandardVersion.label).where(
        StandardVersion.standard_id == standard_id, StandardVersion.id > version_id
    )
    return tuple(db.session.execute(query.order_by(StandardVersion.id.desc())))


def words_of(version_id: int, language: str) -> dict[int, str]:
    """Heading and text of each clause of a version in a language, those without words left out."""
    query = select(NodeText.node_id, NodeText.heading, NodeText.text).join(Node)
    of_version = (Node.version_id == version_id, Node.kind != DELETED, NodeText.language == language)
    rows = db.session.execute(query.where(*of_version).order_by(Node.position))
    worded = {row.node_id: "\n".join(filter(None, (row.heading, row.text))) for row in rows}
    return {node_id: words for node_id, words in worded.items() if words}


def holding(version_id: int, quotes: Iterable[str]) -> dict[str, frozenset[int]]:
    """In which clauses of a version each quotation stands word for word, in any language; blanks count as one."""
    query = select(NodeText.node_id, NodeText.heading, NodeText.text, NodeText.guidance).join(Node)
    rows = db.session.execute(query.where(Node.version_id == version_id, Node.kind != DELETED)).all()
    texts = [(row.node_id, _squeezed(part)) for row in rows for part in row[1:] if part]
    wanted = {quote: _squeezed(quote) for quote in quotes}
    return {
        quote: frozenset(node_id for node_id, text in texts if words in text)
        for quote, words in wanted.items()
    }


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _asking(round_id: int) -> tuple[ColumnElement[bool], ...]:
    left = Comment.state.not_in((*UNSENT, CommentState.WITHDRAWN))
    return (Comment.round_id == round_id, Comment.node_id.is_not(None), left)
