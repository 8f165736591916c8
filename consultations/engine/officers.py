"""Who acts for a body on its votes: place and mandate are read again inside the transaction."""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine.mandates import check_body, check_mandate


def check_office(body_id: int, *, by: Actor, at: datetime) -> None:
    """Refuse (other_body, mandate_over) unless `by` is the clock or acts in this body by a mandate in force."""
    check_body(by, body_id)
    check_mandate(by, at=at)
