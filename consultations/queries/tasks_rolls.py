"""What was proposed about the rolls of a body's assemblies and waits for a second person."""

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import pairs
from consultations.facts.assembly_rolls import EXCEPTION
from consultations.models.assemblies import Assembly, RollChange
from consultations.queries.task import Task
from workflows.roles import Role

SIGNATORIES = frozenset({Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER})


def to_sign(actor: Actor) -> tuple[Task, ...]:
    """Exceptions and amendments that somebody else proposed, and that this officer may confirm or sign."""
    return (*_exceptions(actor), *_amendments(actor)) if actor.role in SIGNATORIES else ()


def _exceptions(actor: Actor) -> list[Task]:
    query = (
        select(Assembly, RollChange.proposed_by_id)
        .join(RollChange, RollChange.assembly_id == Assembly.id)
        .where(
            Assembly.body_id == actor.network_id, Assembly.state == "draft", RollChange.kind == EXCEPTION,
            RollChange.confirmed_at.is_(None),
        )
        .order_by(Assembly.id)
    )  # fmt: skip
    waiting = {row.id: row for row, author in db.session.execute(query) if author != actor.person_id}
    return [_task("sign_exception", row) for row in waiting.values()]


def _amendments(actor: Actor) -> list[Task]:
    query = select(Assembly).where(Assembly.body_id == actor.network_id, Assembly.state == "convened")
    waiting = (
        (row, pairs.proposed_assembly_roll(row)) for row in db.session.scalars(query.order_by(Assembly.id))
    )
    return [
        _task("sign_assembly_roll", row)
        for row, waits in waiting
        if waits and waits.person_id != actor.person_id
    ]


def _task(kind: str, row: Assembly) -> Task:
    return Task(
        kind, "session.roll", {"assembly_id": row.id}, row.titles, {"code": row.code}, due_at=row.starts_at, zone=row.zone, begins=True,
    )  # fmt: skip
