"""Making and removing the databases that tests run on."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from consultations.app import create_app
from consultations.config import Settings
from consultations.extensions import db

CANDIDATES = (
    "postgresql+psycopg://root@127.0.0.1:5432/postgres",
    "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
)


def migrated(url: str) -> None:
    """Bring a database to the newest migration, as an operator would."""
    with tempfile.TemporaryDirectory() as var:
        app = create_app(Settings(var=Path(var), DATABASE_URL=url, secret_key="migrating"))
        with app.app_context():
            upgrade()
            for engine in db.engines.values():
                engine.dispose()


def postgres_server() -> str | None:
    """TEST_DATABASE_URL, or a server on localhost that lets us create databases; None when there is none."""
    given = os.environ.get("TEST_DATABASE_URL")
    for url in (given,) if given else CANDIDATES:
        try:
            engine = create_engine(_psycopg(str(url)), connect_args={"connect_timeout": 3})
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
            return _psycopg(str(url))
        except OperationalError:
            continue
    return None


@contextmanager
def postgres_database(server: str, name: str) -> Iterator[str]:
    """A database of that name, dropped afterwards."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        admin.dispose()


def _psycopg(url: str) -> str:
    return (
        url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url
    )
