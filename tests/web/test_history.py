"""Resolutions, mandates and contests with files, through their pages."""

import io

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from consultations.models.assemblies import ActionPoint
from consultations.models.votes import Contest, Vote
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR
from tests.factories.minutes import CLOSED, LATER


def test_everybody_searches_the_resolutions_of_a_body(client: FlaskClient, app: Flask) -> None:
    hall = make.hall(3)
    factory.held(hall, "yyn", "nny", titles=("Presupuesto", "Cacao"))
    db.session.commit()
    url = f"/bodies/{hall.body.id}/resolutions"
    every = client.get(url, headers={"Accept-Language": "en"}).text
    assert ("2 resolutions." in every, "Se aprueba: Cacao." in every) == (True, True)
    some = client.get(f"{url}?q=cacao&year=2026&status=rejected").text
    assert ("Se aprueba: Cacao." in some, "Se aprueba: Presupuesto." in some) == (True, False)
    assert client.get(f"{url}?q=cacao&status=adopted&page=9&year=").status_code == 200
    assert "Asamblea general" in client.get(f"/bodies/{hall.body.id}").text
    assert (
        client.get("/bodies/987654").status_code
        == client.get("/bodies/987654/resolutions").status_code
        == 404
    )


def test_an_action_point_is_noted_shown_to_everybody_and_closed(client: FlaskClient, app: Flask) -> None:
    hall = make.hall(2)
    item = make.items(factory.held(hall, "yy"))[0]
    db.session.commit()
    with time_machine.travel(LATER, tick=False):
        desk = signed_in(client, hall.secretary)
        url = f"/a/assemblies/items/{item.id}/actions"
        assert post(desk, url, words=" ", responsible="").status_code == 422
        said = {"words": "Publicar el acta.", "responsible": "Ana", "due_on": "2026-11-14"}
        assert "Publicar el acta." in post(desk, url, follow=True, **said).text
        public = client.get(f"/bodies/{hall.body.id}").text
        assert "Publicar el acta." in public
        row = db.session.query(ActionPoint).one()
        done = post(desk, f"/a/assemblies/mandates/{row.id}/close", follow=True, note="Se publicó.")
        assert "Se publicó." in done.text
        assert "Publicar el acta." not in client.get(f"/bodies/{hall.body.id}").text
        assert (
            signed_in(client, make.hall(2).secretary)
            .get(f"/a/assemblies/mandates/{row.id}/close")
            .status_code
            == 404
        )


def test_a_result_is_contested_with_a_file_and_one_country_counted_again(
    client: FlaskClient, app: Flask
) -> None:
    hall = make.hall(3)
    vote = db.session.get_one(Vote, make.items(factory.held(hall, "yyn"))[0].vote_id)
    vote_factory.signing(vote, hall, CLOSED)
    db.session.commit()
    with time_machine.travel(CLOSED + HOUR, tick=False):
        delegate = signed_in(client, hall.delegates[2])
        url = f"/results/{vote.id}/contest"
        wrong = post(delegate, url, grounds="Se contó mal.", files=(io.BytesIO(b"MZ\x00\x01"), "hoja.exe"))
        assert wrong.status_code == 422
        post(delegate, url, grounds="Se contó mal.", files=(io.BytesIO(b"codigo;voto"), "hoja.csv"))
        contest = db.session.query(Contest).one()
        committee = signed_in(client, hall.committee)
        page = f"/a/contests/{vote.id}/{contest.id}"
        assert "hoja.csv" in committee.get(page).text
        asked = {"resolution": "uphold", "reason": "Bien", "group": "country:PE"}
        assert post(committee, page, **asked).status_code == 409
        post(committee, page, **{**asked, "resolution": "recount", "reason": "Se recuenta."})
        shown = (
            signed_in(client, hall.delegates[0])
            .get(f"/results/{vote.id}", headers={"Accept-Language": "es"})
            .text
        )
        assert ("Organizaciones de Perú" in shown, "hoja.csv" in shown) == (True, True)
        assert client.get("/results/contest-files/987654").status_code == 404
