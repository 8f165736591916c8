"""Real databases for every test that wants one: SQLite always, PostgreSQL when a server is there."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text
from werkzeug.routing import Rule

from consultations.actor import Actor
from consultations.app import create_app
from consultations.config import Settings
from consultations.extensions import db
from tests.databases import migrated, postgres_database, postgres_server

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
LEFT_OUT: dict[str, str] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for `database` on every database there is; pages (tests/web) only on SQLite."""
    if "database" not in metafunc.fixturenames:
        return
    names = ["sqlite"] if "tests/web" in str(metafunc.definition.path) else ["sqlite", "postgres"]
    for only in ("sqlite", "postgres"):
        if metafunc.definition.get_closest_marker(only):
            names = [only]
    metafunc.parametrize("database", names, indirect=True)


def left_out(what: str, why: str) -> None:
    """Skip, and say so at the end; with REQUIRE_ALL=1 leaving out is a failure."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} is required (REQUIRE_ALL=1) but left out: {why}")
    pytest.skip(f"{what}: {why}")


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """This test process's name ("gw0"; "main" without xdist)."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_url(worker: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this worker's own."""
    server = postgres_server()
    if server is None:
        left_out("PostgreSQL", "TEST_DATABASE_URL is not set and no server answers on localhost")
    with postgres_database(str(server), f"plenaria_test_{worker}_{os.getpid()}") as url:
        migrated(url)
        yield url


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty, migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url = request.getfixturevalue("postgres_url")
    _emptied(url)
    return url


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """Settings of a test: its own var folder, no mail server."""
    return Settings(var=tmp_path, DATABASE_URL=database, secret_key="a test's own secret", session_minutes=60)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once, not for every test's own application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session", autouse=True)
def routes() -> Iterator[None]:
    """Addresses are compiled once, not for every test's own application: Werkzeug takes longer over 240 than most tests.

    What it makes of a rule depends on the rule's text and defaults alone; the rule itself is handed in at each call.
    """
    compiled, made = Rule._compile_builder, {}

    def once(rule: Rule, append_unknown: bool = True) -> object:
        defaults = repr(sorted((rule.defaults or {}).items()))
        key = (rule.rule, tuple(rule._trace), defaults, append_unknown)
        if key not in made:
            made[key] = compiled(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture
def app(settings: Settings, templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on an empty database, its context pushed."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = templates
    with app.app_context():
        yield app
        db.session.rollback()
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session. CSRF is on: use tests.browsing to post forms."""
    return app.test_client()


def signed_in(client: FlaskClient, actor: Actor, session_version: int = 1) -> FlaskClient:
    """The client, as if this actor had signed in and chosen this capacity.

    The context that the `app` fixture pushes outlives requests: what `g` knew of who asked before is forgotten.
    """
    vars(g).clear()
    with client.session_transaction() as session:
        session["_user_id"] = f"{actor.person_id}.{session_version}.{secrets.token_hex(16)}"
        session["_fresh"] = True
        session["mandate"] = actor.mandate_id
    return client


def _emptied(url: str) -> None:
    """Empty what the test before wrote, and nothing else: truncating every table takes longer than most tests.

    Triggers that keep records append-only are off meanwhile; identities begin at 1 again.
    """
    engine = create_engine(url)
    tables = [f'"{table.name}"' for table in reversed(db.metadata.sorted_tables)]
    filled = " UNION ALL ".join(
        f"(SELECT {number} FROM {name} LIMIT 1)" for number, name in enumerate(tables)
    )
    counted = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE last_value IS NOT NULL"
    with engine.begin() as connection:
        for number in sorted(connection.scalars(text(filled))):
            for step in (
                "ALTER TABLE {} DISABLE TRIGGER USER",
                "DELETE FROM {}",
                "ALTER TABLE {} ENABLE TRIGGER USER",
            ):
                connection.execute(text(step.format(tables[number])))
        for sequence in connection.scalars(text(counted)).all():
            connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART"))
    engine.dispose()
