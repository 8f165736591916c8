"""What paper shows of a vote, and to whom: nothing of a result before the count, and that a closed vote waits for it."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM, Actor
from consultations.engine import sheets, votes
from consultations.extensions import db
from consultations.models.sheets import CountSheet
from consultations.models.votes import Vote
from tests.browsing import post
from tests.conftest import signed_in
from tests.engine.test_sheets import agreed, opened, read
from tests.factories import assemblies, people
from tests.factories import votes as make
from tests.factories.votes import OPENS, Hall
from tests.web.visiting import english
from workflows.roles import Role

SEERS = (Role.SECRETARY, Role.SCRUTINEER, Role.PRESIDENT, Role.COMMITTEE, Role.AUDITOR)
DESK = (Role.SECRETARY, Role.SCRUTINEER)


@pytest.fixture
def hall(app: Flask) -> Hall:
    return make.hall(3)


def different(hall: Hall) -> CountSheet:
    """Of three papers two are read alike and one is not."""
    vote = make.opened(hall)
    sheet = opened(hall, vote, issued=3)
    sheets.enter(sheet.id, lines=read(hall, "yes", "yes", "no"), by=hall.secretary, at=OPENS)
    sheets.enter(sheet.id, lines=read(hall, "yes", "yes", "abstain"), by=hall.scrutineer, at=OPENS)
    return sheet


def seen(client: FlaskClient, hall: Hall, role: Role, sheet: CountSheet) -> list[bool]:
    """Which of the members the sheet's page names to this role."""
    actor = people.actor(role, network=hall.body)
    db.session.commit()
    with time_machine.travel(OPENS, tick=False):
        answer = signed_in(client, actor).get(f"/a/votes/{sheet.vote_id}/sheets/{sheet.id}")
    assert answer.status_code == 200
    return [member.code in answer.text for member in hall.members]


@pytest.mark.parametrize("role", SEERS)
def test_two_readings_show_the_desk_alone_where_they_differ(
    client: FlaskClient, hall: Hall, role: Role
) -> None:
    assert seen(client, hall, role, different(hall)) == [False, False, role in DESK]


@pytest.mark.parametrize("role", SEERS)
@pytest.mark.parametrize("state", ["agreed", "merged", "closed", "counted"])
def test_what_papers_say_is_read_once_the_vote_is_counted(
    client: FlaskClient, hall: Hall, role: Role, state: str
) -> None:
    vote = make.opened(hall)
    sheet = agreed(hall, vote, "yes", "yes", "no")
    if state in ("closed", "merged"):
        other = opened(hall, vote, serial="0002")
    if state in ("merged", "closed", "counted"):
        sheets.merge(sheet.id, by=hall.secretary, at=OPENS)
    if state in ("closed", "counted"):
        votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    if state == "closed":
        assert (vote.state, other.state) == ("closed", "opened")
    assert seen(client, hall, role, sheet) == [state == "counted"] * 3


def waiting(at_hall: Hall) -> Vote:
    """A vote in session that the clock has closed over two sheets."""
    vote = assemblies.opened(assemblies.installed(at_hall), at_hall)
    agreed(at_hall, vote, "yes")
    opened(at_hall, vote, serial="0007")
    return vote


def page(client: FlaskClient, actor: Actor, url: str, vote: Vote) -> str:
    db.session.commit()
    with time_machine.travel(vote.closes_at, tick=False):
        answer = signed_in(client, actor).get(url)
    assert answer.status_code == 200
    return answer.text


def test_every_page_of_a_closed_vote_names_the_sheets_it_waits_for(client: FlaskClient, hall: Hall) -> None:
    vote = waiting(hall)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    for actor in (hall.president, hall.secretary):
        for url in (
            f"/a/votes/{vote.id}", f"/a/votes/{vote.id}/sheets/", f"/a/assemblies/{vote.assembly_id}/console", "/home",
        ):  # fmt: skip
            assert "0001, 0007" in page(client, actor, url, vote), (actor.role, url)
    assert f"/a/votes/{vote.id}/count" not in page(client, hall.president, f"/a/votes/{vote.id}", vote)
    assert "/sheets/new" in page(client, hall.secretary, f"/a/votes/{vote.id}/sheets/", vote)


def test_closing_says_before_and_after_that_it_waits(client: FlaskClient, hall: Hall) -> None:
    vote = waiting(hall)
    db.session.commit()
    url = f"/a/assemblies/{vote.assembly_id}/console/votes/{vote.id}/close"
    with time_machine.travel(vote.opened_at, tick=False):
        signed_in(client, hall.president)
        asked = client.get(url).text
        done = post(client, url, follow=True).text
    assert ("0001, 0007" in asked, "0001, 0007" in done) == (True, True)
    db.session.expire_all()
    assert vote.state == "closed"


def test_a_delegate_whose_paper_may_lie_there_is_not_told_that_it_did_not_vote(
    client: FlaskClient, hall: Hall
) -> None:
    vote = waiting(hall)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    db.session.commit()
    with time_machine.travel(vote.closes_at, tick=False):
        told = english(client, hall.delegates[0], vote.closes_at).get(f"/v/{vote.id}").text
    assert ("Ballots on paper are still being entered" in told, "did not vote" in told) == (True, False)
