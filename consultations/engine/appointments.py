"""Mandates beginning and ending; a change of delegate ends one and begins another, so that both stay on record."""

from datetime import datetime

from sqlalchemy import or_, select

from consultations.actor import Actor
from consultations.engine import journal, turns
from consultations.engine.mandates import check_mandate
from consultations.engine.notices import notify
from consultations.engine.recipients import Recipient
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.models.mandates import Mandate
from workflows.refusals import Refused, refusal
from workflows.roles import Role, implies

KEEPERS = frozenset({Role.ADMIN, Role.UNIT})

# Whoever drafts ends no mandate of those who review, count or watch: with the member their block would go
# (process.md, separation of duties). The Unit keeps who acts for organisations and networks.
ENDED_BY_UNIT = frozenset({Role.DELEGATE, Role.ORGANISATION, Role.NETWORK})


def check_keeper(by: Actor, move: str, *, at: datetime) -> None:
    """Refuse whoever does not keep the register: its operator and the Standards Unit do.

    The operator at the server's own shell is an ADMIN without a person, and needs no mandate.
    """
    if implies(by.role).isdisjoint(KEEPERS):
        raise Refused(refusal("role_may_not", move=move, role=by.role.value))
    if by.person_id is not None:
        check_mandate(by, at=at)


def appoint(
    person_id: int, role: Role, *, organisation_id: int | None = None, network_id: int | None = None, rank: int = 1,
    by: Actor, at: datetime,
) -> Mandate:  # fmt: skip
    """Begin a mandate now; the one that is already in force is returned as it is."""
    check_keeper(by, "appoint", at=at)
    turns.wait_turn("register")
    place = {"organisation_id": organisation_id, "network_id": network_id}
    same = select(Mandate).filter_by(person_id=person_id, role=str(role), rank=rank, **place)
    found = db.session.scalar(
        same.where(Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
    )
    if found is not None:
        return found
    made = add(Mandate(person_id=person_id, role=str(role), rank=rank, starts_at=at, **place))
    begun(made, by=by, at=at)
    return made


def end_mandate(mandate_id: int, *, reason: str, by: Actor, at: datetime) -> bool:
    """End a mandate now; False when it has ended already. What was done under it stands.

    Errors: Refused: no reason, or a role that is not the actor's to end (`may_end`); NotFound.
    """
    check_keeper(by, "end_mandate", at=at)
    if not reason.strip():
        raise Refused(refusal("reason_missing"))
    row = locked(Mandate, mandate_id)
    if not may_end(by.role, Role(row.role)):
        raise Refused(refusal("role_not_yours_to_give", role=row.role))
    if row.ends_at is not None and row.ends_at <= at:
        return False
    ended(row, reason=reason.strip(), by=by, at=at)
    return True


def may_end(keeper: Role, role: Role) -> bool:
    """Whether whoever keeps the register as `keeper` may end a mandate of `role`: the head also that of the Unit's staff."""
    if keeper is Role.ADMIN:
        return True
    own = ENDED_BY_UNIT | {Role.UNIT} if keeper is Role.UNIT_HEAD else ENDED_BY_UNIT
    return Role.UNIT in implies(keeper) and role in own


def begun(row: Mandate, *, by: Actor, at: datetime) -> None:
    """Record that a mandate began."""
    place = {"organisation": f"organisation/{row.organisation_id}"} if row.organisation_id else {}
    place |= {"network": f"network/{row.network_id}"} if row.network_id else {}
    journal.record("mandate_begun", row, by=by, at=at, mandated_role=row.role, rank=row.rank, **place)


def ended(row: Mandate, *, reason: str = "", by: Actor, at: datetime) -> None:
    """End a mandate that is in force, record it, and tell whoever held it for somebody, unless they ended it themselves."""
    row.ends_at = at
    event = journal.record("mandate_ended", row, by=by, at=at, reason=reason)
    if row.person_id != by.person_id and (row.organisation_id or row.network_id):
        told = [Recipient(row.person_id, row.organisation_id)]
        notify("mandate_ended", told, row, due_at=at, event=event, reason=reason)
