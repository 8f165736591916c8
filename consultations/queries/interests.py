"""Interests that organisations declared in items of an agenda."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, AssemblyElector
from consultations.models.presence import Interest


@dataclass(frozen=True)
class InterestLine:
    """Who declared what. `excluded`: it takes no part in the vote."""

    item_id: int
    organisation_id: int
    organisation: str
    words: str
    excluded: bool
    declared_at: datetime


def of_assembly(assembly_id: int, *, item_id: int | None = None) -> tuple[InterestLine, ...]:
    """The interests of an assembly, or of one item of it, by item and name; also of who was taken off its roll since."""
    query = (
        select(Interest, AssemblyElector.organisation_id, AssemblyElector.name)
        .join(AssemblyElector, Interest.elector_id == AssemblyElector.id)
        .join(AgendaItem, Interest.item_id == AgendaItem.id)
        .where(AgendaItem.assembly_id == assembly_id)
        .order_by(AgendaItem.position, AssemblyElector.name)
    )
    rows = db.session.execute(query.where(Interest.item_id == item_id) if item_id else query)
    return tuple(
        InterestLine(one.item_id, organisation_id, name, one.words, one.excluded, one.declared_at)
        for one, organisation_id, name in rows
    )


def electors(assembly_id: int) -> list[tuple[int, str]]:
    """The lines of an assembly's roll, by name."""
    query = select(AssemblyElector.id, AssemblyElector.name).where(AssemblyElector.assembly_id == assembly_id)
    return [(id, name) for id, name in db.session.execute(query.order_by(AssemblyElector.name))]
