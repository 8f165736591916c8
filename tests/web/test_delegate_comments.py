"""A delegate reads, comments, checks, sends, changes; other organisations' private words never reach their pages."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import comments
from consultations.extensions import db
from consultations.models.comments import Comment, CommentVersion
from consultations.models.rounds import QuestionAnswer, RegisterEntry
from tests.browsing import forms, post
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import (
    AFTER,
    CLOSES,
    DURING,
    WORDS,
    Scene,
    answered,
    answering,
    comment,
    question,
    scene,
)

STYLES = Path("consultations/static/plenaria.css")


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
def mine(client: FlaskClient, here: Scene) -> FlaskClient:
    return acting(client, here.delegates[0])


def acting(client: FlaskClient, who: Actor) -> FlaskClient:
    """Sign in, and forget what an earlier request of the same test kept in its context."""
    vars(g).clear()
    return signed_in(client, who)


def clause_url(here: Scene, number: int = 0) -> str:
    return f"/d/rounds/{here.round.id}/clauses/{here.clauses[number].id}"


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_the_text_as_a_whole_is_not_called_a_clause(mine: FlaskClient, here: Scene) -> None:
    with mine.session_transaction() as session:
        session["language"] = "en"
    whole, clause = text(mine, f"/d/rounds/{here.round.id}/whole"), text(mine, clause_url(here))
    for said in ("What does your organisation think of {}?", "As it stands, {} would make us vote no"):
        text_and_clause = said.format("this text"), said.format("this clause")
        assert [words in whole for words in text_and_clause] == [True, False]
        assert [words in clause for words in text_and_clause] == [False, True]


def test_a_comment_is_written_checked_and_sent_with_a_receipt(mine: FlaskClient, here: Scene) -> None:
    kept = post(mine, clause_url(here), stance="against", text="Nos cuesta <b>mucho</b>.", would_vote_no="y")
    row = db.session.scalars(select(Comment)).one()
    assert (kept.status_code, kept.location, row.state) == (303, f"/d/comments/{row.id}", "draft")
    check = text(mine, kept.location)
    assert "Nos cuesta &lt;b&gt;mucho&lt;/b&gt;." in check
    assert row.receipt not in check
    post(mine, f"/d/comments/{row.id}/send", page_url=kept.location)
    db.session.expire_all()
    assert (row.state, row.public_number) == ("submitted", 1)
    assert row.receipt in text(mine, kept.location)


def test_the_clauses_own_words_left_as_they_are_propose_nothing(mine: FlaskClient, here: Scene) -> None:
    post(mine, clause_url(here), stance="for", text="Bien.")
    post(mine, clause_url(here), stance="for", text="Mejor así.", proposal="Texto nuevo.")
    assert db.session.scalars(select(CommentVersion.proposal).order_by(CommentVersion.id)).all() == [
        "",
        "Texto nuevo.",
    ]


def test_an_error_keeps_every_character_and_names_what_is_missing(mine: FlaskClient, here: Scene) -> None:
    answer = post(
        mine, clause_url(here), text="", justification="Porque <llueve> & truena", proposal="Otra\nredacción"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Porque &lt;llueve&gt; &amp; truena" in page
    assert "Otra\nredacción" in page
    assert 'href="#text"' in page
    assert 'href="#stance-0"' in page
    assert db.session.scalars(select(Comment)).all() == []


def test_a_refusal_keeps_every_character_too(client: FlaskClient, here: Scene) -> None:
    with time_machine.travel(CLOSES - timedelta(minutes=5), tick=False):
        form = next(
            f
            for f in forms(text(acting(client, here.delegates[0]), clause_url(here)))
            if "client_uuid" in f.fields
        )
    fields = {**form.fields, "stance": "for", "text": "Llegué tarde.", "justification": "Sin señal."}
    with time_machine.travel(CLOSES, tick=False):
        answer = client.post(clause_url(here), data=fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Llegué tarde." in page
    assert "Sin señal." in page


def test_the_same_form_twice_is_one_comment_and_says_so(mine: FlaskClient, here: Scene) -> None:
    form = next(f for f in forms(text(mine, clause_url(here))) if "client_uuid" in f.fields)
    data = {**form.fields, "stance": "for", "text": "Una vez."}
    with time_machine.travel(DURING, tick=True):
        first, second = mine.post(clause_url(here), data=data), mine.post(clause_url(here), data=data)
    assert first.location == second.location
    assert len(db.session.scalars(select(Comment)).all()) == 1


def test_only_what_members_may_read_is_shown_to_other_organisations(client: FlaskClient, here: Scene) -> None:
    for visibility, said in (
        ("public", "Para todas."),
        ("members", "Para miembros."),
        ("unit", "Solo Unidad."),
    ):
        comment(here, who=0, visibility=visibility, text=said)
    comment(here, who=0, text="Con nombre.", consent_to_name=True)
    comment(here, who=0, text="Borrador.", submit=False)
    db.session.commit()
    page = text(acting(client, here.delegates[1]), clause_url(here))
    shown = [
        said
        for said in ("Para todas.", "Para miembros.", "Solo Unidad.", "Con nombre.", "Borrador.")
        if said in page
    ]
    assert shown == ["Para todas.", "Para miembros.", "Con nombre."]
    assert page.count(here.organisations[0].name) == 1
    own = text(acting(client, here.delegates[0]), clause_url(here))
    assert "Solo Unidad." in own
    assert "Borrador." in own


@pytest.mark.parametrize("path", ["", "/edit", "/withdraw", "/satisfaction"])
def test_another_organisations_comment_is_not_found(client: FlaskClient, here: Scene, path: str) -> None:
    id = comment(here).id
    db.session.commit()
    text(acting(client, here.delegates[1]), f"/d/comments/{id}{path}", status=404)


def test_a_colleagues_change_is_shown_beside_mine_and_nothing_is_lost(
    client: FlaskClient, here: Scene
) -> None:
    colleague = people.delegate(here.organisations[0])
    id = comment(here).id
    db.session.commit()
    acting(client, here.delegates[0])
    form = next(f for f in forms(text(client, f"/d/comments/{id}/edit")) if "version" in f.fields)
    comments.edit(id, version=1, by=colleague, at=DURING, **{**WORDS, "text": "Del colega."})
    db.session.commit()
    answer = client.post(f"/d/comments/{id}/edit", data={**form.fields, "text": "Lo mío."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Del colega." in page
    assert "Lo mío." in page
    again = next(f for f in forms(page) if "version" in f.fields)
    assert client.post(f"/d/comments/{id}/edit", data=again.fields).status_code == 303
    assert (
        db.session.scalars(select(CommentVersion.text).order_by(CommentVersion.number)).all()[-1] == "Lo mío."
    )


def test_no_comment_is_asked_before_it_is_recorded_and_taken_back(mine: FlaskClient, here: Scene) -> None:
    url = f"/d/rounds/{here.round.id}/no-comment"
    post(mine, url)
    entry = db.session.scalars(select(RegisterEntry).order_by(RegisterEntry.id)).first()
    assert entry.no_comment_at == DURING
    post(mine, f"{url}/retract", page_url=f"/d/rounds/{here.round.id}")
    db.session.expire_all()
    assert entry.no_comment_at is None


def test_questions_are_kept_in_part(mine: FlaskClient, here: Scene) -> None:
    agree, words = question(here.round, 1, "agree"), question(here.round, 2, "text")
    db.session.commit()
    post(
        mine, f"/d/rounds/{here.round.id}/questions", **{f"v{agree.id}": "partly", f"t{agree.id}": "Depende."}
    )
    kept = db.session.scalars(select(QuestionAnswer)).one()
    assert (kept.question_id, kept.value, kept.text) == (agree.id, "partly", "Depende.")
    page = text(mine, f"/d/rounds/{here.round.id}/questions")
    assert "Depende." in page
    assert f"t{words.id}" in page


def test_answers_reach_their_organisation_only_when_published(client: FlaskClient, here: Scene) -> None:
    made = comment(here)
    answered(answering(here), made, response="Lo recogemos en 1.1.")
    db.session.commit()
    url = f"/d/rounds/{here.round.id}/comments"
    with time_machine.travel(AFTER, tick=False):
        acting(client, here.delegates[0])
        assert "Lo recogemos" not in text(client, url)
        here.round.state, here.round.published_at, here.round.satisfaction_until = (
            "published",
            AFTER,
            AFTER.replace(day=20),
        )
        made.state = "answered"
        db.session.commit()
        assert "Lo recogemos en 1.1." in text(client, url)
        refused = post(client, f"/d/comments/{made.id}/satisfaction", said="objects", reason="")
        assert refused.status_code == 409
        post(client, f"/d/comments/{made.id}/satisfaction", said="objects", reason="No basta.")
    db.session.expire_all()
    assert made.state == "objected"


def test_a_round_that_has_not_opened_is_not_there(client: FlaskClient, app: Flask) -> None:
    hidden = scene(state="scheduled")
    db.session.commit()
    text(acting(client, hidden.delegates[0]), f"/d/rounds/{hidden.round.id}", status=404)
    assert "Revisión" not in text(client, "/d/rounds")


def test_a_missing_translation_shows_the_reference_text_marked(client: FlaskClient, app: Flask) -> None:
    here = scene()
    for node_text in here.clauses[0].texts:
        if node_text.language == "en":
            db.session.delete(node_text)
    db.session.commit()
    acting(client, here.delegates[0])
    client.get("/language/en")
    page = text(client, clause_url(here))
    assert "Texto de 1.1 (es)." in page
    assert 'lang="es"' in page


def test_pages_of_a_delegate_fit_in_fourteen_kilobytes(mine: FlaskClient, here: Scene) -> None:
    for _ in range(12):
        comment(here, who=1, text="Un comentario de tamaño corriente. " * 12)
    own = comment(here).id
    db.session.commit()
    style = len(gzip.compress(STYLES.read_bytes(), 6))
    for url in (
        "/d/rounds",
        f"/d/rounds/{here.round.id}",
        clause_url(here),
        f"/d/comments/{own}",
        f"/d/comments/{own}/edit",
    ):
        assert len(gzip.compress(text(mine, url).encode(), 6)) + style <= 14 * 1024


def in_english(client: FlaskClient) -> FlaskClient:
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def test_a_round_that_stands_still_tells_no_closing(mine: FlaskClient, here: Scene) -> None:
    in_english(mine)
    urls = (f"/d/rounds/{here.round.id}", clause_url(here), f"/d/rounds/{here.round.id}/whole", "/d/rounds")
    told = "Nobody can comment now; the closing is told anew when it goes on."
    assert [("Closes" in text(mine, url), told in text(mine, url)) for url in urls] == [(True, False)] * 4
    here.round.state = "paused"
    db.session.commit()
    assert [("Closes" in text(mine, url), told in text(mine, url)) for url in urls] == [(False, True)] * 4


def test_a_comment_that_is_too_long_is_refused_with_every_word(mine: FlaskClient, here: Scene) -> None:
    in_english(mine)
    page = text(mine, clause_url(here))
    areas = re.findall("<textarea[^>]*>", page)
    assert (len(areas), [one for one in areas if "maxlength" in one]) == (3, [])
    assert "At most 10000 characters." in page
    long = "x" * 10_000 + " y"
    answer = post(mine, clause_url(here), **{**WORDS, "text": long})
    shown = answer.get_data(as_text=True)
    assert "This text is too long: at most 10000 characters." in shown
    assert next(form.fields["text"] for form in forms(shown) if "text" in form.fields) == long
    assert db.session.scalars(select(Comment)).all() == []


def test_what_others_say_is_supported_by_a_link_that_names_it(mine: FlaskClient, here: Scene) -> None:
    made = comment(here, 1, 0)
    db.session.commit()
    page = " ".join(text(in_english(mine), clause_url(here)).split())
    assert f'Not supported yet · No replies · <a href="/d/said/{made.id}">Support or reply<' in page


def test_a_comment_on_a_question_need_not_be_for_or_against(mine: FlaskClient, here: Scene) -> None:
    asked = question(here.round, 1, "agree")
    db.session.commit()
    pages = (text(mine, f"/d/rounds/{here.round.id}/questions/{asked.id}"), text(mine, clause_url(here)))
    chosen = [
        next(form.fields.get("stance") for form in forms(page) if "text" in form.fields) for page in pages
    ]
    assert chosen == ["neutral", None]


def test_the_page_of_receipts_is_found_once_something_is_sent(mine: FlaskClient, here: Scene) -> None:
    urls = (f"/d/rounds/{here.round.id}", f"/d/rounds/{here.round.id}/comments")
    assert ['href="/d/receipt"' in text(mine, url) for url in urls] == [False, False]
    comment(here, 0, 0)
    db.session.commit()
    assert ['href="/d/receipt"' in text(mine, url) for url in urls] == [True, True]
