"""The position as it was sent, and the outside answer recorded apart from it."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.dossiers import dossier_facts
from consultations.models.dossiers import Dispatch, Dossier
from workflows.dossier import DOSSIER
from workflows.refusals import Refused, refusal

OUTCOMES = ("accepted", "accepted_in_part", "rejected", "deferred")


def send_position(dossier_id: int, *, recipient: str, letter: str, by: Actor, at: datetime) -> Dispatch:
    """Record the position as it goes out to the outside body; sent twice it is one dispatch.

    Errors: Refused: nothing decided yet, no recipient, no letter, a kind that no outside body decides on.
    """
    check_mandate(by, at=at)
    dossier = locked(Dossier, dossier_id)
    there = _of(dossier_id)
    if there and (there.recipient, there.letter) == (recipient.strip(), letter.strip()):
        return there
    if not recipient.strip():
        raise Refused(refusal("recipient_missing"))
    facts = dossier_facts(dossier, at=at, position=letter)
    journal.move(dossier, DOSSIER, "send", by=by, at=at, facts=facts)
    return add(
        Dispatch(
            dossier_id=dossier_id,
            recipient=recipient.strip(),
            letter=letter.strip(),
            sent_at=at,
            sent_by_id=by.person_id,
        )
    )


def record_outcome(dossier_id: int, *, outcome: str, note: str, by: Actor, at: datetime) -> Dispatch:
    """Record what the outside body answered: one of OUTCOMES, with a note in words; sent twice it is one answer.

    Errors: Refused: nothing was sent, no note, an unknown outcome.
    """
    check_mandate(by, at=at)
    dossier, dispatch = locked(Dossier, dossier_id), _of(dossier_id)
    if dispatch and (dispatch.outcome, dispatch.outcome_note) == (outcome, note.strip()):
        return dispatch
    if outcome not in OUTCOMES:
        raise Refused(refusal("outcome_unknown", outcome=outcome))
    facts = dossier_facts(dossier, at=at, outcome=note)
    journal.move(dossier, DOSSIER, "record_outcome", by=by, at=at, facts=facts, outcome=outcome)
    if dispatch is None:
        raise NotFound(f"Dispatch of dossier {dossier_id}")
    dispatch.outcome, dispatch.outcome_note, dispatch.outcome_at = outcome, note.strip(), at
    db.session.flush()
    return dispatch


def _of(dossier_id: int) -> Dispatch | None:
    return db.session.scalar(select(Dispatch).where(Dispatch.dossier_id == dossier_id).with_for_update())
