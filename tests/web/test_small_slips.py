"""What somebody with fresh eyes stumbled over: each page says it, or does not offer it."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import reviews
from consultations.extensions import db
from consultations.forms.typed import plain
from consultations.models.rounds import RegisterEntry
from tests.browsing import post
from tests.factories import comments as heard
from tests.factories import rounds as make
from tests.factories import votes as voting
from tests.web.visiting import english

AT = make.START


def read(client: FlaskClient, by: Actor, url: str, at=AT, status: int = 200) -> str:
    db.session.commit()
    english(client, by, at)
    with time_machine.travel(at, tick=False):
        answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_nobody_is_led_from_the_desk_to_a_page_that_is_not_theirs(app: Flask, client: FlaskClient) -> None:
    here = heard.answering(heard.scene())
    url = f"/desk/rounds/{here.round.id}"
    links = [f'href="{url}/synopsis"' in read(client, by, url, heard.AFTER) for by in (here.unit, here.chair)]
    assert links == [True, False]


def test_while_a_block_stands_there_is_no_button_to_approve(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    made = make.at_stage(house, "commission_review")
    review = make.heard(house, made)
    url = f"/commission/reviews/{review.id}/approve"
    later = AT + timedelta(days=2)
    assert "Approve</button>" in read(client, house.chair, url, later)
    reviews.take_position(review.id, "block", reason="No alcanza.", by=house.members[0], at=later)
    page = read(client, house.chair, url, later).partition("<main")[2]
    assert ("Approve</button>" in page, "block" in page) == (False, True)


@pytest.mark.parametrize(("said", "status"), [("", 400), ("  ", 400), ("Falta el costo.", 303)])
def test_who_only_comments_writes_the_comment(
    app: Flask, client: FlaskClient, said: str, status: int
) -> None:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    db.session.commit()
    english(client, house.members[0], AT)
    with time_machine.travel(AT, tick=False):
        answer = post(client, f"/commission/reviews/{review.id}", kind="comment", reason=said)
    assert answer.status_code == status


def test_a_clause_that_is_gone_says_so_and_leads_on(app: Flask, client: FlaskClient) -> None:
    page = read(client, make.house().unit, "/unit/standards/clauses/4711", status=404)
    assert "This clause is no longer in the draft" in page
    assert 'href="/unit/standards"' in page


def test_what_turns_the_direction_of_reading_is_taken_out_of_what_is_typed() -> None:
    assert plain("\u202eabc\u2066 d\u200f\x00") == "abc d\u200f"


def test_that_an_organisation_has_no_comment_is_asked_before_it_is_entered(
    app: Flask, client: FlaskClient
) -> None:
    here = heard.scene()
    url = f"/unit/rounds/{here.round.id}/entries/{here.organisations[0].id}/no-comment"
    assert "has read the draft and has no comment." in read(client, here.unit, url, heard.DURING)
    assert db.session.query(RegisterEntry).filter(RegisterEntry.no_comment_at.is_not(None)).count() == 0
    with time_machine.travel(heard.DURING, tick=False):
        assert post(client, url).status_code == 303
    assert db.session.query(RegisterEntry).filter(RegisterEntry.no_comment_at.is_not(None)).count() == 1


def test_who_signs_reads_what_and_is_not_asked_again(app: Flask, client: FlaskClient) -> None:
    hall = voting.hall(2)
    vote = voting.closed(hall, "yy")
    url, at = f"/a/votes/{vote.id}/act/sign", voting.CLOSES
    page = read(client, hall.secretary, url, at)
    assert ("Adopted" in page, "2 of 2 organisations" in page, vote.rule_sha256 in page) == (True, True, True)
    with time_machine.travel(at, tick=False):
        post(client, url)
    again = read(client, hall.secretary, url, at).partition("<main")[2]
    assert "have signed this count" in again
    assert not re.search(r"<button[^>]*>Sign", again)


def test_the_summary_of_errors_names_the_field_that_is_empty(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    db.session.commit()
    english(client, house.unit, AT)
    with time_machine.travel(AT, tick=False):
        page = post(client, "/unit/dossiers/new", code="X-1").get_data(as_text=True)
    assert ">Title in Spanish: Fill this in.</a>" in page


def test_the_unit_finds_the_register(app: Flask, client: FlaskClient) -> None:
    assert re.search(r'href="/register[^"]*"[^>]*>Register<', read(client, make.house().unit, "/home"))
