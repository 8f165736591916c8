"""Answers given to many points at once: which of them wait for their sample to be checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.points import Batch
from workflows.sampling import check_size, drawn

CONFIRMED, RETURNED = "confirmed", "returned"


@dataclass(frozen=True)
class Given:
    """An answer of a batch: the point, and the number of the answer that was proposed for it."""

    comment_id: int
    point: int
    answer: int


def given(batch: Batch) -> tuple[Given, ...]:
    """What was proposed, in its order."""
    return tuple(Given(*row) for row in batch.comments)


def sampled(batch: Batch) -> tuple[Given, ...]:
    """The part of it that is looked at."""
    return tuple(Given(*row) for row in batch.sample)


def sample_of(answers: Sequence[Given], seed: str) -> tuple[Given, ...]:
    """The answers that are looked at: drawn by the seed from comment and point, as many as the rule says; none without."""
    spots = [(one.comment_id, one.point) for one in answers]
    chosen = set(drawn(seed, spots, check_size(len(spots)))) if seed else set()
    return tuple(one for one in answers if (one.comment_id, one.point) in chosen)


def to_look_at(batch: Batch, standing: Sequence[Given]) -> tuple[Given, ...]:
    """The sample among the answers that still stand: for each that was replaced or decided since, the next by the seed.

    As many as the sample had at first, all where fewer stand: whoever gave the answers cannot make it smaller.
    """
    spots = [(one.comment_id, one.point) for one in standing]
    chosen = set(drawn(batch.seed, spots, check_size(len(batch.comments))))
    return tuple(one for one in standing if (one.comment_id, one.point) in chosen)


def listed(answers: Iterable[Given]) -> list[list[int]]:
    """As a batch keeps them."""
    return [[one.comment_id, one.point, one.answer] for one in answers]


def named(answers: Iterable[Given]) -> list[str]:
    """As an event names their points."""
    return [f"comment/{one.comment_id}.{one.point}" for one in answers]


def unchecked(round_id: int) -> tuple[Batch, ...]:
    """The batches of a round with a sample that is not checked yet, oldest first."""
    query = select(Batch).where(Batch.round_id == round_id, Batch.checked_at.is_(None), Batch.seed != "")
    return tuple(db.session.scalars(query.order_by(Batch.id)))


def waiting(round_id: int) -> frozenset[Given]:
    """The answers of a round that wait for the check of their batch."""
    return frozenset(one for batch in unchecked(round_id) for one in given(batch))
