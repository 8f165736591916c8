"""Where a role may be held: organisations by their code, networks and bodies by name."""

from dataclasses import dataclass

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.models.organisations import Network, NetworkKind, Organisation
from consultations.models.people import Person


@dataclass(frozen=True)
class Place:
    """A network or a body, to choose from."""

    id: int
    names: dict[str, str]


def organisation_called(code: str) -> tuple[int, str] | None:
    """The id and name of the organisation with this code, in capitals or not."""
    query = select(Organisation.id, Organisation.name).where(
        func.lower(Organisation.code) == code.strip().lower()
    )
    row = db.session.execute(query.limit(1)).first()
    return (row.id, row.name) if row else None


def networks() -> tuple[Place, ...]:
    """Every network and body, the bodies first."""
    query = select(Network.id, Network.names).order_by(
        Network.kind != NetworkKind.BODY, Network.kind, Network.code
    )
    return tuple(Place(*row) for row in db.session.execute(query))


def name_of(email: str) -> str:
    """The name of the person with this address; nothing when nobody has it."""
    return db.session.scalar(select(Person.name).where(Person.email == email.strip().lower())) or ""
