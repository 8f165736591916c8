"""From when each clause of a standard applies to whom, with the postponements."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.drafts import COHORTS
from consultations.models.drafts import EffectiveDate


@dataclass(frozen=True)
class Former:
    """A day that was set before another took its place; the reason is that of the change which ended it."""

    day: date
    reason: str


@dataclass(frozen=True)
class Applies:
    """The day that counts for a cohort, `id` of its row, and the former days, oldest first."""

    id: int
    cohort: str
    day: date
    former: tuple[Former, ...]
    set_at: datetime


def applies(standard_id: int, stable_id: str | None = None) -> dict[str, tuple[Applies, ...]]:
    """By stable id, for each cohort in order; one select."""
    query = select(EffectiveDate).where(EffectiveDate.standard_id == standard_id).order_by(EffectiveDate.id)
    if stable_id is not None:
        query = query.where(EffectiveDate.stable_id == stable_id)
    rows: dict[str, dict[str, list[EffectiveDate]]] = {}
    for row in db.session.scalars(query):
        rows.setdefault(row.stable_id, {}).setdefault(row.cohort, []).append(row)
    return {id: tuple(_applies(of[cohort]) for cohort in COHORTS if cohort in of) for id, of in rows.items()}


def _applies(rows: list[EffectiveDate]) -> Applies:
    former = tuple(Former(row.applies_from, later.reason) for row, later in itertools.pairwise(rows))
    last = rows[-1]
    return Applies(last.id, last.cohort, last.applies_from, former, last.set_at)
