"""What waits for somebody: one function per role, each a constant number of queries."""

from collections.abc import Callable
from datetime import datetime

from consultations.actor import Actor
from consultations.queries import (
    tasks_assembly,
    tasks_bodies,
    tasks_delegate,
    tasks_petitions,
    tasks_rules,
    tasks_unit,
)
from consultations.queries.task import Task
from workflows.roles import Role

WAITING: dict[Role, Callable[..., tuple[Task, ...]]] = {
    Role.UNIT: tasks_unit.of_unit,
    Role.UNIT_HEAD: tasks_unit.of_head,
    Role.COMMISSION: tasks_bodies.of_commission,
    Role.CHAIR: lambda actor, *, at: (
        *tasks_bodies.of_chair(actor, at=at),
        *tasks_rules.of_approver(actor, at=at),
    ),
    Role.DELEGATE: tasks_delegate.of_delegate,
    Role.ORGANISATION: tasks_delegate.of_organisation,
    Role.NETWORK: tasks_bodies.of_network,
    Role.SECRETARY: lambda actor, *, at: (
        *tasks_assembly.of_officer(actor, at=at),
        *tasks_rules.of_approver(actor, at=at),
    ),
    Role.PRESIDENT: lambda actor, *, at: (
        *tasks_assembly.of_officer(actor, at=at),
        *tasks_petitions.of_president(actor, at=at),
        *tasks_rules.of_approver(actor, at=at),
    ),
    Role.SCRUTINEER: tasks_assembly.of_officer,
    Role.COMMITTEE: tasks_assembly.of_committee,
    Role.AUDITOR: tasks_bodies.of_auditor,
    Role.ADMIN: tasks_bodies.of_admin,
}


def waiting(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """What waits for this actor, the most pressing first; nothing for whoever acts in no capacity."""
    found = WAITING.get(actor.role)
    return tuple(sorted(found(actor, at=at), key=_pressing)) if found else ()


def _pressing(task: Task) -> tuple[bool, int, bool, datetime | int]:
    return (task.quiet, task.rank, task.due_at is None, task.due_at or 0)
