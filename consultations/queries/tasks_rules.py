"""Rules that wait for a second person."""

from datetime import datetime

from consultations.actor import Actor
from consultations.queries.rule_books import waiting
from consultations.queries.task import Task


def of_approver(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """The drafts of the body's rule book that others wrote."""
    return tuple(
        Task("approve_rule", "public.rule", {"version_id": row.id}, row.titles, {"version": row.version, "cites": row.cites})
        for row in waiting(actor)
    )  # fmt: skip
