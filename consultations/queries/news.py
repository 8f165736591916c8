"""What happened that anybody may know, for feeds: of public dossiers, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.queries.lately import PUBLIC, convened_and_called_off
from consultations.queries.public import shown

MOST = 50


@dataclass(frozen=True)
class News:
    """One event, with the dossier it belongs to."""

    event_id: int
    name: str
    at: datetime
    dossier_id: int
    code: str
    titles: dict[str, str]


@dataclass(frozen=True)
class Subject:
    """The dossier of a feed."""

    id: int
    code: str
    titles: dict[str, str]
    began_at: datetime


def of_all() -> tuple[News, ...]:
    """The newest of all public dossiers."""
    return _news()


def of_dossier(dossier_id: int) -> tuple[Subject, tuple[News, ...]] | None:
    """A dossier and its news; None when the public has nothing to see."""
    row = db.session.scalar(select(Dossier).where(Dossier.id == dossier_id, shown()))
    if row is None:
        return None
    return Subject(row.id, row.code, row.titles, row.created_at), _news(dossier_id)


def _news(dossier_id: int | None = None) -> tuple[News, ...]:
    query = (
        select(Event.id, Event.name, Event.at, Dossier.id, Dossier.code, Dossier.titles)
        .join(Dossier, Event.dossier_id == Dossier.id)
        .where(shown(), or_(Event.name.in_(PUBLIC), convened_and_called_off()))
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    if dossier_id is not None:
        query = query.where(Event.dossier_id == dossier_id)
    return tuple(News(*row) for row in db.session.execute(query))
