"""Two people at one draft round: the second to save is told, keeps what they typed, and loses nobody's work."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.engine import rounds
from consultations.engine.rounds import QuestionText
from consultations.extensions import db
from consultations.models.rounds import Question, Round
from tests import browsing
from tests.conftest import signed_in
from tests.factories import rounds as make

TODAY = make.START + timedelta(days=1)


@pytest.fixture
def draft(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Round:
    """A draft round with one question on a clause, before somebody of the Unit."""
    monkeypatch.setattr("consultations.clock.now", lambda: TODAY)
    house = make.house()
    round = make.draft(house)
    clause = round.version.nodes[0].id
    rounds.set_questions(round.id, [asked("Primera", node_id=clause)], by=house.unit, at=make.START)
    db.session.commit()
    signed_in(client, house.unit)
    with client.session_transaction() as session:
        session["language"] = "en"
    client.application.config["COLLEAGUE"] = house.head
    return round


def asked(words: str, node_id: int | None = None) -> QuestionText:
    return QuestionText("agree", {"es": words}, node_id=node_id)


def shown(client: FlaskClient, url: str) -> dict[str, str]:
    """What the page's last form would send untouched."""
    return browsing.forms(client.get(url).get_data(as_text=True))[-1].fields


def written(round: Round) -> list[str]:
    db.session.expire_all()
    query = (
        select(Question)
        .where(Question.round_id == round.id, Question.purpose == "")
        .order_by(Question.position)
    )
    return [one.texts["es"] for one in db.session.scalars(query)]


def meanwhile(client: FlaskClient, round: Round) -> None:
    """A colleague writes two questions of their own."""
    kept = [asked("Primera"), asked("Segunda"), asked("Tercera")]
    rounds.set_questions(round.id, kept, by=client.application.config["COLLEAGUE"], at=TODAY)
    db.session.commit()


@pytest.mark.parametrize("page", ["", "/1", "/1/delete"])
def test_questions_written_meanwhile_are_not_lost(client: FlaskClient, draft: Round, page: str) -> None:
    url = f"/unit/rounds/{draft.id}/questions{page}"
    form = shown(client, url)
    meanwhile(client, draft)
    answer = client.post(url, data={**form, "text_es": "Cuarta"})
    said = answer.get_data(as_text=True)
    assert (answer.status_code, "changed this while you were writing" in said) == (409, True)
    assert page == "/1/delete" or "Cuarta" in said
    assert written(draft) == ["Primera", "Segunda", "Tercera"]


def test_a_question_refused_once_is_added_to_those_that_came_between(
    client: FlaskClient, draft: Round
) -> None:
    url = f"/unit/rounds/{draft.id}/questions"
    form = shown(client, url)
    meanwhile(client, draft)
    again = client.post(url, data={**form, "text_es": "Cuarta"}).get_data(as_text=True)
    assert client.post(url, data=browsing.forms(again)[-1].fields).status_code == 303
    assert written(draft) == ["Primera", "Segunda", "Tercera", "Cuarta"]


def test_a_changed_question_stays_with_its_clause(client: FlaskClient, draft: Round) -> None:
    clause = db.session.scalars(select(Question.node_id).where(Question.purpose == "")).one()
    url = f"/unit/rounds/{draft.id}/questions"
    client.post(f"{url}/1", data={**shown(client, f"{url}/1"), "text_es": "Otra"})
    client.post(url, data={**shown(client, url), "text_es": "Segunda"})
    own = select(Question.texts, Question.node_id).where(Question.purpose == "").order_by(Question.position)
    found = db.session.execute(own).all()
    assert [tuple(row) for row in found] == [({"es": "Otra"}, clause), ({"es": "Segunda"}, None)]


def test_a_round_changed_meanwhile_is_refused_with_what_was_typed(client: FlaskClient, draft: Round) -> None:
    url = f"/unit/rounds/{draft.id}/edit"
    form = shown(client, url) | {"languages": ["es", "en"], "objectives_es": "Lo mío"}
    rounds.edit(
        draft.id, objectives={"es": "Lo de otra"}, zone=make.ZONE, day_count="inclusive", opens_on=date(2026, 6, 1),
        days=60, languages=["es"], waivers={}, by=client.application.config["COLLEAGUE"], at=TODAY,
    )  # fmt: skip
    db.session.commit()
    answer = client.post(url, data=form)
    said = answer.get_data(as_text=True)
    assert (answer.status_code, "changed this while" in said, "Lo mío" in said) == (409, True, True)
    db.session.expire_all()
    assert draft.objectives == {"es": "Lo de otra"}
    known = browsing.forms(said)[-1].fields["known"]
    assert client.post(url, data={**form, "known": known}).status_code == 303
    db.session.expire_all()
    assert draft.objectives["es"] == "Lo mío"
