"""Notices on their way out: claimed once, tried again, given up, and never sent twice by two runners."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consultations.engine import notices, outbox
from consultations.engine.recipients import Recipient
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.timers import Notice
from tests.factories import people

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")


def noted(count: int = 1, due_at: datetime = AT) -> list[int]:
    about = people.organisation()
    told = [Recipient(people.person().id) for _ in range(count)]
    notices.notify("round_opened", told, about, due_at=due_at)
    db.session.commit()
    return list(db.session.scalars(select(Notice.id).order_by(Notice.id)))


def claimed(at: datetime = AT, most: int = 20) -> list[tuple[int, int]]:
    with unit_of_work():
        return [(notice.id, notice.attempt) for notice in outbox.claim(most, at=at)]


def row(id: int) -> Notice:
    db.session.rollback()
    return db.session.get_one(Notice, id)


@pytest.mark.parametrize(("at", "due"), [(AT - timedelta(microseconds=1), False), (AT, True)])
def test_a_notice_is_due_from_its_instant_on(at: datetime, due: bool) -> None:
    noted()
    assert outbox.waiting(at=at) is due
    assert bool(claimed(at)) is due


def test_a_claimed_notice_is_nobody_elses_until_the_claim_runs_out() -> None:
    (id,) = noted()
    assert claimed() == [(id, 1)]
    assert claimed(AT + timedelta(minutes=5) - timedelta(microseconds=1)) == []
    assert claimed(AT + timedelta(minutes=5)) == [(id, 2)]


def test_the_oldest_are_claimed_first_and_no_more_than_asked() -> None:
    ids = noted(3)
    row(ids[2]).due_at = AT - timedelta(hours=1)
    db.session.commit()
    assert [id for id, _ in claimed(most=2)] == [ids[2], ids[0]]


def test_what_is_sent_stays_sent() -> None:
    (id,) = noted()
    claimed()
    for verb in (
        lambda: outbox.sent(id, at=AT),
        lambda: outbox.failed(id, "late word"),
        lambda: outbox.dropped(id, "x", at=AT),
    ):
        with unit_of_work():
            verb()
    assert (row(id).sent_at, row(id).last_error, row(id).dropped_at) == (AT, "", None)
    assert claimed(AT + timedelta(days=9)) == []


def test_a_dropped_notice_is_never_claimed() -> None:
    (id,) = noted()
    with unit_of_work():
        outbox.dropped(id, "answered", at=AT)
    assert claimed(AT + timedelta(days=9)) == []
    assert row(id).last_error == "answered"


def test_it_is_given_up_after_eight_tries_with_what_was_said() -> None:
    (id,) = noted()
    at, tries = AT, 0
    while found := claimed(at):
        tries = found[0][1]
        with unit_of_work():
            outbox.failed(id, "451 later")
        at += timedelta(days=2)
    assert (tries, row(id).last_error, row(id).sent_at) == (8, "451 later", None)


def test_a_refused_address_is_given_up_at_once() -> None:
    (id,) = noted()
    claimed()
    with unit_of_work():
        outbox.given_up(id, "550 no such user", at=AT)
    assert claimed(AT + timedelta(days=9)) == []
