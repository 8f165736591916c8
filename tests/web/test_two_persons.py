"""What takes two persons in an assembly, each in a session of their own: a roll amended, a vote stopped, a vote annulled."""

from datetime import date, timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import contests, voidings, votes
from consultations.extensions import db
from consultations.facts import rolls
from consultations.models.organisations import Membership
from tests.browsing import token
from tests.factories import people
from tests.factories import votes as make
from tests.web.test_assembly import Desk, only_vote
from tests.web.visiting import english
from workflows.roles import Role

HOUR = timedelta(hours=1)
NOON = make.OPENS + 12 * HOUR
WHY = "Its payment had not been booked"


def convened(joining: str = "Cooperativa Nueva"):
    """A vote that is convened, and an organisation that the register now has among the members."""
    hall = make.hall(3)
    vote = make.convened(hall)
    new = people.organisation(joining, country="HN")
    db.session.add(Membership(organisation_id=new.id, network_id=hall.body.id, since=date(2020, 1, 1)))
    people.delegate(new)
    db.session.commit()
    return hall, vote, new


def test_two_people_amend_the_roll_and_everybody_may_read_what_changed(
    app: Flask, client: FlaskClient
) -> None:
    hall, vote, new = convened()
    page, roll = f"/a/votes/{vote.id}", f"/a/votes/{vote.id}/roll"
    desk = Desk(client, hall.secretary)
    assert "Amend the roll" in desk.read(page)
    assert "Cooperativa Nueva Honduras: comes on the roll" in desk.read(roll)
    assert "Choose at least one organisation." in desk.send(roll, 422, reason=WHY)
    proposed = desk.send(roll, organisations=new.id, reason=WHY)
    assert "a second person reads it and signs" in proposed
    assert "You proposed it: another person signs." in proposed
    assert "Sign and amend the roll" not in proposed
    second = Desk(client, hall.scrutineer)
    assert f"Vote {vote.code}: an amendment of its roll waits for a second signature" in second.read("/home")
    assert "An amendment of the roll waits for its second signature." in second.read(page)
    assert f"Reason given: {WHY}" in second.read(roll)
    read = second.offered(roll)["roll_sha256"]
    assert "The roll is amended." in second.send(f"{roll}/sign", page_url=roll)
    assert (only_vote().roll_sha256, len(rolls.frozen(vote.id))) == (read, 4)
    client.get("/language/en")
    public = Desk(client, hall.delegates[0]).read(f"/results/{vote.id}")
    assert "signed by two: secretary of the assembly, scrutineer." in public
    assert "Cooperativa Nueva: came on the roll" in public
    assert f"Reason given: {WHY}" in public
    assert "an amendment of its roll" not in second.read("/home")


def test_who_proposed_cannot_sign_and_what_was_not_read_is_not_signed(
    app: Flask, client: FlaskClient
) -> None:
    hall, vote, new = convened()
    roll = f"/a/votes/{vote.id}/roll"
    desk = Desk(client, hall.secretary)
    desk.send(roll, organisations=new.id, reason=WHY)
    read = Desk(client, hall.president).offered(roll)["roll_sha256"]
    stale = Desk(client, hall.president).send(f"{roll}/sign", 409, page_url=roll, roll_sha256="0" * 64)
    own = english(client, hall.secretary, make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        sent = {"csrf_token": token(client, roll), "roll_sha256": read}
        answer = own.post(f"{roll}/sign", data=sent)
    assert answer.status_code == 409
    assert "The signature of a second person is missing." in answer.get_data(as_text=True)
    assert "The amendment is not the one that you read" in stale
    assert len(rolls.frozen(vote.id)) == 3


def test_the_page_of_the_roll_is_there_between_call_and_opening_only(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.prepared(hall)
    db.session.commit()
    roll = f"/a/votes/{vote.id}/roll"
    Desk(client, hall.secretary).read(roll, 404)
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)
    votes.convene(vote.id, by=hall.president, at=make.CALLED)
    db.session.commit()
    assert "there is nothing to amend" in Desk(client, hall.secretary).read(roll)
    Desk(client, make.hall(1).secretary).read(roll, 404)
    late = Desk(client, hall.secretary, make.OPENS)
    assert "Amend the roll" not in late.read(f"/a/votes/{vote.id}")


def test_president_and_scrutineer_stop_a_vote_for_good(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "yes")
    db.session.commit()
    page, act = f"/a/votes/{vote.id}", f"/a/votes/{vote.id}/act/sign_void"
    assert "Stop the vote for good" not in Desk(client, hall.secretary, NOON).read(page)
    first = Desk(client, hall.president, NOON)
    assert "It takes two: president and scrutineer sign, as two persons." in first.read(act)
    first.send(act, reason="The site was attacked")
    assert only_vote().state == "open"
    assert "Stop the vote for good" not in first.read(page)
    other = Desk(client, hall.scrutineer, NOON)
    assert "is to be stopped for good: the other one has signed" in other.read("/home")
    assert "It goes on until the other one of president and scrutineer signs." in other.read(page)
    assert other.offered(act)["reason"] == "The site was attacked"
    other.send(act, reason="The site was attacked")
    assert only_vote().state == "voided"
    delegate = Desk(client, hall.delegates[0], NOON)
    assert "The ballot of your organisation stays sealed and is not counted." in delegate.read(
        f"/v/{vote.id}"
    )
    public = delegate.read(f"/results/{vote.id}")
    assert "President and scrutineer stopped it while it was open." in public
    assert "The site was attacked" in public
    assert "before it opened" not in public
    assert "In favour: 1" not in public


def test_a_signature_that_waits_is_told_to_no_member(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(1)
    vote = make.opened(hall)
    voidings.sign_void(vote.id, reason="The site was attacked", by=hall.president, at=NOON)
    db.session.commit()
    delegate = Desk(client, hall.delegates[0], NOON)
    for url in (f"/v/{vote.id}", f"/results/{vote.id}"):
        assert "The site was attacked" not in delegate.read(url)


def test_two_members_of_the_committee_annul(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    second = people.actor(Role.COMMITTEE, network=hall.body)
    vote = make.proclaimed(hall, "yy")
    at = make.CLOSES + 3 * HOUR
    contest = contests.raise_contest(vote.id, grounds="Look again", by=hall.delegates[0], at=at)
    db.session.commit()
    url = f"/a/contests/{vote.id}/{contest.id}"
    first = Desk(client, hall.committee, at)
    assert "It takes two members of the committee." in first.read(url)
    said = first.send(url, resolution="annul", reason="The roll was wrong")
    assert "Another member of the committee has to agree to annul the vote." in said
    assert only_vote().state == "contested"
    alone = first.send(url, 409, resolution="annul", reason="Once more")
    assert "One member of the committee alone cannot annul a vote." in alone
    other = Desk(client, second, at)
    assert "wants the vote annulled" in other.read(url)
    assert "The roll was wrong" in other.read(url)
    assert "on record and public" in other.send(url, resolution="annul", reason="It was")
    assert only_vote().state == "annulled"
