"""The floor that casting is held against: a bare Flask application with one INSERT and a commit, nothing else.

Two of them, on the database named by FLOOR_DATABASE_URL:

- /core: SQLAlchemy Core, the library that the application itself stands on;
- /raw: the driver alone (sqlite3 or psycopg), one connection per thread. The least that Python can do.

Both keep a ballot as durably as the application does: SQLite in WAL with synchronous=FULL.
"""

import os
import sqlite3
import threading
import uuid
from typing import Any

import psycopg
from flask import Flask, request
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert
from sqlalchemy.engine import make_url

import consultations.extensions  # noqa: F401  (prepares SQLite connections as the application's are)

URL = make_url(os.environ["FLOOR_DATABASE_URL"])
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000")

app = Flask(__name__)
engine = create_engine(URL)
metadata = MetaData()
floor = Table(
    "floor",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("choice", String(60), nullable=False),
    Column("receipt", String(36), nullable=False),
)
_own = threading.local()


@app.get("/healthz")
def healthz() -> str:
    """Answers when the server is up."""
    return "ok"


@app.post("/core")
def core() -> str:
    """One INSERT through SQLAlchemy Core."""
    receipt = str(uuid.uuid4())
    with engine.begin() as connection:
        connection.execute(insert(floor), {"choice": request.form["choice"], "receipt": receipt})
    return receipt


@app.post("/raw")
def raw() -> str:
    """One INSERT through the driver."""
    receipt = str(uuid.uuid4())
    connection, mark = _connection()
    connection.execute(
        f"INSERT INTO floor (choice, receipt) VALUES ({mark}, {mark})", (request.form["choice"], receipt)
    )
    connection.commit()
    return receipt


def _connection() -> tuple[Any, str]:
    if not hasattr(_own, "connection"):
        _own.connection = _opened()
    return _own.connection, "?" if URL.drivername.startswith("sqlite") else "%s"


def _opened() -> Any:
    if not URL.drivername.startswith("sqlite"):
        return psycopg.connect(
            host=URL.host, port=URL.port, user=URL.username, password=URL.password, dbname=URL.database
        )
    connection = sqlite3.connect(str(URL.database))
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
