"""One person's own deadlines, in every capacity they act in: the dates of what waits for them."""

from dataclasses import dataclass
from datetime import datetime

from consultations.facts.revisions import revisions
from consultations.queries import capacities, tasks
from consultations.queries.capacities import Capacity, Signatory
from consultations.queries.task import Task

SUBJECTS = ("round", "vote", "review", "petition")


@dataclass(frozen=True)
class OwnDate:
    """A task that has a date. `key` names it for ever; `sequence` and `changed_at` as in facts.revisions."""

    key: str
    task: Task
    at: datetime
    capacity: Capacity
    sequence: int
    changed_at: datetime | None


@dataclass(frozen=True)
class OwnDates:
    """A person's dates, in order."""

    person: Signatory
    dates: tuple[OwnDate, ...]


def of_person(person_id: int, session_version: int, *, at: datetime) -> OwnDates | None:
    """What waits for a person with a date; None when their sessions were ended since, or they left."""
    person = capacities.signatory(person_id)
    if person is None or not person.active or person.session_version != session_version:
        return None
    found: dict[str, tuple[Task, datetime, Capacity]] = {}
    for capacity in capacities.of(person_id, at=at):
        for task in tasks.waiting(capacity.actor, at=at):
            if task.due_at is not None:
                found.setdefault(_key(task, capacity), (task, task.due_at, capacity))
    known = revisions(subject for task, *_ in found.values() if (subject := _subject(task)) is not None)
    dates = [
        OwnDate(key, task, due, capacity, *known.get(_subject(task) or ("", 0), (0, None)))
        for key, (task, due, capacity) in found.items()
    ]
    return OwnDates(person, tuple(sorted(dates, key=lambda one: (one.at, one.key))))


def _key(task: Task, capacity: Capacity) -> str:
    """The page it is done on and for whom: what it is called changes as it is done, its date does not."""
    named = "/".join(f"{name}={value}" for name, value in sorted(task.args.items()))
    return f"{task.endpoint}/{named}/{'begins' if task.begins else 'ends'}/mandate={capacity.mandate_id}"


def _subject(task: Task) -> tuple[str, int] | None:
    for kind in SUBJECTS:
        if (id := task.args.get(f"{kind}_id")) is not None:
            return (kind, int(id))
    return None
