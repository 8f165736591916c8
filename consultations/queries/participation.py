"""Who has not answered a round: by country, by network, and by name."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from consultations.extensions import db
from consultations.facts.register import has_answered
from consultations.models.organisations import Network, Organisation
from consultations.models.rounds import RegisterEntry


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
    """Who is missing, in figures and by name."""

    asked: int
    answered: int
    countries: tuple[Group, ...]
    networks: tuple[Group, ...]
    organisations: tuple[Absent, ...]

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


def missing(round_id: int, *, country: str = "", network: str = "") -> Missing:
    """The figures of the whole register, and the names of those missing in one country or network; two selects."""
    rows = db.session.execute(
        select(RegisterEntry, has_answered().label("answered"))
        .where(RegisterEntry.round_id == round_id)
        .order_by(RegisterEntry.name)
    ).all()
    names = dict(db.session.execute(select(Network.code, Network.names)).all())
    countries: dict[str, list[int]] = {}
    networks: dict[str, list[int]] = {}
    for entry, answered in rows:
        _count(countries, [entry.country], answered)
        _count(networks, entry.networks, answered)
    absent = tuple(
        Absent(entry.organisation_id, entry.name, entry.country, tuple(entry.networks))
        for entry, answered in rows
        if not answered
        and (not country or entry.country == country)
        and (not network or network in entry.networks)
    )
    return Missing(
        asked=len(rows),
        answered=sum(1 for _, answered in rows if answered),
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


def _count(groups: dict[str, list[int]], codes: list[str], answered: bool) -> None:
    for code in codes:
        pair = groups.setdefault(code, [0, 0])
        pair[0] += bool(answered)
        pair[1] += 1


def _groups(groups: dict[str, list[int]], names: dict[str, dict[str, str]]) -> tuple[Group, ...]:
    """The largest first."""
    found = [Group(code, names.get(code, {}), answered, asked) for code, (answered, asked) in groups.items()]
    return tuple(sorted(found, key=lambda group: (-group.asked, group.code)))
