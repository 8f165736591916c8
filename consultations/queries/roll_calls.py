"""Who voted how: the roll call of a vote, once it is counted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts import elections, taken, votes
from consultations.models.assemblies import AssemblyElector
from consultations.models.ballots import Ballot
from consultations.models.people import Person
from consultations.models.presence import Proxy
from consultations.models.votes import RollEntry, Vote
from consultations.queries.vote_lines import VoteLine, line_of, shown

PER_PAGE = 100
Named = Callable[[str], str]


@dataclass(frozen=True)
class RollCallRow:
    """What one organisation voted; `choice` not_voted when it has no ballot.

    `reason`: given with a no; `excluded`: an interest took it out of this vote.
    """

    elector: str
    name: str
    country: str
    weight: str
    choice: str
    by: str
    cast_at: datetime | None
    reason: str = ""
    holder: str = ""  # the organisation that cast it by proxy
    excluded: bool = False


@dataclass(frozen=True)
class RollCall:
    """One page of the roll call."""

    line: VoteLine
    rows: tuple[RollCallRow, ...]
    number: int
    pages: int
    electors: int
    weighted: bool


def weighs(vote: Vote) -> bool:
    """Whether the vote's rule counts weight anywhere: only then a weight means something to a reader."""
    if elections.is_election(vote):
        return elections.terms_of(vote).measure == "weight"
    conditions = votes.rule_of(vote).conditions()
    tests = (condition.groups.passes if condition.groups else condition for condition in conditions)
    return any(condition.measure == "weight" for condition in tests)


def roll_call(vote_id: int, number: int = 1, *, named: Named = str) -> RollCall | None:
    """One page of who voted how, by country and name; None before the vote is counted.

    `named` gives the name of a country's code, by which the rows are sorted for the reader.
    """
    vote = db.session.get(Vote, vote_id)
    if vote is None or shown(vote) is None:
        return None
    electors = (
        db.session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.vote_id == vote_id))
        or 0
    )
    pages = max(1, -(-electors // PER_PAGE))
    at_page = min(max(number, 1), pages)
    rows = roll_call_rows(vote_id, named)[(at_page - 1) * PER_PAGE : at_page * PER_PAGE]
    return RollCall(line_of(vote), rows, at_page, pages, electors, weighs(vote))


def roll_call_rows(vote_id: int, named: Named = str) -> tuple[RollCallRow, ...]:
    """Every organisation of the roll with the ballot that was counted, by country and name. The caller checks that one was."""
    ballots = taken.taken(vote_id, taken.scopes(vote_id))
    people, holders = _people(ballots.values()), _holders(vote_id)
    entries = db.session.scalars(select(RollEntry).where(RollEntry.vote_id == vote_id))
    rows = (_row(entry, ballots.get(entry.elector), people, holders) for entry in entries)
    return tuple(sorted(rows, key=lambda row: (named(row.country), row.name, row.elector)))


def _row(
    entry: RollEntry, ballot: Ballot | None, people: dict[int, str], holders: dict[int, str]
) -> RollCallRow:
    said = (entry.elector, entry.name, entry.attributes["country"], entry.weight)
    if ballot is None:
        return RollCallRow(*said, "not_voted", "", None, "", "", bool(entry.excluded))
    by, holder = people.get(ballot.person_id or 0, ""), holders.get(ballot.proxy_id or 0, "")
    return RollCallRow(*said, ballot.choice, by, ballot.cast_at, ballot.reason, holder, bool(entry.excluded))


def _people(ballots: Iterable[Ballot]) -> dict[int, str]:
    """The names of those who cast them."""
    query = select(Person.id, Person.name).where(Person.id.in_({ballot.person_id for ballot in ballots}))
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]


def _holders(vote_id: int) -> dict[int, str]:
    """Proxy -> the organisation that holds it, of those by which somebody voted."""
    query = (
        select(Proxy.id, AssemblyElector.name)
        .join(Proxy, Proxy.holder_id == AssemblyElector.id)
        .where(Proxy.id.in_(select(Ballot.proxy_id).where(Ballot.vote_id == vote_id)))
    )
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]
