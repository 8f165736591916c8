"""What the database took back for the sake of another act: a page that says to send it again, in the reader's language."""

import sqlite3
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from psycopg.errors import DeadlockDetected, SerializationFailure, UndefinedTable
from sqlalchemy.exc import OperationalError

from consultations.engine import agenda
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem
from tests.browsing import post
from tests.factories import assemblies as make
from tests.factories.assemblies import CALLED
from tests.web.visiting import english


def busy() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.parametrize(
    ("broken", "status"),
    [
        (DeadlockDetected(), 503), (SerializationFailure(), 503), (busy(), 503), (UndefinedTable(), 500),
        (sqlite3.OperationalError("disk I/O error"), 500),
    ],
)  # fmt: skip
def test_what_the_database_took_back_may_be_sent_again_and_nothing_was_written(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, broken: Exception, status: int
) -> None:
    hall = make.hall(1)
    draft = make.prepared(hall)
    db.session.commit()
    url = f"/a/assemblies/{draft.id}/items/new"

    def add(*args: Any, **said: Any) -> AgendaItem:
        made = real(*args, **said)
        raise OperationalError(f"INSERT {made.id}", {}, broken)

    real = agenda.add
    monkeypatch.setattr(agenda, "add", add)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    english(client, hall.secretary, CALLED)
    with time_machine.travel(CALLED, tick=False):
        answer = post(client, url, title_es="Informe", kind="information")
    assert (answer.status_code, "Please send it again: nothing was written." in answer.text) == (
        status, status == 503,
    )  # fmt: skip
    assert answer.headers.get("Retry-After") == ("2" if status == 503 else None)
    assert db.session.query(AgendaItem).all() == []
