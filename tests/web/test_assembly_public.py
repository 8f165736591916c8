"""An assembly for everybody: what it is about, who is on its roll, and the file that gives the hash again."""

import gzip

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from tests.factories import assemblies as make
from tests.factories import people
from tests.web.test_workshops import STYLES
from tests.web.visiting import english
from workflows.roles import Role
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


def test_the_public_front_page_leads_to_assemblies_and_to_each_body(client: FlaskClient, app: Flask) -> None:
    make.prepared(make.hall(2), code="A-0")
    hall = make.hall(3)
    assembly = make.installed(hall)
    db.session.commit()
    front = client.get("/", headers={"Accept-Language": "en"}).text
    assert front.count('href="/assemblies/') == front.count(f'href="/assemblies/{assembly.id}"') == 1
    assert 'href="/rules"' in front
    assert len(gzip.compress(front.encode())) + len(gzip.compress(STYLES.read_bytes())) < 14 * 1024
    bodies = client.get("/rules").text
    for leads in ("bodies/{}", "bodies/{}/resolutions", "rules/bodies/{}"):
        url = "/" + leads.format(hall.body.id)
        assert (f'href="{url}"' in bodies, client.get(url).status_code) == (True, 200)


def test_an_auditor_reads_assemblies_votes_and_rule_books_of_every_body(
    client: FlaskClient, app: Flask
) -> None:
    halls = (make.hall(2), make.hall(2))
    for n, hall in enumerate(halls):
        make.convened(hall, ("Presupuesto",), code=f"A-{n}")
    db.session.commit()
    auditor = people.actor(Role.AUDITOR)
    db.session.commit()
    english(client, auditor, make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        pages = {url: client.get(url).text for url in ("/a/assemblies/", "/a/votes", "/a/rules")}
    assert [f'href="{url}"' in pages["/a/votes"] for url in pages] == [True] * 3
    for url in ("/a/assemblies/", "/a/votes"):
        assert pages[url].count(">Open it<") == 2
    for hall in halls:
        assert hall.body.names["en"] in pages["/a/rules"]
    assert "Write a rule" not in pages["/a/rules"]
