"""The desk: filtered queue in a constant number of queries, answers by two people, the synopsis and who may read it."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.comments import Answer, Comment
from consultations.models.reviews import Review
from tests.browsing import post, token
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import AFTER, DURING, REPLY, Scene, answered, answering, comment, scene
from workflows.roles import Role


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=3)
    made.round.dossier.body.settings = {"commission": made.body.code}
    comment(made, who=0, text="Primero.")
    comment(made, who=1, clause=1, type="editorial", stance="against", text="Segundo.", visibility="unit")
    comment(made, who=2, clause=None, text="Tercero.", visibility="public", consent_to_name=True)
    comment(made, who=2, submit=False, text="Sin enviar.")
    answering(made)
    db.session.commit()
    return made


def test_countries_are_offered_by_their_names_in_the_readers_language(
    client: FlaskClient, app: Flask
) -> None:
    made = scene(organisations=4, countries="DE AT AE GT")
    comment(made, who=0)
    db.session.commit()
    acting(client, made.unit)
    with client.session_transaction() as session:
        session["language"] = "es"
    offered = (
        text(client, f"/desk/rounds/{made.round.id}").partition('id="f-country"')[2].partition("</select>")[0]
    )
    assert re.findall(r'value="(\w\w)"', offered) == [
        "DE",
        "AT",
        "AE",
        "GT",
    ]  # Alemania, Austria, Emiratos …, Guatemala
    with client.session_transaction() as session:
        session["language"] = "en"
    offered = (
        text(client, f"/desk/rounds/{made.round.id}").partition('id="f-country"')[2].partition("</select>")[0]
    )
    assert re.findall(r'value="(\w\w)"', offered) == ["AT", "DE", "GT", "AE"]


def acting(client: FlaskClient, who: Actor | None) -> FlaskClient:
    """Sign in (None: out), and forget what an earlier request of the same test kept in its context."""
    vars(g).clear()
    with client.session_transaction() as session:
        session.clear()
    return signed_in(client, who) if who else client


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def queries(client: FlaskClient, url: str) -> int:
    """How many statements the page takes, with nothing remembered from before."""
    seen: list[str] = []
    vars(g).clear()
    db.session.expire_all()

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    client.get(url)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Primero.", "Segundo.", "Tercero."]),
        ("?type=editorial", ["Segundo."]),
        ("?stance=for", ["Primero.", "Tercero."]),
        ("?clause=whole", ["Tercero."]),
        ("?country=GT", ["Primero."]),
        ("?state=waiting", ["Primero.", "Segundo.", "Tercero."]),
        ("?state=decided", []),
        ("?type=nonsense", []),
        ("?page=99", ["Primero.", "Segundo.", "Tercero."]),
    ],
)
def test_the_queue_is_filtered(client: FlaskClient, here: Scene, query: str, shown: list[str]) -> None:
    page = text(acting(client, here.unit), f"/desk/rounds/{here.round.id}{query}")
    assert [said for said in ("Primero.", "Segundo.", "Tercero.", "Sin enviar.") if said in page] == shown


def test_the_queue_takes_as_many_queries_for_twenty_as_for_one(client: FlaskClient, here: Scene) -> None:
    here.round.state = "open"
    for _ in range(17):
        comment(here, at=DURING)
    answering(here)
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}"
    text(acting(client, here.unit), url)
    assert queries(client, url) == queries(client, f"{url}?type=editorial")


def test_an_answer_is_proposed_by_one_and_decided_by_another(client: FlaskClient, here: Scene) -> None:
    id = db.session.scalars(select(Comment.id).order_by(Comment.id)).first()
    url = f"/desk/comments/{id}"
    turned_down = {**REPLY, "outcome": "rejected"}
    alone = post(acting(client, here.unit), url, **turned_down, decide="1")
    assert alone.status_code == 409
    assert "Gracias, lo aceptamos." in alone.get_data(as_text=True)
    assert post(client, url, **turned_down).status_code == 303
    assert f"{url}/decide" not in text(client, url)
    post(acting(client, here.second), f"{url}/decide", page_url=url)
    newest = db.session.scalars(select(Answer).order_by(Answer.number.desc())).first()
    assert (newest.number, newest.proposed_by_id, newest.decided_by_id) == (
        2,
        here.unit.person_id,
        here.second.person_id,
    )


def test_an_answer_of_a_colleague_meanwhile_is_shown_and_mine_kept(client: FlaskClient, here: Scene) -> None:
    id = db.session.scalars(select(Comment.id).order_by(Comment.id)).first()
    url = f"/desk/comments/{id}"
    post(acting(client, here.second), url, **REPLY)
    answer = post(acting(client, here.unit), url, **{**REPLY, "response": "Lo mío.", "known": "0"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Gracias, lo aceptamos." in page
    assert "Lo mío." in page


def test_what_was_never_sent_is_reported_without_its_words(client: FlaskClient, here: Scene) -> None:
    page = text(acting(client, here.unit), f"/desk/rounds/{here.round.id}/unsent")
    assert here.organisations[2].name in page
    assert "Sin enviar." not in page


def finished(here: Scene) -> None:
    for row in db.session.scalars(select(Comment).where(Comment.state == "submitted")).all():
        answered(here, row, response=f"Respuesta a {row.public_number}.")
    db.session.commit()


def submitted(client: FlaskClient, here: Scene) -> None:
    finished(here)
    url = f"/desk/rounds/{here.round.id}/synopsis"
    words = {"introduction": "Se preguntó a todas.", "way_forward": "Sigue el voto."}
    check = post(acting(client, here.unit), url, **words)
    assert "Se preguntó a todas." in check.get_data(as_text=True)
    assert here.round.state == "answering"
    assert client.post(url, data={**words, "send": "1", "csrf_token": token(client, url)}).status_code == 303
    db.session.expire_all()


def test_words_kept_as_a_draft_are_there_on_return_for_the_unit_alone(
    client: FlaskClient, here: Scene
) -> None:
    url = f"/desk/rounds/{here.round.id}/synopsis"
    kept = post(acting(client, here.unit), url, introduction="A medias.", way_forward="", keep="1")
    assert (kept.status_code, kept.location) == (303, url)
    assert "A medias." in text(acting(client, here.second), url)
    assert here.round.state == "answering"
    text(acting(client, here.delegates[0]), f"/rounds/{here.round.id}/synopsis", 404)
    here.round.state = "closed"
    db.session.commit()
    data = {"introduction": "Más.", "keep": "1", "csrf_token": token(acting(client, here.unit), url)}
    refused = client.post(url, data=data)
    db.session.expire_all()
    assert (refused.status_code, here.round.draft_introduction) == (409, "A medias.")


def test_the_synopsis_is_checked_then_sent_and_read_by_the_commission_before_anyone(
    client: FlaskClient, here: Scene
) -> None:
    submitted(client, here)
    assert here.round.state == "synopsis_review"
    url = f"/rounds/{here.round.id}/synopsis"
    stranger: list[tuple[Actor, int]] = [
        (here.chair, 200), (here.unit, 200), (people.actor(Role.AUDITOR), 200), (here.delegates[0], 404),
    ]  # fmt: skip
    db.session.commit()
    for who, status in stranger:
        text(acting(client, who), url, status)
    text(acting(client, None), url, 404)


def test_it_cannot_be_sent_while_answers_are_missing(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/synopsis"
    acting(client, here.unit)
    data = {
        "introduction": "Mis palabras.",
        "way_forward": "Otras.",
        "send": "1",
        "csrf_token": token(client, url),
    }
    answer = client.post(url, data=data)
    assert answer.status_code == 409
    assert "Mis palabras." in answer.get_data(as_text=True)


def published(client: FlaskClient, here: Scene) -> None:
    submitted(client, here)
    db.session.scalars(select(Review)).one().state = "approved"
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}/publish"
    assert post(acting(client, here.head), url).status_code == 303
    db.session.expire_all()


def test_staff_read_that_the_head_publishes(client: FlaskClient, here: Scene) -> None:
    submitted(client, here)
    db.session.scalars(select(Review)).one().state = "approved"
    db.session.commit()
    url = f"/desk/rounds/{here.round.id}/publish"
    page = text(acting(client, here.unit), url)
    by_the_head = "La publica la dirección de la Unidad de Estándares, cuando la Comisión la ha aprobado."
    assert by_the_head in page
    assert '<form method="post" action="' + url not in page
    data = {"csrf_token": token(client, url)}
    assert client.post(url, data=data).status_code == 409
    db.session.expire_all()
    assert here.round.published_at is None
    assert by_the_head not in text(acting(client, here.head), url)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("public", ["Tercero."]),
        ("delegate", ["Primero.", "Tercero."]),
        ("own", ["Primero.", "Segundo.", "Tercero."]),
        ("auditor", ["Primero.", "Segundo.", "Tercero."]),
    ],
)
def test_each_reads_of_the_published_synopsis_what_is_meant_for_them(
    client: FlaskClient, here: Scene, who: str, words: list[str]
) -> None:
    published(client, here)
    auditor = people.actor(Role.AUDITOR)
    db.session.commit()
    readers = {"public": None, "delegate": here.delegates[0], "own": here.delegates[1], "auditor": auditor}
    acting(client, readers[who])
    page = text(client, f"/rounds/{here.round.id}/synopsis")
    assert [said for said in ("Primero.", "Segundo.", "Tercero.") if said in page] == words
    assert here.organisations[2].name in page
    assert ("R1-2" in page) is True


def test_the_number_received_is_the_number_listed_however_few_and_kinds_are_hidden(
    client: FlaskClient, here: Scene
) -> None:
    published(client, here)
    acting(client, None)
    with client.session_transaction() as session:
        session["language"] = "en"
    page = text(client, f"/rounds/{here.round.id}/synopsis")
    assert re.search(r'<th scope="row">Comments received</th><td[^>]*>3</td>', page)
    assert len(re.findall(r"<b>R1-\d+</b>", page)) == 3
    stances = page.partition("<caption>Comments by stance</caption>")[2].partition("</table>")[0]
    assert re.findall(r'data-h="How many">([^<]*)<', stances) == ["hidden", "hidden", "hidden", "3"]


def test_nobody_is_named_in_public_without_consent(client: FlaskClient, here: Scene) -> None:
    published(client, here)
    page = text(acting(client, None), f"/rounds/{here.round.id}/synopsis")
    assert [o.name in page for o in here.organisations] == [False, False, True]


@pytest.mark.parametrize(
    "path",
    ["/desk", "/desk/rounds/1", "/desk/rounds/1/synopsis", "/desk/rounds/1/publish", "/desk/rounds/1/ready"],
)
def test_the_desk_is_closed_to_delegates(client: FlaskClient, here: Scene, path: str) -> None:
    text(acting(client, here.delegates[0]), path, 403)


def test_the_chair_hands_the_text_on(client: FlaskClient, here: Scene) -> None:
    published(client, here)
    url = f"/desk/rounds/{here.round.id}/ready"
    assert '<form method="post" action="' + url not in text(acting(client, here.chair), url)
    with time_machine.travel(AFTER.replace(day=28), tick=False):
        assert post(acting(client, here.chair), url).status_code == 303
    db.session.expire_all()
    assert here.round.state == "ready_for_vote"


def test_the_list_of_rounds_takes_as_many_statements_for_five_as_for_one(
    client: FlaskClient, here: Scene
) -> None:
    signed_in(client, here.unit)
    alone = queries(client, "/desk")
    for _ in range(4):
        comment(scene())
    db.session.commit()
    assert client.get("/desk").get_data(as_text=True).count("/desk/rounds/") > 4
    assert queries(client, "/desk") == alone
