"""What waits for a second person: proposals one by one, and answers given to many points with their samples."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.batches import CONFIRMED, Given, given, sampled, to_look_at, unchecked
from consultations.facts.coding import Spot
from consultations.facts.comments import second_person_asked, second_person_policy
from consultations.facts.reviews import person
from consultations.models.comments import Answer, Comment
from consultations.models.people import Person
from consultations.models.points import Batch
from consultations.queries import desk_points
from consultations.queries.delegate_rounds import Head, head
from consultations.queries.desk_points import DeskPoint
from workflows.comment import COMMENT, CommentFacts, CommentOutcome, CommentState
from workflows.machine import objections
from workflows.roles import Role, implies

PER_PAGE = 20
CHECKERS = frozenset({Role.UNIT, Role.CHAIR})


@dataclass(frozen=True)
class BatchLine:
    """Answers given to many points: how many, by whom, and what the check came to."""

    id: int
    size: int
    sample: int
    outcome: str
    made_by: str
    made_at: datetime
    confirmed: bool
    checked_by: str
    checked_at: datetime | None
    can: frozenset[str]


@dataclass(frozen=True)
class Row:
    """A point whose answer is proposed, and what the viewer may do with it."""

    point: DeskPoint
    second: bool
    can: frozenset[str]


@dataclass(frozen=True)
class DecidingPage:
    """What is proposed in a round: batches first, then one page of single proposals."""

    head: Head
    batches: tuple[BatchLine, ...]
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class ProposalPage:
    """One proposal beside what it answers."""

    head: Head
    row: Row
    next: Spot | None


@dataclass(frozen=True)
class BatchPage:
    """A batch with its sample; `standing` answers wait as they were given, the others were replaced or decided since.

    `replaced`, `settled`: keys of points of the sample where another answer waits since, and where this one was decided or
    sent back on its own; they are not part of the decision.
    """

    head: Head
    line: BatchLine
    seed: str
    sample: tuple[DeskPoint, ...]
    standing: int
    replaced: frozenset[str]
    settled: frozenset[str]


def page(round_id: int, number: int, *, by: Actor, at: datetime) -> DecidingPage | None:
    """Everything in a round that waits for a decision."""
    top = head(round_id, by=by, at=at)
    if top is None:
        return None
    spots = _single(round_id)
    pages = max(1, -(-len(spots) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = desk_points.points(spots[(number - 1) * PER_PAGE : number * PER_PAGE], by=by)
    policy = second_person_policy(by)
    rows = tuple(_row(point, top, policy, by=by, at=at) for point in shown)
    return DecidingPage(top, _lines(unchecked(round_id), by), rows, len(spots), number, pages)


def proposal(comment_id: int, number: int, *, by: Actor, at: datetime) -> ProposalPage | None:
    """One proposal that waits for a decision; None where there is none, or where it belongs to an unchecked batch."""
    round_id = db.session.scalar(select(Comment.round_id).where(Comment.id == comment_id))
    top = head(round_id, by=by, at=at) if round_id else None
    spots = _single(round_id) if round_id else []
    if top is None or (comment_id, number) not in spots:
        return None
    (point,) = desk_points.points([(comment_id, number)], by=by)
    row = _row(point, top, second_person_policy(by), by=by, at=at)
    return ProposalPage(top, row, _next(spots, (comment_id, number)))


def batch(batch_id: int, *, by: Actor, at: datetime) -> BatchPage | None:
    """A batch and its sample."""
    row = db.session.get(Batch, batch_id)
    top = head(row.round_id, by=by, at=at) if row and row.seed else None
    if row is None or top is None:
        return None
    waits = dict(desk_points.proposed(row.round_id))
    stands = [one for one in given(row) if waits.get((one.comment_id, one.point)) == one.answer]
    sample = dict.fromkeys((*sampled(row), *to_look_at(row, stands)))
    seen = desk_points.points([(one.comment_id, one.point) for one in sample], by=by)
    left = {f"{one.comment_id}.{one.point}": one for one in sampled(row) if one not in stands}
    replaced = frozenset(key for key, one in left.items() if (one.comment_id, one.point) in waits)
    return BatchPage(
        top, _lines((row,), by)[0], row.seed, seen, len(stands), replaced,
        frozenset() if row.verdict else frozenset(left) - replaced,
    )  # fmt: skip


def done(round_id: int, *, by: Actor) -> tuple[BatchLine, ...]:
    """The batches of a round whose sample was checked, newest first."""
    query = select(Batch).where(Batch.round_id == round_id, Batch.checked_at.is_not(None), Batch.seed != "")
    return _lines(tuple(db.session.scalars(query.order_by(Batch.id.desc()).limit(PER_PAGE))), by)


def _single(round_id: int) -> list[Spot]:
    """The proposals that are decided one by one."""
    together = {one for row in unchecked(round_id) for one in given(row)}
    return [spot for spot, answer in desk_points.proposed(round_id) if Given(*spot, answer) not in together]


def _next(spots: list[Spot], here: Spot) -> Spot | None:
    """The proposal after this one, and from the start again."""
    place = spots.index(here)
    return next(iter([*spots[place + 1 :], *spots[:place]]), None)


def _row(point: DeskPoint, top: Head, policy: str, *, by: Actor, at: datetime) -> Row:
    said = point.proposal
    answer = Answer(
        outcome=said.outcome, response=said.response, substantive=said.substantive, proposed_by_id=said.by_id
    ) if said else None  # fmt: skip
    second = second_person_asked(answer, policy, would_vote_no=point.would_vote_no)
    if said is None or not top.answering:
        return Row(point, second, frozenset())
    facts = CommentFacts(
        at=at, actor=person(by.person_id), reason="-", outcome=CommentOutcome(said.outcome), response=said.response,
        second_person_asked=second, proposed_by=person(said.by_id),
    )  # fmt: skip
    moves = ("decide", "return")
    free = (m for m in moves if not objections(COMMENT, CommentState.PROPOSED, m, by.role, facts))
    return Row(point, second, frozenset(free))


def _lines(rows: tuple[Batch, ...], by: Actor) -> tuple[BatchLine, ...]:
    ids = {id for row in rows for id in (row.made_by_id, row.checked_by_id)}
    names: dict[int | None, str] = dict(
        db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all()
    )
    return tuple(
        BatchLine(
            row.id, len(row.comments), len(row.sample), _outcome(row), names.get(row.made_by_id, ""), row.made_at, row.verdict == CONFIRMED,
            names.get(row.checked_by_id, ""), row.checked_at, _may_check(row, by),
        )
        for row in rows
    )  # fmt: skip


def _may_check(row: Batch, by: Actor) -> frozenset[str]:
    free = not row.verdict and row.made_by_id != by.person_id and not implies(by.role).isdisjoint(CHECKERS)
    return frozenset({"check"}) if free else frozenset()


def _outcome(row: Batch) -> str:
    """What the answers of a batch say becomes of the points: the same for all."""
    comment_id, _, number = row.comments[0]
    query = select(Answer.outcome).where(Answer.comment_id == comment_id, Answer.number == number)
    return db.session.scalar(query) or ""


def round_of(comment_id: int) -> int | None:
    """The round of a comment."""
    return db.session.scalar(select(Comment.round_id).where(Comment.id == comment_id))
