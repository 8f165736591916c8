"""The demonstration loaded once per database: tests read it, and leave it as it was."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from consultations.app import create_app
from consultations.config import Settings
from consultations.demo.load import load
from consultations.extensions import db
from tests.conftest import left_out
from tests.databases import migrated, postgres_database, postgres_server

# On SQLite as on a leap day, half an hour before midnight where the house is.
INSTANTS = {
    "sqlite": datetime(2028, 3, 1, 5, 30, tzinfo=UTC),
    "postgres": datetime(2026, 5, 20, 15, 10, tzinfo=UTC),
}


@dataclass(frozen=True)
class Demonstration:
    """An application on a loaded demonstration, when it was loaded, and what it said meanwhile."""

    app: Flask
    at: datetime
    said: tuple[str, ...]


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.xdist_group(f"demo-{name}")) for name in INSTANTS],
)
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker: str
) -> Iterator[Demonstration]:
    """A database with the demonstration in it."""
    folder = tmp_path_factory.mktemp("demo")
    with ExitStack() as stack:
        url = _sqlite(request, folder) if request.param == "sqlite" else _postgres(stack, worker)
        app = create_app(Settings(var=folder, DATABASE_URL=url, secret_key="a test's own secret"))
        said: list[str] = []
        with app.app_context():
            load(INSTANTS[request.param], said.append)
        yield Demonstration(app, INSTANTS[request.param], tuple(said))
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def demonstration(loaded: Demonstration) -> Iterator[Demonstration]:
    """The loaded demonstration, an application context pushed."""
    with loaded.app.app_context():
        yield loaded
        db.session.rollback()


def _sqlite(request: pytest.FixtureRequest, folder: Path) -> str:
    path = folder / "demo.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


def _postgres(stack: ExitStack, worker: str) -> str:
    server = postgres_server()
    if server is None:
        left_out("PostgreSQL", "TEST_DATABASE_URL is not set and no server answers on localhost")
    url = stack.enter_context(postgres_database(str(server), f"plenaria_demo_{worker}"))
    migrated(url)
    return url
