"""The declarative base and the two column types that SQLite does not have."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from consultations.extensions import metadata as shared_metadata


class NotFound(LookupError):  # noqa: N818  (it is an answer: 404)
    """There is no such row; pages answer 404."""


class Base(DeclarativeBase):
    """Plain SQLAlchemy, so that nothing but extensions.py knows Flask-SQLAlchemy."""

    metadata = shared_metadata


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC; a naive one is refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive instant: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CanonicalJson(TypeDecorator[Any]):
    """JSON as canonical text (RFC 8785 for text and integers): the bytes that were hashed are the bytes kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return (
            None
            if value is None
            else json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        )

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def one_of(column: str, values: type) -> str:
    """The SQL of a CHECK that keeps a column within an enum's values."""
    return f"{column} IN ({', '.join(repr(str(v)) for v in values)})"
