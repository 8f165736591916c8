"""Proving who one is: passwords, one-time links, the end of sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from consultations.actor import PUBLIC, Actor
from consultations.engine import accounts
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.people import EndedSession, LoginLink, Person
from consultations.models.timers import Notice
from consultations.queries import people as readers
from tests.factories import people
from workflows.roles import Role

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS = "una frase que solo yo conozco"
TWENTY = timedelta(minutes=20)
pytestmark = pytest.mark.usefixtures("app")


def somebody(password: str | None = WORDS, **values: object) -> int:
    row = people.person(email="ana@example.org")
    row.password_hash = accounts.hashed(password) if password else None
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()
    return row.id


@pytest.mark.parametrize("email", ["ana@example.org", " Ana@Example.ORG "])
def test_the_right_password_proves_who_it_is(email: str) -> None:
    id = somebody()
    assert accounts.authenticate(email, WORDS) == accounts.Proof(id)


@pytest.mark.parametrize(
    ("email", "password"),
    [("ana@example.org", WORDS + "."), ("ana@example.org", ""), ("eva@example.org", WORDS), ("", "")],
)
def test_anything_else_proves_nothing(email: str, password: str) -> None:
    somebody()
    assert accounts.authenticate(email, password) is None


def test_a_closed_account_and_one_without_password_let_nobody_in() -> None:
    somebody(active=False)
    assert accounts.authenticate("ana@example.org", WORDS) is None
    people.person(email="luz@example.org")
    db.session.commit()
    assert accounts.authenticate("luz@example.org", "") is None


def test_an_accent_typed_on_another_keyboard_is_the_same_password() -> None:
    id = somebody("caf\u00e9 con le\u00f1a y miel")
    assert accounts.authenticate("ana@example.org", "cafe\u0301 con len\u0303a y miel") == accounts.Proof(id)


def test_a_hash_of_older_parameters_is_made_anew_and_fits() -> None:
    id = somebody(password_hash=PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(WORDS))
    proof = accounts.authenticate("ana@example.org", WORDS)
    assert proof is not None
    assert proof.new_hash is not None
    with unit_of_work():
        accounts.keep_hash(id, proof.new_hash, by=PUBLIC, at=AT)
    assert accounts.authenticate("ana@example.org", WORDS) == accounts.Proof(id)


def test_a_new_password_ends_the_old_one_and_every_session() -> None:
    id = somebody()
    with unit_of_work():
        assert (
            accounts.change_password(accounts.hashed("otra frase"), by=Actor(Role.DELEGATE, id), at=AT) == 2
        )
    assert accounts.authenticate("ana@example.org", WORDS) is None
    assert accounts.authenticate("ana@example.org", "otra frase") == accounts.Proof(id)
    assert db.session.get_one(Person, id).session_version == 2
    assert db.session.scalars(select(Event.name)).all() == ["password_changed"]


def test_signing_out_everywhere_raises_the_version() -> None:
    id = somebody()
    with unit_of_work():
        assert accounts.sign_out_everywhere(by=Actor(Role.DELEGATE, id), at=AT) == 2


def asked(app: Flask, email: str = "ana@example.org", at: datetime = AT) -> str | None:
    """Ask for a link and read the nonce as the mailer would."""
    with unit_of_work():
        accounts.ask_link(email, secret="s", lifetime=TWENTY, by=PUBLIC, at=at)
    notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    return accounts.nonce(notice.params["seed"], "s") if notice else None


def used(nonce: str, at: datetime = AT) -> accounts.Proof | None:
    with unit_of_work():
        return accounts.use_link(nonce, by=PUBLIC, at=at)


def test_a_link_signs_in_once(app: Flask) -> None:
    id = somebody()
    nonce = asked(app)
    assert nonce is not None
    assert used(nonce) == accounts.Proof(id)
    assert used(nonce) is None


@pytest.mark.parametrize(("after", "works"), [(TWENTY - timedelta(microseconds=1), True), (TWENTY, False)])
def test_a_link_is_too_old_from_its_last_instant(app: Flask, after: timedelta, works: bool) -> None:
    somebody()
    assert (used(str(asked(app)), AT + after) is not None) is works


def test_using_one_link_takes_the_others_with_it(app: Flask) -> None:
    somebody()
    first, second = asked(app), asked(app)
    assert first != second
    assert used(str(second)) is not None
    assert used(str(first)) is None


def test_an_unknown_address_and_a_closed_account_get_no_link(app: Flask) -> None:
    somebody(active=False)
    assert asked(app) is None
    assert asked(app, "nobody@example.org") is None
    assert db.session.scalars(select(LoginLink)).all() == []


def test_the_database_alone_does_not_give_the_link_away(app: Flask) -> None:
    somebody()
    nonce = str(asked(app))
    notice, link = db.session.scalars(select(Notice)).one(), db.session.scalars(select(LoginLink)).one()
    assert nonce not in f"{notice.params} {notice.key} {link.nonce_sha256}"
    assert used(accounts.nonce(notice.params["seed"], "another secret")) is None


def test_a_link_of_an_account_closed_meanwhile_does_not_work(app: Flask) -> None:
    id = somebody()
    nonce = str(asked(app))
    db.session.get_one(Person, id).active = False
    db.session.commit()
    assert used(nonce) is None


def test_reminders_stop_and_come_again() -> None:
    id = somebody()
    wanted = [readers.wants_reminders(id)]
    for want in (False, True, False):
        with unit_of_work():
            accounts.set_reminders(want, by=Actor(Role.PUBLIC, id), at=AT)
        wanted.append(readers.wants_reminders(id))
    assert wanted == [True, False, True, False]


def test_a_readers_token_is_ours_or_nothing() -> None:
    token = accounts.reader_token(7, "s")
    assert accounts.reader_of(token, "s") == 7
    assert accounts.reader_of(token, "t") is None
    assert accounts.reader_of(token[:-1], "s") is None


def test_an_ended_session_is_remembered_as_long_as_its_cookie_could_live() -> None:
    actor = Actor(Role.PUBLIC, somebody())
    day = timedelta(hours=24)
    for key, at in (("a", AT), ("a", AT + TWENTY), ("b", AT + day - TWENTY), ("c", AT + day)):
        with unit_of_work():
            accounts.end_session(key, longest=day, by=actor, at=at)
    assert sorted(db.session.scalars(select(EndedSession.key))) == ["b", "c"]
