"""Taking turns between processes. Held until the transaction ends; on SQLite a unit of work is alone anyway.

Advisory locks rather than row locks: a runner that held a timer's row while it waits for the vote's row would
stand crosswise to a verb that holds the vote's row and clears its timers.
"""

from sqlalchemy import func, select

from consultations.extensions import db

_KINDS = {"timer": 71001, "register": 71002, "code": 71003}


def try_turn(kind: str, id: int = 0) -> bool:
    """Whether it is our turn with this thing; False when somebody else is at it."""
    return not _postgres() or bool(
        db.session.scalar(select(func.pg_try_advisory_xact_lock(_KINDS[kind], id)))
    )


def wait_turn(kind: str, id: int = 0) -> None:
    """Wait until it is our turn."""
    if _postgres():
        db.session.execute(select(func.pg_advisory_xact_lock(_KINDS[kind], id)))


def _postgres() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"
