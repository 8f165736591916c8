"""What a delegate sees of a round: what is asked, until when, and how far their organisation is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.comments import entry_facts
from consultations.facts.on_behalf import waiting
from consultations.facts.question_sheets import sheet
from consultations.facts.register import UNSENT
from consultations.facts.texts import DELETED
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.standards import Node, NodeText, StandardVersion
from consultations.wording_comments import TYPES
from workflows.comment import CommentState
from workflows.machine import allowed, objections
from workflows.refusals import Refusal
from workflows.remarks import types_asked
from workflows.round import ROUND, RoundState

BEFORE_OPENING = (RoundState.DRAFT, RoundState.COMMISSION_REVIEW, RoundState.APPROVED, RoundState.SCHEDULED)
Texts = dict[str, str]
Counts = dict[int | None, tuple[int, int, int]]
_NONE = (0, 0, 0)
_WORDLESS: tuple[Texts, Texts, Texts] = ({}, {}, {})


@dataclass(frozen=True)
class Head:
    """What every page of a round says at its top. `closes_at` holds for whoever asks (a late entry is in it)."""

    id: int
    number: int
    code: str
    titles: Texts
    objectives: Texts
    version: str
    version_id: int | None  # None until the text is frozen: nobody outside reads it before
    reference: str
    zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    first_closes_at: datetime | None
    extended: bool
    started: bool
    open: bool
    paused: str  # why, while it is paused
    answering: bool
    published_at: datetime | None
    satisfaction_until: datetime | None
    registered: bool
    types: tuple[str, ...]  # of comment, that the round asks
    can: frozenset[str]
    objections: tuple[Refusal, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter in the list: how many requirements it has and on how many the organisation has commented."""

    id: int
    number: str
    headings: Texts
    clauses: int
    mine: int


@dataclass(frozen=True)
class Clause:
    """A clause in the list."""

    id: int
    number: str
    headings: Texts
    texts: Texts
    mine: int
    drafts: int
    waiting: int  # for the organisation's approval


@dataclass(frozen=True)
class RoundPage:
    """A round as a delegate meets it, one chapter at a time."""

    head: Head
    chapters: tuple[Chapter, ...]
    chapter: Chapter | None
    clauses: tuple[Clause, ...]
    requirements: int
    commented: int
    sent: int
    drafts: int
    unapproved: int
    no_comment_at: datetime | None
    questions: int
    questions_answered: int
    sheet_sent_at: datetime | None
    to_confirm: bool
    seen: bool
    declined: bool


def head(round_id: int, *, by: Actor, at: datetime) -> Head | None:
    """The round's head for this viewer; None when there is no such round."""
    found = db.session.execute(_heads().where(Round.id == round_id)).one_or_none()
    return _head(*found, by=by, at=at) if found else None


def rounds(*, by: Actor, at: datetime) -> tuple[Head, ...]:
    """The rounds that the organisation is asked in, newest first; those not yet open are left out."""
    query = (
        _heads()
        .join(RegisterEntry, RegisterEntry.round_id == Round.id)
        .where(RegisterEntry.organisation_id == by.organisation_id, _started())
        .order_by(Round.closes_at.desc(), Round.id.desc())
        .limit(20)
    )
    return tuple(_head(*row, by=by, at=at) for row in db.session.execute(query))


def opened(*, by: Actor, at: datetime) -> tuple[Head, ...]:
    """The rounds that have opened, whoever is asked in them, newest first."""
    query = _heads().where(Round.opens_at <= at, _started())
    newest = query.order_by(Round.opens_at.desc(), Round.id.desc()).limit(20)
    return tuple(_head(*row, by=by, at=at) for row in db.session.execute(newest))


def round_page(round_id: int, chapter_id: int | None, *, by: Actor, at: datetime) -> RoundPage | None:
    """The round with one chapter's clauses (the first, unless one is named)."""
    top = head(round_id, by=by, at=at)
    if top is None or not top.started:
        return None
    belongs = select(Node).join(Round, Round.version_id == Node.version_id).where(Round.id == round_id)
    nodes = list(db.session.scalars(belongs.where(Node.kind != DELETED).order_by(Node.position)))
    mine, held = _mine(round_id, by), _by_chapter(nodes)
    chapters = _chapters(nodes, held, mine)
    chosen = next((c for c in chapters if c.id == chapter_id), chapters[0] if chapters else None)
    requirements = {node.id for node in nodes if node.kind == "requirement"}
    stands = sheet(round_id, by.organisation_id)
    entry = db.session.execute(
        select(
            RegisterEntry.no_comment_at, RegisterEntry.sheet_sent_at, RegisterEntry.seen_at, RegisterEntry.declined_at
        ).filter_by(round_id=round_id, organisation_id=by.organisation_id)
    ).one_or_none()  # fmt: skip
    return RoundPage(
        head=top, chapters=chapters, chapter=chosen, clauses=_clauses(held[chosen.id], mine) if chosen else (),
        requirements=len(requirements), commented=sum(1 for id, (sent, *_) in mine.items() if sent and id in requirements),
        sent=sum(one[0] for one in mine.values()), drafts=sum(one[1] for one in mine.values()),
        unapproved=sum(one[2] for one in mine.values()),
        no_comment_at=entry.no_comment_at if entry else None, sheet_sent_at=entry.sheet_sent_at if entry else None,
        questions=len(stands.asked),
        questions_answered=sum(1 for position in stands.asked if any(stands.said.get(position, ()))),
        to_confirm=waiting(round_id, by.organisation_id), seen=bool(entry and entry.seen_at),
        declined=bool(entry and entry.declined_at),
    )  # fmt: skip


def types_of(round_id: int) -> tuple[str, ...]:
    """The types of comment that a round asks, in the order of wording_comments.TYPES."""
    chosen = db.session.scalar(select(Round.comment_types).where(Round.id == round_id))
    return types_asked(chosen or (), TYPES)


def _started() -> ColumnElement[bool]:
    """Whether the round has ever opened: one that was withdrawn before has not."""
    opened = select(Event.id).where(
        Event.subject_kind == "round", Event.subject_id == Round.id, Event.name == "round_opened"
    )
    ended = Round.state == RoundState.WITHDRAWN
    return or_(Round.state.not_in((*BEFORE_OPENING, RoundState.WITHDRAWN)), and_(ended, opened.exists()))


def _heads() -> Select[tuple[Round, Dossier, StandardVersion, bool]]:
    return (
        select(Round, Dossier, StandardVersion, _started().label("started"))
        .join(Dossier, Dossier.id == Round.dossier_id)
        .join(StandardVersion, StandardVersion.id == Round.version_id)
    )


def _head(
    round_: Round, dossier: Dossier, version: StandardVersion, started: bool, *, by: Actor, at: datetime
) -> Head:
    facts = entry_facts(round_, organisation_id=by.organisation_id, at=at)
    return Head(
        id=round_.id, number=round_.number, code=dossier.code, titles=dossier.titles,
        objectives=round_.objectives or dossier.objectives, version=version.label,
        version_id=version.id if version.frozen_at else None, reference=version.reference_language,
        zone=round_.zone, opens_at=round_.opens_at,
        closes_at=max(filter(None, (round_.closes_at, facts.late_until)), default=None),
        first_closes_at=round_.first_closes_at, extended=round_.extensions > 0,
        started=started, open=round_.state == RoundState.OPEN, paused=_paused(round_),
        answering=round_.state == RoundState.ANSWERING, published_at=round_.published_at,
        satisfaction_until=round_.satisfaction_until, registered=facts.registered,
        types=types_asked(round_.comment_types or (), TYPES),
        can=frozenset(allowed(ROUND, round_.state, by.role, facts)),
        objections=objections(ROUND, round_.state, "comment", by.role, facts),
    )  # fmt: skip


def _paused(round_: Round) -> str:
    """Why a round is paused; nothing while it is not."""
    if round_.state != RoundState.PAUSED:
        return ""
    of_round = (Event.subject_kind == "round", Event.subject_id == round_.id, Event.name == "round_paused")
    return (
        db.session.scalars(select(Event.reason).where(*of_round).order_by(Event.id.desc()).limit(1)).first()
        or "–"
    )


def _mine(round_id: int, by: Actor) -> Counts:
    """{node (None: the whole text and questions): (sent, drafts, waiting for approval)} of the viewer's organisation."""
    states = Comment.state.not_in(UNSENT), *(Comment.state == state for state in UNSENT)
    query = (
        select(Comment.node_id, *(func.sum(case((state, 1), else_=0)) for state in states))
        .where(
            Comment.round_id == round_id,
            Comment.organisation_id == by.organisation_id,
            Comment.state != CommentState.WITHDRAWN,
        )
        .group_by(Comment.node_id)
    )
    return {node_id: (sent, drafts, waiting) for node_id, sent, drafts, waiting in db.session.execute(query)}


def _by_chapter(nodes: list[Node]) -> dict[int, list[Node]]:
    """Each top node with those that follow it in reading order, itself first."""
    held: dict[int, list[Node]] = {}
    top = 0
    for node in nodes:
        top = node.id if node.parent_id is None else top
        held.setdefault(top, []).append(node)
    return held


def _chapters(nodes: list[Node], held: dict[int, list[Node]], mine: Counts) -> tuple[Chapter, ...]:
    tops = [node for node in nodes if node.id in held]
    texts = _texts([node.id for node in tops])
    return tuple(
        Chapter(
            top.id, top.number, texts.get(top.id, _WORDLESS)[0],
            sum(1 for node in held[top.id] if node.kind == "requirement"),
            sum(1 for node in held[top.id] if node.kind == "requirement" and mine.get(node.id, _NONE)[0]),
        )
        for top in tops
    )  # fmt: skip


def _clauses(nodes: list[Node], mine: Counts) -> tuple[Clause, ...]:
    """What may be commented on in a chapter: everything but its own heading, unless it is all there is."""
    inside = [node for node in nodes if node.kind != "chapter"] or nodes
    texts = _texts([node.id for node in inside])
    return tuple(
        Clause(node.id, node.number, *texts.get(node.id, _WORDLESS)[:2], *mine.get(node.id, _NONE))
        for node in inside
    )


def _texts(node_ids: list[int]) -> dict[int, tuple[Texts, Texts, Texts]]:
    """{node: (headings, texts, guidance)}, each per language."""
    found: dict[int, tuple[Texts, Texts, Texts]] = {}
    for row in db.session.scalars(select(NodeText).where(NodeText.node_id.in_(node_ids))):
        parts = found.setdefault(row.node_id, ({}, {}, {}))
        for part, words in zip(parts, (row.heading, row.text, row.guidance), strict=True):
            if words:
                part[row.language] = words
    return found
