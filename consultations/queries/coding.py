"""Pages of the coding: the codebook with its counts, a point to be coded, a sample and how far its coders agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.coding import Coded, Spot
from consultations.facts.points import pieces
from consultations.facts.removals import reading
from consultations.facts.synopses import NOT_RECEIVED
from consultations.facts.topics import Topics, topics
from consultations.models.coding import CodingSample
from consultations.models.comments import Comment
from consultations.models.people import Person
from consultations.models.points import Tag
from consultations.models.rounds import Round
from consultations.models.standards import Node
from consultations.queries.delegate_rounds import Head, head
from workflows.agreement import Agreement, Undefined, agreement, pooled_kappa
from workflows.roles import Role, implies

PER_PAGE = 20


@dataclass(frozen=True)
class SampleLine:
    """A sample in the list, with how far its two coders are."""

    id: int
    number: int
    size: int
    coders: tuple[tuple[str, int], tuple[str, int]]  # name, points coded
    finished: bool
    mine: bool


@dataclass(frozen=True)
class CodebookPage:
    """The codebook with how often each code holds; `points` of the round, and the ids of codes that are used."""

    head: Head
    topics: Topics
    used: frozenset[int]
    points: int
    samples: tuple[SampleLine, ...]
    can: frozenset[str]


@dataclass(frozen=True)
class Place:
    """A point: where it is, and what it says."""

    comment_id: int
    point: int
    label: str
    clause: str
    text: str
    language: str


@dataclass(frozen=True)
class PointPage:
    """A point to be coded. `mine`: the codes that the viewer chose, None before; others' only where they may be seen."""

    head: Head
    place: Place
    codes: tuple[tuple[int, str, str], ...]
    mine: frozenset[int] | None
    others: tuple[tuple[str, tuple[str, ...]], ...]
    sample: SampleLine | None
    can: frozenset[str]


@dataclass(frozen=True)
class Disagreement:
    """A code on which two coders differ at a point: who says that it fits, and what was settled (None: nothing yet), or what one of
    the two proposes, who it is and whether the other, who has to say the same, is the viewer."""

    place: Place
    code_id: int
    code: str
    yes: str
    no: str
    settled: bool | None
    proposed: bool | None
    proposed_by: str
    to_confirm: bool


@dataclass(frozen=True)
class SamplePage:
    """A sample: its points for who codes it, and once both have finished, how far they agree and where they differ.

    `overall` takes every decision, code by code, as one unit; `pooled` is the kappa over all codes.
    """

    head: Head
    line: SampleLine
    seed: str
    places: tuple[tuple[Place, bool], ...]
    codes: tuple[tuple[str, Agreement], ...]
    overall: Agreement | None
    pooled: Fraction | Undefined | None
    differing: tuple[Disagreement, ...]
    open: int
    total: int
    page: int
    pages: int
    can: frozenset[str]


def codebook(round_id: int, *, by: Actor, at: datetime) -> CodebookPage | None:
    """The codebook of a round, None where there is no such round."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    points = pieces(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
    total = db.session.scalar(select(func.count()).select_from(points)) or 0
    return CodebookPage(
        top, topics(round_id), coding.used(round_id), total, _lines(coding.samples(round_id), by),
        _can(round_id, by),
    )  # fmt: skip


def point(comment_id: int, number: int, *, by: Actor, at: datetime) -> PointPage | None:
    """A point of a comment that counts, as this viewer may see it coded."""
    found = placed(pieces_of(Comment.id == comment_id), {(comment_id, number)}, by=by)
    round_id = db.session.scalar(select(Comment.round_id).where(Comment.id == comment_id))
    top = head(round_id, by=by, at=at) if round_id and found else None
    if top is None or round_id is None:
        return None
    spot = (comment_id, number)
    within = next((one for one in coding.samples(round_id) if spot in coding.spots(one)), None)
    line = _lines((within,), by)[0] if within else None
    codes = coding.codes(round_id)
    said = coding.coded(round_id).by.get(spot, {})
    can = _can(round_id, by)
    if line and (line.finished or not line.mine):
        can -= {"code"}
    return PointPage(
        top, found[spot], tuple((tag.id, tag.code, tag.meaning) for tag in codes),
        said.get(by.person_id or 0), _others(said, codes, by) if line is None or line.finished else (), line, can,
    )  # fmt: skip


def next_point(round_id: int, *, by: Actor) -> Spot | None:
    """The next point that waits for this coder: of their sample first, else one that nobody has coded."""
    said = coding.coded(round_id).by
    running = coding.open_sample(round_id)
    if running and by.person_id in (running.first_id, running.second_id):
        waiting = (spot for spot in coding.spots(running) if by.person_id not in said.get(spot, {}))
        if (spot := next(waiting, None)) is not None:
            return spot
    taken = set(coding.spots(running)) if running else set()
    points = pieces(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
    query = select(points.c.comment_id, points.c.number).order_by(points.c.comment_id, points.c.number)
    free = ((id, number) for id, number in db.session.execute(query))
    return next((spot for spot in free if spot not in said and spot not in taken), None)


def sample(round_id: int, number: int, page: int, *, by: Actor, at: datetime) -> SamplePage | None:
    """A sample by its number in the round; None where there is none."""
    top = head(round_id, by=by, at=at)
    row = next((one for one in coding.samples(round_id) if one.number == number), None)
    if top is None or row is None:
        return None
    line = _lines((row,), by)[0]
    said, tags = coding.coded(round_id), [tag for tag in coding.codes(round_id) if tag.id in row.codes]
    if not line.finished:
        places = placed(pieces_of(Comment.round_id == round_id), set(coding.spots(row)), by=by)
        shown = tuple(
            (places[spot], by.person_id in said.by.get(spot, {}))
            for spot in coding.spots(row)
            if spot in places
        )
        may = frozenset({"give_up"}) if Role.UNIT in implies(by.role) else frozenset()
        return SamplePage(
            top, line, row.seed, shown if line.mine else (), (), None, None, (), 0, 0, 1, 1, may
        )
    return _compared(top, line, row, said, tags, page, by)


def _compared(
    top: Head, line: SampleLine, row: CodingSample, said: Coded, tags: list[Tag], page: int, by: Actor
) -> SamplePage:
    """A finished sample: agreement by code and over all, and one page of where the two differ."""
    pairs = {
        tag.id: [(tag.id in said.by[spot][row.first_id], tag.id in said.by[spot][row.second_id]) for spot in coding.spots(row)]
        for tag in tags
    }  # fmt: skip
    differing = [
        (spot, tag, pair[0])
        for place, spot in enumerate(coding.spots(row))
        for tag in tags
        if (pair := pairs[tag.id][place])[0] != pair[1]
    ]
    pages = max(1, -(-len(differing) // PER_PAGE))
    page = min(max(1, page), pages)
    shown = differing[(page - 1) * PER_PAGE : page * PER_PAGE]
    places = placed(pieces_of(Comment.round_id == top.id), {spot for spot, _, _ in shown}, by=by)
    names = line.coders[0][0], line.coders[1][0]
    called = {row.first_id: names[0], row.second_id: names[1]}
    return SamplePage(
        top, line, row.seed, (), tuple((tag.code, agreement(pairs[tag.id])) for tag in tags),
        agreement([pair for tag in tags for pair in pairs[tag.id]]), pooled_kappa(pairs.values()),
        tuple(
            _disagreement(places[spot], tag, (names[not first], names[first]), said, called, by)
            for spot, tag, first in shown if spot in places
        ),
        sum(tag.id not in said.settled.get(spot, {}) for spot, tag, _ in differing), len(differing), page, pages,
        frozenset({"settle"}) if line.mine and "code" in _can(top.id, by) else frozenset(),
    )  # fmt: skip


def _disagreement(
    place: Place, tag: Tag, names: tuple[str, str], said: Coded, called: Mapping[int, str], by: Actor
) -> Disagreement:
    spot = place.comment_id, place.point
    proposed, who = said.proposed.get(spot, {}).get(tag.id, (None, 0))
    return Disagreement(
        place, tag.id, tag.code, *names, said.settled.get(spot, {}).get(tag.id), proposed, called.get(who, ""),
        proposed is not None and who != by.person_id,
    )  # fmt: skip


def coders(*, by: Actor, at: datetime) -> tuple[tuple[int, str], ...]:
    """Who may code a sample: everyone who works in the viewer's body."""
    return coding.may_code(by.network_id, at=at)


def pieces_of(*conditions: Any) -> Select[Any]:
    """Points with their comment's number, their round's, the clause, the words and the language."""
    points = pieces(*conditions, Comment.state.not_in(NOT_RECEIVED))
    return (
        select(
            points.c.comment_id, points.c.number, Round.number, Comment.public_number, Node.number, points.c.text, Comment.language
        )
        .join(Comment, Comment.id == points.c.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .outerjoin(Node, Node.id == Comment.node_id)
        .order_by(Comment.public_number, points.c.number)
    )  # fmt: skip


def placed(query: Select[Any], wanted: set[Spot], *, by: Actor) -> dict[Spot, Place]:
    """These points, in the order of the query, with the words that this viewer may read."""
    ids = {comment_id for comment_id, _ in wanted}
    read = reading(ids, by=by)
    query = query.where(Comment.id.in_(ids))
    rows = (
        Place(id, number, f"R{round_number}-{public}", clause or "", read(id, text), language)
        for id, number, round_number, public, clause, text, language in db.session.execute(query)
    )
    return {(one.comment_id, one.point): one for one in rows if (one.comment_id, one.point) in wanted}


def _lines(rows: tuple[CodingSample, ...], by: Actor) -> tuple[SampleLine, ...]:
    done = coding.done_by([row.id for row in rows])
    ids = {id for row in rows for id in (row.first_id, row.second_id)}
    names: dict[int, str] = dict(
        db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all()
    )
    return tuple(
        SampleLine(
            row.id, row.number, len(row.points),
            (
                (names[row.first_id], done.get(row.id, {}).get(row.first_id, 0)),
                (names[row.second_id], done.get(row.id, {}).get(row.second_id, 0)),
            ),
            coding.finished(row, done.get(row.id, {})), by.person_id in (row.first_id, row.second_id),
        )
        for row in rows
    )  # fmt: skip


def _others(
    said: dict[int, frozenset[int]], codes: tuple[Tag, ...], by: Actor
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What other coders say, by name."""
    others = [coder for coder in said if coder != by.person_id]
    query = select(Person.id, Person.name).where(Person.id.in_(others)).order_by(Person.name)
    return tuple(
        (name, tuple(tag.code for tag in codes if tag.id in said[id]))
        for id, name in (db.session.execute(query) if others else ())
    )


def _can(round_id: int, by: Actor) -> frozenset[str]:
    """What the viewer may do now: write codes, draw a sample, code."""
    state = db.session.scalar(select(Round.state).where(Round.id == round_id))
    if Role.UNIT not in implies(by.role):
        return frozenset()
    resting = coding.open_sample(round_id) is not None
    free = {
        "write": state in coding.CODEBOOK_IN and not resting,
        "draw": state in coding.CODED_IN and not resting,
        "code": state in coding.CODED_IN,
    }
    return frozenset(name for name, open in free.items() if open)
