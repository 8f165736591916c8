"""What the chair of CECLAC decides on a round is for the chair of the body that reviews it."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine.mandates import check_body
from consultations.facts.commission import commission_of
from consultations.models.rounds import Round
from workflows.roles import Role


def check_chair(round: Round, by: Actor, *, at: datetime) -> None:
    """Refuse `other_body` to a chair of another body."""
    if by.role is Role.CHAIR:
        body = commission_of(round.dossier, at=at)
        check_body(by, body.id if body else None)
