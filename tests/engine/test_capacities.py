"""Who is asking: one statement by itself, which leaves no transaction and no odd connection behind; and a busy database."""

import sqlite3
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.people import Person
from consultations.queries import capacities
from tests.factories import people
from workflows.roles import Role

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_what_the_open_transaction_wrote_is_seen(app: Flask) -> None:
    person_id = people.actor(Role.UNIT).person_id
    assert person_id is not None
    known = capacities.known(person_id, at=AT)
    assert known is not None
    assert [capacity.role for capacity in known[1]] == [Role.UNIT]


def test_asking_outside_a_transaction_begins_none_that_stays_and_leaves_connections_as_they_were(
    app: Flask,
) -> None:
    person_id = people.actor(Role.UNIT).person_id
    assert person_id is not None
    db.session.commit()
    assert capacities.known(person_id, at=AT) is not None
    assert db.session().in_transaction() is (db.engine.dialect.name == "sqlite")
    db.session.rollback()
    with pytest.raises(ZeroDivisionError):
        _break_off(person_id)
    assert db.session.get_one(Person, person_id).name != "not kept"
    assert db.session.scalar(text("SELECT count(*) FROM people WHERE name = 'not kept'")) == 0


@pytest.mark.sqlite
def test_a_database_that_stays_busy_is_named_as_the_clock_and_the_commands_know_it(
    app: Flask, database: str
) -> None:
    db.session.connection().exec_driver_sql("PRAGMA busy_timeout=20")
    db.session.rollback()
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), unit_of_work():
        pass
    other.execute("ROLLBACK")
    other.close()
    with unit_of_work():
        assert db.session.scalar(text("SELECT 1")) == 1


def _break_off(person_id: int) -> None:
    with unit_of_work():
        db.session.get_one(Person, person_id).name = "not kept"
        db.session.flush()
        raise ZeroDivisionError
