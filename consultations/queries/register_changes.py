"""What an import meets in the register: what is known there, and who would act in whose place. Nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, or_, select

from consultations.actor import Actor
from consultations.documents.characters import unaccented
from consultations.documents.register_known import Known
from consultations.documents.register_report import Organisation as Told
from consultations.documents.register_report import RegisterReport
from consultations.extensions import db
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.organisations import Membership, Network, NetworkKind, Organisation
from consultations.models.people import Person
from workflows.roles import Role

DELEGATE, ALTERNATE = 1, 2


@dataclass(frozen=True)
class Acting:
    """A person as the register's keepers know them."""

    name: str
    email: str


@dataclass(frozen=True)
class Succession:
    """Who would act for an organisation from the import on, and in whose place; `before` is None where nobody acts."""

    code: str
    organisation: str
    rank: int
    before: Acting | None
    after: Acting


def known(*, at: datetime) -> Known:
    """The register as a file is read against: networks, who belongs to one at `at`, and everybody's name."""
    members = frozenset(code.casefold() for code in db.session.scalars(_members(at)))
    return Known(_networks(), members, _names())


def successions(report: RegisterReport, *, at: datetime) -> tuple[Succession, ...]:
    """Everybody who would begin to act for an organisation by the import of this report, in the order of its rows.

    The rule is that of `engine.register`: a cell left empty changes nothing, and a person is their address.
    """
    acting, names = _acting(at), _names()
    found = []
    for told in report.organisations:
        for rank, name, email in _named(told):
            before = acting.get((told.code.casefold(), rank))
            if before is None or before.email != email:
                after = Acting(names.get(email) or name or email, email)
                found.append(Succession(told.code, told.name, rank, before, after))
    return tuple(found)


def imported(sha256: str, *, by: Actor, since: datetime) -> bool:
    """Whether this person has imported the file with this SHA-256 (hex) after `since`."""
    source = Event.payload.contains(f'"source":"{sha256}"', autoescape=True)
    done = exists().where(
        Event.name == "register_imported", Event.person_id == by.person_id, Event.at > since, source
    )
    return bool(db.session.scalar(select(done)))


def _networks() -> dict[str, frozenset[str]]:
    query = select(Network.code, Network.names, Network.kind).where(Network.kind != NetworkKind.BODY)
    found: dict[str, frozenset[str]] = {}
    for code, names, kind in db.session.execute(query):
        for name in map(unaccented, (code, *names.values())):
            found[name] = found.get(name, frozenset()) | {kind}
    return found


def _names() -> dict[str, str]:
    return dict(db.session.execute(select(Person.email, Person.name)).all())


def _members(at: datetime) -> Select[tuple[str]]:
    """The codes of the organisations that belong to a network, other than a body, at `at`."""
    return (
        select(Organisation.code)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Network, Network.id == Membership.network_id)
        .where(
            Network.kind != NetworkKind.BODY, or_(Membership.until.is_(None), Membership.until > at.date())
        )
    )


def _acting(at: datetime) -> dict[tuple[str, int], Acting]:
    """Who acts at `at`, by the organisation's code and the rank."""
    query = (
        select(Organisation.code, Mandate.rank, Person.name, Person.email)
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Mandate.role == Role.DELEGATE,
            Mandate.starts_at <= at,
            or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
        )
        .order_by(Mandate.id)
    )
    return {
        (code.casefold(), rank): Acting(name, email) for code, rank, name, email in db.session.execute(query)
    }


def _named(told: Told) -> Iterator[tuple[int, str | None, str]]:
    if told.delegate_email:
        yield DELEGATE, told.delegate_name, told.delegate_email.lower()
    if told.alternate_email and told.alternate_email != told.delegate_email:
        yield ALTERNATE, told.alternate_name, told.alternate_email.lower()
