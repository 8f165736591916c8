"""The ballots that a count took. A recount of one group takes the newest of that group; of the others what stood before.

Which ballots were there is told by their order, never by a clock: one that jumped would take ballots out of a count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.facts import boards
from consultations.models.ballots import Ballot, Count
from consultations.models.votes import RollEntry


@dataclass(frozen=True)
class Scope:
    """One count: the last ballot (its id) that was there, None for all; which group of the roll, `group_by` "" for all."""

    last_ballot: int | None
    group_by: str = ""
    group_value: str = ""

    def covers(self, attributes: Mapping[str, str]) -> bool:
        """Whether an elector with these attributes is counted in it."""
        return not self.group_by or attributes.get(self.group_by, "") == self.group_value


def scopes(vote_id: int, until: int | None = None) -> tuple[Scope, ...]:
    """The counts of a vote in their order, up to the number `until`."""
    query = select(Count).where(Count.vote_id == vote_id).order_by(Count.number)
    rows = db.session.scalars(query if until is None else query.where(Count.number <= until))
    found, before = [], ""
    for row in rows:
        if (
            row.ballots_sha256 != before
        ):  # lots and casting votes count the same ballots: nothing was looked at anew
            found.append(Scope(row.last_ballot, row.group_by, row.group_value))
        before = row.ballots_sha256
    return tuple(found)


def last_ballot(vote_id: int) -> int:
    """The id of the newest ballot of a vote; 0 while there is none."""
    return db.session.scalar(select(func.max(Ballot.id)).where(Ballot.vote_id == vote_id)) or 0


def standing(vote_id: int) -> tuple[tuple[str, str], ...]:
    """(elector, choice) of the ballots that count: those that the counts took; before the first, the newest of everybody."""
    counts = scopes(vote_id)
    if len(counts) > 1:
        return choices(taken(vote_id, counts))
    return boards.newest(vote_id, counts[0].last_ballot if counts else None)


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
        last = _last(counts, attributes)
        if last is None or ballot.id <= last:
            found[elector] = ballot
    return found


def choices(ballots: Mapping[str, Ballot]) -> tuple[tuple[str, str], ...]:
    """As a decision takes them: (elector, choice), sorted by elector."""
    return tuple(sorted((elector, ballot.choice) for elector, ballot in ballots.items()))


def groups(electors: Iterable[Mapping[str, str]], by: str) -> tuple[str, ...]:
    """The groups of a roll by one of its attributes, sorted; a blank is none."""
    return tuple(sorted({attributes.get(by, "") for attributes in electors} - {""}))


def _last(counts: Sequence[Scope], attributes: Mapping[str, str]) -> int | None:
    """The last ballot that was there when an elector's ballots were looked at for the last time."""
    return next(count.last_ballot for count in reversed(counts) if count.covers(attributes))
