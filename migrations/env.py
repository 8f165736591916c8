"""Alembic's environment: one online run on the application's own engine and transaction rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write the column types of the project as plain ones: a migration imports no model."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return "sa.DateTime(timezone=True)" if isinstance(item.impl, sa.DateTime) else "sa.Text()"
    return False


def run() -> None:
    """Migrate in one transaction; SQLite alters tables by copying them (batch)."""
    with database.engine.connect() as connection, _references_at_rest(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=render_item,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            user_module_prefix=None,
        )
        with context.begin_transaction():
            context.run_migrations()
            _references_hold(connection)
        connection.commit()


@contextmanager
def _references_at_rest(connection: sa.Connection) -> Iterator[None]:
    """SQLite drops the old table while others still refer to it: its own advice is to check references afterwards
    (sqlite.org, "ALTER TABLE", the twelve steps). The setting does nothing inside a transaction."""
    switch = connection.dialect.name == "sqlite"
    bare = connection.connection.dbapi_connection
    if switch:
        bare.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if switch:
            bare.execute("PRAGMA foreign_keys=ON")


def _references_hold(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if broken:
            raise RuntimeError(f"the migration left references to nothing: {broken}")


run()
