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
    answer = browsing.post(
        client, "/unit/standards/import", file=(io.BytesIO(text.encode()), "cafe.md"), code=code, title="Café",
        label=label, language=language,
    )  # fmt: skip
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


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
