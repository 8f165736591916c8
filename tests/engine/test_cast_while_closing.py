"""A cast that has begun when the clock closes: one waits for the other, and neither is sent away."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from consultations.actor import SYSTEM, Actor
from consultations.engine import ballots, votes
from consultations.engine.appointments import end_mandate
from consultations.engine.work import shared, unit_of_work
from consultations.extensions import db
from consultations.facts.votes import newest_count
from consultations.models.votes import Vote
from tests.factories import people
from tests.factories import votes as make
from workflows.refusals import Refused
from workflows.roles import Role

LOOKS, PAUSE, WAIT = 200, 0.05, 60
TICK = timedelta(microseconds=1)
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.mark.postgres
def test_a_cast_that_holds_the_vote_and_a_closing_that_holds_the_dossier_do_not_stand_crosswise(
    app: Flask,
) -> None:
    vote_id, closes_at, delegate = _open_vote()
    closed: list[object] = []
    closing = _beside(app, closed, lambda: votes.close_vote(vote_id, by=SYSTEM, at=closes_at))
    with unit_of_work():
        shared(Vote, vote_id)
        closing.start()
        assert _somebody_waits()
        receipt = ballots.cast(vote_id, "yes", "r-1", by=delegate, at=closes_at - TICK)
    closing.join(WAIT)
    assert closed == [True]
    assert receipt.repeated is False
    assert newest_count(vote_id).decision["heads"]["yes"] == 1


@pytest.mark.postgres
def test_closing_waits_for_a_ballot_that_is_not_committed_yet_and_counts_it(app: Flask) -> None:
    vote_id, closes_at, delegate = _open_vote()
    answers: list[object] = []
    closing = _beside(app, answers, lambda: votes.close_vote(vote_id, by=SYSTEM, at=closes_at))
    with unit_of_work():
        ballots.cast(vote_id, "yes", "r-1", by=delegate, at=closes_at - TICK)
        closing.start()
        assert _somebody_waits()
    closing.join(WAIT)
    assert answers == [True]
    assert newest_count(vote_id).decision["heads"]["yes"] == 1


@pytest.mark.postgres
def test_a_ballot_waits_for_a_closing_that_is_not_committed_yet_and_is_refused(app: Flask) -> None:
    vote_id, closes_at, delegate = _open_vote()
    answers: list[object] = []
    casting = _beside(
        app, answers, lambda: ballots.cast(vote_id, "yes", "r-1", by=delegate, at=closes_at - TICK)
    )
    with unit_of_work():
        votes.close_vote(vote_id, by=SYSTEM, at=closes_at)
        casting.start()
        assert _somebody_waits()
    casting.join(WAIT)
    assert [type(answer) for answer in answers] == [Refused]
    assert newest_count(vote_id).decision["heads"]["not_voted"] == 1


@pytest.mark.postgres
def test_a_mandate_ends_after_the_ballot_that_is_being_cast_under_it(app: Flask) -> None:
    vote_id, closes_at, delegate = _open_vote()
    keeper, at = _keeper(), closes_at - TICK
    answers: list[object] = []
    ending = _beside(app, answers, lambda: end_mandate(delegate.mandate_id, reason="Left", by=keeper, at=at))
    with unit_of_work():
        ballots.cast(vote_id, "yes", "r-1", by=delegate, at=at)
        ending.start()
        assert _somebody_waits()
    ending.join(WAIT)
    assert answers == [True]


@pytest.mark.postgres
def test_a_ballot_waits_for_the_end_of_its_mandate_and_is_refused(app: Flask) -> None:
    vote_id, closes_at, delegate = _open_vote()
    keeper, at = _keeper(), closes_at - TICK
    answers: list[object] = []
    casting = _beside(app, answers, lambda: ballots.cast(vote_id, "yes", "r-1", by=delegate, at=at))
    with unit_of_work():
        end_mandate(delegate.mandate_id, reason="Left", by=keeper, at=at)
        db.session.flush()
        casting.start()
        assert _somebody_waits()
    casting.join(WAIT)
    assert [type(answer) for answer in answers] == [Refused]
    assert [reason.code for reason in answers[0].refusals] == ["mandate_not_in_force", "no_ballot_stands"]


def _keeper() -> Actor:
    keeper = people.actor(Role.ADMIN)
    db.session.commit()
    return keeper


def _open_vote() -> tuple[int, datetime, Actor]:
    hall = make.hall(1)
    vote = make.opened(hall)
    found = vote.id, vote.closes_at, hall.delegates[0]
    db.session.commit()
    return found


def _beside(app: Flask, answers: list[object], act: Callable[[], object]) -> threading.Thread:
    """A thread that acts in a unit of work of its own and tells what came of it."""

    def run() -> None:
        with app.app_context():
            try:
                with unit_of_work():
                    answers.append(act())
            except Exception as broken:  # told by the assertion, which a thread cannot fail
                answers.append(broken)

    return threading.Thread(target=run)


def _somebody_waits() -> bool:
    for _ in range(LOOKS):
        with db.engine.connect() as beside:  # within one transaction the answer would stay the same
            if beside.scalar(WAITING):
                return True
        threading.Event().wait(PAUSE)
    return False
