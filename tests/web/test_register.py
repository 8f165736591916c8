"""The register's pages: a file read, confirmed or refused, and roles given by hand."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.organisations import NetworkKind, Organisation
from consultations.models.people import Person
from tests import browsing
from tests.conftest import signed_in
from tests.factories import people
from workflows.roles import Role

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY, TICK = timedelta(days=1), timedelta(seconds=1)
HEAD = "code,name,country,delegate_name,delegate_email\n"
GOOD = HEAD + "GT-1,Flor del Valle,GT,Ana Díaz,ana@example.org\n"
NEW = "/register/people/new"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: AT)


def english(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def again(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    """In a session of its own, begun now."""
    with client.session_transaction() as session:
        session.clear()
    return english(client, actor)


@pytest.fixture
def admin(client: FlaskClient) -> FlaskClient:
    actor = people.actor(Role.ADMIN)
    db.session.commit()
    return english(client, actor)


def uploaded(client: FlaskClient, data: bytes | str, **fields: object) -> TestResponse:
    raw = data.encode() if isinstance(data, str) else data
    return browsing.post(client, "/register/import", file=(io.BytesIO(raw), "register.csv"), **fields)


def said(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def test_a_file_is_read_shown_and_only_then_imported(admin: FlaskClient) -> None:
    report = uploaded(admin, GOOD).location
    assert "One organisation is brought into the register." in said(admin.get(report))
    assert db.session.scalar(select(func.count(Organisation.id))) == 0
    done = browsing.post(admin, report.partition("?")[0], page_url=report, follow=True)
    assert "The register is imported." in said(done)
    db.session.rollback()
    assert db.session.scalars(select(Organisation.name)).all() == ["Flor del Valle"]
    for answer in (
        admin.get(report),
        admin.post(report, data={"csrf_token": browsing.token(admin, "/register/import")}),
    ):
        # What was imported is not kept: Back, and the second of two clicks, lead where the first led.
        assert (answer.status_code, answer.location) == (303, "/register/")
    assert "The register is imported." in said(admin.get("/register/"))


def test_a_second_click_on_what_changed_nothing_leads_to_the_register_as_well(admin: FlaskClient) -> None:
    for _ in range(2):
        report = uploaded(admin, GOOD).location
        form = next(
            f for f in browsing.forms(said(admin.get(report))) if f.action == report.partition("?")[0]
        )
        answers = [admin.post(form.action, data=form.fields) for _ in range(2)]
        assert [answer.location for answer in answers] == ["/register/"] * 2


@pytest.mark.parametrize(
    ("later", "leads"), [(DAY - TICK, "/register/"), (DAY, "/register/import")], ids=["within a day", "a day"]
)
def test_a_file_that_is_gone_was_imported_by_this_person_within_a_day_or_has_to_be_chosen_again(
    admin: FlaskClient, monkeypatch: pytest.MonkeyPatch, later: timedelta, leads: str
) -> None:
    report = uploaded(admin, GOOD).location
    browsing.post(admin, report.partition("?")[0], page_url=report)
    never = report.replace(report.split("/")[-1][:64], "0" * 64)
    other = people.actor(Role.ADMIN)
    done = db.session.scalars(select(Event).where(Event.name == "register_imported")).one()
    mine = people.Actor(Role.ADMIN, done.person_id, done.mandate_id)
    db.session.commit()
    monkeypatch.setattr("consultations.clock.now", lambda: AT + later)
    again(admin, mine)
    assert [admin.get(url).location for url in (report, never)] == [leads, "/register/import"]
    assert "it has been imported, or a day has passed" in said(admin.get("/register/import"))
    again(admin, other)
    assert admin.get(report).location == "/register/import"


def test_nobody_reads_or_confirms_what_another_has_sent(admin: FlaskClient) -> None:
    report = uploaded(admin, GOOD).location
    other = people.actor(Role.ADMIN)
    db.session.commit()
    english(admin, other)
    sent = admin.post(report, data={"csrf_token": browsing.token(admin, "/register/import")})
    assert [(answer.status_code, answer.location) for answer in (admin.get(report), sent)] == [
        (303, "/register/import")
    ] * 2
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


def test_a_row_in_error_is_named_with_its_line_and_nothing_can_be_imported(admin: FlaskClient) -> None:
    report = uploaded(admin, GOOD + "PE-1,,PE,,\n").location
    page = said(admin.get(report))
    assert "Nothing can be imported while a row is in error" in page
    assert "<form" in page
    assert [form.action for form in browsing.forms(page) if form.action == report.partition("?")[0]] == []
    token = browsing.token(admin, report)
    refused = admin.post(report.partition("?")[0], data={"csrf_token": token})
    assert refused.status_code == 409
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


def test_a_row_in_error_is_known_by_its_name_and_says_everything_at_once(admin: FlaskClient) -> None:
    report = uploaded(admin, "code,name,country,redes\n,Sol Naciente,Atlantis,Cacao\n").location
    page = said(admin.get(report))
    assert '<th scope="row">2</th><td data-h="Organisation">Sol Naciente</td>' in page
    assert "Line 2:" not in page  # it stands in the first column
    for words in ("Code is empty.", "“Atlantis” is not known", "“Cacao” is no network of the register."):
        assert words in page


def test_the_field_and_the_kind_of_file_are_named_in_the_readers_language(admin: FlaskClient) -> None:
    with admin.session_transaction() as session:
        session["language"] = "es"
    report = uploaded(admin, "code,name,country\n,Flor,GT\n").location
    assert "Código" in said(admin.get(report)).partition("<tbody>")[2]
    assert "(image)" not in said(uploaded(admin, b"\x89PNG..."))


def test_who_acts_in_whose_place_is_named_before_the_import(admin: FlaskClient) -> None:
    def brought(text: str) -> str:
        report = uploaded(admin, text).location
        page = said(admin.get(report))
        browsing.post(admin, report.partition("?")[0], page_url=report)
        return page

    first = brought(GOOD)
    assert "One person begins to act where nobody acts so far." in first
    assert "in the place of" not in first
    then = brought(GOOD.replace("Ana Díaz,ana@", "Iris Sol,iris@"))
    assert "One person acts in the place of another" in then
    assert 'data-h="So far">Ana Díaz <a href="mailto:ana@example.org">' in then
    assert 'data-h="From the import on">Iris Sol <a href="mailto:iris@example.org">' in then


def test_an_organisation_without_any_network_is_a_doubt(admin: FlaskClient) -> None:
    assert "belongs to no network" in said(admin.get(uploaded(admin, GOOD).location))


def test_a_cell_that_looks_like_a_formula_is_pointed_out(admin: FlaskClient) -> None:
    page = said(admin.get(uploaded(admin, HEAD + "GT-1,=HYPERLINK(1),GT,,\n").location))
    assert "Rows to look at" in page
    assert "=HYPERLINK(1)" in page


def test_a_file_in_another_encoding_is_refused_and_reads_in_its_own(admin: FlaskClient) -> None:
    latin = GOOD.encode("cp1252")
    refused = uploaded(admin, latin)
    assert refused.status_code == 409
    assert "error" in said(refused)
    assert "Ana Díaz" not in said(refused)
    assert uploaded(admin, latin, encoding="cp1252").status_code == 303


def test_a_file_read_by_the_wrong_table_says_so_and_is_read_again_with_a_click(admin: FlaskClient) -> None:
    report = uploaded(admin, GOOD, encoding="cp1252").location
    page = said(admin.get(report))
    assert "Line 2: “DÃ\xadaz” should read “Díaz”" in page
    again = report.replace("cp1252", "utf-8")
    assert f'href="{again}"' in page
    assert "DÃ" not in said(admin.get(again))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a zip", b"nombre;pais\nFlor;GT\n"], ids=["empty", "zip", "no columns"])  # fmt: skip
def test_what_is_no_register_is_refused_in_words(admin: FlaskClient, data: bytes) -> None:
    answer = uploaded(admin, data)
    assert answer.status_code in (400, 409)
    assert 'class="error"' in said(answer)


def test_fifty_megabytes_answer_with_a_page_that_says_so(admin: FlaskClient) -> None:
    answer = uploaded(admin, HEAD.encode() + b"x" * 50_000_000)
    assert answer.status_code == 413
    assert "<h1>" in said(answer)
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


def test_a_role_is_given_after_a_check(admin: FlaskClient, app: Flask) -> None:
    place = people.organisation("Flor del Valle")
    db.session.commit()
    fields = {
        "email": "Eva@example.org",
        "name": "Eva Paz",
        "role": "delegate",
        "organisation": place.code.lower(),
    }
    check = browsing.post(admin, NEW, **fields)
    assert "Eva Paz will act as delegate (Flor del Valle)." in said(check)
    assert db.session.scalar(select(func.count(Person.id)).where(Person.email == "eva@example.org")) == 0
    form = next(form for form in browsing.forms(said(check)) if form.fields.get("send"))
    for _ in range(2):
        assert admin.post(NEW, data=form.fields).location == f"/register/organisations/{place.id}"
    db.session.rollback()
    assert db.session.scalar(select(func.count(Mandate.id)).where(Mandate.organisation_id == place.id)) == 1
    assert "Eva Paz" in said(admin.get(f"/register/organisations/{place.id}"))


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"email": "no"}, 400, "Write the address like this"),
        ({"organisation": "NADIE"}, 400, "No organisation has this code."),
        ({}, 409, "does not fit the place"),
        ({"role": "admin", "ends_on": "2026-11-19"}, 409, "would end before it begins"),
    ],
)  # fmt: skip
def test_what_speaks_against_it_is_said_and_what_was_typed_stays(
    admin: FlaskClient, fields: dict[str, str], status: int, words: str
) -> None:
    answer = browsing.post(
        admin, NEW, **{"email": "eva@example.org", "name": "Eva Paz", "role": "delegate", **fields}
    )
    assert answer.status_code == status
    assert words in said(answer)
    assert 'value="Eva Paz"' in said(answer)


def test_the_head_of_the_unit_is_offered_only_what_the_head_may_give(client: FlaskClient) -> None:
    commission = people.network(code="CECLAC", name="CECLAC")
    people.network(NetworkKind.COUNTRY)
    head = people.actor(Role.UNIT_HEAD, network=people.network())
    db.session.commit()
    english(client, head)
    page = said(client.get(NEW))
    assert 'value="chair"' in page
    assert 'value="president"' not in page
    fields = {"email": "eva@example.org", "name": "Eva Paz", "network_id": commission.id}
    assert browsing.post(client, NEW, role="president", **fields).status_code == 400
    assert "Eva Paz will act as chair" in said(browsing.post(client, NEW, role="chair", **fields))


@pytest.mark.parametrize(
    ("search", "shown"),
    [("", 25), ("presi", 1), ("AUDITOR", 1), ("coffee sol", 1), ("coffee operator", 0), ("example.org", 25)],
)
def test_who_holds_a_role_is_searched_and_comes_page_by_page(
    admin: FlaskClient, search: str, shown: int
) -> None:
    coffee = people.network(NetworkKind.PRODUCT, name="Café")
    coffee.names = {"es": "Red de Café", "en": "Coffee network"}
    people.mandate(Role.NETWORK, by=people.person("Sol Nuñez"), network=coffee)
    people.mandate(Role.AUDITOR)
    for n in range(25):
        role = Role.PRESIDENT if n == 0 else Role.SECRETARY
        people.mandate(role, network=people.network(name=f"Asamblea {n}"))
    db.session.commit()
    page = said(admin.get("/register/people", query_string={"q": search}))
    assert page.count('<th scope="row">') == shown
    assert ('rel="next"' in page) is (shown == 25)


def test_the_second_page_keeps_what_was_searched_for(admin: FlaskClient) -> None:
    for n in range(26):
        people.mandate(Role.SECRETARY, network=people.network(name=f"Asamblea {n}"))
    db.session.commit()
    page = said(admin.get("/register/people?q=secretary&page=2"))
    assert page.count('<th scope="row">') == 1
    assert 'href="/register/people?q=secretary&amp;page=1" rel="prev"' in page
