"""Who has not answered a round: by country, by network, and by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.register import has_answered
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.rounds import RegisterEntry, Round
from consultations.queries.rounds import may_remind


@dataclass(frozen=True)
class Group:
    """A country or network of the frozen register, and how many of it have answered."""

    code: str
    names: dict[str, str]
    answered: int
    asked: int


@dataclass(frozen=True)
class Absent:
    """An organisation that has not answered in any way."""

    id: int
    name: str
    country: str
    networks: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """Who is missing in a round, in figures and by name."""

    id: int
    number: int
    titles: dict[str, str]
    can: frozenset[str]
    asked: int
    answered: int
    countries: tuple[Group, ...]
    networks: tuple[Group, ...]
    organisations: tuple[Absent, ...]

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


def missing(round_id: int, *, country: str = "", network: str = "", by: Actor) -> Missing:
    """The figures of the whole register, and the names of those missing in one country or network; three selects.

    Raises NotFound.
    """
    head, rows = _head(round_id), _register(round_id)
    names = dict(db.session.execute(select(Network.code, Network.names)).all())
    countries: dict[str, list[int]] = {}
    networks: dict[str, list[int]] = {}
    for _, _, its_country, its_networks, answered in rows:
        _count(countries, [its_country], answered)
        _count(networks, its_networks, answered)
    absent = tuple(
        Absent(id, name, its_country, tuple(its_networks))
        for id, name, its_country, its_networks, answered in rows
        if not answered and country in ("", its_country) and (not network or network in its_networks)
    )
    return Missing(
        id=round_id,
        number=head.number,
        titles=head.titles,
        can=frozenset({"remind"} if may_remind(head.state, by.role) else ()),
        asked=len(rows),
        answered=sum(1 for row in rows if row.answered),
        countries=_groups(countries, {}),
        networks=_groups(networks, names),
        organisations=absent,
    )


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


def _head(round_id: int) -> Row[Any]:
    of = select(Round.number, Round.state, Dossier.titles).join(Dossier, Round.dossier_id == Dossier.id)
    found = db.session.execute(of.where(Round.id == round_id)).one_or_none()
    if found is None:
        raise NotFound(f"Round {round_id}")
    return found


def _register(round_id: int) -> Sequence[Row[Any]]:
    """Everybody asked, by name, and whether they have answered.

    Columns, not rows of the ORM: a thousand of those take longer than the rest of the page.
    """
    columns = (
        RegisterEntry.organisation_id,
        RegisterEntry.name,
        RegisterEntry.country,
        RegisterEntry.networks,
    )
    query = select(*columns, has_answered().label("answered")).where(RegisterEntry.round_id == round_id)
    return db.session.execute(query.order_by(RegisterEntry.name)).all()


def _count(groups: dict[str, list[int]], codes: list[str], answered: bool) -> None:
    for code in codes:
        pair = groups.setdefault(code, [0, 0])
        pair[0] += bool(answered)
        pair[1] += 1


def _groups(groups: dict[str, list[int]], names: dict[str, dict[str, str]]) -> tuple[Group, ...]:
    """The largest first."""
    found = [Group(code, names.get(code, {}), answered, asked) for code, (answered, asked) in groups.items()]
    return tuple(sorted(found, key=lambda group: (-group.asked, group.code)))
