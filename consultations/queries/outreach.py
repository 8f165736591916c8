"""The outreach log of a round as the Unit and the networks read it, and whom they may name in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.memberships import in_network
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.outreach import Outreach
from consultations.models.people import Person
from consultations.models.rounds import Round
from consultations.queries.public import PUBLIC_ROUNDS
from workflows.roles import Role

PAGE = 50


@dataclass(frozen=True)
class Line:
    """An attempt: whom (`organisation`, or the names of a network, or neither: everybody), how, when, and what came of it."""

    id: int
    organisation: str
    network: dict[str, str]
    channel: str
    reached: bool
    note: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class Log:
    """One page of the log, the newest first."""

    id: int
    number: int
    titles: dict[str, str]
    zone: str
    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def log(round_id: int, page: int = 1, *, by: Actor, at: datetime) -> Log:
    """The log; a network reads what concerns itself or its members. Four selects. Raises NotFound."""
    head = db.session.execute(
        select(Round.number, Dossier.titles, Round.zone, Round.state)
        .join(Dossier, Dossier.id == Round.dossier_id)
        .where(Round.id == round_id)
    ).one_or_none()
    if head is None or (by.role is Role.NETWORK and head.state not in PUBLIC_ROUNDS):
        raise NotFound(f"Round {round_id}")
    where = [Outreach.round_id == round_id]
    if by.role is Role.NETWORK:
        own = in_network(Outreach.organisation_id, by.network_id, at=at)  # type: ignore[arg-type]
        where.append(or_(Outreach.network_id == by.network_id, own))
    total = db.session.scalar(select(func.count(Outreach.id)).where(*where)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = (
        select(Outreach, Organisation.name, Network.names, Person.name)
        .outerjoin(Organisation, Organisation.id == Outreach.organisation_id)
        .outerjoin(Network, Network.id == Outreach.network_id)
        .outerjoin(Person, Person.id == Outreach.made_by_id)
        .where(*where)
        .order_by(Outreach.made_at.desc(), Outreach.id.desc())
    )
    rows = db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    lines = tuple(
        Line(
            one.id,
            organisation or "",
            names or {},
            one.channel,
            one.reached,
            one.note,
            one.made_at,
            person or "",
        )
        for one, organisation, names, person in rows
    )
    return Log(round_id, head.number, head.titles, head.zone, lines, total, page, pages)


def networks(*, by: Actor) -> tuple[tuple[int, dict[str, str]], ...]:
    """The networks that may be named: of the Unit all, of a network itself."""
    query = (
        select(Network.id, Network.names).where(Network.kind != "body").order_by(Network.kind, Network.code)
    )
    if by.role is Role.NETWORK:
        query = query.where(Network.id == by.network_id)
    return tuple((id, names) for id, names in db.session.execute(query))
