"""Alembic's environment: one online run on the application's own engine and transaction rules."""

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
    with database.engine.connect() as connection:
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
        connection.commit()


run()
