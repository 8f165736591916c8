"""The questions of a round: an organisation's sheet, and what came back to each question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import question_sheets
from consultations.facts.question_results import ONLY_WORDS, Tally, all_published, tallies
from consultations.facts.questions import asking
from consultations.facts.texts import DELETED
from consultations.models.base import NotFound
from consultations.models.rounds import Question, RegisterEntry, Round
from consultations.models.standards import Node, NodeText
from consultations.queries.attachments import FileLine, own_answers
from consultations.queries.delegate_rounds import Head, Texts, head
from workflows.questions import Asking
from workflows.shares import Ranked, shares


@dataclass(frozen=True)
class Asked:
    """A question with what the organisation has said so far; `clause` the number of the clause it is about."""

    id: int
    asking: Asking
    texts: Texts
    options: tuple[Texts, ...]
    asked_if: dict[str, object] | None
    node_id: int | None
    clause: str
    value: str
    text: str
    file: FileLine | None = None  # that stands as the answer

    @property
    def kind(self) -> str:
        """The kind of answer."""
        return self.asking.kind

    @property
    def position(self) -> int:
        """Its place in the round, from 1."""
        return self.asking.position


@dataclass(frozen=True)
class SheetPage:
    """An organisation's sheet. `asked`: positions asked now; `missing`: required ones without an answer."""

    head: Head
    questions: tuple[Asked, ...]
    asked: frozenset[int]
    missing: tuple[int, ...]
    sent_at: datetime | None


@dataclass(frozen=True)
class Clause:
    """A clause by its number."""

    id: int
    number: str
    headings: Texts


@dataclass(frozen=True)
class Cell:
    """One choice: how often, and the percentage of those who answered; both None when hidden. "" : only words."""

    value: str
    count: int | None
    percent: int | None


@dataclass(frozen=True)
class Result:
    """What came back to one question; None is hidden. `total`: 100, unless nothing was counted."""

    position: int
    kind: str
    texts: Texts
    options: tuple[Texts, ...]
    asked: int | None
    answered: int | None
    cells: tuple[Cell, ...]
    several: bool
    total: int
    words: int | None
    numbers: int
    lowest: Fraction | None
    highest: Fraction | None
    mean: Fraction | None
    median: Fraction | None
    first_day: str
    last_day: str
    ranking: tuple[Ranked, ...]
    hides: bool


def sheet_page(round_id: int, *, by: Actor, at: datetime) -> SheetPage | None:
    """The sheet of the organisation acted for; None when there is no such round or it has not begun."""
    top = head(round_id, by=by, at=at)
    if top is None or not top.started:
        return None
    stands = question_sheets.sheet(round_id, by.organisation_id)
    numbers = _numbers([row.node_id for row in stands.questions if row.node_id])
    asks_files = any(row.kind == "file" for row in stands.questions)
    files = own_answers(round_id, by.organisation_id) if asks_files else {}
    asked = tuple(
        replace(_asked(row, stands.said, numbers), file=files.get(row.id)) for row in stands.questions
    )
    return SheetPage(top, asked, stands.asked, stands.missing, sent_at(round_id, by.organisation_id))


def sent_at(round_id: int, organisation_id: int | None) -> datetime | None:
    """When the organisation sent its sheet."""
    query = select(RegisterEntry.sheet_sent_at).filter_by(round_id=round_id, organisation_id=organisation_id)
    return db.session.scalar(query)


def clauses(version_id: int) -> tuple[Clause, ...]:
    """Every clause of a text that has a number, in reading order; two selects."""
    stands = (Node.version_id == version_id, Node.kind != DELETED, Node.number != "")
    numbered = select(Node).where(*stands).order_by(Node.position)
    nodes = list(db.session.scalars(numbered))
    headings: dict[int, Texts] = {}
    worded = (
        select(NodeText.node_id, NodeText.language, NodeText.heading)
        .join(Node)
        .where(Node.version_id == version_id)
    )
    for node_id, language, heading in db.session.execute(worded):
        headings.setdefault(node_id, {})[language] = heading
    return tuple(Clause(node.id, node.number, headings.get(node.id, {})) for node in nodes)


def results(round_id: int) -> tuple[Result, ...]:
    """What came back to each question as it may be published: small cells are hidden. Raises NotFound."""
    if db.session.get(Round, round_id) is None:
        raise NotFound(f"Round {round_id}")
    exact = tallies(round_id)
    return tuple(_result(one, shown) for one, shown in zip(exact, all_published(exact), strict=True))


def _asked(row: Question, said: Mapping[int, tuple[str, str]], numbers: Mapping[int, str]) -> Asked:
    value, text = said.get(row.position, ("", ""))
    clause = numbers.get(row.node_id or 0, "")
    return Asked(
        row.id, asking(row), row.texts, tuple(row.options), row.asked_if, row.node_id, clause, value, text
    )


def _numbers(node_ids: list[int]) -> dict[int, str]:
    if not node_ids:
        return {}
    return dict(db.session.execute(select(Node.id, Node.number).where(Node.id.in_(node_ids))).all())


def _result(exact: Tally, shown: Tally) -> Result:
    row, answered = exact.question, exact.answered or 0
    percents = dict(
        zip(exact.cells, shares([count or 0 for count in exact.cells.values()], answered).cells, strict=True)
    )
    cells = tuple(
        Cell(value, count, None if count is None or shown.answered is None else percents[value])
        for value, count in shown.cells.items()
        if value != ONLY_WORDS or exact.cells[value]
    )
    return Result(
        row.position, row.kind, row.texts, tuple(row.options), shown.asked, shown.answered, cells, exact.several,
        100 if answered else 0, shown.words, len(shown.numbers), min(shown.numbers, default=None),
        max(shown.numbers, default=None), shown.mean, shown.median, shown.dates[0] if shown.dates else "",
        shown.dates[-1] if shown.dates else "", shown.ranking, _hides(exact, shown),
    )  # fmt: skip


def _hides(exact: Tally, shown: Tally) -> bool:
    """Whether anything of it is hidden."""
    return any(
        getattr(exact, name) != getattr(shown, name)
        for name in ("asked", "answered", "cells", "words", "numbers", "dates", "ranking")
    )
