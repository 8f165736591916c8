"""Which rules the form of a vote offers: the body's own come before those of other bodies."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import votes as verbs
from consultations.extensions import db
from consultations.models.votes import Vote
from tests.browsing import forms, post
from tests.factories import votes as make
from tests.web.visiting import english
from workflows.presets import preset_names

OWN = {
    **make.rule(),
    "id": "our-own",
    "title": {"en": "Our own rule", "es": "Nuestra regla"},
    "cites": "Statutes, art. 12",
}
TERMS = {
    "question_es": "¿Aprueba la posición?", "opens_on": "2026-11-16", "closes_on": "2026-11-21", "notice_days": "10",
    "contest_days": "5",
}  # fmt: skip


def asked(page: str) -> list[str]:
    """The headings and the rules of the form, from top to bottom, each rule by its value."""
    part = page[page.index('id="rule"') : page.index('id="rule_file"')]
    return [
        head or value for head, value in re.findall(r'<b>([^<]*)</b>|name="rule"[^>]*value="([^"]*)"', part)
    ]


def form_of(client: FlaskClient, hall: make.Hall, url: str) -> str:
    english(client, hall.secretary, make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        return client.get(url).get_data(as_text=True)


def test_a_body_that_has_not_voted_yet_is_offered_its_own_file_before_the_rules_of_others(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2)
    db.session.commit()
    page = form_of(client, hall, f"/a/dossiers/{hall.dossier.id}/vote")
    assert asked(page) == ["Rules of this body", "upload", "Rules of other bodies", *preset_names()]


def test_the_rule_a_body_has_voted_by_stands_first_and_is_taken(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    before = make.convened(hall, rule=OWN)
    verbs.call_off(before.id, reason="Otra fecha.", by=hall.president, at=make.CALLED + timedelta(minutes=1))
    db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote"
    page = form_of(client, hall, url)
    offered = asked(page)
    assert (offered[0], offered[2:4]) == ("Rules of this body", ["upload", "Rules of other bodies"])
    assert "Our own rule" in page
    assert "Statutes, art. 12" in page
    with time_machine.travel(make.CALLED + timedelta(minutes=2), tick=False):
        post(client, url, **TERMS, rule=offered[1])
    vote = db.session.query(Vote).order_by(Vote.id.desc()).first()
    assert (vote.id != before.id, vote.rule) == (True, OWN)
    with time_machine.travel(make.CALLED + timedelta(minutes=2), tick=False):
        edited = asked(client.get(f"/a/votes/{vote.id}/edit").get_data(as_text=True))
    assert edited[:4] == ["Rules of this body", "present", "upload", "Rules of other bodies"]


def test_the_rule_of_a_draft_that_never_was_convened_is_none_the_body_has_voted_by(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2)
    draft = make.prepared(hall, rule=OWN)
    verbs.call_off(draft.id, reason="Otra fecha.", by=hall.president, at=make.CALLED)
    db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote"
    page = form_of(client, hall, url)
    assert asked(page)[:3] == ["Rules of this body", "upload", "Rules of other bodies"]
    assert "Our own rule" not in page


def test_of_two_rules_of_one_name_both_are_offered_the_newest_first(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    amended = {**OWN, "title": {"en": "Our own rule, amended", "es": "Nuestra regla, enmendada"}}
    for rule in (OWN, amended, amended):
        vote = make.convened(hall, rule=rule)
        verbs.call_off(vote.id, reason="Otra fecha.", by=hall.president, at=make.CALLED)
    db.session.commit()
    page = form_of(client, hall, f"/a/dossiers/{hall.dossier.id}/vote")
    own = page[page.index('id="rule"') : page.index('value="upload"')]
    assert re.findall(r"Our own rule(?:, amended)?", own) == ["Our own rule, amended", "Our own rule"]


@pytest.mark.parametrize(("convened", "amended"), [(True, False), (True, True), (False, False)])
def test_a_vote_that_follows_another_begins_with_its_rule(
    app: Flask, client: FlaskClient, convened: bool, amended: bool
) -> None:
    hall = make.hall(2)
    before = (make.convened if convened else make.prepared)(hall, rule=OWN)
    verbs.call_off(before.id, reason="Otra fecha.", by=hall.president, at=make.CALLED)
    db.session.commit()
    if amended:
        later = make.convened(hall, rule={**OWN, "cites": "Statutes, art. 13"})
        verbs.call_off(later.id, reason="Otra fecha.", by=hall.president, at=make.CALLED)
        db.session.commit()
    url = f"/a/dossiers/{hall.dossier.id}/vote?after={before.id}"
    page = form_of(client, hall, url)
    chosen = max((form.fields for form in forms(page)), key=len)["rule"]
    assert chosen == asked(page)[1 + amended] != "upload"
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
    assert asked(page)[1] == "upload"
