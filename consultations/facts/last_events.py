"""The last thing that happened to a row: what a form was shown, so that two editors do not overwrite each other."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.events import Event


def last_event(kind: str, id: int) -> Event | None:
    """The newest event of a row (`kind` as in events: "round"); None when nothing is on record."""
    query = select(Event).where(Event.subject_kind == kind, Event.subject_id == id)
    return db.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()


def last_named(kind: str, id: int, name: str) -> Event | None:
    """The newest event of a row by that name."""
    query = select(Event).where(Event.subject_kind == kind, Event.subject_id == id, Event.name == name)
    return db.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
