"""At the desk words are removed, comments hidden and shown again; other pages read the reason in their place."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import removals
from consultations.extensions import db
from consultations.models.comments import Comment
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories.comments import DURING, Scene, comment, scene


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    db.session.commit()
    return made


@pytest.fixture
def made(here: Scene) -> Comment:
    row = comment(here, text="Don Luis de Cobán no paga.", visibility="public")
    db.session.commit()
    return row


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    vars(g).clear()
    with signed_in(client, who).session_transaction() as session:
        session["language"] = "en"
    return client


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def clause(here: Scene) -> str:
    return f"/d/rounds/{here.round.id}/clauses/{here.clauses[0].id}"


def test_words_are_removed_at_the_desk_and_the_page_shows_how_others_read_it(
    client: FlaskClient, here: Scene, made: Comment
) -> None:
    unit, url = acting(client, here.unit), f"/desk/comments/{made.id}/words"
    assert url in text(unit, f"/desk/comments/{made.id}")
    assert post(unit, url, words="Don Luis", reason="a <person>").status_code == 303
    page = text(unit, url)
    assert "[removed: a &lt;person&gt;] de Cobán no paga." in page
    assert "Don Luis de Cobán no paga." in page
    own = text(acting(client, here.delegates[0]), f"/d/comments/{made.id}")
    assert "Don Luis de Cobán no paga." in own
    assert "Others do not read “Don Luis”: a &lt;person&gt;" in own
    other = text(acting(client, here.delegates[1]), clause(here))
    assert "Luis" not in other
    assert "[removed: a &lt;person&gt;] de Cobán no paga." in other


def test_words_that_do_not_stand_there_are_refused_beside_what_was_typed(
    client: FlaskClient, here: Scene, made: Comment
) -> None:
    answer = post(
        acting(client, here.unit), f"/desk/comments/{made.id}/words", words="Doña Ana", reason="nombre"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "These words do not stand in the comment" in page
    assert "Doña Ana" in page


def test_the_head_hides_it_and_another_person_shows_it_again(
    client: FlaskClient, here: Scene, made: Comment
) -> None:
    head, url = acting(client, here.head), f"/desk/comments/{made.id}"
    assert f"{url}/hide" in text(head, url)
    post(head, f"{url}/hide", reason="offends a person")
    page = text(head, url)
    assert "Others read in its place: offends a person" in page
    assert f"{url}/show" not in page
    assert "Who dismissed it cannot reverse that alone." in post(
        head, f"{url}/show", reason="I was wrong"
    ).get_data(as_text=True)
    other = text(acting(client, here.delegates[1]), clause(here))
    assert "[hidden: offends a person]" in other
    assert "Luis" not in other
    assert "(1)" in other
    own = text(acting(client, here.delegates[0]), f"/d/comments/{made.id}")
    assert "Others read in its place: offends a person" in own
    chair = acting(client, here.chair)
    assert f"{url}/show" in text(chair, url)
    assert post(chair, f"{url}/show", reason="it does not").status_code == 303
    assert "Luis" in text(acting(client, here.delegates[1]), clause(here))


def test_the_unit_itself_neither_hides_nor_shows(client: FlaskClient, here: Scene, made: Comment) -> None:
    unit, url = acting(client, here.unit), f"/desk/comments/{made.id}"
    assert f"{url}/hide" not in text(unit, url)
    text(unit, f"{url}/hide", 403)
    text(unit, f"{url}/show", 403)


@pytest.mark.parametrize("step", ["words", "hide", "show"])
def test_a_draft_is_nobody_elses(client: FlaskClient, here: Scene, step: str) -> None:
    draft = comment(here, submit=False)
    db.session.commit()
    text(acting(client, here.head), f"/desk/comments/{draft.id}/{step}", 404)


def test_the_commission_reads_the_desk_without_the_removed_words(
    client: FlaskClient, here: Scene, made: Comment
) -> None:
    removals.remove_words(made.id, "Don Luis", "nombre", by=here.unit, at=DURING)
    db.session.commit()
    page = text(acting(client, here.chair), f"/desk/comments/{made.id}")
    assert "Luis" not in page
    assert "[removed: nombre]" in page
