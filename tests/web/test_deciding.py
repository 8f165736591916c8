"""Second people in the browser: proposals accepted or sent back, one answer for many points, its sample seen."""

import gzip
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.actor import Actor
from consultations.engine import answer_templates, answers, batches, coding
from consultations.engine.answer_templates import Ready
from consultations.engine.batches import ManyReply
from consultations.extensions import db
from consultations.models.comments import Answer, Comment
from consultations.models.events import Event
from consultations.models.points import Batch
from tests.browsing import forms, post, token
from tests.factories import people
from tests.factories.coding import WATER, code
from tests.factories.comments import AFTER, REPLY, Scene, answering, comment, scene
from tests.web.visiting import english
from workflows.roles import Role

MANY = {"outcome": "noted", "reason": "Ya está.", "response_es": "Gracias por {number}."}


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene(organisations=3)
    comment(made, who=0, text="Primero.")
    comment(made, who=1, clause=1, stance="against", text="Segundo.", would_vote_no=True)
    comment(made, who=2, clause=None, text="Tercero.")
    answering(made)
    db.session.commit()
    return made


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    return english(client, who, AFTER)


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def ids() -> list[int]:
    return list(db.session.scalars(select(Comment.id).order_by(Comment.id)))


def states() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(select(Comment.state).order_by(Comment.id)))


def proposed(here: Scene, **more: object) -> None:
    for id in ids():
        answers.propose(id, **{**REPLY, **more}, by=here.unit, at=AFTER)
    db.session.commit()


def test_a_second_person_accepts_or_sends_back_one_after_the_other(client: FlaskClient, here: Scene) -> None:
    proposed(here, outcome="rejected")
    one, two, three = ids()
    index = f"/desk/rounds/{here.round.id}/to-decide"
    acting(client, here.unit)
    page = text(client, index)
    assert page.count("Waits for a second person") == 3
    assert "Accept what is proposed" not in text(client, f"/desk/comments/{one}/points/1/proposal")
    acting(client, here.second)
    assert text(client, index).count("Waits for you") == 3
    url = f"/desk/comments/{one}/points/1/proposal"
    accepted = post(client, url, accept="1")
    assert (accepted.status_code, accepted.location) == (303, f"/desk/comments/{two}/points/1/proposal")
    url = f"/desk/comments/{two}/points/1/proposal"
    assert post(client, url, back="1").status_code == 409
    assert (
        post(client, url, back="1", reason="Falta citar.").location
        == f"/desk/comments/{three}/points/1/proposal"
    )
    assert states() == ["decided", "triaged", "proposed"]
    reasons = db.session.scalars(select(Event.reason).where(Event.name == "proposal_returned")).all()
    assert reasons == ["Falta citar."]
    again = client.get(url)
    assert (again.status_code, again.location) == (302, index)


def test_who_proposed_may_decide_only_where_nobody_else_is_asked(client: FlaskClient, here: Scene) -> None:
    proposed(here)
    page = text(acting(client, here.unit), f"/desk/rounds/{here.round.id}/to-decide")
    assert (page.count("You may decide"), page.count("Waits for a second person")) == (2, 1)


def test_an_answer_that_was_changed_meanwhile_is_not_decided_unread(client: FlaskClient, here: Scene) -> None:
    proposed(here)
    url = f"/desk/comments/{ids()[0]}/points/1/proposal"
    acting(client, here.second)
    stale = post(client, url, known="7", accept="1")
    assert stale.status_code == 409
    assert states()[0] == "proposed"


def test_ticked_points_get_one_answer_and_a_second_person_sees_the_sample(
    client: FlaskClient, here: Scene
) -> None:
    url = f"/desk/rounds/{here.round.id}/answer-many"
    one, _, three = ids()
    acting(client, here.unit)
    data = {**MANY, "points": [f"{one}.1", f"{three}.1"], "csrf_token": token(client, url)}
    first, again = client.post(url, data=data), client.post(url, data=data)
    (batch,) = db.session.scalars(select(Batch))
    assert (first.status_code, first.location) == (303, f"/desk/batches/{batch.id}")
    assert again.location == first.location
    assert (states(), len(batch.seed)) == (["proposed", "submitted", "proposed"], 32)
    assert db.session.scalars(select(Answer.response)).all() == ["Gracias por R1-1.", "Gracias por R1-3."]
    check = f"/desk/batches/{batch.id}"
    assert "Decide on all" not in text(client, check)
    assert ids()[0] in [c for c, _, _ in batch.comments]
    index = f"/desk/rounds/{here.round.id}/to-decide"
    assert "No proposal waits." in text(client, index)
    acting(client, here.second)
    assert "Waits for you" in text(client, index)
    csrf = token(client, check)
    unseen = client.post(check, data={"csrf_token": csrf, "seen": [f"{one}.1"], "accept": "1"})
    assert (unseen.status_code, states()[0]) == (409, "proposed")
    assert f'value="{one}.1" checked' in unseen.get_data(as_text=True)
    done = client.post(check, data={"csrf_token": csrf, "seen": [f"{one}.1", f"{three}.1"], "accept": "1"})
    assert (done.status_code, states()) == (303, ["decided", "submitted", "decided"])
    assert "Samples checked" in text(client, index)
    assert "Confirmed" in text(client, check)


def test_a_point_proposed_anew_is_shown_as_replaced_and_not_asked_for(
    client: FlaskClient, here: Scene
) -> None:
    reply = ManyReply("noted", "-", {"es": "Gracias."})
    batch = batches.give(here.round.id, [(id, 1) for id in ids()], reply, seed="s", by=here.unit, at=AFTER)
    one, two, three = ids()
    answers.propose(one, **REPLY, known=1, by=here.unit, at=AFTER)
    db.session.commit()
    url = f"/desk/batches/{batch.id}"
    acting(client, here.second)
    page = text(client, url)
    assert (page.count("Replaced since"), page.count("I have looked at it")) == (1, 2)
    assert "Replaced, decided or sent back since: 1." in page
    assert f'value="{one}.1"' not in page
    data = {"csrf_token": token(client, url), "seen": [f"{two}.1", f"{three}.1"], "accept": "1"}
    assert client.post(url, data=data).status_code == 303
    assert states() == ["proposed", "decided", "decided"]
    index = text(client, f"/desk/rounds/{here.round.id}/to-decide")
    assert "Decided: 2. Replaced, decided or sent back before, and left as they are: 1." in index
    assert "Replaced since" in text(client, url)


def test_a_language_that_is_missing_is_named(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/answer-many"
    acting(client, here.unit)
    data = {**MANY, "response_es": "", "points": [f"{ids()[0]}.1"], "csrf_token": token(client, url)}
    refused = client.post(url, data=data)
    assert refused.status_code == 409
    assert "The response in this language is missing: Spanish." in refused.get_data(as_text=True)


def test_a_batch_is_sent_back_whole_with_a_reason(client: FlaskClient, here: Scene) -> None:
    reply = ManyReply("noted", "-", {"es": "Gracias."})
    batch = batches.give(here.round.id, [(id, 1) for id in ids()], reply, seed="s", by=here.unit, at=AFTER)
    db.session.commit()
    url = f"/desk/batches/{batch.id}"
    acting(client, here.second)
    assert post(client, url, back="1").status_code == 409
    assert post(client, url, back="1", reason="No responde.").status_code == 303
    assert states() == ["triaged"] * 3
    assert "Sent back" in text(client, url)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Primero.", "Segundo.", "Tercero."]), ("?stance=against", ["Segundo."]), ("?clause=whole", ["Tercero."]),
        ("?country=GT", ["Primero."]), ("?type=technical", []), ("?code=WATER", ["Segundo."]), ("?code=nonsense&page=7", ["Primero.", "Segundo.", "Tercero."]),
    ],
)  # fmt: skip
def test_points_are_found_by_filters_and_codes(
    client: FlaskClient, here: Scene, query: str, shown: list[str]
) -> None:
    water = code(here, WATER).id
    coding.code_point(ids()[1], 1, {water}, by=here.unit, at=AFTER)
    db.session.commit()
    query = query.replace("WATER", str(water))
    page = text(acting(client, here.unit), f"/desk/rounds/{here.round.id}/answer-many{query}")
    assert [said for said in ("Primero.", "Segundo.", "Tercero.") if said in page] == shown


def test_all_that_a_filter_finds_get_the_answer_twice_sent_or_once(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/answer-many?stance=for"
    acting(client, here.unit)
    form = next(form for form in forms(text(client, url)) if "outcome" in form.fields)
    data = {**form.fields, **MANY, "all_found": "y"}
    first, again = client.post(url, data=data), client.post(url, data=data)
    assert first.status_code == 303
    assert again.location == first.location
    assert states() == ["proposed", "submitted", "proposed"]


def test_the_clause_that_many_points_changed_stands_on_every_answer(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/answer-many"
    clause = here.clauses[0].stable_id
    acting(client, here.unit)
    more = {
        "change_clause": clause,
        "change_before": "uno",
        "change_after": "dos",
        "substantive": "y",
        "decided_in": "Acta 3",
    }
    data = {**MANY, **more, "points": [f"{id}.1" for id in ids()[:2]], "csrf_token": token(client, url)}
    assert client.post(url, data=data).status_code == 303
    rows = db.session.execute(
        select(
            Answer.change_clause,
            Answer.change_before,
            Answer.change_after,
            Answer.substantive,
            Answer.decided_in,
        )
    ).all()
    assert rows == [(clause, "uno", "dos", True, "Acta 3")] * 2


def test_what_is_wrong_is_said_and_ticks_and_words_stay(client: FlaskClient, here: Scene) -> None:
    url = f"/desk/rounds/{here.round.id}/answer-many"
    one = ids()[0]
    acting(client, here.unit)
    csrf = token(client, url)
    nothing = client.post(url, data={**MANY, "csrf_token": csrf})
    assert nothing.status_code == 409
    assert "No point is chosen." in nothing.get_data(as_text=True)
    wordless = client.post(url, data={**MANY, "response_es": "", "points": f"{one}.1", "csrf_token": csrf})
    assert wordless.status_code == 409
    assert f'value="{one}.1" checked' in wordless.get_data(as_text=True)
    shapeless = client.post(
        url, data={"csrf_token": csrf, "points": ["x", "1.y", "9" * 30 + ".1"], "reason": "Mío."}
    )
    assert shapeless.status_code == 400
    assert "Mío." in shapeless.get_data(as_text=True)
    assert states() == ["submitted"] * 3


def test_a_ready_made_answer_fills_the_form(client: FlaskClient, here: Scene) -> None:
    ready = Ready("Thanks", "noted", "Sin cambio.", {"es": "Gracias por {number}."})
    made = answer_templates.write_template(ready, by=here.unit, at=AFTER)
    db.session.commit()
    page = text(acting(client, here.unit), f"/desk/rounds/{here.round.id}/answer-many?template={made.id}")
    fields = next(form.fields for form in forms(page) if "outcome" in form.fields)
    assert (fields["outcome"], fields["reason"], fields["response_es"]) == (
        "noted",
        "Sin cambio.",
        "Gracias por {number}.",
    )


@pytest.mark.parametrize("role", ["auditor", "delegate"])
def test_readers_decide_nothing(client: FlaskClient, here: Scene, role: str) -> None:
    proposed(here)
    auditor = people.actor(Role.AUDITOR)
    db.session.commit()
    acting(client, auditor if role == "auditor" else here.delegates[0])
    url = f"/desk/comments/{ids()[0]}/points/1/proposal"
    if role == "delegate":
        text(client, url, 403)
        return
    assert "Accept what is proposed" not in text(client, url)
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', text(client, "/account"))[1]  # type: ignore[index]
    assert client.post(url, data={"csrf_token": csrf, "accept": "1", "known": "1"}).status_code == 409
    assert states()[0] == "proposed"


@pytest.mark.parametrize(
    "path",
    [
        "rounds/987654/to-decide",
        "rounds/987654/answer-many",
        "comments/987654/points/1/proposal",
        "batches/987654",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, here: Scene, path: str) -> None:
    text(acting(client, here.unit), f"/desk/{path}", 404)


def test_pages_stay_light_and_ask_as_often_for_many_as_for_few(client: FlaskClient, here: Scene) -> None:
    base = f"/desk/rounds/{here.round.id}"
    proposed(here)
    acting(client, here.second)
    few = [queries(client, f"{base}/{path}") for path in ("to-decide", "answer-many")]
    here.round.state = "open"
    made = [
        comment(here, text="Un comentario bastante largo, como se escriben a veces. " * 6).id
        for _ in range(60)
    ]
    answering(here)
    for id in made[:30]:
        answers.propose(id, **REPLY, by=here.unit, at=AFTER)
    db.session.commit()
    for path, before in zip(("to-decide", "answer-many"), few, strict=True):
        assert len(gzip.compress(client.get(f"{base}/{path}").data)) < 60_000
        assert queries(client, f"{base}/{path}") <= before + 1


def queries(client: FlaskClient, url: str) -> int:
    asked: list[str] = []
    db.session.expire_all()

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    client.get(url)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)
