"""What every verb of the answering desk begins with: its own people, and a round whose comments are being answered."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine.mandates import check_mandate
from consultations.engine.work import locked
from consultations.models.rounds import Round
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies
from workflows.round import RoundState


def check_unit(by: Actor, move: str, *, at: datetime) -> None:
    """Refuse whoever is not of the Unit, or is so no longer."""
    check_mandate(by, at=at)
    if Role.UNIT not in implies(by.role):
        raise Refused(refusal("role_may_not", move=move, role=by.role.value))


def take_answering(round_id: int, move: str, *, by: Actor, at: datetime) -> Round:
    """The round locked for oneself, while it is being answered: what belongs together is decided by one at a time.

    Errors: Refused, NotFound.
    """
    check_unit(by, move, at=at)
    round_ = locked(Round, round_id)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    return round_


def refuse_any(*reasons: Refusal | None) -> None:
    """Raise those of the reasons that there are, together."""
    if found := tuple(filter(None, reasons)):
        raise Refused(*found)
