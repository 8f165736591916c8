"""The ballots that a count took. A recount of one group takes the newest of that group; of the others what stood before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.ballots import Ballot, Count
from consultations.models.votes import RollEntry


@dataclass(frozen=True)
class Scope:
    """One count: when it was made, of which group of the roll; `group_by` "" for all of it."""

    at: datetime
    group_by: str = ""
    group_value: str = ""

    def covers(self, attributes: Mapping[str, str]) -> bool:
        """Whether an elector with these attributes is counted in it."""
        return not self.group_by or attributes.get(self.group_by, "") == self.group_value


def scopes(vote_id: int, until: int | None = None) -> tuple[Scope, ...]:
    """The counts of a vote in their order, up to the number `until`."""
    query = select(Count).where(Count.vote_id == vote_id).order_by(Count.number)
    rows = db.session.scalars(query if until is None else query.where(Count.number <= until))
    return tuple(Scope(row.counted_at, row.group_by, row.group_value) for row in rows)


def taken(vote_id: int, counts: Sequence[Scope]) -> dict[str, Ballot]:
    """{elector: the ballot that the last of these counts took}; whoever has none is not named."""
    query = (
        select(Ballot, RollEntry.elector, RollEntry.attributes)
        .join(RollEntry, Ballot.roll_entry_id == RollEntry.id)
        .where(Ballot.vote_id == vote_id)
        .order_by(Ballot.revision)
    )
    found = {}
    for ballot, elector, attributes in db.session.execute(query):
        if ballot.cast_at <= _last(counts, attributes):
            found[elector] = ballot
    return found


def choices(ballots: Mapping[str, Ballot]) -> tuple[tuple[str, str], ...]:
    """As a decision takes them: (elector, choice), sorted by elector."""
    return tuple(sorted((elector, ballot.choice) for elector, ballot in ballots.items()))


def groups(electors: Iterable[Mapping[str, str]], by: str) -> tuple[str, ...]:
    """The groups of a roll by one of its attributes, sorted; a blank is none."""
    return tuple(sorted({attributes.get(by, "") for attributes in electors} - {""}))


def _last(counts: Sequence[Scope], attributes: Mapping[str, str]) -> datetime:
    """The instant of the last count that looked at an elector's ballots."""
    return max(count.at for count in counts if count.covers(attributes))
