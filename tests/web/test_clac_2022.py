"""CLAC's assembly of 2022 on the pages: second call, 167 present and 3 represented of 180; the secretary named with 102."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import assemblies, votes
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote
from consultations.views.live import Shared
from tests.factories import assemblies as make
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english

ROLL, PRESENT, REPRESENTED, IN_FAVOUR, EARLY = 180, 167, 3, 102, 60
SECOND = STARTS + HOUR
AFTER = SECOND + 2 * HOUR


@pytest.fixture
def hall(app: Flask) -> Hall:
    app.extensions["live"] = Shared(seconds=0)
    return make.hall(ROLL)


@pytest.fixture
def assembly(hall: Hall) -> Assembly:
    """Sixty at the first call; everybody else within the hour, three by a proxy that was given before."""
    made = make.prepared(hall)
    make.item(made, hall, rule=vote_factory.rule("first-and-second-call"))
    assemblies.convene(made.id, by=hall.president, at=CALLED)
    for n in range(REPRESENTED):
        make.proxy(made, hall, PRESENT + n, n)
    make.arrive(made, hall, *range(EARLY))
    assemblies.call_next(made.id, by=hall.president, at=STARTS)
    db.session.commit()
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


def words(page: str) -> str:
    """The text of a page, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def voted(assembly: Assembly, hall: Hall) -> Vote:
    vote = make.opened(assembly, hall, at=SECOND + HOUR)
    for n in range(IN_FAVOUR):
        vote_factory.cast(vote, hall.delegates[n], "yes", at=SECOND + HOUR)
    votes.close_vote(vote.id, by=hall.president, at=SECOND + HOUR + timedelta(minutes=9))
    db.session.commit()
    return vote


def test_the_second_call_is_installed_and_the_secretary_named(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    english(client, hall.president, AFTER)
    desk, screen = f"/a/assemblies/{assembly.id}/quorum", f"/assemblies/{assembly.id}/screen?in=en"
    first = words(client.get(desk).text)
    assert "60 organisations are there, 3 are represented by proxy, of 180 on the roll." in first
    assert "First call Now Quorum: missing 63 of 91 organisations" in first
    assert "Any 28 of those who are missing would give it" in first
    assemblies.call_next(assembly.id, by=hall.president, at=SECOND)
    make.arrive(assembly, hall, *range(EARLY, PRESENT), at=SECOND)
    db.session.commit()
    second = words(client.get(desk).text)
    assert "167 organisations are there, 3 are represented by proxy, of 180 on the roll." in second
    assert "Second call Now Quorum: met" in second
    assemblies.install(assembly.id, by=hall.president, at=SECOND)
    db.session.commit()
    assert "In session Second call" in words(client.get(screen).text)
    result = words(client.get(f"/results/{voted(assembly, hall).id}").text)
    assert "call 2" in result
    assert "Adopted In favour: 102 · Against: 0 · Abstention: 0 · on the roll: 180" in result
    assert "1 was needed and 170 counted (94.4%). Condition met." in result
    assert "86 were needed and 102 counted (60.0%). Condition met." in result
    shown = words(client.get(screen).text)
    assert "Secretaría What each organisation voted, by country In favour: 102, No vote: 78" in shown
    assert "86 were needed and 102 counted (60.0%). Condition met." in shown
