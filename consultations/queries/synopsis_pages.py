"""The published synopsis: its versions, one page of it, and the whole as a document; who reads what is decided here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import PUBLIC, Actor
from consultations.documents.synopsis_annex import Entry, annex_blocks, decisions, entries, pinned
from consultations.documents.synopsis_blocks import Block, Document
from consultations.extensions import db
from consultations.models.synopses import Synopsis
from consultations.queries.comments import READS_ALL
from consultations.queries.delegate_rounds import Head, head
from consultations.queries.synopsis_documents import cover_blocks, document, frozen, part_blocks
from workflows.roles import implies

PER_PAGE = 30


@dataclass(frozen=True)
class Version:
    """A version that is public: its number, and since when."""

    number: int
    published_at: datetime
    decided: bool


@dataclass(frozen=True)
class Page:
    """One page of a synopsis: the first has cover and parts (`blocks`), every one a part of the annex."""

    head: Head
    number: int
    published_at: datetime | None
    sha256: str
    frozen_at: datetime
    versions: tuple[Version, ...]
    exact: bool
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int


def page(round_id: int, number: int, version: int | None, *, by: Actor, at: datetime) -> Page | None:
    """The synopsis for whoever asks: everyone once it is published, before that the Unit, CECLAC and auditors."""
    top, synopsis = head(round_id, by=by, at=at), _asked(round_id, version, by=by)
    if top is None or synopsis is None:
        return None
    held = pinned(synopsis)
    pages = max(1, -(-len(held) // PER_PAGE))
    number = min(max(1, number), pages)
    part = held[(number - 1) * PER_PAGE : number * PER_PAGE]
    exact = _is_staff(by) and synopsis.published_at is None
    told = frozen(synopsis, exact=exact)
    return Page(
        top, synopsis.number, synopsis.published_at, synopsis.sha256, synopsis.frozen_at, _versions(round_id), exact,
        (*cover_blocks(told), *part_blocks(told)) if number == 1 else (), entries(synopsis, part, by=by), len(held), number,
        pages,
    )  # fmt: skip


def whole(round_id: int, version: int | None, *, by: Actor) -> tuple[Document, str, int] | None:
    """(document, code of the dossier, version) as everybody reads it, whoever asks for it, so that the file may be handed on."""
    synopsis = _asked(round_id, version, by=by)
    if synopsis is None:
        return None
    held = pinned(synopsis)
    listed = entries(synopsis, held, by=PUBLIC)
    told = frozen(synopsis, exact=False)
    made = document(told, annex_blocks(decisions(listed), listed, len(held)))
    return made, str(told.cover["code"]), synopsis.number


def _is_staff(by: Actor) -> bool:
    return not READS_ALL.isdisjoint(implies(by.role))


def _asked(round_id: int, version: int | None, *, by: Actor) -> Synopsis | None:
    """That version, or the newest, of those that this reader may read."""
    query = select(Synopsis).where(Synopsis.round_id == round_id).order_by(Synopsis.number.desc()).limit(1)
    if version is not None:
        query = query.where(Synopsis.number == version)
    if not _is_staff(by):
        query = query.where(Synopsis.published_at.is_not(None))
    return db.session.scalar(query)


def _versions(round_id: int) -> tuple[Version, ...]:
    query = select(Synopsis).where(Synopsis.round_id == round_id, Synopsis.published_at.is_not(None))
    rows = db.session.scalars(query.order_by(Synopsis.number.desc()))
    return tuple(
        Version(row.number, row.published_at, bool(row.cover.get("decision"))) for row in rows if row.published_at
    )  # fmt: skip
