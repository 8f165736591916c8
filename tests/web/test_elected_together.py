"""An election of several votes: resolutions and projector name all whom they elected together."""

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from consultations.queries import resolutions, screens
from tests.engine.test_elections import ANA, EVA, IRIS, followed_by
from tests.factories import assemblies as make
from tests.factories import elections
from tests.factories.minutes import LATER
from tests.web.visiting import english


def test_resolutions_and_projector_name_all(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(4)
    vote = elections.counted(hall, ANA, ANA, EVA, IRIS, seats=2)
    later = followed_by(vote, hall, EVA, EVA, EVA, IRIS)
    db.session.commit()
    found = resolutions.search(hall.body.id, words="perez", year=None, status="", page=1)
    assert found is not None
    [one] = found.found
    assert one.rounds == ((vote.id, vote.code), (later.id, later.code))
    assert [names["es"] for names in one.elected] == ["Ana Pérez", "Eva Luz"]
    screen = screens.page(later.assembly_id, at=LATER)
    assert screen is not None
    assert screen.result is not None
    assert [names["es"] for names in screen.result.elected] == ["Ana Pérez", "Eva Luz"]
    english(client, None, LATER)
    with time_machine.travel(LATER, tick=False):
        page = client.get(f"/bodies/{hall.body.id}/resolutions").get_data(as_text=True)
    assert "Ana Pérez, Eva Luz" in page
    assert page.count(f'/results/{vote.id}"') == 1
