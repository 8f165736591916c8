"""CECLAC: which body reviews a dossier, who its members are, and what its settings say."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import or_, select

from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.mandates import Mandate
from consultations.models.organisations import Network
from workflows.roles import Role

CODE = "CECLAC"
SEATS = (Role.COMMISSION.value, Role.CHAIR.value)
HALF = "1/2"


def commission_of(dossier: Dossier, *, at: datetime) -> Network | None:
    """The body that reviews a dossier: the one named in the deciding body's settings ("commission": its code), else
    CECLAC, else the only body that has a chair in force; None when that is not clear."""
    named = db.session.scalar(
        select(Network).where(Network.code == dossier.body.settings.get("commission", CODE))
    )
    if named is not None:
        return named
    with_chair = select(Mandate.network_id).where(Mandate.role == Role.CHAIR, *in_force(at))
    found = db.session.scalars(select(Network).where(Network.id.in_(with_chair))).all()
    return found[0] if len(found) == 1 else None


def members(body_id: int, *, at: datetime) -> frozenset[int]:
    """The people who hold a seat in the body at `at`, its chair among them."""
    query = select(Mandate.person_id).where(
        Mandate.network_id == body_id, Mandate.role.in_(SEATS), *in_force(at)
    )
    return frozenset(db.session.scalars(query))


def positions_share(body: Network) -> Fraction:
    """The share of members whose position is needed: the setting "positions_share" as exact text, one half if unset."""
    return Fraction(str(body.settings.get("positions_share", HALF)))


def in_force(at: datetime) -> tuple[object, ...]:
    """The condition that a mandate holds at `at` (starts_at <= at < ends_at)."""
    return (Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
