"""After closing a vote the console says what came of it, and what comes next where it decides nothing."""

from datetime import datetime

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import assemblies
from consultations.extensions import db
from tests.factories import assemblies as make
from tests.factories import elections
from tests.factories import minutes as factory
from tests.factories.minutes import CLOSED, LATER
from tests.web.visiting import english


def read(client: FlaskClient, hall: make.Hall, assembly: make.Assembly, at: datetime) -> str:
    db.session.commit()
    english(client, hall.president, at)
    with time_machine.travel(at, tick=False):
        answer = client.get(f"/a/assemblies/{assembly.id}/console")
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_a_result_stands_on_the_console_and_after_the_assembly_its_minutes(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto", "Sede"))
    assert "last-result" not in read(client, hall, assembly, CLOSED)
    vote = factory.voted(assembly, hall, "yyn")
    page = read(client, hall, assembly, CLOSED)
    for words in ("Adopted", "In favour: <b>2</b>", "Against: <b>1</b>", f'href="/results/{vote.id}"'):
        assert words in page
    minutes = f'href="/a/assemblies/{assembly.id}/minutes"'
    assert minutes not in page
    assemblies.close(assembly.id, reason="Tarde.", by=hall.president, at=CLOSED)
    assert minutes in read(client, hall, assembly, LATER)


def test_of_a_tie_the_console_says_what_comes_next(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(2)
    vote = elections.counted(hall, "ana-perez", "eva-luz")
    page = read(client, hall, elections.assembly_of(vote), LATER)
    assert "Tie" in page
    assert "It ends when the secretary has prepared the second vote that the rule asks for." in page
