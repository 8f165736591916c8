"""Notices on their way out: claimed, sent or failed. Sending itself happens between two short transactions.

`due_at` is when a notice is to be tried next: claiming moves it on by the back-off, so whoever crashes between
sending and marking leaves a notice that is sent once more later, under the same Message-ID, and not for ever.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from consultations.extensions import db
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice

MOST_ATTEMPTS = 8
LONGEST_ERROR = 2000
# What a first try may take at most before another runner would take it for lost; then longer each time.
BACKOFF = tuple(timedelta(minutes=m) for m in (5, 5, 15, 60, 180, 360, 720, 1440))


@dataclass(frozen=True)
class Claimed:
    """A notice that is ours to send now; `attempt` counts from 1."""

    id: int
    key: str
    kind: str
    person_id: int
    organisation_id: int | None
    subject_kind: str
    subject_id: int
    params: dict[str, str]
    attempt: int


def waiting(*, at: datetime) -> bool:
    """Whether anything is due, asked without a lock."""
    found = db.session.scalar(select(Notice.id).where(*_due(at)).limit(1))
    db.session.rollback()
    return found is not None


def claim(most: int, *, at: datetime) -> tuple[Claimed, ...]:
    """Take up to `most` notices that are due, oldest first, so that no other runner takes them meanwhile."""
    first = select(Notice).where(*_due(at)).order_by(Notice.due_at, Notice.id).limit(most)
    claimed = []
    for row in db.session.scalars(first.with_for_update(skip_locked=True)):
        row.due_at = at + BACKOFF[row.attempts]
        row.attempts += 1
        claimed.append(_claimed(row))
    db.session.flush()
    return tuple(claimed)


def sent(notice_id: int, *, at: datetime) -> None:
    """The mail server has it; of a letter about a round its register says so (facts.participation)."""
    _update(notice_id, sent_at=at, last_error="")
    _stamp(notice_id, "delivered_at", at)


def failed(notice_id: int, error: str) -> None:
    """The mail server did not take it; it is tried again when its claim runs out, at most eight times in all."""
    _update(notice_id, last_error=error[:LONGEST_ERROR])


def given_up(notice_id: int, error: str, *, at: datetime) -> None:
    """It will never be deliverable (an address that is refused for good): the round's register says that it came back."""
    _update(notice_id, attempts=MOST_ATTEMPTS, last_error=error[:LONGEST_ERROR])
    _stamp(notice_id, "bounced_at", at)


def dropped(notice_id: int, why: str, *, at: datetime) -> None:
    """What it announced is no longer so; it is never sent."""
    _update(notice_id, dropped_at=at, last_error=why)


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    unsent = (Notice.sent_at.is_(None), Notice.dropped_at.is_(None))
    return (*unsent, Notice.due_at <= at, Notice.attempts < MOST_ATTEMPTS)


def _update(notice_id: int, **values: object) -> None:
    # Never over a notice that is sent: of two runners the later one knows less.
    query = update(Notice).where(
        Notice.id == notice_id, Notice.sent_at.is_(None), Notice.dropped_at.is_(None)
    )
    db.session.execute(query.values(**values))


def _stamp(notice_id: int, column: str, at: datetime) -> None:
    """Write into the round's register, once, what became of a letter to an organisation of it."""
    about = select(Notice.subject_id).where(Notice.id == notice_id, Notice.subject_kind == "round")
    whose = select(Notice.organisation_id).where(Notice.id == notice_id)
    entry = update(RegisterEntry).where(
        RegisterEntry.round_id == about.scalar_subquery(), RegisterEntry.organisation_id == whose.scalar_subquery(),
        getattr(RegisterEntry, column).is_(None),
    )  # fmt: skip
    db.session.execute(entry.values({column: at}), execution_options={"synchronize_session": False})


def _claimed(row: Notice) -> Claimed:
    return Claimed(
        id=row.id, key=row.key, kind=row.kind, person_id=row.person_id, organisation_id=row.organisation_id,
        subject_kind=row.subject_kind, subject_id=row.subject_id, params=dict(row.params), attempt=row.attempts,
    )  # fmt: skip
