"""Ready-made answers in the browser: written in several languages, changed, removed."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.extensions import db
from consultations.models.points import AnswerTemplate
from tests.browsing import post
from tests.factories.comments import AFTER, Scene, scene
from tests.web.visiting import english

URL = "/desk/ready-answers"
THANKS = {
    "name": "Thanks",
    "outcome": "noted",
    "reason": "No change.",
    "response_es": "Gracias por {number}.",
}


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    db.session.commit()
    return made


def only() -> AnswerTemplate:
    db.session.expire_all()
    return db.session.scalars(select(AnswerTemplate)).one()


def test_one_is_written_changed_and_removed(client: FlaskClient, here: Scene) -> None:
    english(client, here.unit, AFTER)
    assert post(client, f"{URL}/new", **THANKS).status_code == 303
    assert "Thanks" in client.get(URL).get_data(as_text=True)
    one = f"{URL}/{only().id}"
    assert post(client, one, response_pt="Obrigado.").status_code == 303
    assert only().responses == {"es": "Gracias por {number}.", "pt": "Obrigado."}
    assert post(client, f"{one}/remove").status_code == 303
    assert db.session.scalars(select(AnswerTemplate)).all() == []


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"name": ""}, 400, "Write a name."),
        ({"response_es": ""}, 409, "The response is missing."),
        ({"response_es": "{nombre}"}, 409, "no meaning: {nombre}."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: FlaskClient, here: Scene, more: dict[str, str], status: int, said: str
) -> None:
    english(client, here.unit, AFTER)
    answer = post(client, f"{URL}/new", **{**THANKS, "reason": "Mis palabras.", **more})
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert "Mis palabras." in page
    assert said in page


def test_a_colleague_s_change_meanwhile_is_told(client: FlaskClient, here: Scene) -> None:
    english(client, here.unit, AFTER)
    post(client, f"{URL}/new", **THANKS)
    one = f"{URL}/{only().id}"
    post(client, one, reason="Otra.")
    stale = post(client, one, reason="Mía.", known="1")
    assert stale.status_code == 409
    assert only().reason == "Otra."


def test_another_body_s_is_not_found(client: FlaskClient, here: Scene) -> None:
    english(client, here.unit, AFTER)
    post(client, f"{URL}/new", **THANKS)
    english(client, scene().unit, AFTER)
    db.session.commit()
    assert client.get(f"{URL}/{only().id}").status_code == 404
    assert "Thanks" not in client.get(URL).get_data(as_text=True)
