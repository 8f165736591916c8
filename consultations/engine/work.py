"""One transaction for one verb, and the locks inside it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

from sqlalchemy import Select, bindparam, select

from consultations.extensions import SQLITE_BEGIN, db
from consultations.models.base import Base, NotFound

__all__ = ["NotFound", "add", "locked", "locked_all", "shared", "together", "unit_of_work"]

Row = TypeVar("Row", bound=Base)

_TOGETHER = "together"


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what the verb inside wrote, or nothing of it.

    Whatever the page had read before is let go first: a decision is never taken on a stale snapshot.
    On SQLite the transaction begins IMMEDIATE; on PostgreSQL the verbs lock the rows they decide on.
    """
    db.session.rollback()
    db.session.connection(execution_options={SQLITE_BEGIN: "IMMEDIATE"})
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def locked(model: type[Row], id: int) -> Row:
    """The row, freshly read under an exclusive lock (FOR NO KEY UPDATE). Raises NotFound.

    Nobody else may lock, share or change it; rows that refer to it may be written meanwhile. FOR UPDATE would make
    those wait too, and stand crosswise to a cast: it shares the vote and then writes an event that names the dossier,
    which closing has locked before the vote.
    """
    return _fetch(model, id, read=False)


def locked_all(model: type[Row], ids: Collection[int]) -> dict[int, Row]:
    """Those of the rows that there are, locked as `locked` does and in the order of their ids; one select."""
    its_id = model.id  # type: ignore[attr-defined]
    query = select(model).where(its_id.in_(ids)).order_by(its_id).with_for_update(key_share=True)
    rows = db.session.scalars(query, execution_options={"populate_existing": True})
    return {row.id: row for row in rows}  # type: ignore[attr-defined]


def shared(model: type[Row], id: int) -> Row:
    """The row, freshly read under a shared lock (FOR SHARE): others may share it, none may change it."""
    return _fetch(model, id, read=True)


def _fetch(model: type[Row], id: int, *, read: bool) -> Row:
    fresh = {"populate_existing": True}
    row: Row | None = db.session.scalar(_by_id(model, read), {"id": id}, execution_options=fresh)
    if row is None:
        raise NotFound(f"{model.__name__} {id}")
    return row


@cache
def _by_id(model: type[Row], read: bool) -> Select[tuple[Row]]:
    """The statement, made once per table and lock: every verb begins with one of them."""
    its_id = model.id == bindparam("id")  # type: ignore[attr-defined]
    return select(model).where(its_id).with_for_update(read=read, key_share=not read)


def add(row: Row) -> Row:
    """Add and flush, so that the row has its id and its constraints have spoken; inside `together` both come later."""
    db.session.add(row)
    if not db.session.info.get(_TOGETHER):
        db.session.flush()
    return row


@contextmanager
def together() -> Iterator[None]:
    """What is added inside is written at the end, table by table in its order; a read before writes it first."""
    db.session.info[_TOGETHER] = True
    try:
        yield
    finally:
        db.session.info.pop(_TOGETHER)
    db.session.flush()
