"""The Board of directors: which body it is. No role is its own: whoever presides over it receives what is for the Board."""

from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.commission import in_force
from consultations.models.mandates import Mandate
from consultations.models.organisations import Network, NetworkKind
from workflows.roles import Role

CODE = "BOARD"


def board(*, at: datetime) -> Network | None:
    """The body with the code BOARD, else the only body (no network) with a president in force; None when unclear."""
    named = db.session.scalar(select(Network).where(Network.code == CODE))
    if named is not None:
        return named
    presided = select(Mandate.network_id).where(Mandate.role == Role.PRESIDENT, *in_force(at))  # type: ignore[arg-type]
    bodies = select(Network).where(Network.kind == NetworkKind.BODY, Network.id.in_(presided))
    found = db.session.scalars(bodies).all()
    return found[0] if len(found) == 1 else None
