"""Workshops of a round, who came to them, and by which ways organisations answered; a network sees its own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.last_events import last_event
from consultations.facts.memberships import in_network
from consultations.facts.on_behalf import overlap, ways_of
from consultations.facts.small_cells import hidden
from consultations.facts.workshops import stands
from consultations.models.base import NotFound
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.workshops import Attendance, Workshop
from workflows.comment import CommentState
from workflows.roles import Role


@dataclass(frozen=True)
class RoundLine:
    """The round that all of this belongs to."""

    id: int
    number: int
    titles: dict[str, str]
    version_id: int
    reference: str
    zone: str
    closes_at: datetime | None


@dataclass(frozen=True)
class SessionLine:
    """A workshop in the list, with how many people and organisations came and how many comments were entered of it."""

    id: int
    place: str
    country: str
    held_on: date
    facilitator: str
    method: str
    notes: str
    network_id: int | None
    network_names: dict[str, str]
    organisations: int
    women: int
    men: int
    others: int
    comments: int

    @property
    def people(self) -> int:
        """Everybody who came."""
        return self.women + self.men + self.others


@dataclass(frozen=True)
class Came:
    """How many people of an organisation came, and when it confirmed that."""

    organisation_id: int
    name: str
    women: int
    men: int
    others: int
    confirmed_at: datetime | None


@dataclass(frozen=True)
class SessionPage:
    """One workshop. `known`: its last event, what a form was shown."""

    round: RoundLine
    line: SessionLine
    came: tuple[Came, ...]
    known: int


@dataclass(frozen=True)
class Asked:
    """An organisation of the round's register."""

    id: int
    code: str
    name: str
    country: str


@dataclass(frozen=True)
class Ways:
    """Organisations by the exact set of ways by which they answered; None is hidden. The parts add up to `organisations`."""

    parts: tuple[tuple[tuple[str, ...], int | None], ...]
    organisations: int


def round_line(round_id: int) -> RoundLine:
    """The round. Raises NotFound."""
    row = db.session.execute(
        select(Round, Dossier.titles)
        .join(Dossier, Dossier.id == Round.dossier_id)
        .where(Round.id == round_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"Round {round_id}")
    round, titles = row
    return RoundLine(
        round.id,
        round.number,
        titles,
        round.version_id,
        round.version.reference_language,
        round.zone,
        round.closes_at,
    )


def sessions(round_id: int, *, by: Actor) -> tuple[SessionLine, ...]:
    """The workshops of a round, the newest first; a network sees its own."""
    query = (
        _lines()
        .where(Workshop.round_id == round_id, own(by))
        .order_by(Workshop.held_on.desc(), Workshop.id.desc())
    )
    return tuple(_line(row) for row in db.session.execute(query))


def session(workshop_id: int, *, by: Actor) -> SessionPage:
    """One workshop with who came. Raises NotFound, also for another network's."""
    row = db.session.execute(_lines().where(Workshop.id == workshop_id, own(by))).one_or_none()
    if row is None:
        raise NotFound(f"Workshop {workshop_id}")
    came = (
        select(Attendance, Organisation.name)
        .join(Organisation, Organisation.id == Attendance.organisation_id)
        .where(Attendance.workshop_id == workshop_id)
        .order_by(Organisation.name)
    )
    last = last_event("workshop", workshop_id)
    return SessionPage(
        round_line(row[0].round_id), _line(row),
        tuple(
            Came(one.organisation_id, name, one.women, one.men, one.others, one.confirmed_at)
            for one, name in db.session.execute(came)
        ),
        last.id if last else 0,
    )  # fmt: skip


def networks() -> tuple[tuple[int, dict[str, str]], ...]:
    """The networks whose workshop it may have been, by code."""
    query = select(Network.id, Network.names).where(Network.kind != "body").order_by(Network.code)
    return tuple((id, names) for id, names in db.session.execute(query))


def asked(
    round_id: int, search: str = "", *, most: int | None = 20, by: Actor, at: datetime
) -> tuple[Asked, ...]:
    """Organisations of the round's register whose code or name holds every word searched (all of them for no word when
    `most` is None); a network sees its members."""
    words = search.split()[:8]
    if not words and most is not None:
        return ()
    query = (
        select(RegisterEntry.organisation_id, Organisation.code, RegisterEntry.name, RegisterEntry.country)
        .join(Organisation, Organisation.id == RegisterEntry.organisation_id)
        .where(RegisterEntry.round_id == round_id, _reachable(by, at))
        .order_by(RegisterEntry.name)
        .limit(most)
    )
    for word in words:
        named = RegisterEntry.name.icontains(word, autoescape=True)
        query = query.where(or_(named, Organisation.code.icontains(word, autoescape=True)))
    return tuple(Asked(*row) for row in db.session.execute(query))


def ways(round_id: int) -> Ways:
    """By which ways organisations answered, each counted once; small cells are hidden (facts.small_cells)."""
    exact = overlap(ways_of(round_id).values())
    gone = hidden({"+".join(part): (count,) for part, count in exact.parts.items()})
    parts = tuple((part, None if "+".join(part) in gone else count) for part, count in exact.parts.items())
    return Ways(parts, exact.organisations)


def own(by: Actor) -> ColumnElement[bool]:
    """The condition that a workshop stands and is one that they may see and change."""
    theirs = Workshop.network_id == by.network_id if by.role is Role.NETWORK else true()
    return and_(stands(), theirs)


def is_absent(workshop_id: int | None, organisation_id: int) -> bool:
    """Whether nobody of an organisation is recorded to have come to a workshop; never without a workshop."""
    here = select(Attendance.id).filter_by(workshop_id=workshop_id, organisation_id=organisation_id)
    return workshop_id is not None and db.session.scalar(here) is None


def _reachable(by: Actor, at: datetime) -> ColumnElement[bool]:
    if by.role is not Role.NETWORK:
        return true()
    return in_network(RegisterEntry.organisation_id, by.network_id, at=at)


def _lines() -> Select[tuple[Workshop, dict[str, str] | None, int, int, int, int, int]]:
    came = (
        select(
            Attendance.workshop_id, func.count().label("organisations"), func.sum(Attendance.women).label("women"),
            func.sum(Attendance.men).label("men"), func.sum(Attendance.others).label("others"),
        )
        .group_by(Attendance.workshop_id)
        .subquery()
    )  # fmt: skip
    entered = (
        select(func.count(Comment.id))
        .where(Comment.workshop_id == Workshop.id, Comment.state != CommentState.WITHDRAWN)
        .correlate(Workshop)
        .scalar_subquery()
    )
    return (
        select(
            Workshop, Network.names, func.coalesce(came.c.organisations, 0), func.coalesce(came.c.women, 0),
            func.coalesce(came.c.men, 0), func.coalesce(came.c.others, 0), entered,
        )
        .outerjoin(Network, Network.id == Workshop.network_id)
        .outerjoin(came, came.c.workshop_id == Workshop.id)
    )  # fmt: skip


def _line(row: tuple[Workshop, dict[str, str] | None, int, int, int, int, int]) -> SessionLine:
    held, names, organisations, women, men, others, comments = row
    return SessionLine(
        held.id, held.place, held.country, held.held_on, held.facilitator, held.method, held.notes, held.network_id,
        names or {}, organisations, int(women), int(men), int(others), comments,
    )  # fmt: skip
