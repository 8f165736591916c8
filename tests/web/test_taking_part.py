"""That the round was opened is noted once and never in the way; an organisation says that it does not take part."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.engine import comments, rounds, taking_part
from consultations.extensions import db
from consultations.models.rounds import RegisterEntry, Round
from tests import browsing
from tests.conftest import signed_in
from tests.factories import people
from tests.factories import rounds as make

TODAY = make.OPENS_AT + timedelta(days=10)


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    """Two organisations, on a day when a round of the factories is open."""
    monkeypatch.setattr("consultations.clock.now", lambda: TODAY)
    return make.house(organisations=2)


def as_(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    db.session.commit()
    signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def seen(round: Round) -> list[bool]:
    db.session.rollback()
    query = select(RegisterEntry.seen_at).where(RegisterEntry.round_id == round.id).order_by(RegisterEntry.id)
    return [at is not None for at in db.session.scalars(query)]


def test_opening_the_round_is_noted_once_with_one_write(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    as_(client, house.delegates[0])
    writes = []
    listener = lambda *args: writes.append(args[2]) if args[2].startswith("UPDATE register_entries") else None  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    for _ in range(3):
        assert client.get(f"/d/rounds/{round.id}").status_code == 200
    event.remove(db.engine, "before_cursor_execute", listener)
    assert (len(writes), seen(round)) == (1, [True, False])


def test_who_is_not_asked_and_a_round_that_stands_still_are_not_noted(
    client: FlaskClient, house: make.House
) -> None:
    round = make.at_stage(house, "open")
    stranger = people.delegate()
    as_(client, stranger).get(f"/d/rounds/{round.id}")
    rounds.pause(round.id, reason="Huracán.", by=house.head, at=TODAY)
    assert as_(client, house.delegates[0]).get(f"/d/rounds/{round.id}").status_code == 200
    assert seen(round) == [False, False]


def test_the_page_is_there_when_nothing_can_be_noted(
    client: FlaskClient, house: make.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    round = make.at_stage(house, "open")

    def broken(*args: object, **kwargs: object) -> bool:
        raise RuntimeError("the database is busy")

    monkeypatch.setattr(taking_part, "opened", broken)
    answer = as_(client, house.delegates[0]).get(f"/d/rounds/{round.id}")
    assert (answer.status_code, "Comment on the text as a whole" in answer.get_data(as_text=True)) == (
        200,
        True,
    )


def test_an_organisation_says_that_it_does_not_take_part_and_why(
    client: FlaskClient, house: make.House
) -> None:
    round = make.at_stage(house, "open")
    as_(client, house.delegates[0])
    url = f"/d/rounds/{round.id}/decline"
    assert url in client.get(f"/d/rounds/{round.id}/no-comment").get_data(as_text=True)
    bare = browsing.post(client, url, why=" ")
    assert (bare.status_code, "Write why, in a sentence." in bare.get_data(as_text=True)) == (400, True)
    answer = browsing.post(client, url, why="No es lo nuestro.")
    assert (answer.status_code, answer.location) == (303, f"/d/rounds/{round.id}")
    page = client.get(f"/d/rounds/{round.id}").get_data(as_text=True)
    assert "Your organisation said that it does not take part. To take it back, comment." in page
    assert url not in page
    home = client.get("/home").get_data(as_text=True)
    assert ("does not take part" in home, "has not answered yet" in home) == (True, False)


def test_the_round_s_page_leads_to_not_taking_part_until_one_answers(
    client: FlaskClient, house: make.House
) -> None:
    round = make.at_stage(house, "open")
    as_(client, house.delegates[0])
    url = f'href="/d/rounds/{round.id}/decline"'
    assert url in client.get(f"/d/rounds/{round.id}").get_data(as_text=True)
    comments.declare_no_comment(round.id, by=house.delegates[0], at=TODAY)
    db.session.commit()
    assert url not in client.get(f"/d/rounds/{round.id}").get_data(as_text=True)


def test_who_answered_is_told_why_it_cannot_decline(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "open")
    comments.declare_no_comment(round.id, by=house.delegates[0], at=TODAY)
    as_(client, house.delegates[0])
    answer = browsing.post(client, f"/d/rounds/{round.id}/decline", why="No.")
    assert answer.status_code == 409
    assert "The organisation has answered in this round." in answer.get_data(as_text=True)


def test_nobody_declines_before_the_round_has_begun(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "scheduled")
    assert as_(client, house.delegates[0]).get(f"/d/rounds/{round.id}/decline").status_code == 404
