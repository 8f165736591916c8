"""The minutes through their pages: the secretary writes, two sign, everybody reads and fetches a tagged PDF."""

import io

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.queries.minutes_check import check
from consultations.queries.minutes_standing import Standing
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories.minutes import LATER
from tests.factories.votes import Hall


@pytest.fixture
def hall(app: Flask) -> Hall:
    return make.hall(4)


@pytest.fixture
def assembly(hall: Hall) -> Assembly:
    made = factory.held(hall, "yyn")
    db.session.commit()
    return made


def sent(client: FlaskClient, by: Actor, url: str, status: int = 200, **data: str) -> str:
    with time_machine.travel(LATER, tick=False):
        answer = post(signed_in(client, by), url, follow=True, **data)
    assert answer.status_code == status, answer.text
    return answer.text


def test_the_secretary_writes_two_sign_and_everybody_reads(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    desk = f"/a/assemblies/{assembly.id}/minutes"
    before = client.get(f"/assemblies/{assembly.id}/minutes", headers={"Accept-Language": "en"})
    assert "has not written the minutes yet" in before.text
    sent(client, hall.secretary, f"{desk}/edit", introduction="Buenos días.", **{"item-1": "Se debatió."})
    page = sent(client, hall.secretary, f"{desk}/sign", number="1")
    assert "Buenos días." in page
    with time_machine.travel(LATER, tick=False):
        asked = signed_in(client, hall.president).get(f"{desk}/sign").text
    assert "se aprueba" in asked.lower()
    sent(client, hall.president, f"{desk}/sign", number="1")
    db.session.expire_all()
    assert assembly.state == "minutes_signed"
    public = client.get(f"/assemblies/{assembly.id}/minutes", headers={"Accept-Language": "pt"}).text
    assert '<p lang="es">Se debatió.</p>' in public
    file = client.get(f"/assemblies/{assembly.id}/minutes.pdf").data
    found = check(file)
    assert (found.differing, found.standing) == ((), Standing("", ()))
    assert found.made_at is not None


def test_the_pdf_is_tagged_in_the_language_asked_for_with_its_title_and_figures(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    sent(client, hall.secretary, f"/a/assemblies/{assembly.id}/minutes/edit", closing="Fin.")
    for language in ("es", "fr"):
        answer = client.get(f"/assemblies/{assembly.id}/minutes.pdf?in={language}")
        root = PdfReader(io.BytesIO(answer.data)).trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == (
            language,
            True,
            True,
        )
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        assert f"A-1-minutes-1-{language}.pdf" in answer.headers["Content-Disposition"]


def test_an_old_version_is_not_signed_and_its_page_says_so(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    desk = f"/a/assemblies/{assembly.id}/minutes"
    sent(client, hall.secretary, f"{desk}/edit", closing="Uno.")
    sent(client, hall.secretary, f"{desk}/edit", closing="Dos.", known="1")
    refused = sent(client, hall.president, f"{desk}/sign", 409, number="1")
    assert 'role="alert"' in refused
    older = client.get(f"/assemblies/{assembly.id}/minutes?version=1")
    assert "Uno." in older.text
    assert client.get(f"/assemblies/{assembly.id}/minutes?version=7").status_code == 404
    kept = sent(
        client, hall.secretary, f"{desk}/edit", 409, closing="Tres, escrito sobre la primera.", known="1"
    )
    assert "Tres, escrito sobre la primera." in kept


def test_there_is_nothing_before_closing_and_nothing_for_another_body(
    client: FlaskClient, hall: Hall
) -> None:
    running = make.installed(hall)
    other = make.hall(2)
    db.session.commit()
    assert client.get(f"/assemblies/{running.id}/minutes").status_code == 404
    assert client.get(f"/assemblies/{running.id}/minutes.pdf").status_code == 404
    with time_machine.travel(LATER, tick=False):
        client = signed_in(client, other.secretary)
        assert client.get(f"/a/assemblies/{running.id}/minutes").status_code == 404
        assert client.get(f"/a/assemblies/{running.id}/minutes/edit").status_code == 404


def test_a_vote_has_its_minutes_as_a_pdf(client: FlaskClient, hall: Hall, assembly: Assembly) -> None:
    vote_id = make.items(assembly)[0].vote_id
    with time_machine.travel(LATER, tick=False):
        answer = client.get(f"/results/{vote_id}/minutes.pdf?in=es")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    found = check(answer.data)
    assert (found.differing, found.made_at) == ((), LATER)
    assert found.standing == Standing("", ("president", "scrutineer", "secretary"))
    assert client.get("/results/987654/minutes.pdf").status_code == 404
