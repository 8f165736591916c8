"""Why the Unit changed what no comment asked for, and the rounds between whose texts a change lies."""

import json

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.round import RoundState

EXPLAINED = "change_explained"


def so_far(round: Round) -> tuple[Round, ...]:
    """The rounds of the dossier up to this one, in their order, without those that were withdrawn."""
    query = select(Round).where(
        Round.dossier_id == round.dossier_id, Round.number <= round.number, Round.state != RoundState.WITHDRAWN
    )  # fmt: skip
    return tuple(db.session.scalars(query.order_by(Round.number)))


def reasons(dossier_id: int) -> dict[str, str]:
    """{hash of a change between texts of the dossier: why, as a person wrote last}; one select."""
    query = select(Event.payload, Event.reason).where(
        Event.dossier_id == dossier_id, Event.subject_kind == "round", Event.name == EXPLAINED
    )
    return {
        json.loads(payload)["change"]: why for payload, why in db.session.execute(query.order_by(Event.id))
    }
