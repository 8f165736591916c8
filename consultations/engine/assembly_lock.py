"""The locks that the acts of an assembly begin with, in one order for all of them.

Whoever takes several takes them in this order, so that no two wait for each other (PostgreSQL would end one of them):

1. timers of what is led, where an act may take them back (engine/timers.py, hold_timers): the clock holds its timer first;
2. the assembly: exclusive for what officers do, shared for what many do at once (arriving, proxies, interests);
3. the vote (of a dossier: the dossier, then the vote): exclusive to prepare, open, close and count, shared to cast;
4. the items of the agenda, by position; count sheets;
5. the entries of the vote's roll, then the lines of the assembly's roll (AssemblyElector), by id;
6. proxies, stays and mandates.

The timers of a vote may be held after the assembly: the clock, which holds them, takes no assembly to close a vote.
An act may leave steps out, and never goes back. Shown by tests/engine/test_lock_order.py.
"""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine.officers import check_office
from consultations.engine.work import NotFound, locked
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote


def led(assembly_id: int, by: Actor, at: datetime) -> Assembly:
    """The assembly under an exclusive lock, for one who holds an office in its body. Raises NotFound, Refused."""
    assembly = locked(Assembly, assembly_id)
    check_office(assembly.body_id, by=by, at=at)
    return assembly


def led_item(item_id: int, by: Actor, at: datetime) -> tuple[AgendaItem, Assembly]:
    """An item with its assembly, both under exclusive locks, and its vote too. Raises NotFound, Refused.

    The vote goes before the item: counting locks it first, and settles its items then.
    """
    assembly_id = db.session.scalar(select(AgendaItem.assembly_id).where(AgendaItem.id == item_id))
    if assembly_id is None:
        raise NotFound(f"AgendaItem {item_id}")
    assembly = led(assembly_id, by, at)
    if vote_id := db.session.scalar(select(AgendaItem.vote_id).where(AgendaItem.id == item_id)):
        locked(Vote, vote_id)
    return locked(AgendaItem, item_id), assembly
