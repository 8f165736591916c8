"""A button does what its page said, or nothing: whoever acts on a page that is old is told what has happened since.

Each act of a session is asked for with the mark of what its page showed (facts/shown.py). The row is locked before the
mark is compared, so that of two who press at once the second hears of the first.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import timers
from consultations.engine.assembly_lock import led, led_item
from consultations.engine.journal import kind_of
from consultations.engine.officers import check_office
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import shown
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote
from workflows.assembly import ASSEMBLY
from workflows.item import ITEM
from workflows.machine import Workflow
from workflows.refusals import Refused, refusal
from workflows.vote import VOTE


def assembly(id: int, *moves: str, known: int, reason: str | None = None, by: Actor, at: datetime) -> bool:
    """Whether `moves` are still to be made on an assembly whose page showed the mark `known`.

    False: they have been made since and nothing else was, so that nothing is to do. `reason`: what goes with them, so that
    they are the same only from the same person with the same words; None where the button alone says all.
    Errors: Refused `shown_otherwise` with what has happened since; NotFound.
    """
    timers.hold_timers("assembly", id)
    return _to_do(led(id, by, at), ASSEMBLY, moves, known, reason, by)


def item(id: int, *moves: str, known: int, reason: str | None = None, by: Actor, at: datetime) -> bool:
    """The same of an item of an agenda."""
    row, _ = led_item(id, by, at)
    return _to_do(row, ITEM, moves, known, reason, by)


def vote(id: int, *moves: str, known: int, reason: str | None = None, by: Actor, at: datetime) -> bool:
    """The same of a vote; where its assembly is to be locked too, that is locked first."""
    within = db.session.scalar(select(Vote.assembly_id).where(Vote.id == id))
    if within is not None:
        locked(Assembly, within)
    timers.hold_timers("vote", id)
    row = locked(Vote, id)
    check_office(row.body_id, by=by, at=at)
    return _to_do(row, VOTE, moves, known, reason, by)


def _to_do(
    row: Any, workflow: Workflow, moves: tuple[str, ...], known: int, reason: str | None, by: Actor
) -> bool:
    happened = shown.since(kind_of(row), row.id, workflow, known)
    if not happened:
        return True
    last, own = happened[-1], shown.names(workflow, *moves)
    same = reason is None or (last.person_id == by.person_id and last.reason.strip() == reason.strip())
    if same and all(event.name in own for event in happened):
        return False
    raise Refused(refusal("shown_otherwise", happened=", ".join(event.name for event in happened[-3:])))
