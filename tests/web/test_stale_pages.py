"""Buttons of a session on pages that are old, or pressed by two presidents: what the button said, or nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultations.actor import Actor
from consultations.engine import agenda, agenda_votes, assemblies, votes
from consultations.extensions import db
from consultations.models.events import Event
from tests.browsing import forms
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english
from workflows.roles import Role

LATER = STARTS + 2 * HOUR
MINUTE = timedelta(minutes=1)
TWICE = "This was done already: nothing was done twice."
OTHERWISE = "Since you opened this page something else has happened:"


@pytest.fixture
def hall(app: Flask) -> Hall:
    return make.hall(5)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


class Page:
    """A page as a president opened it; `press` sends its form, however long afterwards."""

    def __init__(self, client: FlaskClient, by: Actor, url: str) -> None:
        self.client, self.by, self.url = client, by, url
        text = english(client, by, LATER).get(url).text
        self.form = next(form for form in forms(text) if "shown" in form.fields)

    def press(self, **fields: object) -> TestResponse:
        db.session.commit()
        client = english(self.client, self.by, LATER)
        token = next(f for f in forms(client.get(self.url).text) if "csrf_token" in f.fields).fields[
            "csrf_token"
        ]
        data = {**self.form.sent(), "csrf_token": token, **fields}
        answer = client.post(self.url, data=data, follow_redirects=True)
        db.session.expire_all()
        return answer


def count(name: str) -> int:
    return db.session.query(Event).filter_by(name=name).count()


def called(hall: Hall) -> make.Assembly:
    """Nobody is there; its hour was two hours ago."""
    assembly = make.convened(hall)
    db.session.commit()
    return assembly


def test_first_call_pressed_twice_is_one_call(client: FlaskClient, hall: Hall) -> None:
    assembly = called(hall)
    page = Page(client, hall.president, f"/a/assemblies/{assembly.id}/act/first-call")
    assert "First call." in page.press().text
    answer = page.press()
    assert (answer.status_code, TWICE in answer.text) == (200, True)
    assert (assembly.call, assembly.state) == (1, "first_call")


@pytest.mark.parametrize("old_page", [True, False])
def test_first_call_pressed_after_the_second_calls_nothing(
    client: FlaskClient, hall: Hall, old_page: bool
) -> None:
    """Whether the page was opened before, or by an old link afterwards; the third could be made by now."""
    ladder = [
        {"call": n, **({"after": "PT1M"} if n > 1 else {}), "all": [{**make.HALF, "id": f"half-{n}"}]}
        for n in (1, 2, 3)
    ]
    assembly = make.convened(hall, calls=make.calls_rule(calls=ladder))
    db.session.commit()
    url = f"/a/assemblies/{assembly.id}/act/first-call"
    opened = [Page(client, hall.president, url)] if old_page else []
    for n in (1, 2):
        assemblies.call_next(assembly.id, call=n, by=hall.secretary, at=STARTS + n * 10 * MINUTE)
    db.session.commit()
    page = opened[0] if opened else Page(client, hall.president, url)
    answer = page.press()
    assert answer.status_code == 409
    said = (
        "The second call was made."
        if old_page
        else "This is not the call that comes next: the last one made is number 2."
    )
    assert said in answer.text
    assert (assembly.call, count("third_call_made")) == (2, 0)


def test_suspend_from_an_old_page_does_not_stop_what_another_president_let_go_on(
    client: FlaskClient, hall: Hall
) -> None:
    assembly = make.installed(hall)
    db.session.commit()
    another = people.actor(Role.PRESIDENT, network=hall.body)
    db.session.commit()
    page = Page(client, another, f"/a/assemblies/{assembly.id}/act/suspend")
    assemblies.suspend(assembly.id, reason="Luz", by=hall.president, at=LATER)
    answer = page.press(reason="Luz")
    assert (answer.status_code, OTHERWISE in answer.text) == (409, True)
    assemblies.resume(assembly.id, by=hall.president, at=LATER)
    assert page.press(reason="Luz").status_code == 409
    assert (assembly.state, count("assembly_suspended")) == ("installed", 1)


def test_go_on_from_an_old_page_does_not_end_another_break(client: FlaskClient, hall: Hall) -> None:
    assembly = make.installed(hall)
    assemblies.suspend(assembly.id, reason="Luz", by=hall.secretary, at=LATER)
    db.session.commit()
    page = Page(client, hall.president, f"/a/assemblies/{assembly.id}/act/resume")
    assemblies.resume(assembly.id, by=hall.president, at=LATER)
    assert TWICE in page.press().text
    assemblies.suspend(assembly.id, reason="Fuego", by=hall.secretary, at=LATER)
    assert page.press().status_code == 409
    assert assembly.state == "suspended"


def test_an_adjournment_sent_twice_is_one_and_of_another_president_is_told(
    client: FlaskClient, hall: Hall
) -> None:
    assembly = make.installed(hall)
    another = people.actor(Role.PRESIDENT, network=hall.body)
    db.session.commit()
    url = f"/a/assemblies/{assembly.id}/act/adjourn"
    mine, theirs = Page(client, hall.president, url), Page(client, another, url)
    said = {"day": "2026-11-20", "hour": "09:00", "reason": "Falta la sala"}
    assert "Adjourned." in mine.press(**said).text
    until = assembly.adjourned_until
    assert TWICE in mine.press(**said).text
    answer = theirs.press(**{**said, "day": "2026-11-25"})
    assert (answer.status_code, "The assembly was adjourned." in answer.text) == (409, True)
    assert (assembly.adjourned_until, count("assembly_adjourned")) == (until, 1)


def test_install_pressed_by_two_presidents_is_one_installation(client: FlaskClient, hall: Hall) -> None:
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 0, 1, 2)
    assemblies.call_next(assembly.id, call=1, by=hall.president, at=STARTS)
    another = people.actor(Role.PRESIDENT, network=hall.body)
    db.session.commit()
    url = f"/a/assemblies/{assembly.id}/act/install"
    mine, theirs = Page(client, hall.president, url), Page(client, another, url)
    make.arrive(assembly, hall, 3, at=LATER)  # who comes meanwhile makes no page old
    assert "Installed: the assembly is in session." in mine.press().text
    assert TWICE in theirs.press().text
    assert count("assembly_installed") == 1


def test_close_from_an_old_page_after_something_else_closes_nothing(client: FlaskClient, hall: Hall) -> None:
    assembly = make.installed(hall)
    db.session.commit()
    page = Page(client, hall.president, f"/a/assemblies/{assembly.id}/act/close")
    assert page.form.fields["reason"] != ""  # what the page proposes where something is left
    assemblies.suspend(assembly.id, reason="Luz", by=hall.secretary, at=LATER)
    assert page.press().status_code == 409
    fresh = Page(client, hall.president, page.url)
    assert "Closed." in fresh.press().text
    assert [(item.state, item.vote.state) for item in make.items(assembly) if item.vote] == [
        ("deferred", "voided")
    ]


def test_a_vote_is_put_once_and_never_the_next_one(client: FlaskClient, hall: Hall) -> None:
    assembly = make.installed(hall)
    item = make.items(assembly)[0]
    agenda.take_up(item.id, by=hall.president, at=LATER)
    another = people.actor(Role.PRESIDENT, network=hall.body)
    db.session.commit()
    url = f"/a/assemblies/items/{item.id}/put"
    mine, theirs = Page(client, hall.president, url), Page(client, another, url)
    assert "The vote is open." in mine.press(minutes="5").text
    assert TWICE in mine.press(minutes="5").text
    assert theirs.press(minutes="30").status_code == 409
    vote = item.vote
    assert vote is not None
    assert (vote.closes_at, count("vote_opened")) == (LATER + 5 * MINUTE, 1)
    votes.close_vote(vote.id, by=hall.president, at=LATER)
    assert mine.press(minutes="5").status_code == 409
    assert vote.state != "open"


def voting(hall: Hall) -> tuple[make.Assembly, str, make.Vote]:
    assembly = make.installed(hall)
    vote = make.opened(assembly, hall, at=LATER)
    db.session.commit()
    return assembly, f"/a/assemblies/{assembly.id}/console/votes/{vote.id}", vote


def test_a_vote_is_not_said_to_be_closed_while_it_is_suspended(client: FlaskClient, hall: Hall) -> None:
    _, steps, vote = voting(hall)
    page = Page(client, hall.president, f"{steps}/close")
    votes.suspend(vote.id, reason="Luz", by=hall.secretary, at=LATER)
    answer = page.press()
    assert (answer.status_code, "The vote was suspended." in answer.text) == (409, True)
    assert Page(client, hall.president, f"{steps}/close").press().status_code == 409
    assert vote.closed_at is None


def test_a_vote_that_was_closed_meanwhile_is_closed_once(client: FlaskClient, hall: Hall) -> None:
    _, steps, _vote = voting(hall)
    page = Page(client, hall.president, f"{steps}/close")
    assert "Closed and counted." in page.press().text
    assert page.press().status_code in (200, 409)
    assert count("vote_closed") == 1


def test_resume_from_an_old_page_does_not_end_another_stop(client: FlaskClient, hall: Hall) -> None:
    _, steps, vote = voting(hall)
    votes.suspend(vote.id, reason="Luz", by=hall.secretary, at=LATER)
    db.session.commit()
    page = Page(client, hall.president, f"{steps}/resume")
    votes.resume(vote.id, reason="Ya", by=hall.president, at=LATER)
    votes.suspend(vote.id, reason="Fuego", by=hall.secretary, at=LATER)
    assert page.press(reason="Ya").status_code == 409
    assert vote.state == "suspended"


def test_an_extension_asked_for_before_a_stop_is_asked_again(client: FlaskClient, hall: Hall) -> None:
    """The stop has moved the closing time: the minutes would not be those that the page spoke of."""
    _, steps, vote = voting(hall)
    page = Page(client, hall.president, f"{steps}/extend")
    votes.suspend(vote.id, reason="Luz", by=hall.secretary, at=LATER)
    votes.resume(vote.id, reason="Ya", by=hall.president, at=LATER + 2 * MINUTE)
    assert page.press(minutes="10", reason="Más").status_code == 409
    assert vote.extensions == 0


def test_an_item_that_was_put_to_the_vote_meanwhile_is_not_put_off(client: FlaskClient, hall: Hall) -> None:
    assembly = make.installed(hall)
    item = make.items(assembly)[0]
    agenda.take_up(item.id, by=hall.president, at=LATER)
    db.session.commit()
    page = Page(client, hall.president, f"/a/assemblies/items/{item.id}/act/defer")
    agenda_votes.open_vote(item.vote_id or 0, minutes=5, by=hall.president, at=LATER)
    answer = page.press(reason="Falta un informe")
    assert (answer.status_code, "An item was put to the vote." in answer.text) == (409, True)
    assert item.state == "voted"


@pytest.mark.parametrize("bad", ["", "x", "9" * 40, "²"])
def test_a_form_that_does_not_say_what_it_showed_is_told_what_stands(
    client: FlaskClient, hall: Hall, bad: str
) -> None:
    assembly = make.installed(hall)
    db.session.commit()
    page = Page(client, hall.president, f"/a/assemblies/{assembly.id}/act/suspend")
    answer = page.press(reason="Luz", shown=bad)
    assert (answer.status_code, OTHERWISE in answer.text) == (409, True)
    assert re.search(r'name="shown" value="[1-9]\d*"', answer.text)
    assert assembly.state == "installed"
