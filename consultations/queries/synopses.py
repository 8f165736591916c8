"""The synopsis: being written at the desk, before the Commission, and public; who reads what is decided here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import synopses as facts_of
from consultations.facts import texts
from consultations.facts.rounds import round_facts
from consultations.models.comments import Comment
from consultations.models.rounds import Question, Round
from consultations.models.synopses import Synopsis
from consultations.queries.comments import READS_ALL, CommentView, rows, seen, visible_to
from consultations.queries.delegate_rounds import Head, Texts, head
from workflows.machine import objections
from workflows.refusals import Refusal
from workflows.roles import implies
from workflows.round import ROUND, RoundFacts

PER_PAGE = 30


@dataclass(frozen=True)
class Cell:
    """A figure of a table: its key, its number (None: hidden) and its share of the total, rounded by itself."""

    key: str
    value: int | None
    percent: int | None


@dataclass(frozen=True)
class Table:
    """Cells and the total they are shares of."""

    cells: tuple[Cell, ...]
    total: int | None


@dataclass(frozen=True)
class QuestionTable:
    """A question with how many answered and what they chose."""

    texts: Texts
    options: tuple[Texts, ...]
    kind: str
    table: Table


@dataclass(frozen=True)
class Figures:
    """The figures as a page prints them; None stands for what is hidden."""

    received: int | None
    late: int | None
    withdrawn: int | None
    unsent: int | None
    would_vote_no: int | None
    changes: int | None
    substantive: int | None
    invited: int
    organisations: Table
    types: Table
    stances: Table
    outcomes: Table
    countries: tuple[tuple[str, int | None, int | None], ...]
    questions: tuple[QuestionTable, ...]


@dataclass(frozen=True)
class Draft:
    """The desk's page: figures as they are now, the words kept or else the last synopsis's, what still speaks against sending."""

    head: Head
    figures: Figures
    introduction: str
    way_forward: str
    objections: tuple[Refusal, ...]
    can_publish: bool
    can_hand_on: bool
    published: bool


@dataclass(frozen=True)
class Line:
    """A comment in the annex; `words` is None where this reader may not read it."""

    label: str
    clause: str
    outcomes: tuple[str, ...]
    words: CommentView | None


@dataclass(frozen=True)
class Page:
    """The frozen synopsis with one page of its annex."""

    head: Head
    number: int
    introduction: str
    way_forward: str
    sha256: str
    frozen_at: datetime
    figures: Figures
    exact: bool
    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def draft(round_id: int, *, by: Actor, at: datetime) -> Draft | None:
    """The synopsis as the Unit is writing it; exact figures, computed now."""
    round_, top = db.session.get(Round, round_id), head(round_id, by=by, at=at)
    if round_ is None or top is None:
        return None
    last = _newest(round_id)
    publishing = _publishing_objections(round_, last, by=by, at=at)
    return Draft(
        top, _figures(round_id, facts_of.figures(round_id)),
        *_words(round_, last),
        objections(ROUND, round_.state, "submit_synopsis", by.role, round_facts(round_, by=by, at=at)),
        can_publish=not publishing, can_hand_on=not hand_over_objections(round_, by=by, at=at),
        published=round_.published_at is not None,
    )  # fmt: skip


def _words(round_: Round, last: Synopsis | None) -> tuple[str, str]:
    """Introduction and way forward: as they were kept, or else as the last synopsis has them."""
    kept = round_.draft_introduction, round_.draft_way_forward
    return (last.introduction, last.way_forward) if last and not any(kept) else kept


def publishing(round_id: int, *, by: Actor, at: datetime) -> tuple[Page, tuple[Refusal, ...]] | None:
    """The frozen synopsis as everybody will read it, and what speaks against publishing."""
    round_ = db.session.get(Round, round_id)
    page = _page(round_id, 1, exact=False, by=by, at=at)
    if round_ is None or page is None:
        return None
    return page, _publishing_objections(round_, _newest(round_id), by=by, at=at)


def handing_on(round_id: int, *, by: Actor, at: datetime) -> tuple[Head, tuple[Refusal, ...]] | None:
    """What speaks against declaring the text ready for vote."""
    round_, top = db.session.get(Round, round_id), head(round_id, by=by, at=at)
    return (top, hand_over_objections(round_, by=by, at=at)) if round_ and top else None


def public(round_id: int, page: int, *, by: Actor, at: datetime) -> Page | None:
    """The synopsis for whoever asks: everyone once it is published, before that the Unit, CECLAC and auditors."""
    top = head(round_id, by=by, at=at)
    staff = not READS_ALL.isdisjoint(implies(by.role))
    if top is None or not (staff or top.published_at):
        return None
    return _page(round_id, page, exact=staff and not top.published_at, by=by, at=at)


def hand_over_objections(round_: Round, *, by: Actor, at: datetime) -> tuple[Refusal, ...]:
    """What speaks against `ready_for_vote`, for this viewer."""
    unchanged = texts.text_sha256(round_.version_id) == round_.text_sha256
    facts = round_facts(
        round_, by=by, at=at, voted_sha256=round_.text_sha256, changes_unexplained=0 if unchanged else None,
        objections_unanswered=facts_of.objections_unanswered(round_.id),
    )  # fmt: skip
    return objections(ROUND, round_.state, "ready_for_vote", by.role, facts)


def percent(part: int, total: int) -> int:
    """Whole percent, half up, each by itself (consultation-model.md, "Questionnaire")."""
    return (200 * part + total) // (2 * total) if total else 0


def _publishing_objections(
    round_: Round, last: Synopsis | None, *, by: Actor, at: datetime
) -> tuple[Refusal, ...]:
    shown = facts_of.published(last.figures) if last else None
    facts: RoundFacts = round_facts(
        round_, by=by, at=at, small_cells=facts_of.small_cells(shown) if shown else None,
        consents_missing=facts_of.consents_missing(round_.id),
    )  # fmt: skip
    return objections(ROUND, round_.state, "publish", by.role, facts)


def _newest(round_id: int) -> Synopsis | None:
    query = select(Synopsis).where(Synopsis.round_id == round_id).order_by(Synopsis.number.desc()).limit(1)
    return db.session.scalar(query)


def _page(round_id: int, page: int, *, exact: bool, by: Actor, at: datetime) -> Page | None:
    last, top = _newest(round_id), head(round_id, by=by, at=at)
    if last is None or top is None:
        return None
    received = Comment.round_id == round_id, Comment.state.not_in(facts_of.NOT_RECEIVED)
    total = db.session.scalar(select(func.count(Comment.id)).where(*received)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    query = rows(*received).order_by(Comment.public_number).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    views = seen(query, by=by, at=at)
    readable = set(
        db.session.scalars(select(Comment.id).where(Comment.id.in_([v.id for v in views]), visible_to(by)))
    )
    figures = last.figures if exact else facts_of.published(last.figures)
    return Page(
        top, last.number, last.introduction, last.way_forward, last.sha256, last.frozen_at, _figures(round_id, figures), exact,
        tuple(_line(view, view.id in readable and not _is_hidden(view, by)) for view in views), total, page, pages,
    )  # fmt: skip


def _is_hidden(view: CommentView, by: Actor) -> bool:
    """Hidden comments stay counted; their words are for the Unit, CECLAC and auditors."""
    return view.state == "hidden" and implies(by.role).isdisjoint(READS_ALL)


def _line(view: CommentView, readable: bool) -> Line:
    return Line(view.label, view.clause, _outcomes(view), view if readable else None)


def _outcomes(view: CommentView) -> tuple[str, ...]:
    """What became of it, or of each of its points."""
    answers = [point.answer for point in view.points] or [view.answer]
    return tuple(answer.outcome for answer in answers if answer)


def _figures(round_id: int, told: dict[str, Any]) -> Figures:
    parts = {key: value for key, value in told["organisations"].items() if key != "invited"}
    return Figures(
        **{key: told[key] for key in ("received", "late", "withdrawn", "unsent", "would_vote_no", "changes", "substantive")},
        invited=told["organisations"]["invited"],
        organisations=_table(parts, told["organisations"]["invited"]),
        types=_table(told["types"], told["received"]),
        stances=_table(told["stances"], told["received"]),
        outcomes=_table(told["outcomes"], _sum(told["outcomes"])),
        countries=tuple(
            (code, *((row["organisations"], row["comments"]) if row else (None, None))) for code, row in told["countries"].items()
        ),
        questions=_questions(round_id, told["questions"]),
    )  # fmt: skip


def _questions(round_id: int, told: list[dict[str, Any]]) -> tuple[QuestionTable, ...]:
    asked = {q.id: q for q in db.session.scalars(select(Question).where(Question.round_id == round_id))}
    return tuple(
        QuestionTable(asked[row["question"]].texts, tuple(asked[row["question"]].options), asked[row["question"]].kind,
                      _table(row["values"], row["answered"]))
        for row in told
        if row["question"] in asked
    )  # fmt: skip


def _sum(values: dict[str, int | None]) -> int | None:
    """The sum of a table; None when a cell of it is hidden."""
    shown = [value for value in values.values() if value is not None]
    return sum(shown) if len(shown) == len(values) else None


def _table(values: dict[str, int | None], total: int | None) -> Table:
    cells = (
        Cell(key, value, percent(value, total) if value is not None and total else None)
        for key, value in values.items()
        if value != 0
    )
    return Table(tuple(cells), total)
