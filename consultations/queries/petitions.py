"""What members sent in: as its senders see it, and as the Unit and the Board's president work through it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, select, true

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.petitions import (
    DECIDED,
    WAITING,
    for_board,
    is_for_board,
    is_own,
    petition_facts,
    place_of,
    presides,
)
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.people import Person
from consultations.models.petitions import Petition
from workflows.machine import allowed
from workflows.petition import (
    ACKNOWLEDGED_WITHIN,
    ANSWERED_WITHIN,
    PETITION,
    PetitionKind,
    goes_to_board,
    kinds_of,
)
from workflows.roles import Role, implies

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One in a list. `due_at`: when it is to be acknowledged or answered; None when nothing is due."""

    id: int
    kind: str
    title: str
    state: str
    sent_at: datetime
    due_at: datetime | None
    organisation: str
    network: dict[str, str] | None
    dossier_id: int | None
    dossier_code: str
    dossier_titles: dict[str, str] | None


@dataclass(frozen=True)
class Listed:
    """A page of a list: what waits comes first, by when it is due."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    for_board: bool = False


@dataclass(frozen=True)
class Page:
    """One, whole. `dossier_public`: anybody may read the dossier it names."""

    line: Line
    text: str
    language: str
    author: str
    answer: str
    answered_at: datetime | None
    standard: dict[str, str] | None
    standard_id: int | None
    can: frozenset[str]


@dataclass(frozen=True)
class Matter:
    """A published matter that takes remarks."""

    id: int
    code: str
    titles: dict[str, str]


def mine(actor: Actor, page: int) -> Listed:
    """What the actor's organisation or network sent in, the newest first."""
    return _listed(_owned(actor), page)


def queue(actor: Actor, page: int, *, at: datetime) -> Listed | None:
    """What the actor handles: the Unit all of it, whoever presides over the Board its concerns; None for other bodies."""
    which = _handled(actor, at)
    if which is None:
        return None
    listed = _listed(which, page)
    return replace(listed, for_board=actor.role is Role.PRESIDENT)


def page(petition_id: int, *, by: Actor, at: datetime) -> Page | None:
    """One as its sender or who handles it sees it; None for everybody else."""
    row = db.session.get(Petition, petition_id)
    if row is None or not _may_read(row, by, at):
        return None
    found = db.session.execute(_lines(Petition.id == row.id)).one()
    author = db.session.get(Person, row.author_id) if row.author_id else None
    matter = db.session.get(Dossier, row.dossier_id) if row.dossier_id else None
    return Page(
        _line(*found), row.text, row.language, author.name if author else "", row.answer, row.answered_at,
        matter.standard.titles if matter else None, matter.standard_id if matter else None, _can(row, by, at),
    )  # fmt: skip


def reaches_board(actor: Actor) -> bool:
    """Whether a concern of the actor's goes to the Board."""
    return goes_to_board(PetitionKind.CONCERN, place_of(actor.organisation_id, actor.network_id))


def kinds(actor: Actor) -> tuple[str, ...]:
    """What the actor may send in, in the order of the form."""
    may = kinds_of(place_of(actor.organisation_id, actor.network_id))
    return tuple(kind.value for kind in PetitionKind if kind in may)


def published() -> tuple[Matter, ...]:
    """The matters that take remarks, the newest first."""
    query = select(Dossier.id, Dossier.code, Dossier.titles).where(Dossier.state.in_(DECIDED))
    rows = db.session.execute(query.order_by(Dossier.id.desc()).limit(PER_PAGE))
    return tuple(Matter(*row) for row in rows)


def takes_remarks(dossier_id: int) -> bool:
    """Whether a matter is decided, so that members may still say something about it."""
    query = select(Dossier.id).where(Dossier.id == dossier_id, Dossier.state.in_(DECIDED))
    return db.session.scalar(query) is not None


def of_dossier(dossier_id: int) -> tuple[Line, ...]:
    """What a dossier came from, and the remarks on it and on earlier matters of its standard, for the next revision."""
    standard = select(Dossier.standard_id).where(Dossier.id == dossier_id).scalar_subquery()
    same = select(Dossier.id).where(Dossier.standard_id == standard)
    remark = Petition.kind == PetitionKind.REMARK
    which = (Petition.dossier_id == dossier_id) | (remark & Petition.dossier_id.in_(same))
    rows = db.session.execute(_lines(which & (Petition.state != "withdrawn")).order_by(Petition.id))
    return tuple(_line(*row) for row in rows)


def due_at(kind: str, state: str, sent_at: datetime) -> datetime | None:
    """When the next step is due; a remark that is listed is due for nothing."""
    if state == "sent":
        return sent_at + ACKNOWLEDGED_WITHIN
    return sent_at + ANSWERED_WITHIN if state == "acknowledged" and kind != PetitionKind.REMARK else None


def _can(row: Petition, by: Actor, at: datetime) -> frozenset[str]:
    facts = petition_facts(row, by=by, at=at, answer="-", dossier="dossier/new")
    return frozenset(allowed(PETITION, row.state, by.role, facts))


def _may_read(row: Petition, by: Actor, at: datetime) -> bool:
    if is_own(row, by) or not {Role.UNIT, Role.AUDITOR}.isdisjoint(implies(by.role)):
        return True
    return is_for_board(row) and presides(by, at=at)


def _handled(actor: Actor, at: datetime) -> ColumnElement[bool] | None:
    if not {Role.UNIT, Role.AUDITOR}.isdisjoint(implies(actor.role)):
        return true()
    return for_board() if presides(actor, at=at) else None


def _owned(actor: Actor) -> ColumnElement[bool]:
    if actor.organisation_id is not None:
        return Petition.organisation_id == actor.organisation_id
    return Petition.network_id == actor.network_id if actor.network_id is not None else false()


def _listed(which: ColumnElement[bool], page: int) -> Listed:
    total = db.session.scalar(select(func.count(Petition.id)).where(which)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    waits = Petition.state.in_(WAITING) & ~(
        (Petition.kind == PetitionKind.REMARK) & (Petition.state != "sent")
    )
    query = _lines(which).order_by(waits.desc(), Petition.id.desc())
    rows = db.session.execute(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return Listed(tuple(_line(*row) for row in rows), page, pages)


Row = tuple[Petition, str | None, dict[str, str] | None, str | None, dict[str, str] | None]


def _lines(which: ColumnElement[bool]) -> Select[Row]:
    return (
        select(Petition, Organisation.name, Network.names, Dossier.code, Dossier.titles)
        .outerjoin(Organisation, Petition.organisation_id == Organisation.id)
        .outerjoin(Network, Petition.network_id == Network.id)
        .outerjoin(Dossier, Petition.dossier_id == Dossier.id)
        .where(which)
    )  # type: ignore[return-value]


def _line(
    row: Petition, organisation: str | None, network: dict[str, str] | None, code: str | None, titles: dict[str, str] | None
) -> Line:  # fmt: skip
    return Line(
        row.id, row.kind, row.title, row.state, row.sent_at, due_at(row.kind, row.state, row.sent_at), organisation or "",
        network, row.dossier_id, code or "", titles,
    )  # fmt: skip


def any_concern() -> bool:
    """Whether any concern was ever brought before the Board."""
    query = select(Petition.id).where(for_board()).limit(1)
    return db.session.scalar(query) is not None


def waiting(*which: ColumnElement[bool]) -> list[tuple[Petition, datetime]]:
    """What waits, of all of it or of what fits, with when it is due, the first due first."""
    query = select(Petition).where(Petition.state.in_(WAITING), *which).order_by(Petition.sent_at)
    rows = [(row, due_at(row.kind, row.state, row.sent_at)) for row in db.session.scalars(query)]
    return sorted(((row, due) for row, due in rows if due is not None), key=lambda pair: pair[1])
