"""Whoever moves a round's deadline while the clock closes it waits for the clock, or the clock for them: never both."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from consultations import jobs
from consultations.engine import due, rounds
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.rounds import Round
from consultations.models.timers import Timer
from tests.engine.test_concurrent_officers import at_once
from tests.factories import rounds as make

REASON = "Hubo inundaciones."


@pytest.mark.parametrize("verb", ["extend", "pause", "withdraw"])
def test_the_clock_and_an_officer_do_not_wait_for_each_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    house = make.house()
    round_id = make.at_stage(house, "open").id
    db.session.commit()
    jobs.tick(make.CLOSES_AT - timedelta(hours=1))  # the reminders
    marked, mark = threading.Event(), due.fired

    def slowly(timer: due.Due, **given: object) -> None:
        mark(timer, **given)
        marked.set()
        time.sleep(0.7)

    monkeypatch.setattr(due, "fired", slowly)
    more = {"closes_on": date(2026, 6, 20)} if verb == "extend" else {}

    def act() -> object:
        marked.wait(20)
        with unit_of_work():
            at = make.CLOSES_AT - timedelta(microseconds=1)
            getattr(rounds, verb)(round_id, reason=REASON, by=house.head, at=at, **more)
        return "done"

    clock: Callable[[], object] = lambda: jobs.tick(make.CLOSES_AT)  # noqa: E731
    said, fired = at_once(app, act, clock)
    state = db.session.get_one(Round, round_id).state
    closing = db.session.query(Timer).filter_by(kind="close_round", subject_id=round_id).all()
    assert [one.attempts for one in closing if one.fired_at] == [0]
    # The clock was first: what only an open round allows is refused, with its reason; nothing broke.
    expected = ("done", "withdrawn") if verb == "withdraw" else (["move_not_from_here"], "closed")
    assert (said, state) == expected
    assert not isinstance(fired, str)
