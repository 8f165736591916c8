"""200 delegates press the button across the closing instant: what was acknowledged is counted, nothing else is."""

import threading
from collections import Counter
from datetime import datetime, timedelta

from flask import Flask

from consultations.actor import SYSTEM, Actor
from consultations.engine import ballots, votes
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts import boards
from consultations.facts.votes import newest_count, noted
from consultations.models.votes import Vote
from tests.factories import votes as make
from workflows.refusals import Refused

CASTS, THREADS, IN_TIME, WAIT = 200, 16, 60, 120


def test_what_is_acknowledged_is_counted_and_nothing_is_counted_twice(app: Flask) -> None:
    hall = make.hall(CASTS)
    vote = make.opened(hall)
    vote_id, code, closes_at, delegates = vote.id, vote.code, vote.closes_at, list(hall.delegates)
    db.session.commit()
    acknowledged, refused, closings = _all_at_once(app, vote_id, delegates, closes_at)
    vote = db.session.get_one(Vote, vote_id)
    decision = newest_count(vote_id).decision
    assert len(acknowledged) + len(refused) == CASTS
    assert acknowledged, "some were meant to be in time"
    assert refused, "and some too late"
    assert all(receipt.cast_at < closes_at for receipt in acknowledged)
    assert Counter(decision["heads"])["yes"] == len(acknowledged)
    assert decision["heads"]["not_voted"] == len(refused)
    assert len({receipt.code for receipt in acknowledged}) == len(acknowledged)
    assert set(refused) <= {"deadline_passed", "move_not_from_here"}
    assert closings.count(True) == 1
    assert noted(vote_id, "vote_closed", "board_head") == boards.head(boards.entries(vote_id, code))


def test_one_organisation_in_many_tabs_has_one_ballot_per_request(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    at = vote.opens_at
    vote_id, code, delegate = vote.id, vote.code, hall.delegates[0]
    db.session.commit()
    receipts: list[ballots.Receipt] = []

    def press() -> None:
        with app.app_context(), unit_of_work():
            receipts.append(ballots.cast(vote_id, "yes", "one request", by=delegate, at=at))

    _run([press] * 20)
    assert len(receipts) == 20
    assert {receipt.code for receipt in receipts} == {receipts[0].code}
    assert [receipt.repeated for receipt in receipts].count(False) == 1
    assert len(boards.entries(vote_id, code)) == 1


def _all_at_once(
    app: Flask, vote_id: int, delegates: list[Actor], closes_at: datetime
) -> tuple[list[ballots.Receipt], list[str], list[bool]]:
    """Everybody casts; when some are acknowledged the closing instant comes, and two runners close at once.

    The clock is a value that jumps, and everybody keeps one delegate back until it has: however slow the machine, both
    sides of the instant are met.
    """
    acknowledged: list[ballots.Receipt] = []
    refused: list[str] = []
    closings: list[bool] = []
    gate = threading.Barrier(THREADS + 2)
    some_in_time, time_is_up = threading.Event(), threading.Event()
    clock_shows = [closes_at - timedelta(microseconds=1)]

    def cast_some(mine: list[Actor]) -> None:
        gate.wait()
        for n, delegate in enumerate(mine):
            if delegate is mine[-1]:
                assert time_is_up.wait(WAIT)
            try:
                with app.app_context(), unit_of_work():
                    receipt = ballots.cast(vote_id, "yes", f"r-{n}", by=delegate, at=clock_shows[0])
            except Refused as reasons:
                refused.append(reasons.refusals[0].code)
            else:
                acknowledged.append(receipt)
            if len(acknowledged) >= IN_TIME:
                some_in_time.set()

    def close() -> None:
        gate.wait()
        assert some_in_time.wait(WAIT)
        clock_shows[0] = closes_at
        time_is_up.set()
        with app.app_context(), unit_of_work():
            closings.append(votes.close_vote(vote_id, by=SYSTEM, at=closes_at))

    shares = [delegates[n::THREADS] for n in range(THREADS)]
    _run([*(lambda mine=mine: cast_some(mine) for mine in shares), close, close])
    return acknowledged, refused, closings


def _run(targets: list) -> None:
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads)
