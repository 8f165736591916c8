"""What was sent out of a decision: the position as it went, and the outside answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.dossiers import Dispatch, Dossier


@dataclass(frozen=True)
class Sent:
    """The position as it went out, and the outside answer."""

    recipient: str
    letter: str
    sent_at: datetime
    outcome: str | None
    note: str
    outcome_at: datetime | None


def sent(dossier_id: int | None) -> Sent | None:
    """What was sent on a dossier, if anything."""
    row = db.session.scalar(select(Dispatch).where(Dispatch.dossier_id == dossier_id))
    return (
        Sent(row.recipient, row.letter, row.sent_at, row.outcome, row.outcome_note, row.outcome_at)
        if row
        else None
    )


def dossier_named(dossier_id: int) -> tuple[str, dict[str, str]] | None:
    """Code and titles of a dossier; None when there is none."""
    row = db.session.get(Dossier, dossier_id)
    return (row.code, row.titles) if row else None
