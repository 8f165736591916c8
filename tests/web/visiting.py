"""A client who has signed in at an instant and reads English."""

from datetime import datetime

import time_machine
from flask import g
from flask.testing import FlaskClient

from consultations.actor import Actor
from tests.conftest import signed_in


def english(client: FlaskClient, actor: Actor | None, at: datetime) -> FlaskClient:
    """Signed in (or out, for None) at `at`: a session is signed with its time.

    The test's own application context outlives requests, so what the last visitor left in `g` is cleared.
    """
    for name in list(vars(g)):
        g.pop(name)
    with time_machine.travel(at, tick=False):
        with client.session_transaction() as session:
            session.clear()
        if actor is not None:
            signed_in(client, actor)
        with client.session_transaction() as session:
            session["language"] = "en"
    return client
