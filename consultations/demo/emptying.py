"""Taking everything out of a database whose records refuse to be deleted: only the demonstration does this."""

from sqlalchemy import delete, text

from consultations.extensions import db


def empty() -> None:
    """Empty every table, inside the caller's transaction; ids begin at 1 again."""
    if db.session.get_bind().dialect.name == "postgresql":
        tables = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
        db.session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    else:
        _empty_sqlite()
    db.session.expunge_all()


def _empty_sqlite() -> None:
    """The triggers that keep records are taken down and put back as they were, in one transaction."""
    triggers = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        db.session.execute(text(f'DROP TRIGGER "{name}"'))
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
    for _, sql in triggers:
        db.session.connection().exec_driver_sql(sql)
