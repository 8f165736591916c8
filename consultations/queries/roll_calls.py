"""Who voted how: the roll call of a vote, once it is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts import elections, votes
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
    """Every organisation of the roll with its newest ballot, by country and name. The caller checks that it is counted."""
    newest = (
        select(Ballot.roll_entry_id, func.max(Ballot.revision).label("revision"))
        .where(Ballot.vote_id == vote_id)
        .group_by(Ballot.roll_entry_id)
        .subquery()
    )
    query = (
        select(RollEntry, Ballot.choice, Ballot.cast_at, Person.name, Ballot.reason, Ballot.proxy_id)
        .outerjoin(newest, newest.c.roll_entry_id == RollEntry.id)
        .outerjoin(Ballot, (Ballot.roll_entry_id == RollEntry.id) & (Ballot.revision == newest.c.revision))
        .outerjoin(Person, Ballot.person_id == Person.id)
        .where(RollEntry.vote_id == vote_id)
    )
    holders = _holders(vote_id)
    rows = (
        RollCallRow(
            e.elector, e.name, e.attributes["country"], e.weight, choice or "not_voted", name or "", cast_at, reason or "",
            holders.get(proxy_id or 0, ""), bool(e.excluded),
        )
        for e, choice, cast_at, name, reason, proxy_id in db.session.execute(query)
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (named(row.country), row.name, row.elector)))


def _holders(vote_id: int) -> dict[int, str]:
    """Proxy -> the organisation that holds it, of those by which somebody voted."""
    query = (
        select(Proxy.id, AssemblyElector.name)
        .join(Proxy, Proxy.holder_id == AssemblyElector.id)
        .where(Proxy.id.in_(select(Ballot.proxy_id).where(Ballot.vote_id == vote_id)))
    )
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]
