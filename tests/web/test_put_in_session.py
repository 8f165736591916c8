"""A vote of an assembly has no hour before it is put to the vote: no page shows the one that its row holds."""

from datetime import timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from tests.factories import assemblies as make
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.web.visiting import english


def test_nobody_reads_an_hour_that_nobody_set(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    vote_id = make.items(assembly)[0].vote_id
    db.session.commit()
    pages = (
        (hall.secretary, f"/a/votes/{vote_id}"), (hall.scrutineer, "/a/votes"), (hall.delegates[0], f"/v/{vote_id}"),
        (hall.delegates[0], "/v"), (None, f"/results/{vote_id}"),
    )  # fmt: skip
    for at in (CALLED + timedelta(days=1), STARTS + HOUR):
        for who, url in pages:
            english(client, who, at)
            with time_machine.travel(at, tick=False):
                answer = client.get(url, follow_redirects=True)
            page = answer.get_data(as_text=True)
            assert answer.status_code == 200, url
            assert "09:01" not in page, url
            assert "Voting is closed" not in page, url
            if who is not None:
                assert "put to the vote in the session" in page, url
