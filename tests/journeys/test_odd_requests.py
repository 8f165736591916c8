"""Odd addresses are answered with a page that says so, never with a failure of ours; on PostgreSQL too."""

import pytest
from flask import Flask

from consultations.extensions import db
from tests.conftest import signed_in
from tests.factories import people
from tests.factories.comments import scene
from workflows.roles import Role


@pytest.mark.parametrize(
    "query",
    [
        "desk/rounds/{}?country=%00",
        "desk/rounds/{}?clause=%C2%B2",
        "desk/rounds/{}?clause=1" + "0" * 30,
        "register/?q=%00",
    ],
)
def test_what_no_database_can_hold_is_no_failure_of_ours(app: Flask, query: str) -> None:
    """`app` runs on both databases."""
    here, staff = scene(), people.actor(Role.UNIT, network=people.network())
    db.session.commit()
    client = signed_in(app.test_client(), staff)
    assert client.get("/" + query.format(here.round.id)).status_code in (200, 400)
