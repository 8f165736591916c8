"""What waits for officers after an assembly: minutes to write and sign, mandates overdue, the next ordinary assembly."""

from datetime import datetime

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.minutes_versions import signatures
from consultations.facts.ordinary import owed
from consultations.models.assemblies import Assembly, AssemblyMinutes
from consultations.models.organisations import Network
from consultations.queries import action_points
from consultations.queries.task import Task
from workflows.roles import Role

TABLE = (Role.SECRETARY, Role.PRESIDENT)


def of_officer(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """For secretary and president: the scrutineer may sign too, and must not."""
    if actor.role not in TABLE or actor.network_id is None:
        return ()
    return (*_minutes(actor), *_mandates(actor, at), *_ordinary(actor, at))


def _minutes(actor: Actor) -> list[Task]:
    newest = select(AssemblyMinutes.assembly_id, func.max(AssemblyMinutes.id).label("id")).group_by(AssemblyMinutes.assembly_id).subquery()  # fmt: skip
    query = (
        select(Assembly, newest.c.id)
        .outerjoin(newest, newest.c.assembly_id == Assembly.id)
        .where(Assembly.body_id == actor.network_id, Assembly.state == "closed")
        .order_by(Assembly.id)
    )
    rows = db.session.execute(query).all()
    signed = {(one.minutes_id, one.role) for one in signatures([row.id for row in rows if row.id])}
    found = (_of_minutes(actor, assembly, id, (id, str(actor.role)) in signed) for assembly, id in rows)
    return [task for task in found if task]


def _of_minutes(actor: Actor, assembly: Assembly, newest: int | None, signed: bool) -> Task | None:
    args, params = {"assembly_id": assembly.id}, {"code": assembly.code}
    if newest is None:
        writes = actor.role is Role.SECRETARY
        return (
            Task("write_minutes", "session.edit_minutes", args, assembly.titles, params) if writes else None
        )
    return None if signed else Task("sign_minutes", "session.sign_minutes", args, assembly.titles, params)


def _mandates(actor: Actor, at: datetime) -> list[Task]:
    found = action_points.of_body(actor.network_id or 0, at=at)
    overdue = sum(one.overdue for one in found.open) if found else 0
    return [Task("mandates_overdue", "session.mandates", {}, params={"count": overdue})] if overdue else []


def _ordinary(actor: Actor, at: datetime) -> list[Task]:
    """The secretary prepares it; the president convenes it and sees that it is due."""
    body = db.session.get_one(Network, actor.network_id)
    found = owed(body, at)
    if found is None or not found.told or found.planned:
        return []
    writes = actor.role is Role.SECRETARY
    kind = "ordinary_overdue" if found.standing == "overdue" else "ordinary_due"
    return [
        Task(
            kind, "session.prepare" if writes else "session.index", {}, body.names, due_at=found.due_at, zone=body.zone,
            quiet=not writes and found.standing != "overdue",
        )
    ]  # fmt: skip
