"""A vote that runs is voided by two: president and scrutineer, one after the other; its ballots stay sealed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import ballots, counts, voidings, votes
from consultations.extensions import db
from consultations.models.ballots import Ballot, Count
from consultations.models.events import Event
from consultations.models.people import Person
from consultations.models.timers import Notice, Timer
from consultations.queries import decisions, recount_files
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.roles import Role

NOON = make.OPENS + timedelta(hours=12)
HOUR = timedelta(hours=1)
WHY = "The site was attacked"


def running(choices: str = "y"):
    hall = make.hall(2)
    vote = make.opened(hall)
    for letter, delegate in zip(choices, hall.delegates, strict=False):
        make.cast(vote, delegate, {"y": "yes", "n": "no"}[letter])
    return hall, vote


@pytest.mark.parametrize("order", [("president", "scrutineer"), ("scrutineer", "president")])
def test_the_second_of_the_two_voids_it_and_the_matter_may_be_called_again(
    app: Flask, order: tuple[str, str]
) -> None:
    hall, vote = running()
    first, second = (getattr(hall, name) for name in order)
    assert voidings.sign_void(vote.id, reason=WHY, by=first, at=NOON) is False
    assert vote.state == "open"
    asked = db.session.scalars(select(Notice.person_id).where(Notice.kind == "second_signature_wanted"))
    assert asked.all() == [second.person_id]
    assert voidings.sign_void(vote.id, reason=WHY, by=second, at=NOON + HOUR) is True
    assert (vote.state, hall.dossier.state) == ("voided", "final_review")
    event = db.session.scalars(select(Event).where(Event.name == "vote_voided")).one()
    assert (event.person_id, event.reason) == (second.person_id, WHY)
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == "vote_voided"))
    assert set(told) == {delegate.person_id for delegate in hall.delegates}


def test_one_person_alone_voids_nothing_however_often_and_in_whichever_role(app: Flask) -> None:
    hall, vote = running()
    both = people.actor(
        Role.SCRUTINEER, network=hall.body, by=db.session.get_one(Person, hall.president.person_id)
    )
    voidings.sign_void(vote.id, reason=WHY, by=hall.president, at=NOON)
    assert voidings.sign_void(vote.id, reason=WHY, by=hall.president, at=NOON + HOUR) is False
    assert db.session.query(Event).filter_by(name="void_signed").count() == 1
    with refused_with("signed_before"):
        voidings.sign_void(vote.id, reason=WHY, by=both, at=NOON)
    another = people.actor(Role.PRESIDENT, network=hall.body)
    assert voidings.sign_void(vote.id, reason=WHY, by=another, at=NOON) is False
    assert vote.state == "open"


def test_who_else_there_is_may_not_and_a_reason_is_asked(app: Flask) -> None:
    hall, vote = running()
    with refused_with("role_may_not"):
        voidings.sign_void(vote.id, reason=WHY, by=hall.secretary, at=NOON)
    with refused_with("reason_missing"):
        voidings.sign_void(vote.id, reason=" ", by=hall.president, at=NOON)


def test_what_was_signed_before_the_vote_went_on_counts_no_more(app: Flask) -> None:
    hall, vote = running()
    votes.suspend(vote.id, reason="A fire alarm", by=hall.president, at=NOON)
    voidings.sign_void(vote.id, reason=WHY, by=hall.president, at=NOON)
    votes.resume(vote.id, reason="It was a test", by=hall.president, at=NOON + HOUR)
    assert voidings.sign_void(vote.id, reason=WHY, by=hall.scrutineer, at=NOON + 2 * HOUR) is False
    assert voidings.sign_void(vote.id, reason=WHY, by=hall.president, at=NOON + 2 * HOUR) is True
    assert vote.state == "voided"


def test_a_suspended_vote_is_voided_too_and_a_second_request_changes_nothing(app: Flask) -> None:
    hall, vote = running()
    votes.suspend(vote.id, reason="Attacked", by=hall.president, at=NOON)
    for signer in (hall.president, hall.scrutineer, hall.scrutineer):
        done = voidings.sign_void(vote.id, reason=WHY, by=signer, at=NOON)
    assert (done, vote.state) == (True, "voided")
    assert db.session.query(Event).filter_by(name="vote_voided").count() == 1


def test_its_ballots_stay_and_nobody_counts_or_sees_them(app: Flask) -> None:
    hall, vote = running("yn")
    for signer in (hall.president, hall.scrutineer):
        voidings.sign_void(vote.id, reason=WHY, by=signer, at=NOON)
    assert db.session.query(Ballot).count() == 2
    left = select(Timer).where(Timer.subject_kind == "vote", Timer.fired_at.is_(None))
    assert db.session.scalars(left).all() == []
    assert votes.remind(vote.id, by=SYSTEM, at=NOON) == 0
    assert counts.count(vote.id, by=SYSTEM, at=make.CLOSES) is None
    assert db.session.query(Count).count() == 0
    page = decisions.page(vote.id, by=hall.delegates[0], at=make.CLOSES)
    assert page is not None
    assert (page.status, page.heads, page.is_called_off) == (None, None, True)
    assert decisions.roll_call(vote.id) is None
    assert [recount_files.file_of(vote.id, name) for name in ("ballots.csv", "board.csv", "decision.json")] == [
        None, None, None,
    ]  # fmt: skip
    with refused_with("move_not_from_here", "earlier_ballot_stands"):
        ballots.cast(vote.id, "no", "late", by=hall.delegates[0], at=NOON + HOUR)


def test_a_closed_vote_is_voided_by_nobody(app: Flask) -> None:
    hall = make.hall(2)
    vote = make.closed(hall, "yn")
    with refused_with("move_not_from_here"):
        voidings.sign_void(vote.id, reason=WHY, by=hall.president, at=make.CLOSES + HOUR)
