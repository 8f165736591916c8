"""The ordinary assembly that a body owes: by its rule of calls in force, counted from the last one that was held."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts.rules_in_force import in_force
from consultations.models.assemblies import Assembly
from consultations.models.organisations import Network
from workflows.annual_assemblies import Standing, next_ordinary
from workflows.call_reading import calls_from
from workflows.deadlines import start_of_day

AHEAD = timedelta(days=90)
"""So long before the last day it is told: long enough for the notice of any statute and the agenda before it."""
COMING = ("draft", "convened", "first_call", "second_call", "third_call")


@dataclass(frozen=True)
class Ordinary:
    """What is owed. `last_at` None: none was held since the rule is in force; `planned`: the code of one that is prepared."""

    last_at: datetime | None
    opens_at: datetime
    due_at: datetime
    standing: Standing
    told: bool
    planned: str
    cites: str


def owed(body: Network, at: datetime) -> Ordinary | None:
    """The next ordinary assembly of a body at `at`; None where no rule of calls in force asks for a yearly one."""
    day = at.astimezone(ZoneInfo(body.zone)).date()
    for row in in_force(body.id, "calls", day):
        rule = calls_from(row.content)
        if rule.annual is not None:
            last = _last(body.id, at)
            found = next_ordinary(rule.annual, last or start_of_day(row.in_force_from, body.zone), body.zone)
            told = at >= max(found.opens_at, found.due_at - AHEAD)
            return Ordinary(
                last,
                found.opens_at,
                found.due_at,
                found.standing(at),
                told,
                _planned(body.id),
                rule.heading.cites,
            )
    return None


def _last(body_id: int, at: datetime) -> datetime | None:
    """When the last ordinary assembly was held: installed, or put to its members in writing."""
    query = select(func.max(Assembly.installed_at)).where(
        Assembly.body_id == body_id, Assembly.kind == "ordinary", Assembly.installed_at <= at
    )
    return db.session.scalar(query)


def _planned(body_id: int) -> str:
    query = select(Assembly.code).where(
        Assembly.body_id == body_id, Assembly.kind == "ordinary", Assembly.state.in_(COMING)
    )
    return db.session.scalar(query.order_by(Assembly.starts_at).limit(1)) or ""
