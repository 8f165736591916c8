"""Objections come to CECLAC's agenda with the answer; its chair writes down what it decides, and the organisation reads it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import satisfaction
from consultations.extensions import db
from consultations.facts.points import last_number
from consultations.models.comments import Answer, Comment
from consultations.models.points import Point
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import AFTER, Scene, answered, answering, comment, scene
from workflows.roles import Role


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    """Two comments of two organisations are answered and published; the first organisation objects."""
    made = scene(organisations=2)
    said = [comment(made, who=0, text="Lo primero."), comment(made, who=1, text="Lo segundo.")]
    answering(made)
    for row in said:
        answered(made, row)
        row.state = "answered"
    made.round.state, made.round.published_at = "published", AFTER
    made.round.satisfaction_until = AFTER + timedelta(days=14)
    db.session.flush()
    satisfaction.declare(said[0].id, "objects", "No responde a lo nuestro.", by=made.delegates[0], at=AFTER)
    db.session.commit()
    return made


def page(client: FlaskClient, by: Actor, url: str, status: int = 200) -> str:
    signed_in(client, by)
    with client.session_transaction() as session:
        session["language"] = "en"
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def objected(here: Scene) -> Comment:
    db.session.expire_all()
    return db.session.query(Comment).filter_by(organisation_id=here.organisations[0].id).one()


@pytest.mark.parametrize("who", ["chair", "member", "unit", "auditor"])
def test_the_agenda_shows_objection_and_answer(client: FlaskClient, here: Scene, who: str) -> None:
    by = {
        "chair": here.chair, "member": people.actor(Role.COMMISSION, network=here.body), "unit": here.unit,
        "auditor": people.actor(Role.AUDITOR),
    }[who]  # fmt: skip
    db.session.commit()
    said = page(client, by, "/commission/objections")
    for words in (
        "Lo primero.",
        "No responde a lo nuestro.",
        "Gracias, lo aceptamos.",
        "Waits for the Commission",
    ):
        assert words in said
    assert "Lo segundo." not in said
    id = objected(here).id
    assert (f"/commission/objections/{id}" in said, f"/desk/comments/{id}/objection" in said) == (
        who == "chair", who == "unit",
    )  # fmt: skip


def test_the_chair_writes_what_was_decided_and_the_organisation_reads_it(
    client: FlaskClient, here: Scene
) -> None:
    id = objected(here).id
    url = f"/commission/objections/{id}"
    page(client, here.chair, url)
    empty = post(client, url, outcome="accepted", response="")
    assert (empty.status_code, "Write the response." in empty.get_data(as_text=True)) == (200, True)
    done = post(
        client,
        url,
        outcome="accepted_in_part",
        response="La Comisión lo acepta en parte.",
        decided_in="Acta 7",
    )
    assert (done.status_code, done.location) == (303, "/commission/objections")
    said = page(client, here.chair, "/commission/objections")
    assert ("The Commission has decided" in said, f"objections/{id}" in said) == (True, False)
    newest = objected(here).answers[-1]
    assert (newest.outcome, newest.decided_in, newest.decided_by_id, objected(here).state) == (
        "accepted_in_part", "Acta 7", here.chair.person_id, "objected",
    )  # fmt: skip
    own = page(client, here.delegates[0], f"/d/rounds/{here.round.id}/comments")
    assert ("La Comisión lo acepta en parte." in own, "No responde a lo nuestro." in own) == (True, True)


def test_it_waits_for_the_chair_on_their_first_page_until_it_is_decided(
    client: FlaskClient, here: Scene
) -> None:
    assert "objections to answers that wait for the Commission: 1" in page(client, here.chair, "/home")
    satisfaction.answer_objection(objected(here).id, "La Unidad lo explica.", by=here.unit, at=AFTER)
    db.session.commit()
    assert "objections to answers that wait for the Commission: 1" in page(client, here.chair, "/home")
    agenda = page(client, here.chair, "/commission/objections")
    assert "Objections that wait for the Commission: 1" in agenda
    assert "The Standards Unit has replied." in agenda
    satisfaction.answer_objection(objected(here).id, "Lo explicamos.", by=here.chair, at=AFTER)
    db.session.commit()
    assert "wait for the Commission" not in page(client, here.chair, "/home")


@pytest.mark.parametrize(("who", "status"), [("unit", 403), ("delegate", 403), ("member", 403)])
def test_nobody_else_decides(client: FlaskClient, here: Scene, who: str, status: int) -> None:
    by = {
        "unit": here.unit, "delegate": here.delegates[0], "member": people.actor(Role.COMMISSION, network=here.body),
    }[who]  # fmt: skip
    db.session.commit()
    page(client, by, f"/commission/objections/{objected(here).id}", status)


def test_what_nobody_objects_to_is_not_on_the_agenda(client: FlaskClient, here: Scene) -> None:
    other = db.session.query(Comment).filter_by(organisation_id=here.organisations[1].id).one()
    page(client, here.chair, f"/commission/objections/{other.id}", 404)


@pytest.fixture
def split(here: Scene) -> int:
    """The comment objected to has two points, each with its answer."""
    id = objected(here).id
    for number, words in ((1, "El precio."), (2, "El plazo.")):
        db.session.add(Point(comment_id=id, number=number, text=words, made_at=AFTER))
    db.session.add(
        Answer(
            comment_id=id, point=2, number=last_number(id) + 1, outcome="noted", reason="Se mira.", response="Se toma nota del plazo.",
            answered_at=AFTER, proposed_by_id=here.unit.person_id, decided_by_id=here.unit.person_id,
        )
    )  # fmt: skip
    db.session.commit()
    return id


def test_the_chair_decides_on_each_point_of_a_comment_that_was_split(
    client: FlaskClient, here: Scene, split: int
) -> None:
    agenda = page(client, here.chair, "/commission/objections")
    assert [f"objections/{split}?point={number}" in agenda for number in (1, 2, 3)] == [True, True, False]
    url = f"/commission/objections/{split}?point=2"
    assert re.findall(r'<option selected value="(\w+)"', page(client, here.chair, url)) == ["noted"]
    done = post(client, url, outcome="accepted", response="La Comisión lo acepta.")
    assert done.status_code == 303
    newest = objected(here).answers[-1]
    assert (newest.point, newest.outcome) == (2, "accepted")
    agenda = page(client, here.chair, "/commission/objections")
    assert [f"objections/{split}?point={number}" in agenda for number in (1, 2)] == [True, False]
    page(client, here.chair, f"/commission/objections/{split}?point=3", 404)


def test_the_unit_answers_the_point_that_it_chooses(client: FlaskClient, here: Scene, split: int) -> None:
    agenda = page(client, here.unit, "/commission/objections")
    url = f"/desk/comments/{split}/objection?point=2"
    assert url in agenda
    page(client, here.unit, url)
    assert post(client, url, response="Lo del plazo se explica.").status_code == 303
    newest = objected(here).answers[-1]
    assert (newest.point, newest.outcome, newest.response) == (2, "noted", "Lo del plazo se explica.")


def test_answer_objection_reply_and_decision_stand_one_under_another(
    client: FlaskClient, here: Scene
) -> None:
    id = objected(here).id
    satisfaction.answer_objection(id, "La Unidad lo explica.", by=here.unit, at=AFTER + timedelta(hours=1))
    satisfaction.answer_objection(
        id, "La Comisión lo acepta.", outcome="accepted_in_part", decided_in="Acta 7", by=here.chair,
        at=AFTER + timedelta(hours=2),
    )  # fmt: skip
    db.session.commit()
    pages = (
        (here.delegates[0], f"/d/comments/{id}"), (here.delegates[0], f"/d/rounds/{here.round.id}/comments"),
        (here.unit, f"/desk/rounds/{here.round.id}/objections"), (here.unit, f"/desk/comments/{id}/objection"),
        (here.chair, "/commission/objections"), (here.chair, f"/commission/objections/{id}"),
    )  # fmt: skip
    turns = (
        "Answer of the Standards Unit", "Gracias, lo aceptamos.", "The objection", "No responde a lo nuestro.",
        "Reply of the Standards Unit to the objection", "La Unidad lo explica.", "What the Commission decided", "Acta 7",
        "Accepted in part", "La Comisión lo acepta.",
    )  # fmt: skip
    for by, url in pages:
        shown = page(client, by, url)
        shown = shown[shown.index("<b>Answer of the Standards Unit") :]
        places = [shown.index(words) for words in turns]
        assert (url, places) == (url, sorted(places))
        assert (url, [shown.count(turns[n]) for n in (1, 3, 5, 9)]) == (url, [1, 1, 1, 1])


def test_others_read_nothing_of_the_exchange(client: FlaskClient, here: Scene) -> None:
    shown = page(client, here.delegates[1], f"/d/said/{objected(here).id}")
    assert ("Lo primero." in shown, "No responde a lo nuestro." in shown) == (True, False)


def test_each_point_of_a_comment_that_was_split_keeps_its_own_turns(
    client: FlaskClient, here: Scene, split: int
) -> None:
    satisfaction.answer_objection(split, "El plazo, explicado.", point=2, by=here.unit, at=AFTER)
    db.session.commit()
    shown = page(client, here.delegates[0], f"/d/comments/{split}")
    turns = (
        "Answer of the Standards Unit · Point 1", "El precio.", "Answer of the Standards Unit · Point 2", "El plazo.",
        "Se toma nota del plazo.", "The objection", "Reply of the Standards Unit to the objection · Point 2", "El plazo, explicado.",
    )  # fmt: skip
    places = [shown.index(words) for words in turns]
    assert places == sorted(places)
