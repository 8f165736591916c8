"""Timers that are due: in due order, each once, a failed one again later without holding up the others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from consultations.engine import turns
from consultations.extensions import db
from consultations.models.timers import Timer

# How long after its due time a timer is tried again after 1, 2, … failures; then once a day.
LADDER = tuple(timedelta(seconds=s) for s in (0, 5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600))
LONGEST_ERROR = 2000


@dataclass(frozen=True)
class Due:
    """A timer that should have fired."""

    id: int
    kind: str
    subject_kind: str
    subject_id: int
    due_at: datetime
    attempts: int


def due_timers(*, at: datetime) -> tuple[Due, ...]:
    """Every timer to be tried now, in due order."""
    columns = (Timer.id, Timer.kind, Timer.subject_kind, Timer.subject_id, Timer.due_at, Timer.attempts)
    waiting = (
        select(*columns).where(Timer.fired_at.is_(None), Timer.due_at <= at).order_by(Timer.due_at, Timer.id)
    )
    found = tuple(Due(*row) for row in db.session.execute(waiting))
    db.session.rollback()
    return tuple(due for due in found if retry_at(due.due_at, due.attempts) <= at)


def retry_at(due_at: datetime, attempts: int) -> datetime:
    """When a timer is tried next after so many failures."""
    if attempts < len(LADDER):
        return due_at + LADDER[attempts]
    return due_at + LADDER[-1] + timedelta(days=attempts - len(LADDER) + 1)


def take(due: Due) -> bool:
    """Whether it is ours to fire now: nobody else is at it, it has not fired and was not cleared or moved."""
    if not turns.try_turn("timer", due.id):
        return False
    query = select(Timer.id).where(Timer.id == due.id, Timer.due_at == due.due_at, Timer.fired_at.is_(None))
    return db.session.scalar(query) is not None


def fired(due: Due, *, at: datetime) -> None:
    """Mark it fired, effective at its due time, in the transaction of what it does and before it does it."""
    row = update(Timer).where(Timer.id == due.id, Timer.fired_at.is_(None))
    db.session.execute(row.values(fired_at=at, effective_at=due.due_at, last_error=""))


def failed(due: Due, error: str) -> None:
    """It was refused or broke; it waits for its next try. What was cleared meanwhile is gone and stays so."""
    row = update(Timer).where(Timer.id == due.id, Timer.fired_at.is_(None))
    db.session.execute(row.values(attempts=Timer.attempts + 1, last_error=error[:LONGEST_ERROR]))
