"""Who may give which role to whom, and where a role is held: people appointed by hand, for a time or without end.

The operator gives every role. The head of the Unit gives those of organisations, of networks, of CECLAC and of the
Unit's staff, but never who leads, watches or operates (head, assembly officers, auditors, operators): whoever
drafts does not choose who counts (process.md, separation of duties). Nobody appoints themselves.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from consultations.actor import Actor
from consultations.engine import turns
from consultations.engine.accounts import tidy
from consultations.engine.appointments import begun
from consultations.engine.mandates import check_mandate
from consultations.engine.work import add
from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.organisations import Network, NetworkKind, Organisation
from consultations.models.people import Person
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role

OF_ORGANISATION = frozenset({Role.DELEGATE, Role.ORGANISATION})
OF_NETWORK = frozenset({Role.NETWORK})
OF_BODY = frozenset(
    {Role.UNIT, Role.UNIT_HEAD, Role.COMMISSION, Role.CHAIR, Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.COMMITTEE}
)  # fmt: skip
OF_HOUSE = frozenset({Role.AUDITOR, Role.ADMIN})
BY_HEAD = OF_ORGANISATION | OF_NETWORK | {Role.COMMISSION, Role.CHAIR, Role.UNIT}


def may_give(role: Role) -> frozenset[Role]:
    """The roles that whoever acts in `role` may give to others."""
    everything = OF_ORGANISATION | OF_NETWORK | OF_BODY | OF_HOUSE
    return {Role.ADMIN: everything, Role.UNIT_HEAD: frozenset(BY_HEAD)}.get(role, frozenset())


def check_nomination(
    email: str, role: Role, *, organisation_id: int | None, network_id: int | None, starts_at: datetime,
    ends_at: datetime | None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Say everything that speaks against a mandate; changes nothing. Errors: Refused with all reasons."""
    check_mandate(by, at=at)
    own = select(Person.id).where(Person.email == tidy(email), Person.id == by.person_id)
    answers = (
        None if role in may_give(by.role) else refusal("role_not_yours_to_give", role=role.value),
        refusal("own_mandate") if db.session.scalar(own) else None,
        None if _fits(role, organisation_id, network_id) else refusal("place_for_role", role=role.value),
        refusal("mandate_backwards") if ends_at is not None and ends_at <= max(starts_at, at) else None,
    )
    faults: tuple[Refusal, ...] = tuple(answer for answer in answers if answer)
    if faults:
        raise Refused(*faults)


def nominate(
    name: str, email: str, role: Role, *, organisation_id: int | None = None, network_id: int | None = None,
    starts_at: datetime, ends_at: datetime | None = None, by: Actor, at: datetime,
) -> Mandate:  # fmt: skip
    """Give somebody a role from `starts_at` (not before now) up to, not including, `ends_at`.

    A person is their address: a known one keeps the name they have, a new one is added. Another delegate of the
    same organisation comes after those who act already. The same mandate asked for again is returned as it is.
    Errors: Refused with all reasons.
    """
    turns.wait_turn("register")  # two tabs at once would make two people of one address
    check_nomination(
        email, role, organisation_id=organisation_id, network_id=network_id, starts_at=starts_at, ends_at=ends_at, by=by, at=at
    )  # fmt: skip
    person = db.session.scalar(select(Person).where(Person.email == tidy(email)))
    person = person or add(Person(name=name.strip() or tidy(email), email=tidy(email)))
    place = {"organisation_id": organisation_id, "network_id": network_id}
    same = select(Mandate).filter_by(person_id=person.id, role=str(role), **place)
    found = db.session.scalars(same.where(_not_over(at)).order_by(Mandate.id)).first()
    if found is not None:
        return found
    begins, rank = max(starts_at, at), _next_rank(role, organisation_id, at)
    made = add(
        Mandate(person_id=person.id, role=str(role), rank=rank, starts_at=begins, ends_at=ends_at, **place)
    )
    begun(made, by=by, at=at)
    return made


def _fits(role: Role, organisation_id: int | None, network_id: int | None) -> bool:
    """Whether the place exists and is of the kind in which the role is held."""
    if organisation_id is not None and network_id is not None:
        return False
    if role in OF_ORGANISATION:
        return organisation_id is not None and db.session.get(Organisation, organisation_id) is not None
    if role in OF_HOUSE:
        return organisation_id is None and network_id is None
    network = db.session.get(Network, network_id) if network_id else None
    return network is not None and (role in OF_NETWORK) == (network.kind != NetworkKind.BODY)


def _next_rank(role: Role, organisation_id: int | None, at: datetime) -> int:
    if role is not Role.DELEGATE:
        return 1
    ranks = select(func.max(Mandate.rank)).where(
        Mandate.organisation_id == organisation_id, Mandate.role == Role.DELEGATE, _not_over(at)
    )
    return (db.session.scalar(ranks) or 0) + 1


def _not_over(at: datetime) -> ColumnElement[bool]:
    return or_(Mandate.ends_at.is_(None), Mandate.ends_at > at)
