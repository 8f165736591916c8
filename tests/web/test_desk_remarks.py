"""At the desk the Unit reads who supports a comment, replies to it, and its head hides a reply with a reason."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import remarks
from consultations.extensions import db
from consultations.models.remarks import Reply
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import AFTER, DURING, Scene, answering, comment, scene
from workflows.roles import Role


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    return scene()


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    """Sign in, reading in English, and forget what an earlier request of the same test kept in its context."""
    db.session.commit()
    vars(g).clear()
    signed_in(client, who)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_the_unit_reads_who_supports_and_replies(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    remarks.support(made.id, by=here.delegates[1], at=DURING)
    remarks.reply(made.id, "We agree.", client_uuid="u", by=here.delegates[1], at=DURING)
    url = f"/desk/comments/{made.id}/remarks"
    unit = acting(client, here.unit)
    page = text(unit, url)
    assert (page.count(here.organisations[1].name), "We agree." in page) == (2, True)
    assert url in text(unit, f"/desk/comments/{made.id}")
    assert post(unit, url, text="How much is it?").status_code == 303
    assert "How much is it?" in text(unit, url)


def test_the_unit_replies_after_closing_and_others_only_read(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    answering(here)
    url = f"/desk/comments/{made.id}/remarks"
    with time_machine.travel(AFTER, tick=False):
        assert "client_uuid" in text(acting(client, here.unit), url)
        assert "client_uuid" not in text(acting(client, here.chair), url)
        auditor = people.actor(Role.AUDITOR, network=here.body)
        assert "client_uuid" not in text(acting(client, auditor), url)


def test_a_reply_that_comes_too_late_is_kept_on_the_page(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    url = f"/desk/comments/{made.id}/remarks"
    unit = acting(client, here.unit)
    text(unit, url)
    here.round.state = "published"
    here.round.published_at = DURING
    db.session.commit()
    assert "client_uuid" not in text(unit, url)


def test_the_head_hides_a_reply_with_a_reason(client: FlaskClient, here: Scene) -> None:
    made, other = comment(here), comment(here, clause=1)
    row = remarks.reply(made.id, "Rude words.", client_uuid="u", by=here.delegates[1], at=DURING)
    page_url, url = f"/desk/comments/{made.id}/remarks", f"/desk/comments/{made.id}/replies/{row.id}/hide"
    assert url not in text(acting(client, here.unit), page_url)
    text(client, url, status=403)
    head = acting(client, here.head)
    assert url in text(head, page_url)
    assert "Rude words." in text(head, url)
    assert post(head, url, reason=" ").status_code == 200
    assert post(head, url, reason="It offends.").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Reply, row.id).hidden_reason == "It offends."
    page = text(head, page_url)
    assert ("Hidden: It offends." in page, "Rude words." in page, url in page) == (True, True, False)
    text(head, f"/desk/comments/{other.id}/replies/{row.id}/hide", status=404)
