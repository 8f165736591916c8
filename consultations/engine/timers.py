"""Rows that tell the runner when to act; written and cleared in the transaction of the change they follow from."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from consultations.engine.journal import kind_of
from consultations.engine.work import add
from consultations.extensions import db
from consultations.models.timers import Timer


def set_timer(kind: str, row: Any, due_at: datetime) -> Timer:
    """Have the runner do `kind` to `row` at `due_at`; asking twice makes one timer."""
    subject = {"kind": kind, "subject_kind": kind_of(row), "subject_id": row.id, "due_at": due_at}
    found = db.session.scalar(select(Timer).filter_by(**subject))
    return found or add(Timer(**subject))


def clear_timers(row: Any, *kinds: str) -> None:
    """Take back the timers of `row` that have not fired (all kinds, or those named)."""
    query = delete(Timer).where(
        Timer.subject_kind == kind_of(row), Timer.subject_id == row.id, Timer.fired_at.is_(None)
    )
    db.session.execute(query.where(Timer.kind.in_(kinds)) if kinds else query)


def hold_timers(kind: str, id: int) -> None:
    """Lock the timers of a row that wait, before the row itself: the clock takes its timer first and the row second.

    Whoever may take timers back calls this before the row is locked; otherwise the two would wait for each other.
    """
    waiting = select(Timer.id).where(
        Timer.subject_kind == kind, Timer.subject_id == id, Timer.fired_at.is_(None)
    )
    db.session.execute(waiting.order_by(Timer.id).with_for_update()).all()


def reset_timer(kind: str, row: Any, due_at: datetime) -> Timer:
    """Move what waits: the unfired timers of this kind go, one at `due_at` comes."""
    clear_timers(row, kind)
    return set_timer(kind, row, due_at)
