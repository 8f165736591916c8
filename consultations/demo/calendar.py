"""Days before and after the load, as instants; and the clock that fires what fell due on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from consultations.actor import SYSTEM
from consultations.demo.register import ZONE
from consultations.engine import assemblies, counts, due, reviews, rounds, satisfaction, votes
from consultations.extensions import db
from consultations.models.timers import Timer

Story = Iterator[datetime]
"""What happens in one dossier: yields the instant of its next act, and acts when it is resumed."""

VERBS: dict[str, Callable[..., Any]] = {
    "open_round": rounds.open_round,
    "remind_round": rounds.remind,
    "close_round": rounds.close_round,
    "end_grace": rounds.start_answers,
    "review_reminder": reviews.remind,
    "end_satisfaction": satisfaction.end_window,
    "open_vote": votes.open_vote,
    "remind_vote": votes.remind,
    "close_vote": votes.close_vote,
    "finalise_vote": counts.finalise,
    "open_written": assemblies.open_written,
    "close_written": assemblies.close_written,
}


_timers = Timer.__table__.c
# Asked before every act: plain SQL, because nothing of it is kept.
_NEXT = (
    select(
        _timers.id, _timers.kind, _timers.subject_kind, _timers.subject_id, _timers.due_at, _timers.attempts
    )
    .where(_timers.fired_at.is_(None), _timers.due_at <= bindparam("until", type_=_timers.due_at.type))
    .order_by(_timers.due_at, _timers.id)
    .limit(1)
)


@dataclass(frozen=True)
class Calendar:
    """Days counted from the day of the load, where the house is."""

    now: datetime
    zone: str = ZONE

    def day(self, days: int) -> date:
        """The local day so many days after the load (before it, if negative)."""
        return self.now.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=days)

    def on(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """A local time of that day, in UTC."""
        return datetime.combine(self.day(days), time(hour, minute), ZoneInfo(self.zone)).astimezone(UTC)


def play(stories: tuple[Story, ...], until: datetime) -> None:
    """Let all stories happen in the order of time, with what the clock does in between, up to `until`.

    Errors: ValueError when a story goes back in time or beyond `until`.
    """
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _next(waiting, number, story)
    before = None
    while waiting:
        at, number, story = heappop(waiting)
        if at > until or (before is not None and at < before):
            raise ValueError(f"story {number} acts at {at}, which is not between {before} and {until}")
        pass_time(at)
        before = at
        _next(waiting, number, story)
    pass_time(until)


def _next(waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    at = next(story, None)
    if at is not None:
        heappush(waiting, (at, number, story))


def pass_time(until: datetime) -> None:
    """Fire every timer that is due by `until`, each at its own time, in due order."""
    connection = db.session.connection()
    while row := connection.execute(_NEXT, {"until": until}).first():
        timer = due.Due(*row)
        # Marked before the verb runs: a verb clears its timers, and SQLite gives the id of a deleted row to the next.
        due.fired(timer, at=timer.due_at)
        VERBS[timer.kind](timer.subject_id, by=SYSTEM, at=timer.due_at)
        db.session.flush()
