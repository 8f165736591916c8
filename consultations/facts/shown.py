"""What has become of an assembly, an item or a vote since a page showed it: a mark that changes with every move that counts."""

from collections.abc import Sequence

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.models.events import Event
from workflows.machine import SAME, Workflow

TIMES = ("postpone", "extend")
"""Moves that leave the state and change what a button means. Who comes and goes changes nothing of it."""


def names(workflow: Workflow, *moves: str) -> frozenset[str]:
    """The events of these moves; without any, of all that change what a page of it shows."""
    return frozenset(
        move.event
        for move in workflow.moves
        if (move.name in moves if moves else move.target != SAME or move.name in TIMES)
    )


def mark(kind: str, id: int, workflow: Workflow) -> int:
    """The number of the newest event that changed it; 0 where none is on record."""
    query = select(func.max(Event.id)).where(
        Event.subject_kind == kind, Event.subject_id == id, Event.name.in_(names(workflow))
    )
    return db.session.scalar(query) or 0


def since(kind: str, id: int, workflow: Workflow, known: int) -> Sequence[Event]:
    """What changed it after that mark, in order."""
    query = select(Event).where(
        Event.subject_kind == kind, Event.subject_id == id, Event.name.in_(names(workflow)), Event.id > known
    )
    return db.session.scalars(query.order_by(Event.id)).all()
