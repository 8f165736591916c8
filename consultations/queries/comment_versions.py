"""Everything that was received of one comment: each version, with what it changed, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.redline_words import Passage, changed, passages
from consultations.extensions import db
from consultations.models.comments import Comment, CommentVersion
from consultations.models.people import Person
from consultations.queries.clause_pages import CommentPage, own_comment

PER_PAGE = 5


@dataclass(frozen=True)
class Part:
    """The text, the justification or the proposal (`name`) in one version; `passages` where words of the version before stay."""

    name: str
    words: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Version:
    """One version. `turned`: which of type, stance and would_vote_no are others than in the version before."""

    number: int
    written_at: datetime
    written_by: str
    type: str
    stance: str
    would_vote_no: bool
    turned: frozenset[str]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class VersionsPage:
    """All versions of a comment of the reader's organisation, the newest first."""

    of: CommentPage
    received_at: datetime | None
    withdrawn_at: datetime | None
    versions: tuple[Version, ...]
    page: int
    pages: int


def versions_page(comment_id: int, number: int = 1, *, by: Actor, at: datetime) -> VersionsPage | None:
    """What was received of a comment of the reader's own organisation, a few versions at a time; None for any other."""
    page = own_comment(comment_id, by=by, at=at)
    row = db.session.get(Comment, comment_id)
    if page is None or row is None:
        return None
    query = (
        select(CommentVersion, Person.name)
        .outerjoin(Person, Person.id == CommentVersion.written_by_id)
        .where(CommentVersion.comment_id == comment_id)
        .order_by(CommentVersion.number)
    )
    found = db.session.execute(query).all()
    before: list[CommentVersion | None] = [None, *(version for version, _ in found)]
    both = list(zip(found, before, strict=False))[::-1]
    pages = max(1, -(-len(both) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = both[(number - 1) * PER_PAGE : number * PER_PAGE]
    made = tuple(_version(version, old, name or "") for (version, name), old in shown)
    return VersionsPage(page, row.submitted_at, row.withdrawn_at, made, number, pages)


def by_receipt(code: str, *, by: Actor) -> int | None:
    """The comment of the reader's organisation that has this receipt code, as it was given in capitals and groups."""
    own = Comment.organisation_id == by.organisation_id
    return db.session.scalar(select(Comment.id).where(Comment.receipt == code, own))


def _version(row: CommentVersion, old: CommentVersion | None, name: str) -> Version:
    turned = frozenset(
        part for part in ("type", "stance", "would_vote_no") if old is not None and getattr(old, part) != getattr(row, part)
    )  # fmt: skip
    parts = (_part(part, row, old) for part in ("text", "justification", "proposal"))
    return Version(
        row.number, row.written_at, name, row.type, row.stance, row.would_vote_no, turned,
        tuple(part for part in parts if part.words or part.passages),
    )  # fmt: skip


def _part(name: str, row: CommentVersion, old: CommentVersion | None) -> Part:
    words, earlier = getattr(row, name), getattr(old, name) if old else ""
    if earlier and not words:
        return Part(name, words, passages(earlier, ""))
    return Part(name, words, changed(earlier, words) if earlier != words else ())
