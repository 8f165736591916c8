"""What becomes of words when the session ends, or the capacity changes, while somebody writes."""

import html
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from consultations.auth import opened_for
from consultations.engine import accounts, comments
from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.comments import Comment, CommentVersion
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.views import carried
from tests.browsing import Form, forms, post
from tests.factories import people
from tests.factories import votes as make
from tests.factories.comments import DURING, WORDS, Scene, comment, scene
from tests.web import visiting
from workflows.roles import Role

PASSWORD = "una frase que solo yo conozco"
TYPED = {**WORDS, "text": "Dos <horas> de\r\ntrabajo.", "justification": "Llueve"}
OURS = {"Origin": "http://localhost"}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    """An open round; its first delegate has a password and reads English."""
    made = scene()
    for n, delegate in enumerate(made.delegates):
        person = db.session.get_one(Person, delegate.person_id)
        person.password_hash, person.language, person.email = (
            accounts.hashed(PASSWORD),
            "en",
            f"d{n}@example.org",
        )
    db.session.commit()
    return made


@pytest.fixture
def mine(client: FlaskClient, here: Scene) -> FlaskClient:
    return visiting.english(client, here.delegates[0], DURING)


def page_of(here: Scene) -> str:
    return f"/d/rounds/{here.round.id}/whole"


def opened(client: FlaskClient, url: str) -> dict[str, str]:
    """The page's own form, as it would be sent untouched."""
    return forms(client.get(url).get_data(as_text=True))[-1].fields


def send(client: FlaskClient, url: str, fields: dict[str, str], **headers: str) -> TestResponse:
    """As a browser sends a form: it says on which site the form was."""
    vars(g).clear()
    return client.post(url, data=fields, headers=headers or OURS)


def said(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def form_to(answer: TestResponse, action: str) -> Form:
    return next(form for form in forms(said(answer)) if form.action == action)


def ended(client: FlaskClient) -> None:
    """The cookie is gone, or too old to be read; the language is the browser's."""
    with client.session_transaction() as session:
        session.clear()
        session["language"] = "en"


def acts_for_another(client: FlaskClient, here: Scene) -> Mandate:
    """In another tab, the same person has chosen a second organisation."""
    person = db.session.get_one(Person, here.delegates[0].person_id)
    other = people.mandate(Role.DELEGATE, by=person, organisation=people.organisation("La otra"))
    db.session.commit()
    vars(g).clear()
    assert post(client, "/capacity", mandate=other.id).status_code == 303
    return other


def written() -> list[tuple[str, int | None]]:
    """Every comment there is, and whose it is."""
    db.session.rollback()
    return [(row.state, row.organisation_id) for row in db.session.scalars(select(Comment))]


def test_words_written_as_the_session_ended_come_back_after_signing_in_and_are_sent_once(
    mine: FlaskClient, here: Scene
) -> None:
    page = page_of(here)
    sent = {**opened(mine, page), **TYPED}
    ended(mine)
    refused = send(mine, page, sent)
    assert refused.status_code == 400
    assert "Your session had ended, so nothing was sent." in said(refused)
    assert sent["csrf_token"] not in said(refused)
    form = form_to(refused, "/sign-in")
    wrong = send(mine, "/sign-in", {**form.fields, "email": "d0@example.org", "password": "not that one"})
    assert (wrong.status_code, form_to(wrong, "/sign-in").fields["carried"]) == (401, form.fields["carried"])
    right = {**form_to(wrong, "/sign-in").fields, "email": "d0@example.org", "password": PASSWORD}
    asked = send(mine, "/sign-in", right)
    assert (asked.status_code, written()) == (200, [])
    assert "What you wrote is still here" in said(asked)
    back = send(mine, page, form_to(asked, page).fields)
    assert "Nothing has been sent yet. Here is what you had written" in said(back)
    assert written() == []
    again = forms(said(back))[-1].fields
    assert {name: again[name] for name in TYPED} == {**TYPED, "text": "Dos <horas> de\ntrabajo."}
    assert again["client_uuid"] == sent["client_uuid"]
    kept = send(mine, page, again)
    assert (kept.status_code, written()) == (303, [("draft", here.organisations[0].id)])


@pytest.mark.parametrize("how", ["too old", "ended elsewhere"])
def test_a_session_ended_with_its_cookie_still_there_is_the_same(
    mine: FlaskClient, here: Scene, how: str
) -> None:
    sent = {**opened(mine, page_of(here)), **TYPED}
    if how == "too old":
        with mine.session_transaction() as session:
            session["since"] = (DURING - timedelta(hours=25)).isoformat()
    else:
        db.session.get_one(Person, here.delegates[0].person_id).session_version += 1
        db.session.commit()
    refused = send(mine, page_of(here), sent)
    assert refused.status_code == 401
    given = carried.unpacked(form_to(refused, "/sign-in").fields["carried"])
    assert given is not None
    assert (given.path, given.mandate_id) == (page_of(here), here.delegates[0].mandate_id)
    assert dict(given.fields)["text"] == TYPED["text"]


def test_who_signs_in_by_a_link_in_another_tab_goes_on_in_this_one(mine: FlaskClient, here: Scene) -> None:
    page = page_of(here)
    sent = {**opened(mine, page), **TYPED}
    ended(mine)
    go_on = form_to(send(mine, page, sent), "/sign-in/go-on")
    early = send(mine, "/sign-in/go-on", go_on.fields)
    assert "You are not signed in yet." in said(early)
    go_on = form_to(early, "/sign-in/go-on")
    visiting.english(mine, here.delegates[0], DURING)
    assert (
        form_to(send(mine, "/sign-in/go-on", go_on.fields), page).fields["text"]
        == "Dos <horas> de\r\ntrabajo."
    )


def test_words_for_one_organisation_are_never_sent_for_another(mine: FlaskClient, here: Scene) -> None:
    page, name = page_of(here), here.organisations[0].name
    sent = {**opened(mine, page), **TYPED}
    acts_for_another(mine, here)
    refused = send(mine, page, sent)
    text = " ".join(said(refused).split())
    assert refused.status_code == 400
    assert "<dt>Now</dt><dd>You act for La otra" in text
    assert f"<dt>That page</dt><dd>You act for {name}" in text
    back = send(mine, page, form_to(refused, page).fields)
    assert f"You act for {name}" in said(back)
    assert forms(said(back))[-1].fields["justification"] == "Llueve"
    assert written() == []
    send(mine, page, forms(said(back))[-1].fields)
    assert written() == [("draft", here.organisations[0].id)]


def test_a_page_of_somebody_else_gives_its_words_to_copy_and_no_more(mine: FlaskClient, here: Scene) -> None:
    page = page_of(here)
    sent = {**opened(mine, page), **TYPED}
    ended(mine)
    form = form_to(send(mine, page, sent), "/sign-in")
    asked = send(mine, "/sign-in", {**form.fields, "email": "d1@example.org", "password": PASSWORD})
    assert [form.action for form in forms(said(asked))] == ["/sign-out"]
    assert "in a capacity in which you do not act" in said(asked)
    assert "Your comment</label>" in said(asked)
    assert "Dos &lt;horas&gt; de" in said(asked)
    forced = send(mine, page, {**sent, **csrf(asked), "brought_back_for": str(here.delegates[0].mandate_id)})
    assert (forced.status_code, written()) == (403, [])


def csrf(page: TestResponse) -> dict[str, str]:
    return {"csrf_token": forms(said(page))[-1].fields["csrf_token"]}


def test_a_capacity_that_ended_meanwhile_gives_its_words_to_copy(mine: FlaskClient, here: Scene) -> None:
    sent = {**opened(mine, page_of(here)), **TYPED}
    acts_for_another(mine, here)
    post(mine, "/capacity", mandate=here.delegates[0].mandate_id)
    sent |= csrf(mine.get("/account"))
    db.session.get_one(Mandate, here.delegates[0].mandate_id).ends_at = DURING
    db.session.commit()
    refused = send(mine, page_of(here), sent)
    assert (refused.status_code, written()) == (403, [])
    assert "Dos &lt;horas&gt; de" in said(refused)
    assert [form.action for form in forms(said(refused))] == ["/sign-out"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"X-None": "said"},
        {**OURS, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_puts_no_words_here(mine: FlaskClient, here: Scene, headers: dict[str, str]) -> None:
    ended(mine)
    refused = send(mine, page_of(here), dict(TYPED), **headers)
    assert (refused.status_code, "Llueve" in said(refused)) == (400, False)
    assert "This page is out of date" in said(refused)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://seen.by.the.proxy.example"},
        {"Referer": "http://localhost/d/rounds/1"},
    ],
    ids=["a new one behind a proxy", "an old one"],
)
def test_a_browser_says_in_its_own_way_that_the_page_was_ours(
    mine: FlaskClient, here: Scene, headers: dict[str, str]
) -> None:
    ended(mine)
    assert "Llueve" in said(send(mine, page_of(here), dict(TYPED), **headers))


def test_another_language_to_sign_in_in_keeps_the_words(mine: FlaskClient, here: Scene) -> None:
    ended(mine)
    refused = send(mine, page_of(here), dict(TYPED))
    assert '<button form="typed" name="read_in" value="fr"' in said(refused)
    form = form_to(refused, "/sign-in")
    french = send(mine, "/sign-in", {**form.fields, "read_in": "fr", "email": "d0@example.org"})
    assert (french.status_code, '<html lang="fr"' in said(french)) == (200, True)
    fields = form_to(french, "/sign-in").fields
    assert (fields["carried"], fields["email"]) == (form.fields["carried"], "d0@example.org")


@pytest.mark.parametrize(("letters", "goes"), [(carried.MOST - len("text"), True), (carried.MOST, False)])
def test_more_than_fits_can_be_copied(mine: FlaskClient, here: Scene, letters: int, goes: bool) -> None:
    ended(mine)
    refused = send(mine, page_of(here), {"text": "a" * letters})
    assert ("carried" in form_to(refused, "/sign-in").fields, "a" * 9999 in said(refused)) == (goes, True)


@pytest.mark.parametrize("packed", [
    "", "{", "1", "[1,2]", '["//evil.example",1,[]]', '["/d",{},[]]', '["/d",1,[["a"]]]', "[" * 99999,
    '["/v/",Infinity,[]]', '["/v/",1e400,[]]', '["/v/",NaN,[]]', '["/d",1,[["text","\\ud800"]]]', '["/d",1,[["\\ud800","a"]]]',
    '["/d/\\ud800",1,[]]',
])  # fmt: skip
def test_what_nobody_packed_is_not_unpacked(app: Flask, packed: str) -> None:
    assert carried.unpacked(packed) is None


@pytest.mark.parametrize("packed", ['["/v/",Infinity,[]]', '["/d",1,[["text","\\ud800 a"]]]'])
def test_what_nobody_packed_is_answered_with_a_page(client: FlaskClient, app: Flask, packed: str) -> None:
    client.get("/sign-in")
    token = forms(said(client.get("/sign-in")))[-1].fields["csrf_token"]
    fields = {"csrf_token": token, "email": "x@example.org", "password": "not that one", "carried": packed}
    assert [send(client, url, fields).status_code for url in ("/sign-in", "/nowhere")] == [401, 404]


def test_neither_passwords_nor_tokens_are_carried(app: Flask) -> None:
    pairs = [(name, "x y") for name in ("password", "present", "new", "again", "csrf_token", "text")]
    given = carried.unpacked(carried.Carried("/d", 1, tuple(pairs)).packed)
    assert given == carried.Carried("/d", 1, (("text", "x y"),))


def test_ones_own_account_carries_nothing(mine: FlaskClient, here: Scene) -> None:
    ended(mine)
    words = {"present": PASSWORD, "new": PASSWORD, "again": PASSWORD}
    refused = send(mine, "/account/password", words)
    assert (refused.status_code, PASSWORD in said(refused)) == (400, False)


def test_a_colleagues_edit_meanwhile_is_told_when_the_words_come_back(mine: FlaskClient, here: Scene) -> None:
    row = comment(here)
    db.session.commit()
    page = f"/d/comments/{row.id}/edit"
    sent = {**opened(mine, page), **TYPED}
    said_before = {
        **WORDS,
        "text": "Lo de otra persona.",
        "justification": "",
        "proposal": "",
        "would_vote_no": False,
    }
    comments.edit(
        row.id, version=int(sent["version"]), visibility="members", consent_to_name=False, **said_before,
        by=here.delegates[0], at=DURING,
    )  # fmt: skip
    db.session.commit()
    acts_for_another(mine, here)
    back = send(mine, page, form_to(send(mine, page, sent), page).fields)
    assert "Lo de otra persona." in said(back)
    assert html.escape("Dos <horas> de") in said(back)
    assert len(db.session.scalars(select(CommentVersion)).all()) == 2


def test_a_vote_that_comes_back_is_not_cast(client: FlaskClient, app: Flask) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    db.session.commit()
    with time_machine.travel(make.OPENS + timedelta(hours=1), tick=False):
        visiting.english(client, hall.delegates[0], make.OPENS + timedelta(hours=1))
        asked = post(client, f"/v/{vote.id}/check", page_url=f"/v/{vote.id}", choice="no", follow=True)
        sent = form_to(asked, f"/v/{vote.id}/cast").fields
        back = send(
            client, f"/v/{vote.id}/cast", {**sent, "brought_back_for": str(hall.delegates[0].mandate_id)}
        )
    assert form_to(back, f"/v/{vote.id}/check").fields["choice"] == "no"
    assert db.session.scalars(select(Ballot)).all() == []


def test_too_many_attempts_lose_no_words_either(mine: FlaskClient, here: Scene) -> None:
    ended(mine)
    form = form_to(send(mine, page_of(here), dict(TYPED)), "/sign-in")
    guess = {**form.fields, "email": "d0@example.org", "password": "not that one"}
    answers = [send(mine, "/sign-in", guess) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert form_to(answers[-1], "/sign-in").fields["carried"] == form.fields["carried"]


def test_a_button_pressed_on_a_page_of_another_session_says_so_and_opens_it_again(
    mine: FlaskClient, here: Scene
) -> None:
    page = f"/d/rounds/{here.round.id}/no-comment"
    sent = opened(mine, page)
    acts_for_another(mine, here)
    refused = send(mine, page, sent)
    assert "This page is out of date" in said(refused)
    assert f'href="{page}"' in said(refused)
    assert "This page is out of date" in said(send(mine, "/sign-out", {}))


def test_a_button_that_comes_back_does_nothing(mine: FlaskClient, here: Scene) -> None:
    page = f"/d/rounds/{here.round.id}/no-comment"
    sent = {**opened(mine, page), "brought_back_for": str(here.delegates[0].mandate_id)}
    answer = send(mine, page, sent)
    assert (answer.status_code, "Nothing has been sent yet" in said(answer)) == (409, True)
    assert "has no comment" not in said(mine.get(f"/d/rounds/{here.round.id}"))


def test_a_page_is_stamped_with_the_capacity_it_was_opened_in(
    app: Flask, client: FlaskClient, here: Scene
) -> None:
    for delegate in here.delegates:
        visiting.english(client, delegate, DURING)
        assert opened_for(opened(client, page_of(here))["csrf_token"]) == delegate.mandate_id
    assert [opened_for(token) for token in ("", "x", "x.y.z")] == [None, None, None]
