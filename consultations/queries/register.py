"""The register as its keepers read it: organisations by name, what is known of one, and what did not work."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from consultations.extensions import db
from consultations.models.mandates import Mandate
from consultations.models.organisations import Membership, Network, Organisation
from consultations.models.people import Person
from consultations.models.timers import Notice, Timer
from consultations.queries.people import Holder, holders

PAGE = 25


@dataclass(frozen=True)
class Listed:
    """An organisation in the list."""

    id: int
    code: str
    name: str
    country: str
    kind: str
    good_standing: bool
    delegates: tuple[str, ...]


@dataclass(frozen=True)
class OrganisationList:
    """One page of the list."""

    rows: tuple[Listed, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class OrganisationPage:
    """What is known of one organisation."""

    id: int
    code: str
    name: str
    country: str
    kind: str
    language: str
    good_standing: bool
    members_count: int | None
    products: tuple[str, ...]
    weights: dict[str, str]
    networks: tuple[tuple[dict[str, str], date, date | None], ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Trouble:
    """A timer or a mail that did not work: what, since when, how often tried, and what was said."""

    what: str
    about: str
    due_at: datetime
    attempts: int
    error: str


def organisations(
    search: str = "",
    network_id: int | None = None,
    without_delegate: bool = False,
    page: int = 1,
    *,
    at: datetime,
) -> OrganisationList:
    """Organisations whose name, code or delegate holds every word of `search`; of one network when given."""
    where = [_holds(word, at) for word in search.split()[:8]]
    if network_id is not None:
        where.append(_in_network(network_id, at.date()))
    if without_delegate:
        where.append(~exists().where(*_acts(at)))
    total = db.session.scalar(select(func.count(Organisation.id)).where(*where)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query: Select[tuple[Organisation]] = (
        select(Organisation).where(*where).order_by(Organisation.name, Organisation.id)
    )
    found = list(db.session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)))
    names = _delegates([row.id for row in found], at)
    return OrganisationList(
        tuple(
            Listed(row.id, row.code, row.name, row.country, row.kind, row.good_standing, tuple(names.get(row.id, ())))
            for row in found
        ),
        total, page, pages,
    )  # fmt: skip


def organisation(
    organisation_id: int, *, network_id: int | None = None, at: datetime
) -> OrganisationPage | None:
    """One organisation; None when there is none, or when it is not in the network asked for."""
    where = [Organisation.id == organisation_id]
    if network_id is not None:
        where.append(_in_network(network_id, at.date()))
    row = db.session.scalar(select(Organisation).where(*where))
    if row is None:
        return None
    networks = (
        select(Network.names, Membership.since, Membership.until)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.organisation_id == row.id)
        .order_by(Membership.until.is_not(None), Network.kind, Network.code)
    )
    return OrganisationPage(
        row.id, row.code, row.name, row.country, row.kind, row.language, row.good_standing, row.members_count,
        tuple(row.products), dict(row.weights), tuple(db.session.execute(networks)),
        holders(organisation_ids=[row.id], at=at),
    )  # fmt: skip


def trouble(most: int = 100) -> tuple[Trouble, ...]:
    """Timers that were refused and mails that did not go out, the newest first."""
    timers = (
        select(Timer)
        .where(Timer.fired_at.is_(None), Timer.attempts > 0)
        .order_by(Timer.due_at.desc())
        .limit(most)
    )
    mails = (
        select(Notice)
        .where(Notice.sent_at.is_(None), Notice.dropped_at.is_(None), Notice.attempts > 1)
        .order_by(Notice.due_at.desc())
        .limit(most)
    )
    return tuple(
        Trouble(row.kind, f"{row.subject_kind}/{row.subject_id}", row.due_at, row.attempts, row.last_error)
        for row in (*db.session.scalars(timers), *db.session.scalars(mails))
    )


def _holds(word: str, at: datetime) -> ColumnElement[bool]:
    delegate = exists().where(
        *_acts(at), Person.id == Mandate.person_id, Person.name.icontains(word, autoescape=True)
    )
    return or_(
        Organisation.name.icontains(word, autoescape=True),
        Organisation.code.icontains(word, autoescape=True),
        func.lower(Organisation.country) == word.lower(),
        delegate,
    )


def _in_network(network_id: int, today: date) -> ColumnElement[bool]:
    mine = and_(Membership.organisation_id == Organisation.id, Membership.network_id == network_id)
    return exists().where(
        mine, Membership.since <= today, or_(Membership.until.is_(None), Membership.until > today)
    )


def _acts(at: datetime) -> tuple[ColumnElement[bool], ...]:
    in_force = (Mandate.starts_at <= at, or_(Mandate.ends_at.is_(None), Mandate.ends_at > at))
    return (Mandate.organisation_id == Organisation.id, Mandate.role == "delegate", *in_force)


def _delegates(ids: list[int], at: datetime) -> dict[int, list[str]]:
    query = (
        select(Organisation.id, Person.name)
        .join(Mandate, and_(*_acts(at)))
        .join(Person, Person.id == Mandate.person_id)
        .where(Organisation.id.in_(ids))
        .order_by(Mandate.rank, Mandate.id)
    )
    found: dict[int, list[str]] = {}
    for id, name in db.session.execute(query):
        found.setdefault(id, []).append(name)
    return found
