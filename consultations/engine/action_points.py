"""Action points: what somebody has to do after an item, noted and closed by the secretary; open ones are a body's mandates."""

from datetime import date, datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.assembly_lock import led
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.models.assemblies import ActionPoint, AgendaItem
from workflows.refusals import Refused, refusal


def note(
    item_id: int, *, words: str, responsible: str, due_on: date | None = None, by: Actor, at: datetime
) -> ActionPoint:
    """Note what is to be done, by whom, until when. The same words and name again are the one that is open.

    Errors: Refused: not convened yet, nothing said, nobody named; NotFound.
    """
    assembly_id = db.session.scalar(select(AgendaItem.assembly_id).where(AgendaItem.id == item_id))
    assembly = led(assembly_id or 0, by, at)
    words, responsible = words.strip(), responsible.strip()
    against = (
        refusal("action_before_convening") if assembly.convened_at is None else None,
        None if words else refusal("action_words_missing"),
        None if responsible else refusal("action_responsible_missing"),
    )
    if reasons := [one for one in against if one is not None]:
        raise Refused(*reasons)
    same = {"item_id": item_id, "words": words, "responsible": responsible, "done_at": None}
    if there := db.session.scalar(select(ActionPoint).filter_by(**same)):
        return there
    row = add(ActionPoint(**same, due_on=due_on, noted_at=at, noted_by_id=by.person_id))
    journal.record("action_noted", row, by=by, at=at, item=f"item/{item_id}")
    return row


def close(action_id: int, *, note: str, by: Actor, at: datetime) -> ActionPoint:
    """Record what came of it; it is open no more. The same note again changes nothing.

    Errors: Refused: closed already with other words, nothing said; NotFound.
    """
    found = db.session.execute(
        select(AgendaItem.assembly_id).join(ActionPoint, ActionPoint.item_id == AgendaItem.id).where(ActionPoint.id == action_id)
    ).first()  # fmt: skip
    if found is None:
        raise NotFound(f"ActionPoint {action_id}")
    led(found.assembly_id, by, at)
    row, said = locked(ActionPoint, action_id), note.strip()
    if row.done_at is not None:
        if row.done_note == said:
            return row
        raise Refused(refusal("action_done"))
    if not said:
        raise Refused(refusal("reason_missing"))
    row.done_at, row.done_note, row.done_by_id = at, said, by.person_id
    db.session.flush()
    journal.record("action_done", row, by=by, at=at, item=f"item/{row.item_id}")
    return row
