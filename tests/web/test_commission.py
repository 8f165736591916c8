"""CECLAC's pages, as a browser without pictures sees them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import reviews
from consultations.extensions import db
from consultations.models.people import Person
from tests import browsing
from tests.conftest import signed_in
from tests.factories import people
from tests.factories import rounds as make

TODAY = make.START + timedelta(days=1)


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    """A house on a day when CECLAC reviews."""
    monkeypatch.setattr("consultations.clock.now", lambda: TODAY)
    return make.house()


def as_(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    db.session.commit()
    signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def test_a_member_sees_what_waits_and_takes_a_position(client: FlaskClient, house: make.House) -> None:
    review = make.review_of(make.at_stage(house, "commission_review"))
    as_(client, house.members[0])
    assert "waits for 5 of 5" in text(client, "/commission/reviews")
    answer = browsing.post(client, f"/commission/reviews/{review.id}", kind="no_objection")
    assert answer.location == f"/commission/reviews/{review.id}"
    page = text(client, f"/commission/reviews/{review.id}")
    assert "Positions taken: 1; needed: 3." in page
    assert "Change my position" in page


def test_a_block_without_a_reason_keeps_what_was_chosen(client: FlaskClient, house: make.House) -> None:
    review = make.review_of(make.at_stage(house, "commission_review"))
    answer = browsing.post(as_(client, house.members[0]), f"/commission/reviews/{review.id}", kind="block")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "<title>Error: " in page
    summary, beside = page.index('href="#reason"'), page.index('id="reason-error"')
    assert summary < page.index("<h1>") < beside < page.index("<h2>Positions")
    assert page.count("No reason is given.") == 2
    assert browsing.forms(page)[-1].fields["kind"] == "block"


def test_members_without_a_position_stand_in_one_line(client: FlaskClient, house: make.House) -> None:
    review = make.review_of(make.at_stage(house, "commission_review"))
    reviews.take_position(review.id, "approve", reason="Bien.", by=house.members[1], at=TODAY)
    page = text(as_(client, house.members[0]), f"/commission/reviews/{review.id}")
    silent = [person(house.chair), *(person(one) for one in house.members if one is not house.members[1])]
    assert f"No position yet</span> {', '.join(sorted(silent))}</p>" in page
    positions = page.partition("<h2>Positions</h2>")[2].partition("</ul>")[0]
    assert re.findall("<li><div><b>(.*?)</b>", positions) == [person(house.members[1])]


def person(actor: people.Actor) -> str:
    return db.session.get_one(Person, actor.person_id).name


def test_the_chair_approves_only_when_nothing_stands_in_the_way(
    client: FlaskClient, house: make.House
) -> None:
    round = make.at_stage(house, "commission_review")
    review = make.review_of(round)
    as_(client, house.chair)
    assert f"/commission/reviews/{review.id}/approve" not in text(client, f"/commission/reviews/{review.id}")
    make.heard(house, round, at=TODAY)
    db.session.commit()
    assert f"/commission/reviews/{review.id}/approve" in text(client, f"/commission/reviews/{review.id}")
    answer = browsing.post(client, f"/commission/reviews/{review.id}/approve")
    assert answer.location == f"/commission/reviews/{review.id}"
    db.session.expire_all()
    assert (round.state, review.state) == ("approved", "approved")


def test_the_chair_returns_with_a_reason_that_the_unit_reads(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "commission_review")
    review = make.review_of(round)
    as_(client, house.chair)
    assert browsing.post(client, f"/commission/reviews/{review.id}/return", reason="").status_code == 400
    browsing.post(client, f"/commission/reviews/{review.id}/return", reason="Faltan los plazos.")
    assert "Faltan los plazos." in text(as_(client, house.unit), f"/commission/reviews/{review.id}")


def test_a_block_is_lifted_on_its_page(client: FlaskClient, house: make.House) -> None:
    review = make.review_of(make.at_stage(house, "commission_review"))
    block = reviews.take_position(review.id, "block", reason="No.", by=house.members[0], at=TODAY)
    url = f"/commission/reviews/{review.id}/blocks/{block.id}/lift"
    assert url not in text(as_(client, house.members[1]), f"/commission/reviews/{review.id}")
    assert url not in text(as_(client, house.chair), f"/commission/reviews/{review.id}")  # nobody seconds yet
    assert browsing.post(client, url, reason="Resuelto.").status_code == 409
    second = url.replace("/lift", "/second")
    assert second not in text(client, f"/commission/reviews/{review.id}")
    assert second not in text(as_(client, house.members[0]), f"/commission/reviews/{review.id}")
    assert second in text(as_(client, house.members[1]), f"/commission/reviews/{review.id}")
    assert browsing.post(client, second).location == f"/commission/reviews/{review.id}"
    assert second not in text(client, f"/commission/reviews/{review.id}")
    as_(client, house.chair)
    assert url in text(client, f"/commission/reviews/{review.id}")
    browsing.post(client, url, reason="Resuelto.")
    db.session.expire_all()
    assert (block.lift_reason, block.lift_seconded_by_id) == ("Resuelto.", house.members[1].person_id)
    assert "Nobody blocks." in text(client, f"/commission/reviews/{review.id}")


def test_members_see_no_button_of_the_chair(client: FlaskClient, house: make.House) -> None:
    round = make.at_stage(house, "commission_review")
    review = make.heard(house, round, at=TODAY)
    page = text(as_(client, house.members[0]), f"/commission/reviews/{review.id}")
    for move in ("approve", "return", "defer"):
        assert f"/commission/reviews/{review.id}/{move}" not in page
    assert client.get(f"/commission/reviews/{review.id}/approve").status_code == 403


def test_the_unit_reads_the_desk_without_a_position_to_take(client: FlaskClient, house: make.House) -> None:
    review = make.review_of(make.at_stage(house, "commission_review"))
    assert "Record my position" not in text(as_(client, house.unit), f"/commission/reviews/{review.id}")
