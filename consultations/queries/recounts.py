"""The counts of a vote side by side: the whole roll, and the group that was counted again."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import rolls, taken
from consultations.models.ballots import Ballot, Count
from consultations.models.votes import Vote
from consultations.queries.vote_lines import WITH_COUNT

NOT_VOTED = "not_voted"


@dataclass(frozen=True)
class Column:
    """One count: heads per choice of all who may vote and, where a group was counted again, of that group."""

    number: int
    status: str
    counted_at: datetime
    group_by: str
    group_value: str
    heads: dict[str, int]
    group_heads: dict[str, int]


@dataclass(frozen=True)
class SideBySide:
    """Every count of a vote, the first one first; `group`: the group counted again last, "" for none."""

    columns: tuple[Column, ...]
    choices: tuple[str, ...]
    group: str
    group_by: str


def side_by_side(vote_id: int) -> SideBySide | None:
    """The counts of a vote that was counted more than once; None for any other."""
    vote = db.session.get(Vote, vote_id)
    rows = list(db.session.scalars(select(Count).where(Count.vote_id == vote_id).order_by(Count.number)))
    if vote is None or vote.state not in WITH_COUNT or len(rows) < 2:
        return None
    named = [(row.group_by, row.group_value) for row in rows if row.group_by]
    by, value = named[-1] if named else ("", "")
    electors = [
        one for one in rolls.frozen(vote_id) if by and one.attributes.get(by) == value and not one.excluded
    ]
    scopes = taken.scopes(vote_id)
    columns = tuple(
        _column(row, electors, taken.taken(vote_id, scopes[: n + 1]) if by else {})
        for n, row in enumerate(rows)
    )
    choices = tuple(
        dict.fromkeys(choice for column in columns for choice in (*column.heads, *column.group_heads))
    )
    return SideBySide(columns, choices, value, by)


def groups(vote_id: int) -> tuple[tuple[str, str], ...]:
    """The countries of a vote's roll, (attribute, value), of which one may be counted again by itself."""
    found = taken.groups((one.attributes for one in rolls.frozen(vote_id)), "country")
    return tuple(("country", value) for value in found)


def _column(row: Count, electors: list[Any], ballots: dict[str, Ballot]) -> Column:
    said = Counter(ballots[one.elector].choice if one.elector in ballots else NOT_VOTED for one in electors)
    heads = {choice: int(n) for choice, n in row.decision["heads"].items()}
    return Column(row.number, row.status, row.counted_at, row.group_by, row.group_value, heads, dict(said))
