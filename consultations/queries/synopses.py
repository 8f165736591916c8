"""The figures of a synopsis while it is written and before it is published, and what speaks against each step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.synopsis_annex import names_without_consent
from consultations.extensions import db
from consultations.facts import synopses as facts_of
from consultations.facts import synopsis_words as words_of
from consultations.facts.figures import whole_percent
from consultations.facts.rounds import round_facts
from consultations.facts.synopsis_figures import published
from consultations.facts.synopsis_words import newest
from consultations.models.rounds import Question, Round
from consultations.models.synopses import Synopsis
from consultations.queries import hand_overs
from consultations.queries.delegate_rounds import Head, Texts, head
from workflows.machine import objections
from workflows.refusals import Refusal
from workflows.roles import Role
from workflows.round import ROUND, RoundFacts


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
    """The desk's page: figures as they are now, the words kept or else the last synopsis's, what still speaks against
    sending. `can_publish` leads to the page that asks, which looks through the annex first."""

    head: Head
    figures: Figures
    introduction: str
    way_forward: str
    objections: tuple[Refusal, ...]
    can_publish: bool
    published: bool


@dataclass(frozen=True)
class Shown:
    """A round with its figures."""

    head: Head
    figures: Figures


def draft(round_id: int, *, by: Actor, at: datetime) -> Draft | None:
    """The synopsis as the Unit is writing it; exact figures, computed now."""
    round_, top = db.session.get(Round, round_id), head(round_id, by=by, at=at)
    if round_ is None or top is None:
        return None
    last = newest(round_id)
    publishing = _publishing_objections(round_, last, consents_missing=0, by=by, at=at)
    return Draft(
        top, _figures(round_id, facts_of.figures(round_id)),
        *_words(round_, top.reference),
        objections(ROUND, round_.state, "submit_synopsis", by.role, round_facts(round_, by=by, at=at)),
        can_publish=not publishing, published=round_.published_at is not None,
    )  # fmt: skip


def _words(round_: Round, reference: str) -> tuple[str, str]:
    """Introduction and way forward: as they were kept, or else as the last synopsis has them."""
    words = words_of.writing(round_)
    own = [words.get(words_of.place(section, reference), "") for section in words_of.OWN_COLUMNS]
    return own[0], own[1]


def publishing(round_id: int, *, by: Actor, at: datetime) -> tuple[Shown, tuple[Refusal, ...]] | None:
    """The frozen figures as everybody will read them, and what speaks against publishing."""
    round_, top, last = db.session.get(Round, round_id), head(round_id, by=by, at=at), newest(round_id)
    if round_ is None or top is None or last is None:
        return None
    shown = Shown(top, _figures(round_id, published(last.figures)))
    missing = names_without_consent(last)
    return shown, _publishing_objections(round_, last, consents_missing=missing, by=by, at=at)


def handing_on(
    round_id: int, *, by: Actor, at: datetime
) -> tuple[Head, hand_overs.HandOver | None, tuple[Refusal, ...]] | None:
    """A round, what its hand-over waits for while it is published, and what speaks against it for the chair, who takes it."""
    round_, top = db.session.get(Round, round_id), head(round_id, by=by, at=at)
    if round_ is None or top is None:
        return None
    waits = hand_overs.of_round(round_, by=by, at=at)
    return top, waits, waits.against if waits else hand_overs.against(round_, Role.CHAIR, by=by, at=at)


def _publishing_objections(
    round_: Round, last: Synopsis | None, *, consents_missing: int, by: Actor, at: datetime
) -> tuple[Refusal, ...]:
    shown = published(last.figures) if last else None
    facts: RoundFacts = round_facts(
        round_, by=by, at=at, small_cells=facts_of.small_cells(shown) if shown else None,
        consents_missing=consents_missing,
    )  # fmt: skip
    return objections(ROUND, round_.state, "publish", by.role, facts)


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
        Cell(key, value, whole_percent(value, total) if value is not None and total else None)
        for key, value in values.items()
        if value != 0
    )
    return Table(tuple(cells), total)
