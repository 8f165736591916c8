"""A vote that will not take place, or not as it was prepared: who is told, and what is no longer sent."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations import jobs
from consultations.engine import outbox, votes
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.timers import Notice
from tests.factories import people
from tests.factories import votes as make

HOUR = timedelta(hours=1)
LATER = make.CALLED + HOUR
WHY = "The text has an error"


def notices(kind: str) -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id)))


def mails(app: Flask, kind: str) -> int:
    return len(list((app.extensions["settings"].var / "mail").glob(f"*-{kind}.eml")))


def test_invitations_that_have_not_left_are_never_sent_and_stay_on_record(app: Flask) -> None:
    hall = make.hall(3)
    vote, other = make.convened(hall), make.convened(make.hall(1))
    first = notices("vote_convened")[0]
    outbox.sent(first.id, at=make.CALLED)
    votes.call_off(vote.id, reason=WHY, by=hall.president, at=LATER)
    db.session.commit()
    about = [(n.sent_at, n.dropped_at, n.last_error) for n in notices("vote_convened")]
    assert about == [(make.CALLED, None, ""), *[(None, LATER, "called off")] * 2, (None, None, "")]
    assert jobs.send_mail(LATER) == 4  # three letters of this, one invitation to the other
    assert (mails(app, "vote_called_off"), mails(app, "vote_convened")) == (3, 1)
    assert other.state == "convened"


def test_an_invitation_on_its_way_out_when_the_vote_is_called_off_is_not_sent(app: Flask) -> None:
    hall = make.hall(1)
    vote = make.convened(hall)
    db.session.commit()
    with unit_of_work():
        (claimed,) = outbox.claim(20, at=make.CALLED)
    votes.call_off(vote.id, reason=WHY, by=hall.president, at=LATER)
    db.session.commit()
    assert jobs._send(claimed, pytest.fail, LATER) is False


def test_everyone_who_was_convened_is_told_once_with_the_reason(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.convened(hall)
    left, successor = hall.delegates[0], people.delegate(hall.members[0])
    db.session.get_one(Mandate, left.mandate_id).ends_at = make.CALLED + HOUR / 2
    votes.call_off(vote.id, reason=f" {WHY} ", by=hall.president, at=LATER)
    told = notices("vote_called_off")
    assert {(n.person_id, n.organisation_id) for n in told} == {
        (who.person_id, who.organisation_id) for who in (left, successor, hall.delegates[1])
    }
    assert [n.params for n in told] == [{"code": vote.code, "reason": WHY}] * 3


@pytest.mark.parametrize("reviewed", [False, True])
def test_of_a_vote_that_nobody_was_called_to_nobody_is_told(app: Flask, reviewed: bool) -> None:
    hall = make.hall(2)
    vote = make.prepared(hall)
    if reviewed:
        votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)
    votes.call_off(vote.id, reason=WHY, by=hall.president, at=LATER)
    assert (vote.state, notices("vote_called_off")) == ("voided", [])


@pytest.mark.parametrize(("officer", "told"), [("president", 1), ("secretary", 0)])
def test_the_author_of_a_vote_is_told_each_time_that_another_sends_it_back(
    app: Flask, officer: str, told: int
) -> None:
    hall = make.hall(1)
    vote = make.prepared(hall)
    for hours in (1, 2):
        at = make.CALLED + hours * HOUR
        votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=at)
        votes.send_back(vote.id, reason="The dates", by=getattr(hall, officer), at=at)
    found = [(n.person_id, n.organisation_id, n.params["reason"]) for n in notices("vote_sent_back")]
    assert found == [(hall.secretary.person_id, None, "The dates")] * 2 * told
