"""No day that somebody types is too far for a page: it says so beside the field, and nothing happens."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.extensions import db
from tests.browsing import post
from tests.factories import people
from tests.factories import rounds as make
from tests.factories import votes as voting
from tests.web.visiting import english
from workflows.roles import Role

Typed = tuple[Actor, datetime, str, dict[str, str]]
SOMEBODY = {"email": "ana@example.org", "name": "Ana", "role": "auditor"}


def a_round(day: str) -> Typed:
    house = make.house()
    url = f"/unit/dossiers/{make.dossier(house).id}/rounds/new"
    return house.unit, make.START, url, {"opens_on": day, "closes_on": day}


def an_extension(day: str) -> Typed:
    house = make.house()
    url = f"/unit/rounds/{make.at_stage(house, 'open').id}/acts/extend"
    return house.head, make.OPENS_AT, url, {"closes_on": day, "reason": "Por la lluvia."}


def a_deferral(day: str) -> Typed:
    house = make.house()
    review = make.review_of(make.at_stage(house, "commission_review"))
    url = f"/commission/reviews/{review.id}/defer"
    return house.chair, make.START, url, {"due_on": day, "reason": "Por la lluvia."}


def a_vote(day: str) -> Typed:
    hall = voting.hall(1)
    asked = {"question_es": "¿Sí?", "rule": "two-thirds", "opens_on": day, "closes_on": day}
    return hall.secretary, voting.CALLED, f"/a/dossiers/{hall.dossier.id}/vote", asked


def a_longer_vote(day: str) -> Typed:
    hall = voting.hall(1)
    url = f"/a/votes/{voting.opened(hall).id}/act/extend"
    return hall.president, voting.OPENS, url, {"closes_on": day, "reason": "Por la lluvia."}


def a_mandate(day: str) -> Typed:
    return people.actor(Role.ADMIN), make.START, "/register/people/new", {**SOMEBODY, "starts_on": day}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
@pytest.mark.parametrize("asked", [a_round, an_extension, a_deferral, a_vote, a_longer_vote, a_mandate])
def test_a_day_out_of_reach_is_told_beside_its_field(
    app: Flask, client: FlaskClient, asked: Callable[[str], Typed], day: str
) -> None:
    who, at, url, typed = asked(day)
    db.session.commit()
    english(client, who, at)
    with time_machine.travel(at, tick=False):
        answer = post(client, url, **typed)
    assert answer.status_code in (400, 422)
    assert "Give a day from 2000 to 2100." in answer.get_data(as_text=True)
