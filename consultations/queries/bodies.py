"""A body for everybody: its assemblies, the next ordinary one that it owes, the mandates that are open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consultations.extensions import db
from consultations.facts.ordinary import Ordinary, owed
from consultations.models.assemblies import Assembly
from consultations.models.organisations import Network
from consultations.models.rule_books import RuleVersion
from consultations.queries import action_points
from consultations.queries.action_points import ActionLine
from consultations.queries.sessions import MEETING, AssemblyLine, line_of

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


@dataclass(frozen=True)
class Sitting:
    """An assembly that is convened or under way, and whose it is."""

    line: AssemblyLine
    body: dict[str, str]


def under_way() -> tuple[Sitting, ...]:
    """The assemblies of every body that are convened and have not ended, the next to begin first."""
    query = select(Assembly).options(joinedload(Assembly.body)).where(Assembly.state.in_(MEETING))
    rows = db.session.scalars(query.order_by(Assembly.starts_at, Assembly.id).limit(SHOWN))
    return tuple(Sitting(line_of(row), row.body.names) for row in rows)


def voting() -> tuple[tuple[int, dict[str, str]], ...]:
    """The bodies with a rule that was ever approved or an assembly that was ever convened, by their codes."""
    ruled = select(RuleVersion.body_id).where(RuleVersion.approved_at.is_not(None))
    met = select(Assembly.body_id).where(Assembly.convened_at.is_not(None))
    query = select(Network.id, Network.names).where(or_(Network.id.in_(ruled), Network.id.in_(met)))
    return tuple((id, names) for id, names in db.session.execute(query.order_by(Network.code)))


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
