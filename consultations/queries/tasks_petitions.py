"""What was sent in and waits: for the Unit all of it, for whoever presides over the Board its concerns."""

from collections.abc import Sequence
from datetime import datetime

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.petitions import for_board, presides
from consultations.models.people import Person
from consultations.models.petitions import Petition
from consultations.queries import petitions
from consultations.queries.task import Task

MOST = 20


def of_unit(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """What waits for the Unit: to acknowledge, then to take up or to answer."""
    return _tasks(petitions.waiting(), actor)


def of_president(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Concerns that wait for the Board; nothing for presidents of other bodies."""
    if not presides(actor, at=at) or not petitions.any_concern():
        return ()
    page = Task("board_page", "petition_desk.index", {}, rank=3, quiet=True)
    return (*_tasks(petitions.waiting(for_board()), actor), page)


def _tasks(found: Sequence[tuple[Petition, datetime]], actor: Actor) -> tuple[Task, ...]:
    """The first due, each by itself, and the others in one line: when the first of those is due, and how many they are.

    No place sets these deadlines, they are counted from the instant of sending: they are told in the reader's own zone,
    as on the pages they lead to.
    """
    zone = _zone(actor)
    tasks = [
        Task(
            "acknowledge_petition" if row.state == "sent" else "answer_petition", "petition_desk.one", {"petition_id": row.id},
            {row.language: row.title}, due_at=due, zone=zone, rank=2,
        )
        for row, due in found[:MOST]
    ]  # fmt: skip
    if rest := found[MOST:]:
        count = {"count": len(rest)}
        tasks.append(Task("more_petitions", "petition_desk.index", {}, {}, count, rest[0][1], zone, rank=2))
    return tuple(tasks)


def _zone(actor: Actor) -> str:
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    return person.zone if person else "UTC"
