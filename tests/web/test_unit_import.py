"""Importing a draft as the Unit meets it: what the dry run says, and two clicks on the button."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.documents.standard_tree import NUMBERED_ONCE
from consultations.extensions import db
from consultations.facts.texts import CLAUSES
from consultations.models.standards import StandardVersion
from tests import browsing
from tests.conftest import signed_in
from tests.factories import rounds as make
from tests.factories import standards

TWICE = standards.SPANISH + "\n1.1.2 La organización guarda los contratos diez años.\n"


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    monkeypatch.setattr("consultations.clock.now", lambda: make.START)
    return make.house()


def visits(client: FlaskClient, house: make.House) -> None:
    db.session.commit()
    signed_in(client, house.unit)
    with client.session_transaction() as session:
        session["language"] = "en"


def dry_run(
    client: FlaskClient, text: str, *, code: str = "CAFE", label: str = "1.0", language: str = "es"
) -> str:
    return client.get(address(client, text, code=code, label=label, language=language)).get_data(as_text=True)


def address(client: FlaskClient, text: str, **names: str) -> str:
    """Where the dry run of this file is shown."""
    answer = browsing.post(
        client, "/unit/standards/import", file=(io.BytesIO(text.encode()), "cafe.md"), title="Café", **names
    )
    assert answer.status_code == 303
    return str(answer.location)


def test_the_dry_run_says_which_numbers_stand_twice_and_where(client: FlaskClient, house: make.House) -> None:
    visits(client, house)
    page = dry_run(client, TWICE)
    assert "A clause number stands more than once" in page
    assert "<li><b>1.1.2</b>: Line 7, Line 15</li>" in page
    assert "/standards/import/confirmed" in page
    assert "stands more than once" not in dry_run(client, standards.SPANISH)


def test_a_translation_is_not_asked_for_numbers_of_its_own(client: FlaskClient, house: make.House) -> None:
    version = standards.version(TWICE, code="DOS")
    visits(client, house)
    page = dry_run(client, TWICE.replace("diez", "dez"), code="DOS", label=version.label, language="pt")
    assert "stands more than once" not in page


def test_the_numbers_that_stand_once_are_those_the_submission_asks_about() -> None:
    assert NUMBERED_ONCE == CLAUSES


def test_a_confirmation_sent_twice_leads_to_the_version_both_times(
    client: FlaskClient, house: make.House
) -> None:
    visits(client, house)
    forms = browsing.forms(dry_run(client, standards.SPANISH))
    kept = next(form for form in forms if form.action.endswith("/confirmed"))
    answers = [client.post(kept.action, data=kept.fields) for _ in range(2)]
    version = db.session.scalars(
        select(StandardVersion).where(StandardVersion.source_name == "cafe.md")
    ).one()
    assert [answer.location for answer in answers] == [f"/unit/standards/versions/{version.id}"] * 2


def test_back_and_reload_show_the_dry_run_again_and_after_the_import_its_version(
    client: FlaskClient, house: make.House
) -> None:
    visits(client, house)
    page = address(client, standards.SPANISH, code="CAFE", label="1.0", language="es")
    shown = [browsing.forms(client.get(page).get_data(as_text=True)) for _ in range(2)]
    first, again = (next(form for form in forms if form.action.endswith("/confirmed")) for forms in shown)
    assert {**first.fields, "csrf_token": ""} == {**again.fields, "csrf_token": ""}
    imported = client.post(first.action, data=first.fields)
    assert (client.get(page).status_code, client.get(page).location) == (303, imported.location)


def test_what_speaks_against_an_import_is_said_where_back_and_reload_say_it_again(
    client: FlaskClient, house: make.House
) -> None:
    there = standards.version(standards.SPANISH, code="DOS")
    visits(client, house)
    page = address(
        client, standards.SPANISH.replace("tres", "dos"), code="DOS", label=there.label, language="es"
    )
    shown = client.get(page).get_data(as_text=True)
    assert "This cannot be imported as it is" in shown
    assert [form for form in browsing.forms(shown) if form.action.endswith("/confirmed")] == []


def test_a_dry_run_is_shown_to_who_sent_the_file_alone(client: FlaskClient, house: make.House) -> None:
    visits(client, house)
    page = address(client, standards.SPANISH, code="CAFE", label="1.0", language="es")
    signed_in(client, house.head)
    assert client.get(page).location == "/unit/standards/import"


def test_the_lines_of_a_clause_stay_lines(client: FlaskClient, house: make.House) -> None:
    kept = standards.SPANISH.replace("cinco años.", "cinco años:\n\n| Año | Cuota |\n|---|---|\n| 1 | 50 % |")
    version = standards.version(kept)
    visits(client, house)
    page = client.get(f"/unit/standards/versions/{version.id}").get_data(as_text=True)
    assert "guarda los contratos cinco años:<br>Año | Cuota<br>1 | 50 %</p>" in page


def test_a_file_imported_in_one_language_is_not_said_to_be_imported_in_another(
    client: FlaskClient, house: make.House
) -> None:
    visits(client, house)
    first, other = (
        address(client, standards.SPANISH, code="CAFE", label="1.0", language=language)
        for language in ("es", "pt")
    )
    forms = [browsing.forms(client.get(page).get_data(as_text=True)) for page in (first, other)]
    spanish, portuguese = (next(f for f in found if f.action.endswith("/confirmed")) for found in forms)
    assert "/versions/" in client.post(spanish.action, data=spanish.fields).location
    assert client.post(portuguese.action, data=portuguese.fields).location == "/unit/standards/import"
    address(client, standards.SPANISH, code="CAFE", label="1.0", language="pt")
    refused = client.post(portuguese.action, data=portuguese.fields)
    assert refused.location == other
    page = client.get(other).get_data(as_text=True)
    assert "This cannot be imported as it is" in page
    assert "The text is imported." not in page.partition("This cannot be imported")[2]
