"""A petition's rows -> what its table of moves asks for."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.directors import board
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network
from consultations.models.petitions import Petition
from workflows.dossier import DossierState
from workflows.petition import COMMITTEES, PetitionFacts, PetitionKind, goes_to_board
from workflows.roles import Role

DECIDED = (
    DossierState.ADOPTED, DossierState.NOT_ADOPTED, DossierState.SENT, DossierState.OUTCOME_RECORDED, DossierState.IN_FORCE,
    DossierState.REVIEW_DUE,
)  # fmt: skip
"""A matter is published, and takes remarks, once it is decided."""

WAITING = ("sent", "acknowledged")


def petition_facts(row: Petition, *, by: Actor, at: datetime, **given: Any) -> PetitionFacts:
    """Everything the table asks about a petition at `at`; `given` takes the place of what was read."""
    matter = db.session.get(Dossier, row.dossier_id) if row.dossier_id else None
    read = PetitionFacts(
        at=at,
        kind=PetitionKind(row.kind) if row.kind in set(PetitionKind) else None,
        place=place_of(row.organisation_id, row.network_id),
        title=row.title,
        text=row.text,
        matter_published=matter is not None and matter.state in DECIDED,
        own=is_own(row, by),
        before_board=presides(by, at=at),
    )
    return replace(read, **given)


def place_of(organisation_id: int | None, network_id: int | None) -> str | None:
    """Where something is sent from: "organisation", or the kind of the network; None for neither."""
    if organisation_id is not None:
        return "organisation"
    network = db.session.get(Network, network_id) if network_id is not None else None
    return network.kind if network else None


def is_own(row: Petition, by: Actor) -> bool:
    """Whether the actor acts for who sent it."""
    if row.organisation_id is not None:
        return by.organisation_id == row.organisation_id
    return by.role is Role.NETWORK and by.network_id is not None and by.network_id == row.network_id


def for_board() -> ColumnElement[bool]:
    """The condition that the Board hears it as well."""
    committees = select(Network.id).where(Network.kind.in_(COMMITTEES))
    return (Petition.kind == PetitionKind.CONCERN) & Petition.network_id.in_(committees)


def is_for_board(row: Petition) -> bool:
    """Whether the Board hears this one."""
    return goes_to_board(row.kind, place_of(row.organisation_id, row.network_id))


def presides(by: Actor, *, at: datetime) -> bool:
    """Whether the actor presides over the Board."""
    if by.role is not Role.PRESIDENT or by.network_id is None:
        return False
    body = board(at=at)
    return body is not None and body.id == by.network_id
