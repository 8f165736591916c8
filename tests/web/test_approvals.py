"""An organisation's approver reads what waits, approves or sends back; the delegate reads where it stands."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultations.actor import SYSTEM, Actor
from consultations.engine import comments, lapsing, round_running, signoffs
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.rounds import Round
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, Scene, comment, scene
from workflows.roles import Role


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    made.round.organisation_signoff = True
    db.session.commit()
    return made


@pytest.fixture
def approver(here: Scene) -> Actor:
    made = people.actor(Role.ORGANISATION, organisation=here.organisations[0])
    db.session.commit()
    return made


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    vars(g).clear()
    with signed_in(client, who).session_transaction() as session:
        session["language"] = "en"
    return client


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def kept(row: Comment) -> Comment:
    db.session.commit()
    return row


def test_sending_asks_the_organisation_and_both_pages_say_so(
    client: FlaskClient, here: Scene, approver: Actor
) -> None:
    draft = kept(comment(here, submit=False, text="Nos cuesta."))
    mine = acting(client, here.delegates[0])
    url = f"/d/comments/{draft.id}"
    assert "It goes first to who approves comments" in text(mine, url)
    post(mine, f"{url}/send", page_url=url)
    page = text(mine, url)
    assert "Your comment waits for your organisation" in page
    assert draft.receipt not in page
    assert "wait for your organisation" in text(mine, "/home").replace("&#39;", "'")
    boss = acting(client, approver)
    assert f"/approvals/rounds/{here.round.id}" in text(boss, "/home")
    page = text(boss, f"/approvals/rounds/{here.round.id}")
    assert "Nos cuesta." in page
    assert "Texto de 1.1" in page


def test_one_is_approved_with_one_button(client: FlaskClient, here: Scene, approver: Actor) -> None:
    made = kept(comment(here))
    boss, url = acting(client, approver), f"/approvals/rounds/{here.round.id}"
    assert "/all" not in text(boss, url)
    answer = post(boss, f"/approvals/comments/{made.id}/approve", page_url=url)
    assert (answer.status_code, answer.location) == (303, url)
    db.session.expire_all()
    assert (made.state, made.public_number) == ("submitted", 1)
    assert "Nothing waits for approval." in text(boss, url)


def test_all_are_approved_after_asking(client: FlaskClient, here: Scene, approver: Actor) -> None:
    made = [kept(comment(here, clause=n)) for n in range(3)]
    boss, url = acting(client, approver), f"/approvals/rounds/{here.round.id}"
    assert f"{url}/all" in text(boss, url)
    assert "3 comments of your organisation will be sent" in text(boss, f"{url}/all")
    link = f"{url}/all?last={last_event(made[1])}"
    page = text(boss, link)
    assert "2 comments of your organisation will be sent" in page
    (known,) = re.findall(r'name="known" value="([0-9. ]+)"', page)
    post(boss, f"{url}/all", known=f"{known} x 1.² {'9' * 40}.1")
    db.session.expire_all()
    assert [one.public_number for one in made] == [1, 2, None]


def test_what_was_changed_since_the_page_was_read_is_not_approved(
    client: FlaskClient, here: Scene, approver: Actor
) -> None:
    made = kept(comment(here, text="Así."))
    boss, url = acting(client, approver), f"/approvals/rounds/{here.round.id}"
    (known,) = re.findall(r'name="known" value="([0-9]+)"', text(boss, url))
    by = here.delegates[0]
    signoffs.recall(made.id, by=by, at=DURING)
    comments.edit(made.id, version=1, by=by, at=DURING, type="general", stance="for", text="No así.")
    kept(comments.submit(made.id, by=by, at=DURING))
    answer = post(boss, f"/approvals/comments/{made.id}/approve", page_url=url, known=known)
    assert answer.status_code == 409
    db.session.expire_all()
    assert made.state == "awaiting_organisation"


def last_event(row: Comment) -> int:
    found = select(func.max(Event.id)).where(Event.subject_kind == "comment", Event.subject_id == row.id)
    return db.session.scalar(found) or 0


def test_one_is_sent_back_with_a_reason_that_the_delegate_reads(
    client: FlaskClient, here: Scene, approver: Actor
) -> None:
    made = kept(comment(here))
    boss, url = acting(client, approver), f"/approvals/comments/{made.id}/back"
    assert "Write what should be changed" in post(boss, url, reason=" ").get_data(as_text=True)
    post(boss, url, reason="Falta el costo.")
    assert boss.get(url).status_code == 404
    page = text(acting(client, here.delegates[0]), f"/d/comments/{made.id}")
    assert "Falta el costo." in page
    assert f"/d/comments/{made.id}/edit" in page


def test_the_delegate_takes_it_back_to_change_it(client: FlaskClient, here: Scene, approver: Actor) -> None:
    made = kept(comment(here))
    mine, url = acting(client, here.delegates[0]), f"/d/comments/{made.id}"
    assert f"{url}/edit" not in text(mine, url)
    post(mine, f"{url}/recall", page_url=url)
    assert f"{url}/edit" in text(mine, url)


def test_what_is_approved_is_not_changed_but_withdrawn(
    client: FlaskClient, here: Scene, approver: Actor
) -> None:
    made = kept(comment(here))
    post(
        acting(client, approver),
        f"/approvals/comments/{made.id}/approve",
        page_url=f"/approvals/rounds/{here.round.id}",
    )
    page = text(acting(client, here.delegates[0]), f"/d/comments/{made.id}")
    assert f"/d/comments/{made.id}/edit" not in page
    assert f"/d/comments/{made.id}/withdraw" in page


def test_another_organisations_approver_sees_nothing_of_it(client: FlaskClient, here: Scene) -> None:
    made = kept(comment(here, text="Solo nuestro."))
    other = people.actor(Role.ORGANISATION, organisation=here.organisations[1])
    db.session.commit()
    boss = acting(client, other)
    assert "Solo nuestro." not in text(boss, f"/approvals/rounds/{here.round.id}")
    assert boss.get(f"/approvals/comments/{made.id}/back").status_code == 404


def test_nobody_who_approves_is_told_to_the_delegate(client: FlaskClient, here: Scene) -> None:
    made = kept(comment(here, submit=False))
    assert "Nobody approves for your organisation yet" in text(
        acting(client, here.delegates[0]), f"/d/comments/{made.id}"
    )


def test_what_was_not_approved_is_listed_to_organisation_and_unit(
    client: FlaskClient, here: Scene, approver: Actor
) -> None:
    comment(here, text="Llegó tarde.")
    comment(here, submit=False, clause=1)
    round_running.close_round(here.round.id, by=SYSTEM, at=CLOSES)
    lapsing.lapse_drafts(here.round.id, by=SYSTEM, at=CLOSES)
    db.session.commit()
    with time_machine.travel(CLOSES, tick=False):
        for who in (approver, here.delegates[0]):
            page = text(acting(client, who), f"/approvals/rounds/{here.round.id}")
            assert page.count("Llegó tarde.") == 1
            assert "Not approved in time" in page
        desk = text(acting(client, here.unit), f"/desk/rounds/{here.round.id}/unsent")
    assert (desk.count("Not approved by its organisation"), desk.count("Not sent")) == (1, 1)


def test_a_round_that_does_not_ask_says_nothing_of_it(client: FlaskClient, here: Scene) -> None:
    here.round.organisation_signoff = False
    made = kept(comment(here, submit=False))
    page = text(acting(client, here.delegates[0]), f"/d/comments/{made.id}")
    assert "It will be sent for your organisation" in page
    comments.submit(made.id, by=here.delegates[0], at=DURING)
    assert db.session.get_one(Round, here.round.id).last_public_number == 1
