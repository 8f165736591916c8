"""The action points of a body: its mandates that are open, those that are overdue among them, and those that were done."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.assemblies import ActionPoint, AgendaItem, Assembly
from consultations.models.organisations import Network

DONE_SHOWN = 30


@dataclass(frozen=True)
class ActionLine:
    """One action point. `overdue`: open, and its last day is over where the body is."""

    id: int
    words: str
    responsible: str
    due_on: date | None
    overdue: bool
    done_at: datetime | None
    done_note: str
    assembly_id: int
    assembly: dict[str, str]
    position: int
    item: dict[str, str]


@dataclass(frozen=True)
class Mandates:
    """What is open, the first to fall due first, and what was closed last."""

    body: dict[str, str]
    zone: str
    open: tuple[ActionLine, ...]
    done: tuple[ActionLine, ...]


def of_body(body_id: int, *, at: datetime) -> Mandates | None:
    """The mandates of a body; None without such a body."""
    body = db.session.get(Network, body_id)
    if body is None:
        return None
    lines = _lines(body, at)
    still = sorted((one for one in lines if one.done_at is None), key=_pressing)
    done = sorted((one for one in lines if one.done_at), key=lambda one: (one.done_at, one.id), reverse=True)
    return Mandates(body.names, body.zone, tuple(still), tuple(done[:DONE_SHOWN]))


def one(action_id: int, *, by: Actor, at: datetime) -> ActionLine | None:
    """An action point, for an officer of its body."""
    found = of_body(by.network_id or 0, at=at)
    lines = (*found.open, *found.done) if found else ()
    return next((line for line in lines if line.id == action_id), None)


def of_item(item_id: int, *, at: datetime) -> tuple[ActionLine, ...]:
    """Those of one item, in the order in which they were noted."""
    body = db.session.scalar(
        select(Network)
        .join(Assembly, Assembly.body_id == Network.id)
        .join(AgendaItem, AgendaItem.assembly_id == Assembly.id)
        .where(AgendaItem.id == item_id)
    )
    return tuple(_lines(body, at, item_id)) if body else ()


def _lines(body: Network, at: datetime, item_id: int | None = None) -> list[ActionLine]:
    today = at.astimezone(ZoneInfo(body.zone)).date()
    query = (
        select(ActionPoint, AgendaItem, Assembly)
        .join(AgendaItem, ActionPoint.item_id == AgendaItem.id)
        .join(Assembly, AgendaItem.assembly_id == Assembly.id)
        .where(Assembly.body_id == body.id)
        .order_by(ActionPoint.id)
    )
    rows = db.session.execute(query if item_id is None else query.where(AgendaItem.id == item_id))
    return [
        ActionLine(
            row.id, row.words, row.responsible, row.due_on,
            row.done_at is None and row.due_on is not None and row.due_on < today, row.done_at, row.done_note,
            assembly.id, assembly.titles, item.position, item.titles,
        )
        for row, item, assembly in rows
    ]  # fmt: skip


def _pressing(line: ActionLine) -> tuple[bool, date, int]:
    return (line.due_on is None, line.due_on or date.max, line.id)
