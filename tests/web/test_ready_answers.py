"""Ready-made answers in the browser: written in several languages, changed, removed."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, gettext
from sqlalchemy import select

from consultations.extensions import db
from consultations.models.comments import Answer
from consultations.models.points import AnswerTemplate
from tests.browsing import forms, post
from tests.factories.comments import AFTER, Scene, answering, comment, scene
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


def filled(client: FlaskClient, url: str) -> dict[str, str]:
    """The fields of the answer as the page shows them."""
    page = client.get(url).get_data(as_text=True)
    return next(form.fields for form in forms(page) if "response" in form.fields)


def test_one_is_chosen_on_the_form_of_an_answer_and_changed_before_it_is_sent(
    client: FlaskClient, here: Scene
) -> None:
    made = comment(here, clause=0)
    answering(here)
    db.session.commit()
    english(client, here.unit, AFTER)
    url = f"/desk/comments/{made.id}"
    assert 'name="template"' not in client.get(url).get_data(as_text=True)
    post(client, f"{URL}/new", **{**THANKS, "response_es": "Gracias por {number}, sobre {clause}."})
    assert 'name="template"' in client.get(url).get_data(as_text=True)
    chosen = f"{url}?template={only().id}"
    fields = filled(client, chosen)
    assert (fields["outcome"], fields["reason"], fields["response"]) == (
        "noted",
        "No change.",
        "Gracias por R1-1, sobre 1.1.",
    )
    assert post(client, chosen, response="Gracias, Ana.").status_code == 303
    assert db.session.scalars(select(Answer.response)).all() == ["Gracias, Ana."]


@pytest.mark.parametrize("template", ["987654", "x", "99999999999999"])
def test_one_that_is_not_there_fills_nothing(client: FlaskClient, here: Scene, template: str) -> None:
    made = comment(here)
    answering(here)
    db.session.commit()
    english(client, here.unit, AFTER)
    assert filled(client, f"/desk/comments/{made.id}?template={template}")["response"] == ""


def test_no_words_in_the_language_of_the_comment_is_said(client: FlaskClient, here: Scene) -> None:
    made = comment(here, language="fr")
    answering(here)
    db.session.commit()
    english(client, here.unit, AFTER)
    post(client, f"{URL}/new", **THANKS)
    url = f"/desk/comments/{made.id}?template={only().id}"
    assert "Thanks has no words in this language: French." in client.get(url).get_data(as_text=True)
    fields = filled(client, url)
    assert (fields["outcome"], fields["response"]) == ("noted", "")


def test_the_text_as_a_whole_is_named_in_the_language_of_the_comment(
    client: FlaskClient, here: Scene
) -> None:
    made = comment(here, clause=None)
    answering(here)
    db.session.commit()
    english(client, here.unit, AFTER)
    post(client, f"{URL}/new", **{**THANKS, "response_es": "Sobre {clause}."})
    with force_locale("es"):
        whole = gettext("the text as a whole")
    assert filled(client, f"/desk/comments/{made.id}?template={only().id}")["response"] == f"Sobre {whole}."
