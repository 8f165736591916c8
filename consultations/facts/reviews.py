"""A review's rows -> what its table of moves asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, union

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.commission import members, positions_share
from consultations.models.events import Event
from consultations.models.reviews import Position, Review
from consultations.models.rounds import Round
from consultations.models.synopses import Synopsis
from workflows import review as rules
from workflows.review import PositionKind, ReviewFacts

WRITTEN = ("round_edited", "round_submitted")
IMPORTED = ("standard_imported", "translation_imported")


@dataclass(frozen=True)
class Standing:
    """Where the members of a body stand: each one's newest position, and what is still needed."""

    newest: dict[int, Position]
    counts: dict[PositionKind, int]
    members: int
    taken: int
    needed: int

    @property
    def blocks(self) -> int:
        """Blocks that nobody has lifted."""
        return self.counts[PositionKind.BLOCK]


def standing_of(review: Review, *, at: datetime) -> Standing:
    """The positions of those who hold a seat at `at`; the newest of each counts (process.md, "CECLAC's review")."""
    return standings_of([review], at=at)[review.id]


def standings_of(reviews: Sequence[Review], *, at: datetime) -> dict[int, Standing]:
    """The standing of each review, by its id, in one query and one more per body."""
    seats = {body_id: members(body_id, at=at) for body_id in {review.body_id for review in reviews}}
    said: dict[int, list[Position]] = {review.id: [] for review in reviews}
    query = select(Position).where(Position.review_id.in_(list(said))).order_by(Position.id)
    for row in db.session.scalars(query):
        said[row.review_id].append(row)
    return {review.id: _standing(review, said[review.id], seats[review.body_id]) for review in reviews}


def _standing(review: Review, rows: Sequence[Position], seats: frozenset[int]) -> Standing:
    held = [row for row in rows if row.person_id in seats]
    counts = rules.standing(_told(held))
    needed = rules.positions_needed(counts, len(seats), positions_share(review.body))
    return Standing(
        {row.person_id: row for row in held}, counts, len(seats), rules.positions_taken(counts), needed
    )


def review_facts(review: Review, *, by: Actor, at: datetime, reason: str = "", **given: Any) -> ReviewFacts:
    """Everything the table asks about a review at `at`; `given` takes the place of what was read."""
    standing = standing_of(review, at=at) if review.id else None
    read = ReviewFacts(
        at=at,
        actor=person(by.person_id),
        author=author_for(review, by),
        reason=reason,
        is_member=by.person_id in members(review.body_id, at=at),
        positions_taken=standing.taken if standing else 0,
        positions_needed=standing.needed if standing else None,
        blocks=standing.blocks if standing else 0,
        due_at=review.due_at,
        deferrals=review.deferrals,
    )
    return replace(read, **given)


def author_of(review: Review) -> str | None:
    """Who wrote what is reviewed: the synopsis' author for a synopsis, else the round's."""
    if review.subject == "synopsis":
        query = select(Synopsis.frozen_by_id).where(Synopsis.round_id == review.round_id)
        return person(db.session.scalars(query.order_by(Synopsis.number.desc()).limit(1)).first())
    return person(db.session.scalar(select(Round.author_id).where(Round.id == review.round_id)))


def author_for(review: Review, by: Actor) -> str | None:
    """The author as the guards ask for one: the actor, when they are among those who wrote what is reviewed."""
    if review.subject == "synopsis":
        return author_of(review)
    return person(by.person_id) if by.person_id in authors_of(review.round_id) else author_of(review)


def authors_of(round_id: int) -> frozenset[int]:
    """Everybody who wrote a round or its text: who began, changed or submitted it, who imported its version."""
    version = select(Round.version_id).where(Round.id == round_id).scalar_subquery()
    of_round = (Event.subject_kind == "round") & (Event.subject_id == round_id) & Event.name.in_(WRITTEN)
    of_text = (
        (Event.subject_kind == "standardversion") & (Event.subject_id == version) & Event.name.in_(IMPORTED)
    )
    wrote = select(Event.person_id).where(or_(of_round, of_text), Event.person_id.is_not(None))
    began = select(Round.author_id).where(Round.id == round_id, Round.author_id.is_not(None))
    return frozenset(db.session.scalars(union(wrote, began)))


def person(id: int | None) -> str | None:
    """A person's opaque id in facts."""
    return None if id is None else f"person/{id}"


def _told(rows: Iterable[Position]) -> list[rules.Position]:
    return [
        rules.Position(str(row.person_id), PositionKind(row.kind), row.taken_at, row.lifted_at is not None)
        for row in rows
    ]
