"""The Flask extensions, unbound, and how a database connection is opened."""

import sqlite3
import time
from typing import Any

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.exc import DataError, DisconnectionError, OperationalError
from sqlalchemy.pool import Pool

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)
db = SQLAlchemy(metadata=metadata)
migrate = Migrate()
babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=False)
login = LoginManager()
Unstorable = DataError  # a null character, a number beyond the column: what PostgreSQL refuses to hold
Interrupted = OperationalError  # the database did not finish what it was asked; `taken_back` says whether it may be sent again

# Deadlock, serialisation failure, lock not available: the transaction is gone whole, and may be sent again.
_SQLSTATES = ("40P01", "40001", "55P03")
_SQLITE_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def taken_back(error: Interrupted) -> bool:
    """Whether the database ended a transaction for the sake of another one: nothing of it was written."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    busy = code is not None and code & 0xFF in _SQLITE_BUSY
    return busy or getattr(error.orig, "sqlstate", None) in _SQLSTATES


SQLITE_BEGIN = "sqlite_begin"
# Without recursive_triggers, INSERT OR REPLACE deletes a row past the triggers that keep records append-only.
PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "recursive_triggers=ON",
)  # fmt: skip


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """SQLite as a real database: WAL, full sync, foreign keys, waiting for locks, transactions begun by us.

    The driver's own transaction handling begins at the first write, so two readers that then write
    overwrite each other (400 increments gave 116); see dependencies.md, trap 1.
    """
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A unit of work begins IMMEDIATE (one writer at a time, from its first read); a page's reads begin deferred.

    Said to the driver itself: SQLAlchemy's own way round costs as much as the statement, twice in every cast.
    """
    if connection.dialect.name == "sqlite":
        kind = connection.get_execution_options().get(SQLITE_BEGIN, "DEFERRED")
        driver: Any = connection.connection.driver_connection
        try:
            driver.execute(f"BEGIN {kind}")
        except sqlite3.OperationalError as error:  # busy: whoever waits for it knows it by SQLAlchemy's name
            raise OperationalError(f"BEGIN {kind}", None, error) from error


# A connection that was used within this time is taken to be alive; a ping each time would cost as much as a query.
TRUSTED_SECONDS = 1


@event.listens_for(Pool, "checkin")
def _rest(_connection: Any, record: Any) -> None:
    record.info["rested"] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _ping(connection: Any, record: Any, _proxy: Any) -> None:
    """Ask a connection to a server that has rested whether it is still there; the pool opens another if not."""
    rested = record.info.get("rested")
    if (
        rested is None
        or time.monotonic() - rested < TRUSTED_SECONDS
        or isinstance(connection, sqlite3.Connection)
    ):
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except connection.Error as error:
        raise DisconnectionError("the server has gone away") from error
