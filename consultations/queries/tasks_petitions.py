"""What was sent in and waits: for the Unit all of it, for whoever presides over the Board its concerns."""

from collections.abc import Sequence
from datetime import datetime

from consultations.actor import Actor
from consultations.facts.petitions import presides
from consultations.queries import petitions
from consultations.queries.task import Task
from workflows.petition import PetitionKind

MOST = 20


def of_unit(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """What waits for the Unit: to acknowledge, then to take up or to answer."""
    return _tasks([kind.value for kind in PetitionKind], at)


def of_president(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Concerns that wait for the Board; nothing for presidents of other bodies."""
    if not presides(actor, at=at) or not petitions.any_concern():
        return ()
    page = Task("board_page", "petition_desk.index", {}, rank=3, quiet=True)
    return (*_tasks([PetitionKind.CONCERN.value], at), page)


def _tasks(kinds: Sequence[str], at: datetime) -> tuple[Task, ...]:
    return tuple(
        Task(
            "acknowledge_petition" if row.state == "sent" else "answer_petition", "petition_desk.one", {"petition_id": row.id},
            {row.language: row.title}, due_at=due, zone=petitions.ZONE, rank=2,
        )
        for row, due in petitions.waiting(kinds, at=at)[:MOST]
    )  # fmt: skip
