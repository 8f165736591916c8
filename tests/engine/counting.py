"""How many statements something takes."""

from collections.abc import Callable

from sqlalchemy import event

from consultations.extensions import db


def statements(act: Callable[[], object]) -> int:
    """Statements sent to the database by `act`, with nothing remembered from before."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    db.session.flush()
    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
