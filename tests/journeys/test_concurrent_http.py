"""200 delegates press the button over HTTP across the closing instant, by the real clock and the real runner.

What was acknowledged is counted, nothing else is, nothing twice; and everybody is told one clear thing.
"""

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from sqlalchemy import delete, func, select

from consultations import clock
from consultations.actor import Actor
from consultations.config import Settings
from consultations.engine import timers
from consultations.engine.work import locked, unit_of_work
from consultations.extensions import db
from consultations.facts import boards
from consultations.facts.votes import newest_count, noted
from consultations.models.ballots import Ballot, Count
from consultations.models.events import Event
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from tests.factories import votes as make
from tests.journeys.servers import Server, serving
from tests.journeys.visitors import Answer, Visitor, session_cookie
from tests.journeys.voting import Prepared, cast, prepare_at_once, receipt_on

BEFORE, ACROSS, AFTER = 60, 100, 40
CASTS = BEFORE + ACROSS + AFTER
CLOSES_IN = timedelta(seconds=0.8)
SPREAD = timedelta(seconds=0.6)
LOOKS, PAUSE = 150, 0.1


@dataclass
class Told:
    """What each delegate was told, by their number."""

    receipts: dict[int, str] = field(default_factory=dict)
    refusals: dict[int, Answer] = field(default_factory=dict)
    otherwise: dict[int, object] = field(default_factory=dict)


@pytest.fixture
def vote(app: Flask) -> tuple[int, list[Actor]]:
    """An open vote and its delegates."""
    hall, now = make.hall(CASTS), clock.now()
    row = make.opened(hall, opens_at=now, closes_at=now + timedelta(days=7), notice_days=0, at=now)
    db.session.execute(delete(Notice))  # else the runner writes letters to all of them meanwhile
    db.session.commit()
    return row.id, list(hall.delegates)


def test_across_the_closing_instant_what_is_acknowledged_is_counted(
    app: Flask, settings: Settings, vote: tuple[int, list[Actor]]
) -> None:
    vote_id, delegates = vote
    cookies = [session_cookie(app, delegate) for delegate in delegates]
    with serving(settings) as server:
        visitor = Visitor(server.port)
        prepared = [prepare_at_once(visitor, vote_id, cookie, "yes") for cookie in cookies]
        visitor.close()
        told = Told()
        _press(server, prepared, {n: clock.now() for n in range(BEFORE)}, told)
        assert set(told.receipts) == set(range(BEFORE)), told.otherwise
        closes_at = _let_it_close(vote_id)
        _press(server, prepared, _moments(closes_at), told)
        row = _closed(vote_id)

    assert told.otherwise == {}
    assert len(told.receipts) + len(told.refusals) == CASTS
    assert set(range(CASTS - AFTER, CASTS)) <= set(told.refusals)
    _assert_counted(row, told.receipts, closes_at)
    with force_locale("es"):
        heading = gettext("Your vote was not taken")
    assert {(n, page.status, page.text.count(heading)) for n, page in told.refusals.items()} == {
        (n, 409, 1) for n in told.refusals
    }


def _assert_counted(vote: Vote, receipts: dict[int, str], closes_at: datetime) -> None:
    cast = db.session.execute(select(Ballot.receipt, Ballot.cast_at).where(Ballot.vote_id == vote.id)).all()
    assert sorted(code for code, _ in cast) == sorted(receipts.values())
    assert [at for _, at in cast if at >= closes_at] == []
    decision = newest_count(vote.id).decision
    assert decision["heads"]["yes"] == len(receipts)
    assert decision["heads"]["not_voted"] == CASTS - len(receipts)
    assert Counter(elector for elector, _ in boards.newest(vote.id)).most_common(1)[0][1] == 1
    assert db.session.scalar(select(func.count()).where(Count.vote_id == vote.id)) == 1
    assert vote.closed_at == closes_at
    assert noted(vote.id, "vote_closed", "board_head") == boards.head(boards.entries(vote.id, vote.code))
    of_vote = (
        select(Event.name).where(Event.subject_kind == "vote", Event.subject_id == vote.id).order_by(Event.id)
    )
    names = list(db.session.scalars(of_vote))
    assert "ballot_cast" not in names[names.index("vote_closed") :]


def _moments(closes_at: datetime) -> dict[int, datetime]:
    """When the others press: a hundred spread around the closing instant, the last forty after it."""
    around = {BEFORE + k: closes_at + SPREAD * (k - ACROSS // 2) / ACROSS for k in range(ACROSS)}
    return around | dict.fromkeys(range(CASTS - AFTER, CASTS), closes_at + timedelta(milliseconds=1))


def _press(server: Server, prepared: list[Prepared], moments: dict[int, datetime], told: Told) -> None:
    """Everybody has a connection of their own and presses when their moment has come."""

    def press(n: int, moment: datetime) -> None:
        while (now := clock.now()) < moment:
            threading.Event().wait((moment - now).total_seconds())
        visitor = Visitor(server.port)
        try:
            answer = cast(visitor, prepared[n], follow=True)
        except Exception as error:  # whatever else happens is shown by the test, not lost with the thread
            told.otherwise[n] = error
            return
        finally:
            visitor.close()
        code = receipt_on(answer) if answer.status == 200 else None
        if code:
            told.receipts[n] = code
        elif answer.status == 409:
            told.refusals[n] = answer
        else:
            told.otherwise[n] = answer

    threads = [threading.Thread(target=press, args=pair) for pair in moments.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def _let_it_close(vote_id: int) -> datetime:
    """Set the closing instant close by, with its timer: the runner of the server does the rest."""
    with unit_of_work():
        vote = locked(Vote, vote_id)
        closes_at = clock.now() + CLOSES_IN
        vote.first_closes_at = vote.closes_at = closes_at
        db.session.flush()
        timers.reset_timer("close_vote", vote, closes_at)
    return closes_at


def _closed(vote_id: int) -> Vote:
    """The vote, once the runner has closed it."""
    for _ in range(LOOKS):
        db.session.rollback()
        vote = db.session.get_one(Vote, vote_id, populate_existing=True)
        if vote.closed_at is not None:
            return vote
        threading.Event().wait(PAUSE)
    raise AssertionError("the runner did not close the vote")
