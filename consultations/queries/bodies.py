"""A body for everybody: its assemblies, the next ordinary one that it owes, the mandates that are open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.ordinary import Ordinary, owed
from consultations.models.assemblies import Assembly
from consultations.models.organisations import Network
from consultations.queries import action_points
from consultations.queries.action_points import ActionLine
from consultations.queries.sessions import AssemblyLine, line_of

SHOWN = 20


@dataclass(frozen=True)
class BodyPage:
    """One body. `assemblies`: those convened, the newest first."""

    id: int
    names: dict[str, str]
    zone: str
    ordinary: Ordinary | None
    assemblies: tuple[AssemblyLine, ...]
    mandates: tuple[ActionLine, ...]


def page(body_id: int, *, at: datetime) -> BodyPage | None:
    """A body; None where there is none."""
    body = db.session.get(Network, body_id)
    if body is None:
        return None
    query = select(Assembly).where(Assembly.body_id == body_id, Assembly.convened_at.is_not(None))
    rows = db.session.scalars(query.order_by(Assembly.starts_at.desc(), Assembly.id.desc()).limit(SHOWN))
    found = action_points.of_body(body_id, at=at)
    return BodyPage(
        body.id,
        body.names,
        body.zone,
        owed(body, at),
        tuple(line_of(row) for row in rows),
        found.open if found else (),
    )
