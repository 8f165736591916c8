"""An assembly for everybody: what it is about, who is on its roll, and the file that gives the hash again."""

from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from tests.factories import assemblies as make
from workflows.rolls import read_roll, roll_sha256


def test_nobody_reads_a_draft(client: FlaskClient, app: Flask) -> None:
    assembly = make.prepared(make.hall(2))
    db.session.commit()
    assert client.get(f"/assemblies/{assembly.id}").status_code == 404
    assert client.get(f"/assemblies/{assembly.id}/roll.csv").status_code == 404


def test_everybody_reads_agenda_and_who_is_left_out_and_recomputes_the_hash(
    client: FlaskClient, app: Flask
) -> None:
    hall = make.hall(3)
    hall.members[2].good_standing = False
    db.session.flush()
    assembly = make.convened(hall, ("Presupuesto",))
    db.session.commit()
    page = client.get(f"/assemblies/{assembly.id}", headers={"Accept-Language": "en"}).text
    assert "Se aprueba: Presupuesto." in page
    assert hall.members[2].name in page
    file = client.get(f"/assemblies/{assembly.id}/roll.csv").data
    assert roll_sha256(read_roll(file)) == assembly.roll_sha256
