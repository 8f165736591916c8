"""kill -9 of the server while delegates vote: what was acknowledged is counted, and nothing twice."""

import threading
from datetime import timedelta
from http.client import HTTPException

import pytest
from flask import Flask
from sqlalchemy import select

from consultations import clock
from consultations.actor import Actor
from consultations.config import Settings
from consultations.engine import votes
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts import boards
from consultations.facts.votes import newest_count
from consultations.models.ballots import Ballot
from consultations.models.events import Event
from consultations.models.timers import Notice
from consultations.models.votes import RollEntry, Vote
from tests.factories import votes as make
from tests.journeys.servers import Server, serving
from tests.journeys.visitors import Visitor, session_cookie
from tests.journeys.voting import Prepared, cast, prepare, receipt_on

DELEGATES, CLIENTS, ENOUGH = 40, 8, 12
WITHOUT_RUNNER = {"PLENARIA_RUNNER_SECONDS": "3600"}  # no letters are written meanwhile
CHOICES = ("yes", "no", "abstain")
Receipts = dict[int, str]
"""Number of the delegate -> the code on the page that acknowledged the ballot."""


@pytest.fixture
def vote(app: Flask) -> tuple[int, list[Actor], Actor]:
    """An open vote that the president may close: its id, delegates, president."""
    hall, now = make.hall(DELEGATES), clock.now()
    row = make.opened(hall, opens_at=now, closes_at=now + timedelta(days=7), notice_days=0, at=now)
    row.president_may_close = True
    db.session.commit()
    return row.id, list(hall.delegates), hall.president


def test_a_killed_server_loses_no_acknowledged_ballot(
    app: Flask, settings: Settings, vote: tuple[int, list[Actor], Actor]
) -> None:
    vote_id, delegates, president = vote
    cookies = [session_cookie(app, delegate) for delegate in delegates]
    with serving(settings, **WITHOUT_RUNNER) as server:
        prepared = _prepared(server, vote_id, cookies)
        acknowledged, cut_off = _cast_until_killed(server, prepared)
    assert ENOUGH <= len(acknowledged) < DELEGATES
    assert cut_off, "the kill was meant to cut somebody off"
    on_disk = _on_disk(vote_id)
    assert set(acknowledged.values()) <= set(on_disk)
    assert len(on_disk) <= len(acknowledged) + CLIENTS, "more ballots than were sent"

    with serving(settings, **WITHOUT_RUNNER) as server:
        again = _cast_all(server, prepared)
    assert set(again) == set(range(DELEGATES))
    assert {n: again[n] for n in acknowledged} == acknowledged, "a repeated request is told another receipt"

    with unit_of_work():
        assert votes.close_vote(vote_id, by=president, at=clock.now())
    chosen = [CHOICES[n % len(CHOICES)] for n in range(DELEGATES)]
    heads = newest_count(vote_id).decision["heads"]
    assert {choice: heads[choice] for choice in CHOICES} == {
        choice: chosen.count(choice) for choice in CHOICES
    }
    assert heads["not_voted"] == 0
    assert dict(boards.newest(vote_id)) == {
        _electors(vote_id)[delegate.organisation_id]: chosen[n] for n, delegate in enumerate(delegates)
    }
    assert sorted(_on_disk(vote_id)) == sorted(again.values())
    assert _told(vote_id) == (DELEGATES, DELEGATES)


def _prepared(server: Server, vote_id: int, cookies: list[str]) -> list[Prepared]:
    visitor = Visitor(server.port)
    return [prepare(visitor, vote_id, cookie, CHOICES[n % len(CHOICES)]) for n, cookie in enumerate(cookies)]


def _cast_until_killed(server: Server, prepared: list[Prepared]) -> tuple[Receipts, list[int]]:
    """Cast side by side; when enough are acknowledged, the server is killed under the others' hands."""
    acknowledged: Receipts = {}
    cut_off: list[int] = []
    enough = threading.Semaphore(0)

    def client(share: range) -> None:
        visitor = Visitor(server.port)
        for n in share:
            try:
                code = receipt_on(cast(visitor, prepared[n], follow=True))
            except (OSError, HTTPException):
                cut_off.append(n)
                return
            assert code is not None
            acknowledged[n] = code
            enough.release()

    threads = [threading.Thread(target=client, args=(range(k, DELEGATES, CLIENTS),)) for k in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for _ in range(ENOUGH):
        assert enough.acquire(timeout=30)
    server.kill()
    for thread in threads:
        thread.join(30)
    return acknowledged, cut_off


def _cast_all(server: Server, prepared: list[Prepared]) -> Receipts:
    """Everybody sends the very form of before once more."""
    visitor = Visitor(server.port)
    answers = {n: receipt_on(cast(visitor, ballot, follow=True)) for n, ballot in enumerate(prepared)}
    return {n: code for n, code in answers.items() if code}


def _on_disk(vote_id: int) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Ballot.receipt).where(Ballot.vote_id == vote_id)))


def _electors(vote_id: int) -> dict[int, str]:
    query = select(RollEntry.organisation_id, RollEntry.elector).where(RollEntry.vote_id == vote_id)
    return dict(db.session.execute(query).all())


def _told(vote_id: int) -> tuple[int, int]:
    """How many events and how many receipts by mail the ballots have: each ballot has one of both, or is not there."""
    code = db.session.get_one(Vote, vote_id).code
    events = select(Event.id).where(
        Event.subject_kind == "vote", Event.subject_id == vote_id, Event.name == "ballot_cast"
    )
    mails = select(Notice.params).where(Notice.kind == "ballot_receipt", Notice.subject_id == vote_id)
    told = [params for params in db.session.scalars(mails) if params["code"] == code]
    return len(list(db.session.scalars(events))), len(told)
