"""The desk of comments without a place on a later version: the orphans, the clause they stood on, and what comes near."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, Select, select

from consultations.documents.clause_likeness import likenesses
from consultations.extensions import db
from consultations.facts import placements
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.comments import Comment, CommentVersion
from consultations.models.dossiers import Dossier
from consultations.models.remarks import Placement
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.standards import Node, StandardVersion
from workflows.anchors import QUOTING

CANDIDATES = 5


@dataclass(frozen=True)
class Clause:
    """A clause to stand on; `likeness` from nought to one where it was compared."""

    id: int
    number: str
    words: str
    likeness: Fraction = Fraction(0)


@dataclass(frozen=True)
class Orphan:
    """A comment that waits for a person."""

    id: int
    label: str
    organisation: str
    language: str
    text: str
    quote: str
    clause: Clause


@dataclass(frozen=True)
class Desk:
    """The placements of a round's comments on a version. `counts`: as facts.placements.by_how."""

    round_id: int
    number: int
    dossier_id: int
    code: str
    titles: dict[str, str]
    before_id: int
    before: str
    version_id: int
    after: str
    counts: dict[str, int]
    orphans: tuple[Orphan, ...]

    @property
    def untried(self) -> int:
        """Comments for which nothing was tried yet."""
        return self.counts[placements.UNPLACED]


@dataclass(frozen=True)
class OrphanPage:
    """One comment without a place: what comes near, and every clause there is."""

    desk: Desk
    orphan: Orphan
    candidates: tuple[Clause, ...]
    clauses: tuple[Clause, ...]


def desk(round_id: int, version_id: int) -> Desk:
    """Where the comments of a round stand on a later version; eight selects however many there are. Raises NotFound."""
    row, after = db.session.get(Round, round_id), db.session.get(StandardVersion, version_id)
    if (
        row is None
        or after is None
        or after.standard_id != row.version.standard_id
        or after.id <= row.version_id
    ):
        raise NotFound(f"placements {round_id} {version_id}")
    dossier: Dossier = row.dossier
    words = placements.words_of(row.version_id, row.version.reference_language)
    return Desk(
        row.id, row.number, dossier.id, dossier.code, dossier.titles, row.version_id, row.version.label, after.id,
        after.label, placements.by_how(round_id, version_id), _orphans(row, version_id, words),
    )  # fmt: skip


def orphan(comment_id: int, version_id: int) -> OrphanPage:
    """One comment to place by hand, also one that has a place already. Raises NotFound."""
    comment = db.session.get(Comment, comment_id)
    if comment is None or comment.node_id is None:
        raise NotFound(f"Comment {comment_id}")
    shown = desk(comment.round_id, version_id)
    row = comment.round
    old = placements.words_of(row.version_id, row.version.reference_language)
    query = _rows().where(Comment.id == comment_id)
    one = _orphan(db.session.execute(query).one(), row.number, old)
    words = placements.words_of(version_id, row.version.reference_language)
    near = likenesses(old.get(comment.node_id, ""), words)
    clauses = tuple(
        Clause(node.id, node.number, words.get(node.id, ""), near.get(node.id, Fraction(0)))
        for node in db.session.execute(
            select(Node.id, Node.number)
            .where(Node.version_id == version_id, Node.kind != DELETED)
            .order_by(Node.position)
        )
    )
    ranked = sorted((one for one in clauses if one.likeness), key=lambda one: -one.likeness)
    return OrphanPage(shown, one, tuple(ranked[:CANDIDATES]), clauses)


def _orphans(row: Round, version_id: int, words: dict[int, str]) -> tuple[Orphan, ...]:
    waiting = placements.waiting(row.id, version_id, Comment.id).where(Placement.id.is_not(None))
    query = _rows().where(Comment.id.in_(waiting)).order_by(Comment.public_number, Comment.id)
    return tuple(_orphan(one, row.number, words) for one in db.session.execute(query))


def _rows() -> Select[Any]:
    return (
        select(
            Comment.id, Comment.public_number, Comment.language, Comment.anchor, Comment.quote, CommentVersion.text,
            RegisterEntry.name, Node.id.label("node_id"), Node.number,
        )
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .join(Node, Node.id == Comment.node_id)
        .outerjoin(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
    )  # fmt: skip


def _orphan(row: Row[Any], number: int, words: dict[int, str]) -> Orphan:
    quote = row.quote if row.anchor in QUOTING else ""
    return Orphan(
        row.id, f"R{number}-{row.public_number}", row.name or "", row.language, row.text, quote,
        Clause(row.node_id, row.number, words.get(row.node_id, "")),
    )  # fmt: skip
