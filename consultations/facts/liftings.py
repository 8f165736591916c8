"""Who seconds the lifting of a block: the chair lifts none alone (process.md, "CECLAC's review")."""

from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.commission import in_force, members
from consultations.facts.reviews import standing_of
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.reviews import Position, Review
from workflows.review import PositionKind
from workflows.roles import Role

SECONDED = "block_lift_seconded"


def may_second(review: Review, block: Position, *, at: datetime) -> frozenset[int]:
    """The members who may second: neither who blocks, nor who is recused, nor the chair who lifts."""
    chairs = select(Mandate.person_id).where(
        Mandate.network_id == review.body_id, Mandate.role == Role.CHAIR, *in_force(at)
    )
    newest = standing_of(review, at=at).newest.items()
    recused = {who for who, position in newest if position.kind == PositionKind.RECUSE}
    return members(review.body_id, at=at) - set(db.session.scalars(chairs)) - recused - {block.person_id}


def seconded_by(review: Review, block: Position, *, at: datetime) -> tuple[int, ...]:
    """Who has seconded the lifting of this block and still may, the first before the others."""
    query = select(Event.person_id, Event.payload).where(
        Event.subject_kind == "review", Event.subject_id == review.id, Event.name == SECONDED
    )
    told, fit = f'"entry":"position/{block.id}"', may_second(review, block, at=at)
    rows = db.session.execute(query.order_by(Event.id)).all()
    return tuple(who for who, payload in rows if told in payload and who in fit)
