"""Which rules the form of a vote offers: those of its body's book that are not over, each with its days."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import rule_books
from consultations.engine import votes as verbs
from consultations.extensions import db
from consultations.models.votes import Vote
from tests.browsing import forms, post
from tests.factories import rules
from tests.factories import votes as make
from tests.web.visiting import english
from workflows.presets import preset_names

OWN: dict[str, Any] = {
    **make.rule(),
    "id": "our-own",
    "title": {"en": "Our own rule", "es": "Nuestra regla"},
    "cites": "Statutes, art. 12",
}
TERMS = {
    "question_es": "¿Aprueba la posición?", "opens_on": "2026-11-16", "closes_on": "2026-11-21", "notice_days": "10",
    "contest_days": "5",
}  # fmt: skip
TODAY = date(2026, 11, 1)


def asked(page: str) -> list[str]:
    """The rules of the form, from top to bottom, each by its value."""
    part = page[page.index('id="rule"') : page.index("</fieldset>", page.index('id="rule"'))]
    return re.findall(r'name="rule"[^>]*value="([^"]*)"', part)


def form_of(client: FlaskClient, hall: make.Hall, url: str) -> str:
    english(client, hall.secretary, make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        return client.get(url).get_data(as_text=True)


def test_the_rules_of_the_book_are_offered_with_what_they_say_cite_and_their_days(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2)
    row = rules.in_book(hall.body, OWN, key="our-own")
    db.session.commit()
    page = form_of(client, hall, f"/a/dossiers/{hall.dossier.id}/vote")
    assert len(asked(page)) == len(preset_names()) + 1
    assert str(row.id) in asked(page)
    assert "Our own rule" in page
    assert "Statutes, art. 12 · version 1, in force from 1 January 2020" in page


@pytest.mark.parametrize(
    ("since", "until", "offered"),
    [
        (TODAY, None, True),
        (TODAY + timedelta(days=9), None, True),  # from a day to come
        (TODAY - timedelta(days=9), TODAY + timedelta(days=1), True),
        (TODAY - timedelta(days=9), TODAY, False),
        (TODAY + timedelta(days=9), TODAY + timedelta(days=9), False),  # replaced before it began
    ],
)
def test_what_is_over_is_not_offered(
    app: Flask, client: FlaskClient, since: date, until: date | None, offered: bool
) -> None:
    hall = make.hall(2)
    row = rules.in_book(hall.body, OWN, since=since, until=until)
    db.session.commit()
    page = form_of(client, hall, f"/a/dossiers/{hall.dossier.id}/vote")
    assert (str(row.id) in asked(page)) is offered


def test_the_rule_is_taken_from_the_book_and_kept_when_the_draft_is_edited(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2)
    row = rules.in_book(hall.body, OWN)
    db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote"
    form_of(client, hall, url)
    with time_machine.travel(make.CALLED, tick=False):
        post(client, url, **TERMS, rule=str(row.id))
    vote = db.session.query(Vote).one()
    assert (vote.rule_version_id, vote.rule) == (row.id, OWN)
    edited = form_of(client, hall, f"/a/votes/{vote.id}/edit")
    assert max((form.fields for form in forms(edited)), key=len)["rule"] == str(row.id)


def test_a_rule_that_is_not_in_force_on_the_opening_day_is_refused_there(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2)
    row = rules.in_book(hall.body, OWN, since=date(2026, 11, 17))
    db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote"
    form_of(client, hall, url)
    with time_machine.travel(make.CALLED, tick=False):
        answer = post(client, url, **TERMS, rule=str(row.id))
    assert answer.status_code == 409
    assert "The rule is not in force in this body on the day the vote opens." in answer.get_data(as_text=True)


def test_a_draft_whose_rule_has_ended_still_shows_it(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    row = rules.in_book(hall.body, OWN)
    vote = make.prepared(hall, rule=OWN)
    rule_books.withdraw(row.id, reason="Derogada.", from_day=TODAY, by=hall.president, at=make.CALLED)
    db.session.commit()
    page = form_of(client, hall, f"/a/votes/{vote.id}/edit")
    assert asked(page)[0] == str(row.id)
    assert max((form.fields for form in forms(page)), key=len)["rule"] == str(row.id)


@pytest.mark.parametrize("convened", [True, False])
def test_a_vote_that_follows_another_begins_with_its_rule(
    app: Flask, client: FlaskClient, convened: bool
) -> None:
    hall = make.hall(2)
    before = (make.convened if convened else make.prepared)(hall, rule=OWN)
    verbs.call_off(before.id, reason="Otra fecha.", by=hall.president, at=make.CALLED)
    db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote?after={before.id}"
    page = form_of(client, hall, url)
    chosen = max((form.fields for form in forms(page)), key=len)["rule"]
    assert chosen == str(before.rule_version_id)
    with time_machine.travel(make.CALLED + timedelta(minutes=2), tick=False):
        post(client, url, **TERMS)
    db.session.expire_all()
    made = db.session.query(Vote).order_by(Vote.id.desc()).first()
    assert (made.id != before.id, made.rule) == (True, OWN)


@pytest.mark.parametrize("after", [str(2**31), str(2**63), str(-(2**63) - 1), "9" * 40, "-1", "one"])
def test_an_address_that_names_no_vote_to_follow_opens_the_empty_form(
    app: Flask, client: FlaskClient, after: str
) -> None:
    hall = make.hall(2)
    db.session.commit()
    page = form_of(client, hall, f"/a/dossiers/{hall.dossier.id}/vote?after={after}")
    assert "rule" not in max((form.fields for form in forms(page)), key=len)
