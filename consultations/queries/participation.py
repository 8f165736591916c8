"""Who takes part in a round, complete, for those who lead it: by every axis, and who is missing by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import participation as facts
from consultations.facts.clusters import HowMuch, how_much
from consultations.facts.memberships import in_network
from consultations.facts.on_behalf import Overlap, overlap
from consultations.facts.participation import AXES, NOBODY, Attended, Line
from consultations.facts.register import has_answered
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.rounds import RegisterEntry, Round
from consultations.queries.public import PUBLIC_ROUNDS
from consultations.queries.published_participation import COUNTED
from consultations.queries.rounds import may_remind
from workflows.participation import SPOKEN, Standing
from workflows.roles import Role

PAGE = 100
REACHED_IN = ("approved", "scheduled", "open", "paused", "closed")


@dataclass(frozen=True)
class Group:
    """A place on an axis ("" not known): how many of those asked there stand where. `names`: of a network or region."""

    code: str
    names: Mapping[str, str]
    counts: Mapping[Standing, int]

    @property
    def asked(self) -> int:
        """How many were asked."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """How many have answered in any way."""
        return sum(count for status, count in self.counts.items() if status in SPOKEN)


@dataclass(frozen=True)
class Tile:
    """A country: organisations that the requirements concern, and how many of them have answered."""

    code: str
    asked: int | None
    answered: int | None


@dataclass(frozen=True)
class Head:
    """The round. `can`: remind, log (write down an attempt), publish (everybody may read its figures)."""

    id: int
    number: int
    titles: dict[str, str]
    can: frozenset[str]


@dataclass(frozen=True)
class Participation:
    """Participation in a round. `beside`: the places of the second axis; `crossed`: (answered, asked) where both meet.
    `said`: how much, in four numbers; None for a network, whose members' share of it is theirs."""

    head: Head
    total: Group
    axis: str
    groups: tuple[Group, ...]
    second: str
    beside: tuple[Group, ...]
    crossed: Mapping[tuple[str, str], tuple[int, int]]
    ways: Overlap
    came: Attended
    tiles: tuple[Tile, ...]
    affected: int
    said: HowMuch | None


@dataclass(frozen=True)
class Missing:
    """One page of those of whom an answer is still awaited, within the places asked for; `ids` of all of them."""

    head: Head
    asked: int
    answered: int
    lines: tuple[Line, ...]
    ids: tuple[int, ...]
    names: Mapping[str, Mapping[str, str]]
    page: int
    pages: int


@dataclass(frozen=True)
class Register:
    """Everybody asked, for a file."""

    head: Head
    lines: tuple[Line, ...]
    names: Mapping[str, Mapping[str, str]]


def participation(
    round_id: int, axis: str = "country", second: str = "", *, by: Actor, at: datetime
) -> Participation:
    """The figures of everybody asked, for a network of its members; a constant number of selects. Raises NotFound."""
    head, found, names = _head(round_id, by), _lines(round_id, by, at), _names()
    axis = axis if axis in AXES else "country"
    second = second if second in AXES and second != axis else ""
    concerned = facts.affected(round_id, found)
    inside = [line for line in found if line.organisation_id in concerned]
    return Participation(
        head, Group("", {}, _all(found)), axis, _groups(found, axis, names),
        second, _groups(found, second, names) if second else (), facts.crossed(found, axis, second) if second else {},
        overlap(frozenset(line.places["channel"]) for line in found if line.spoke),
        facts.attended(round_id, by.network_id if by.role is Role.NETWORK else None), _tiles(inside), len(inside),
        None if by.role is Role.NETWORK else how_much(round_id),
    )  # fmt: skip


def missing(
    round_id: int, places: Mapping[str, str], status: str = "", page: int = 1, *, by: Actor, at: datetime
) -> Missing:
    """Those of whom an answer is still awaited, in these places ({axis: place}), with this status if one is given.

    Raises NotFound.
    """
    head, found = _head(round_id, by), _lines(round_id, by, at)
    here = [line for line in facts.standing_in(found, places) if line.missing and status in ("", line.status)]
    pages = max(1, -(-len(here) // PAGE))
    page = min(max(1, page), pages)
    return Missing(
        head, len(found), sum(line.spoke for line in found), tuple(here[(page - 1) * PAGE : page * PAGE]),
        tuple(line.organisation_id for line in here), _names(), page, pages,
    )  # fmt: skip


def register(round_id: int, *, by: Actor, at: datetime) -> Register:
    """Everybody asked, for a network its members. Raises NotFound."""
    return Register(_head(round_id, by), _lines(round_id, by, at), _names())


def silent_called(round_id: int, search: str, *, most: int = 20) -> tuple[tuple[int, str, str], ...]:
    """Id, name and country of organisations that have not answered and whose code or name holds every word searched."""
    words = search.split()[:8]
    query = (
        select(RegisterEntry.organisation_id, RegisterEntry.name, RegisterEntry.country)
        .join(Organisation, Organisation.id == RegisterEntry.organisation_id)
        .where(RegisterEntry.round_id == round_id, ~has_answered())
        .order_by(RegisterEntry.name)
        .limit(most)
    )
    for word in words:
        named = RegisterEntry.name.icontains(word, autoescape=True)
        query = query.where(or_(named, Organisation.code.icontains(word, autoescape=True)))
    return tuple((id, name, country) for id, name, country in db.session.execute(query)) if words else ()


def _head(round_id: int, by: Actor) -> Head:
    """A network learns of a round when everybody may."""
    of = select(Round.number, Round.state, Dossier.titles).join(Dossier, Round.dossier_id == Dossier.id)
    found: Row[Any] | None = db.session.execute(of.where(Round.id == round_id)).one_or_none()
    if found is None or (by.role is Role.NETWORK and found.state not in PUBLIC_ROUNDS):
        raise NotFound(f"Round {round_id}")
    can = {"remind"} if may_remind(found.state, by.role) else set()
    if found.state in REACHED_IN and by.role in (Role.UNIT, Role.UNIT_HEAD, Role.NETWORK):
        can.add("log")
    if found.state in COUNTED:
        can.add("publish")
    return Head(round_id, found.number, found.titles, frozenset(can))


def _lines(round_id: int, by: Actor, at: datetime) -> tuple[Line, ...]:
    found = facts.lines(round_id, at=at)
    if by.role is not Role.NETWORK:
        return found
    own = select(RegisterEntry.organisation_id).where(
        RegisterEntry.round_id == round_id, in_network(RegisterEntry.organisation_id, by.network_id, at=at)
    )
    members = set(db.session.scalars(own))
    return tuple(line for line in found if line.organisation_id in members)


def _names() -> dict[str, dict[str, str]]:
    return dict(db.session.execute(select(Network.code, Network.names)).all())


def _all(found: Iterable[Line]) -> dict[Standing, int]:
    counts = dict.fromkeys(Standing, 0)
    for line in found:
        counts[line.status] += 1
    return counts


def _groups(found: Iterable[Line], axis: str, names: Mapping[str, Mapping[str, str]]) -> tuple[Group, ...]:
    """The largest first, what is not known last."""
    groups = [
        Group(
            code,
            names.get(code, {}) if axis in ("network", "region") else {},
            {one: counts[one] for one in Standing},
        )
        for code, counts in facts.counted(found, axis).items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.code == NOBODY, -group.asked, group.code)))


def _tiles(found: Iterable[Line]) -> tuple[Tile, ...]:
    counts: dict[str, tuple[int, int]] = {}
    for line in found:
        asked, answered = counts.get(line.places["country"][0], (0, 0))
        counts[line.places["country"][0]] = (asked + 1, answered + line.spoke)
    return tuple(Tile(code, *counts[code]) for code in sorted(counts))
