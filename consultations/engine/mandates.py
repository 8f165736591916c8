"""The right to act, read again inside the transaction: a session may be older than the end of a mandate."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.mandates import Mandate
from workflows.refusals import Refused, refusal
from workflows.roles import Role

_at = bindparam("at", type_=Mandate.starts_at.type)
# Made once: nearly every verb asks it.
_IN_FORCE = select(Mandate.id).where(
    Mandate.id == bindparam("mandate_id"), Mandate.person_id == bindparam("person_id"), Mandate.role == bindparam("role"),
    Mandate.starts_at <= _at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > _at),
)  # fmt: skip


def check_mandate(by: Actor, *, at: datetime) -> None:
    """Refuse `mandate_over` unless the actor's mandate is in force at `at`; the clock needs none (architecture.md)."""
    if by.role is Role.SYSTEM:
        return
    claimed = {"mandate_id": by.mandate_id, "person_id": by.person_id, "role": str(by.role), "at": at}
    if db.session.scalar(_IN_FORCE, claimed) is None:
        raise Refused(refusal("mandate_over", role=by.role.value))


def check_body(by: Actor, body_id: int | None) -> None:
    """Refuse `other_body` unless the actor acts in this body."""
    if by.role is not Role.SYSTEM and by.network_id != body_id:
        raise Refused(refusal("other_body"))
