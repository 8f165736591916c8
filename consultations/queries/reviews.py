"""CECLAC's reviews: what waits for a body, and the desk of one review."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.commission import in_force
from consultations.facts.liftings import may_second, seconded_by
from consultations.facts.reviews import author_of, review_facts, standing_of
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.reviews import Position, Review
from consultations.models.rounds import Round
from consultations.queries import histories
from consultations.queries.histories import Happening
from consultations.wording_process import POSITIONS, REVIEW_STATES, SUBJECTS, tag_kind
from workflows import review as rules
from workflows.machine import allowed
from workflows.review import REVIEW, PositionKind, ReviewState
from workflows.roles import Role


@dataclass(frozen=True)
class ReviewLine:
    """A review in a list: what it is about, until when, and for how many it waits."""

    id: int
    round_id: int
    round_number: int
    dossier_id: int
    titles: dict[str, str]
    subject: str
    due_at: datetime
    zone: str
    waits_for: int
    members: int
    mine: bool
    state: str
    tag: str


@dataclass(frozen=True)
class Said:
    """A position as it was taken."""

    id: int
    kind: str
    reason: str
    at: datetime
    lifted_at: datetime | None
    lifted_by: str
    lift_reason: str
    tag: str


@dataclass(frozen=True)
class Seat:
    """A member, where they stand now, and where they stood before."""

    person_id: int
    name: str
    chair: bool
    now: Said | None
    before: tuple[Said, ...]
    blocks: bool
    mine: bool
    seconded: str  # by whom, while the block stands
    can: frozenset[str]  # "lift", "second"


@dataclass(frozen=True)
class Desk:
    """Everything a member needs to take a position, and the chair to decide."""

    id: int
    number: int
    subject: str
    is_synopsis: bool
    state: str
    tag: str
    round_id: int
    round_number: int
    version_id: int
    dossier_id: int
    titles: dict[str, str]
    body_names: dict[str, str]
    due_at: datetime
    zone: str
    opened_at: datetime
    decided_at: datetime | None
    decision_reason: str
    author: str
    seats: tuple[Seat, ...]
    taken: int
    needed: int
    blocks: int
    mine: str
    can: frozenset[str]
    history: tuple[Happening, ...]


def waiting(
    *, body_id: int | None = None, person_id: int | None = None, at: datetime
) -> tuple[ReviewLine, ...]:
    """The open reviews (of one body), those due first; a constant number of selects."""
    query = (
        select(Review)
        .join(Round, Round.id == Review.round_id)
        .join(Dossier, Dossier.id == Round.dossier_id)
        .where(Review.state == ReviewState.OPEN, Round.state.in_(_IN_REVIEW))
        .options(contains_eager(Review.round).contains_eager(Round.dossier), joinedload(Review.body))
        .order_by(Review.due_at)
    )
    return _lines(query.where(Review.body_id == body_id) if body_id else query, person_id, at)


def decided(
    *, body_id: int | None = None, person_id: int | None = None, at: datetime
) -> tuple[ReviewLine, ...]:
    """The twenty reviews decided last (of one body)."""
    query = (
        select(Review)
        .join(Round, Round.id == Review.round_id)
        .join(Dossier, Dossier.id == Round.dossier_id)
        .where(Review.decided_at.is_not(None))
        .options(contains_eager(Review.round).contains_eager(Round.dossier), joinedload(Review.body))
        .order_by(Review.decided_at.desc())
        .limit(20)
    )
    return _lines(query.where(Review.body_id == body_id) if body_id else query, person_id, at)


def desk(review_id: int, *, by: Actor, at: datetime) -> Desk:
    """One review, and what `by` may do in it now. Raises NotFound."""
    query = select(Review).where(Review.id == review_id)
    row = db.session.scalar(
        query.options(joinedload(Review.round).joinedload(Round.dossier), joinedload(Review.body))
    )
    if row is None:
        raise NotFound(f"Review {review_id}")
    standing = standing_of(row, at=at)
    can = _can(row, by, at)
    seats = _seats(row, can, by, at)
    own = next((seat.now for seat in seats if seat.mine and seat.now), None)
    author = author_of(row)
    return Desk(
        id=row.id,
        number=row.number,
        subject=str(SUBJECTS[row.subject]),
        is_synopsis=row.subject == "synopsis",
        state=str(REVIEW_STATES[row.state]),
        tag=tag_kind(row.state) if row.decided_at else "wait",
        round_id=row.round_id,
        round_number=row.round.number,
        version_id=row.round.version_id,
        dossier_id=row.round.dossier_id,
        titles=row.round.dossier.titles,
        body_names=row.body.names,
        due_at=row.due_at,
        zone=row.body.zone,
        opened_at=row.opened_at,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
        author=_name(author),
        seats=seats,
        taken=standing.taken,
        needed=standing.needed,
        blocks=standing.blocks,
        mine=own.kind if own else "",
        can=can,
        history=histories.of_subject("review", row.id),
    )


_IN_REVIEW = ("commission_review", "synopsis_review", "published", "ready_for_vote")


def _can(review: Review, by: Actor, at: datetime) -> frozenset[str]:
    """The moves open to `by`, taking as given what their forms will ask for (a reason, a position, a later date)."""
    if by.network_id != review.body_id or (
        review.decided_at is None and review.round.state not in _IN_REVIEW
    ):
        return frozenset()
    asked = {"reason": "-", "position": PositionKind.APPROVE, "new_due_at": review.due_at + timedelta(days=1)}
    blocks = _standing_blocks(review, at)
    facts = review_facts(review, by=by, at=at, **asked)
    liftable = (row.person_id for row in blocks if row.person_id == by.person_id or by.role is Role.CHAIR)
    raised = next((f"person/{id}" for id in liftable), None)
    facts = replace(facts, raised_by=raised, second_member="second")
    return frozenset(allowed(REVIEW, review.state, by.role, facts))


def _standing_blocks(review: Review, at: datetime) -> list[Position]:
    newest = standing_of(review, at=at).newest.values()
    return [row for row in newest if row.kind == PositionKind.BLOCK and row.lifted_at is None]


def _seats(review: Review, can: frozenset[str], by: Actor, at: datetime) -> tuple[Seat, ...]:
    seats = select(Person.id, Person.name, Mandate.role).join(Mandate, Mandate.person_id == Person.id)
    held = seats.where(
        Mandate.network_id == review.body_id, Mandate.role.in_(["commission", "chair"]), *in_force(at)
    )
    rows = db.session.execute(held.order_by(Person.name)).all()
    said: dict[int, list[Said]] = {}
    positions = select(Position).where(Position.review_id == review.id).options(selectinload(Position.person))
    names = {row.id: row.name for row in rows}
    for position in db.session.scalars(positions.order_by(Position.id)):
        said.setdefault(position.person_id, []).append(_said(position, names))
    chairs = {row.id for row in rows if row.role == Role.CHAIR}
    blocks = {row.person_id: row for row in _standing_blocks(review, at)} if review.decided_at is None else {}
    seconds = {id: seconded_by(review, row, at=at) for id, row in blocks.items()}
    may = {
        id: "take_position" in can and by.person_id in may_second(review, row, at=at) - set(seconds[id])
        for id, row in blocks.items()
    }
    return tuple(
        _seat(
            Seat(id, name, id in chairs, None, (), False, id == by.person_id, "", frozenset()), said.get(id, []),
            next((names[who] for who in seconds.get(id, ()) if who != by.person_id), ""),
            lift="lift_block" in can, second=may.get(id, False),
        )
        for id, name in names.items()
    )  # fmt: skip


def _seat(seat: Seat, said: list[Said], seconded: str, *, lift: bool, second: bool) -> Seat:
    """What the member said, and what the viewer may do about their block: lift it, or second that the chair does."""
    now = said[-1] if said else None
    blocks = now is not None and now.tag == "late"
    offers = {"lift": lift and blocks and (seat.mine or bool(seconded)), "second": second}
    can = frozenset(name for name, offered in offers.items() if offered)
    return replace(
        seat, now=now, before=tuple(reversed(said[:-1])), blocks=blocks, seconded=seconded, can=can
    )


def _said(position: Position, names: dict[int, str]) -> Said:
    stands = position.kind == PositionKind.BLOCK and position.lifted_at is None
    tag = (
        "late"
        if stands
        else {"approve": "done", "no_objection": "done", "recuse": "off"}.get(position.kind, "wait")
    )
    return Said(
        position.id, str(POSITIONS[position.kind]), position.reason, position.taken_at, position.lifted_at,
        names.get(position.lifted_by_id or 0, ""), position.lift_reason, tag,
    )  # fmt: skip


def _lines(query: object, person_id: int | None, at: datetime) -> tuple[ReviewLine, ...]:
    rows = db.session.scalars(query).all()  # type: ignore[call-overload]
    seats: dict[int, set[int]] = {}
    held = select(Mandate.network_id, Mandate.person_id).where(
        Mandate.role.in_(["commission", "chair"]), *in_force(at)
    )
    for body, person in db.session.execute(held):
        seats.setdefault(body, set()).add(person)
    taken: dict[int, list[rules.Position]] = {}
    for row in db.session.scalars(
        select(Position).where(Position.review_id.in_([row.id for row in rows])).order_by(Position.id)
    ):
        said = rules.Position(
            str(row.person_id), PositionKind(row.kind), row.taken_at, row.lifted_at is not None
        )
        taken.setdefault(row.review_id, []).append(said)
    return tuple(_line(row, seats.get(row.body_id, set()), taken.get(row.id, []), person_id) for row in rows)


def _line(row: Review, seats: set[int], taken: list[rules.Position], person_id: int | None) -> ReviewLine:
    heard = {int(position.member) for position in taken} & seats
    return ReviewLine(
        id=row.id,
        round_id=row.round_id,
        round_number=row.round.number,
        dossier_id=row.round.dossier_id,
        titles=row.round.dossier.titles,
        subject=str(SUBJECTS[row.subject]),
        due_at=row.due_at,
        zone=row.body.zone,
        waits_for=len(seats - heard),
        members=len(seats),
        mine=person_id in seats and person_id not in heard,
        state=str(REVIEW_STATES[row.state]),
        tag=tag_kind(row.state) if row.decided_at else "wait",
    )


def _name(person: str | None) -> str:
    if person is None:
        return ""
    return (
        db.session.scalar(select(Person.name).where(Person.id == int(person.removeprefix("person/")))) or ""
    )
