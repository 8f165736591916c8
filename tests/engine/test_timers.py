"""The clock's queue: in due order, effective at the due time, each once, a failed one later and alone."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consultations import jobs
from consultations.actor import SYSTEM, Actor
from consultations.engine import due, timers
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.organisations import Organisation
from consultations.models.timers import Timer
from tests.factories import people, votes
from workflows.refusals import Refused, refusal

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("app")


class Bell:
    """Handlers that write down when they were rung; `refuse` names subjects that refuse, `broken` those that break."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, int, datetime]] = []
        self.refuse: set[int] = set()
        self.broken: set[int] = set()

    def handlers(self, *kinds: str) -> dict[str, Any]:
        return {kind: self._handler(kind) for kind in kinds}

    def _handler(self, kind: str) -> Any:
        def ring(id: int, *, by: Actor, at: datetime) -> None:
            assert by == SYSTEM
            if id in self.refuse:
                raise Refused(refusal("deadline_not_reached"))
            if id in self.broken:
                raise ZeroDivisionError("a defect")
            db.session.get_one(Organisation, id).name = f"{kind} at {at}"
            self.rung.append((kind, id, at))

        return ring


def set_at(*dues: datetime, kind: str = "open_round", row: Organisation | None = None) -> list[Organisation]:
    rows = [row or people.organisation() for _ in dues]
    for each, due_at in zip(rows, dues, strict=True):
        timers.set_timer(kind, each, due_at)
    db.session.commit()
    return rows


def kept() -> list[tuple[datetime | None, datetime | None, int]]:
    db.session.rollback()
    return [
        (t.fired_at, t.effective_at, t.attempts) for t in db.session.scalars(select(Timer).order_by(Timer.id))
    ]


def test_a_timer_fires_at_its_instant_and_not_before() -> None:
    bell = Bell()
    set_at(AT)
    assert jobs.tick(AT - timedelta(microseconds=1), bell.handlers("open_round")) == 0
    assert jobs.tick(AT, bell.handlers("open_round")) == 1
    assert jobs.tick(AT + MINUTE, bell.handlers("open_round")) == 0
    assert kept() == [(AT, AT, 0)]


def test_after_a_stop_all_fire_in_due_order_each_effective_at_its_due_time() -> None:
    bell = Bell()
    third, first, second = set_at(AT - MINUTE, AT - 9 * MINUTE, AT - 5 * MINUTE)
    assert jobs.tick(AT, bell.handlers("open_round")) == 3
    assert bell.rung == [
        ("open_round", first.id, AT - 9 * MINUTE),
        ("open_round", second.id, AT - 5 * MINUTE),
        ("open_round", third.id, AT - MINUTE),
    ]
    assert kept() == [(AT, AT - MINUTE, 0), (AT, AT - 9 * MINUTE, 0), (AT, AT - 5 * MINUTE, 0)]


@pytest.mark.parametrize("how", ["refuse", "broken"])
def test_one_that_fails_is_recorded_and_holds_up_no_other(how: str) -> None:
    bell = Bell()
    bad, good = set_at(AT, AT)
    getattr(bell, how).add(bad.id)
    assert jobs.tick(AT, bell.handlers("open_round")) == 1
    assert kept() == [(None, None, 1), (AT, AT, 0)]
    assert db.session.get_one(Organisation, good.id).name == f"open_round at {AT}"
    assert db.session.scalars(select(Timer.last_error).where(Timer.attempts == 1)).one() != ""


def test_a_failed_one_is_tried_again_later_and_is_then_effective_at_its_due_time() -> None:
    bell = Bell()
    (row,) = set_at(AT)
    bell.refuse.add(row.id)
    tried = [second for second in range(200) if _tries(bell, AT + timedelta(seconds=second))]
    assert tried == [0, 5, 30, 120]
    bell.refuse.clear()
    assert jobs.tick(AT + timedelta(seconds=600), bell.handlers("open_round")) == 1
    assert kept() == [(AT + timedelta(seconds=600), AT, 4)]


def _tries(bell: Bell, at: datetime) -> bool:
    before = kept()[0][2]
    jobs.tick(at, bell.handlers("open_round"))
    return kept()[0][2] > before


@pytest.mark.parametrize(
    ("attempts", "after"),
    [
        (0, timedelta(0)),
        (1, timedelta(seconds=5)),
        (7, timedelta(days=1)),
        (8, timedelta(days=2)),
        (10, timedelta(days=4)),
    ],
)
def test_the_ladder_of_tries_ends_in_once_a_day(attempts: int, after: timedelta) -> None:
    assert due.retry_at(AT, attempts) == AT + after


def test_what_a_timer_sets_for_the_past_fires_in_the_same_look() -> None:
    bell = Bell()
    (row,) = set_at(AT - 9 * MINUTE)

    def opens(id: int, *, by: Actor, at: datetime) -> None:
        timers.set_timer("close_round", db.session.get_one(Organisation, id), AT - MINUTE)
        bell.rung.append(("open_round", id, at))

    assert jobs.tick(AT, {**bell.handlers("close_round"), "open_round": opens}) == 2
    assert bell.rung == [("open_round", row.id, AT - 9 * MINUTE), ("close_round", row.id, AT - MINUTE)]


def test_a_verb_that_clears_its_own_timer_leaves_it_on_record_as_fired() -> None:
    (row,) = set_at(AT)

    def closes(id: int, *, by: Actor, at: datetime) -> None:
        timers.clear_timers(db.session.get_one(Organisation, id))

    assert jobs.tick(AT, {"open_round": closes}) == 1
    assert kept() == [(AT, AT, 0)]
    assert db.session.scalars(select(Timer.subject_id)).one() == row.id


def test_a_timer_that_was_moved_meanwhile_does_not_fire() -> None:
    bell = Bell()
    (row,) = set_at(AT)
    (seen,) = due.due_timers(at=AT)
    timers.reset_timer("open_round", row, AT + MINUTE)
    db.session.commit()
    assert jobs.fire(seen, AT, bell.handlers("open_round")) is False
    assert bell.rung == []


def test_two_runners_fire_it_once(app: Flask) -> None:
    bell = Bell()
    set_at(*[AT] * 6)
    counts: list[int] = []
    start = threading.Barrier(2)

    def look() -> None:
        with app.app_context():
            start.wait()
            counts.append(jobs.tick(AT, bell.handlers("open_round")))

    runners = [threading.Thread(target=look) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    jobs.tick(AT, bell.handlers("open_round"))
    assert sorted(id for _, id, _ in bell.rung) == sorted({id for _, id, _ in bell.rung})
    assert len(bell.rung) == 6


@pytest.mark.postgres
def test_while_one_runner_is_at_it_the_other_leaves_it(app: Flask) -> None:
    bell = Bell()
    set_at(AT)
    (seen,) = due.due_timers(at=AT)
    with unit_of_work():
        assert due.take(seen)
        other: list[bool] = []
        thread = threading.Thread(target=lambda: other.append(_fire_apart(app, seen, bell)))
        thread.start()
        thread.join()
        due.fired(seen, at=AT)
    assert (other, bell.rung) == ([False], [])


def _fire_apart(app: Flask, seen: due.Due, bell: Bell) -> bool:
    with app.app_context():
        return jobs.fire(seen, AT, bell.handlers("open_round"))


def test_every_timer_kind_of_the_brief_has_its_verb() -> None:
    assert set(jobs.HANDLERS) == {
        "open_round", "close_round", "remind_round", "end_grace", "review_reminder", "end_satisfaction", "open_vote",
        "close_vote", "remind_vote", "finalise_vote", "open_written", "close_written",
    }  # fmt: skip


def test_a_vote_opens_closes_and_is_counted_by_the_clock_at_its_own_times() -> None:
    hall = votes.hall(3)
    vote = votes.convened(hall)
    db.session.commit()
    late = vote.closes_at + timedelta(hours=3)
    assert jobs.tick(late) >= 2
    db.session.refresh(vote)
    assert (vote.opened_at, vote.closed_at) == (vote.opens_at, vote.closes_at)
    assert vote.state == "counted"
