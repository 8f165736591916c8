"""Signing in and out over HTTP: what a stranger learns (nothing), what a session carries, what a capacity is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from consultations import auth, jobs
from consultations.clock import now
from consultations.engine import accounts
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from tests.browsing import forms, post, token
from tests.conftest import signed_in
from tests.factories import people
from workflows.roles import Role

WORDS = "una frase que solo yo conozco"


def somebody(*roles: Role, email: str = "ana@example.org") -> Person:
    row = people.person("Ana Díaz", email=email)
    row.password_hash = accounts.hashed(WORDS)
    for role in roles:
        of = people.organisation(f"Cooperativa de {role}") if role is Role.DELEGATE else None
        people.mandate(
            role, by=row, organisation=of, network=None if of else people.network(name=f"Casa {role}")
        )
    db.session.commit()
    return row


def enter(client: FlaskClient, email: str = "ana@example.org", password: str = WORDS, **more: object) -> int:
    return post(client, "/sign-in", email=email, password=password, **more).status_code


def test_signing_in_leads_home_and_says_as_whom_one_acts(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    answer = post(client, "/sign-in", email="ana@example.org", password=WORDS)
    assert (answer.status_code, answer.location) == (303, "/home")
    page = client.get("/home").get_data(as_text=True)
    assert "Cooperativa de delegate" in page


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)

    def said(email: str) -> tuple[int, str]:
        answer = post(client, "/sign-in", email=email, password="wrong words here")
        page = answer.get_data(as_text=True).replace(email, "")
        return answer.status_code, re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page)

    assert said("ana@example.org") == said("eva@example.org")
    assert said("eva@example.org")[0] == 401


def test_guessing_at_one_account_is_slowed_down_and_others_go_on(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    somebody(Role.DELEGATE, email="eva@example.org")
    assert [enter(client, password=f"wrong {n}") for n in range(11)] == [401] * 10 + [429]
    assert enter(client) == 429
    assert enter(client, email="eva@example.org") == 303


def test_the_right_password_does_not_count_as_a_guess(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    for _ in range(12):
        assert enter(client) == 303
        assert post(client, "/sign-out", page_url="/account").status_code == 303


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("/account", "/account"),
        ("/register/?q=a b", "/register/?q=a%20b"),
        ("//evil.example", "/home"),
        ("https://evil.example/", "/home"),
        ("/\\evil.example", "/home"),
        ("/\t/evil.example", "/home"),
        ("javascript:alert(1)", "/home"),
        ("evil", "/home"),
        ("", "/home"),
    ],
)
def test_next_leads_nowhere_but_here(client: FlaskClient, target: str, leads: str) -> None:
    somebody(Role.DELEGATE)
    answer = post(client, "/sign-in", email="ana@example.org", password=WORDS, next=target)
    assert answer.location == leads


def test_a_page_that_needs_an_account_comes_back_after_signing_in(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    asked = client.get("/account")
    assert asked.location == "/sign-in?next=/account"
    found = forms(client.get(asked.location).get_data(as_text=True))
    assert [form.fields["next"] for form in found if "next" in form.fields] == ["/account"]


def test_nothing_of_the_visitors_session_goes_on_but_the_language(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    client.get("/language/en")
    with client.session_transaction() as session:
        session["mandate"] = 4711
        session["planted"] = "x"
    before = token(client, "/sign-in")
    assert enter(client) == 303
    with client.session_transaction() as session:
        assert session["language"] == "en"
        assert "planted" not in session
        assert session.get("mandate") != 4711
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_the_cookie_is_for_http_alone_and_ends(app: Flask, client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    answer = post(client, "/sign-in", email="ana@example.org", password=WORDS)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


@pytest.mark.parametrize(
    ("age", "status"), [(timedelta(hours=23, minutes=59), 200), (timedelta(hours=24, seconds=1), 302)]
)
def test_a_session_ends_after_a_day_however_busy(client: FlaskClient, age: timedelta, status: int) -> None:
    somebody(Role.DELEGATE)
    enter(client)
    with client.session_transaction() as session:
        session["since"] = (now() - age).isoformat()
    assert client.get("/account").status_code == status


def test_a_closed_account_is_out_at_once(client: FlaskClient) -> None:
    row = somebody(Role.DELEGATE)
    enter(client)
    assert client.get("/account").status_code == 200
    row.active = False
    db.session.commit()
    assert client.get("/account").status_code == 302


def test_signing_out_ends_every_copy_of_the_cookie_and_no_other_session(app: Flask) -> None:
    somebody(Role.DELEGATE)
    mine, copy, other = app.test_client(), app.test_client(), app.test_client()
    assert (enter(mine), enter(other)) == (303, 303)
    with mine.session_transaction() as session, copy.session_transaction() as copied:
        copied.update(session)
    assert [client.get("/account").status_code for client in (mine, copy, other)] == [200, 200, 200]
    assert post(mine, "/sign-out", page_url="/account").status_code == 303
    assert [client.get("/account").status_code for client in (mine, copy, other)] == [302, 302, 200]
    assert enter(mine) == 303
    assert [client.get("/account").status_code for client in (mine, copy)] == [200, 302]


def test_a_session_without_a_key_that_could_be_ended_is_none(client: FlaskClient) -> None:
    row = somebody(Role.DELEGATE)
    for kept, status in ((f"{row.id}.1", 302), (f"{row.id}.1.", 302), (f"{row.id}.1.0a", 200)):
        with client.session_transaction() as session:
            session["_user_id"] = kept
        assert client.get("/account").status_code == status


def test_who_asks_is_read_in_one_statement(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    enter(client)
    client.get("/account")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    client.get("/sign-in")  # sends on whoever is signed in, and asks nothing else
    assert [statement.count("JOIN ended_sessions") for statement in asked] == [1]


def test_signing_out_everywhere_ends_the_other_browser_too(app: Flask) -> None:
    somebody(Role.DELEGATE)
    one, other = app.test_client(), app.test_client()
    assert (enter(one), enter(other)) == (303, 303)
    assert post(one, "/account/sign-out-everywhere", page_url="/account").status_code == 303
    assert (one.get("/account").status_code, other.get("/account").status_code) == (302, 302)


def test_a_new_password_keeps_this_browser_and_ends_the_other(app: Flask) -> None:
    somebody(Role.DELEGATE)
    one, other = app.test_client(), app.test_client()
    assert (enter(one), enter(other)) == (303, 303)
    fresh = "otra frase bien larga"
    wrong = post(one, "/account/password", page_url="/account", present="not mine", new=fresh, again=fresh)
    assert wrong.status_code == 401
    done = post(one, "/account/password", page_url="/account", present=WORDS, new=fresh, again=fresh)
    assert done.status_code == 303
    assert (one.get("/account").status_code, other.get("/account").status_code) == (200, 302)
    assert (enter(other), enter(other, password=fresh)) == (401, 303)


@pytest.mark.parametrize(
    ("new", "again"), [("short words", "short words"), ("long enough words", "other long words"), ("", "")]
)
def test_a_password_too_short_or_mistyped_changes_nothing(client: FlaskClient, new: str, again: str) -> None:
    somebody(Role.DELEGATE)
    enter(client)
    answer = post(client, "/account/password", page_url="/account", present=WORDS, new=new, again=again)
    assert answer.status_code == 400
    assert accounts.authenticate("ana@example.org", WORDS) is not None


def mailed(app: Flask) -> str:
    """The path of the link in the newest mail under var/mail/."""
    jobs.send_mail(now())
    newest = sorted((app.extensions["settings"].var / "mail").glob("*.eml"))[-1]
    text = newest.read_text().replace("=\n", "").replace("=3D", "=")
    return re.search(r"http://[^/]+(/sign-in/with/[0-9a-f]{64})", text)[1]  # type: ignore[index]


def test_a_link_signs_in_by_a_button_once(app: Flask, client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    assert post(client, "/sign-in/link", email="Ana@example.org").location == "/sign-in/link/sent"
    link = mailed(app)
    for _ in range(3):  # a mail scanner opens it; nothing is used up
        assert client.get(link).status_code == 200
        assert client.get("/account").status_code == 302
    assert post(client, link).location == "/home"
    assert client.get("/account").status_code == 200
    assert post(app.test_client(), link).status_code == 410


def test_who_came_by_a_link_may_set_a_password_without_the_old_one(app: Flask, client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    post(client, "/sign-in/link", email="ana@example.org")
    post(client, mailed(app))
    fresh = "otra frase bien larga"
    assert post(client, "/account/password", page_url="/account", new=fresh, again=fresh).status_code == 303
    assert accounts.authenticate("ana@example.org", fresh) is not None


def test_asking_for_a_link_tells_a_stranger_nothing(client: FlaskClient) -> None:
    somebody(Role.DELEGATE)
    known, unknown = (post(client, "/sign-in/link", email=f"{who}@example.org") for who in ("ana", "eva"))
    assert (known.status_code, known.location, known.data) == (
        unknown.status_code,
        unknown.location,
        unknown.data,
    )


def test_asking_for_links_again_and_again_is_stopped(client: FlaskClient) -> None:
    answers = [post(client, "/sign-in/link", email="eva@example.org").status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]


def test_with_two_capacities_one_is_asked_and_may_switch(client: FlaskClient) -> None:
    somebody(Role.DELEGATE, Role.AUDITOR)
    answer = post(client, "/sign-in", email="ana@example.org", password=WORDS)
    assert answer.location == "/capacity?next=/home"
    assert client.get("/home").location == "/capacity"
    first, second = db.session.query(Mandate).order_by(Mandate.id)
    for mandate, said in ((first, "Cooperativa de delegate"), (second, "Casa auditor")):
        assert post(client, "/capacity", mandate=mandate.id).location == "/home"
        assert said in client.get("/home").get_data(as_text=True)


def test_a_capacity_of_somebody_else_is_not_to_be_had(client: FlaskClient) -> None:
    row = somebody(Role.DELEGATE, Role.AUDITOR)
    foreign = people.mandate(Role.ADMIN)
    ended = people.mandate(Role.ADMIN, by=row, ends_at=datetime(2026, 2, 1, tzinfo=UTC))
    db.session.commit()
    enter(client)
    for id in (foreign.id, ended.id, 0, "x"):
        assert post(client, "/capacity", mandate=id).status_code == 200
        assert client.get("/register/trouble").status_code == 302


def test_a_form_opened_for_one_organisation_cannot_be_sent_for_another(client: FlaskClient) -> None:
    somebody(Role.DELEGATE, Role.AUDITOR)
    enter(client)
    first, second = db.session.query(Mandate).order_by(Mandate.id)
    post(client, "/capacity", mandate=first.id)
    left_open = token(client, "/account")
    post(client, "/capacity", mandate=second.id)
    assert (
        client.post("/account/reminders", data={"csrf_token": left_open, "wanted": "no"}).status_code == 400
    )


def test_a_capacity_that_ends_drops_out_at_once_and_none_slips_in(client: FlaskClient) -> None:
    somebody(Role.ADMIN, Role.AUDITOR)
    enter(client)
    first, _ = db.session.query(Mandate).order_by(Mandate.id)
    post(client, "/capacity", mandate=first.id)
    assert client.get("/register/trouble").status_code == 200
    first.ends_at = now()
    db.session.commit()
    assert client.get("/register/trouble").location == "/capacity?next=/register/trouble"
    page = client.get("/home", follow_redirects=True).get_data(as_text=True)
    assert page.count('type="radio"') == 1


def test_the_only_capacity_is_kept_and_the_next_one_never_takes_its_forms(client: FlaskClient) -> None:
    ana = somebody(Role.DELEGATE)
    enter(client)
    client.get("/home")
    first = db.session.scalars(db.select(Mandate)).one()
    with client.session_transaction() as session:
        assert session["mandate"] == first.id
    first.ends_at = now()
    people.mandate(Role.DELEGATE, by=ana, organisation=people.organisation("La siguiente"))
    db.session.commit()
    assert "La siguiente" not in client.get("/home").get_data(as_text=True)
    assert client.get("/home").location == "/capacity"


def test_language_is_the_sessions_and_leads_back(client: FlaskClient) -> None:
    assert client.get("/language/en?next=/sign-in").location == "/sign-in"
    assert '<html lang="en"' in client.get("/").get_data(as_text=True)
    assert client.get("/language/en?next=//evil.example").location == "/"
    assert client.get("/language/xx").status_code == 404


def test_the_account_page_keeps_language_and_zone(client: FlaskClient) -> None:
    row = somebody(Role.DELEGATE)
    enter(client)
    answer = post(client, "/account/preferences", page_url="/account", language="en", zone="America/Lima")
    assert answer.status_code == 303
    db.session.refresh(row)
    assert (row.language, row.zone) == ("en", "America/Lima")
    assert '<html lang="en"' in client.get("/account").get_data(as_text=True)
    wrong = post(client, "/account/preferences", page_url="/account", language="en", zone="Nowhere/City")
    assert wrong.status_code == 400


def test_reminders_are_stopped_with_one_click_and_a_true_token_only(app: Flask, client: FlaskClient) -> None:
    row = somebody(Role.DELEGATE)
    secret = app.extensions["settings"].secret()
    link = "/reminders/" + accounts.reader_token(row.id, secret)
    assert client.get(link).status_code == 200
    assert client.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(link + "x").status_code == 410
    enter(client)
    assert 'value="yes"' in client.get("/account").get_data(as_text=True)


def test_who_has_no_mandate_sees_a_page_that_says_what_to_do(client: FlaskClient) -> None:
    row = somebody()
    signed_in(client, people.Actor(Role.PUBLIC, row.id))
    assert client.get("/home").status_code == 200
    assert client.get("/register/").status_code == 403


def test_health_is_open_and_says_how_late_the_clock_is(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (
        200, {"database": True, "runner_age": None, "overdue": 0, "unsent": 0},
    )  # fmt: skip


@pytest.mark.parametrize("target", ["/a", "/a?b=c", "/a#b"])
def test_a_local_path_is_kept(target: str) -> None:
    assert auth.local_path(target, "/x") == target
