"""The statements of a cast, made once: SQLAlchemy finds each of them compiled, and no object of the ORM is built.

Only engine/ballots.py uses them; they go past the session, inside its transaction.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, and_, bindparam, func, insert, or_, select, true

from consultations.models.ballots import Ballot
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from consultations.models.timers import Notice
from consultations.models.votes import RollEntry, Vote

_votes, _entries, _ballots, _mandates = (table.__table__ for table in (Vote, RollEntry, Ballot, Mandate))

_vote = (
    select(
        _votes.c.id, _votes.c.code, _votes.c.dossier_id, _votes.c.state, _votes.c.opens_at, _votes.c.closes_at,
        _votes.c.rule_sha256, _votes.c.assembly_id, _votes.c.reason_on_no, _votes.c.method,
    )
    .where(_votes.c.id == bindparam("vote_id"))
    .with_for_update(read=True)
    .cte("the_vote")
)  # fmt: skip
_entry = (
    select(_entries.c.id, _entries.c.elector, _entries.c.excluded)
    .select_from(_entries.join(_vote, _entries.c.vote_id == _vote.c.id))
    .where(_entries.c.organisation_id == bindparam("organisation_id"))
    .with_for_update(of=_entries)
    .cte("own_entry")
)
_held = (
    select(_mandates.c.id)
    .select_from(_mandates.join(_vote, true()))
    .where(_mandates.c.id == bindparam("mandate_id"))
    .with_for_update(read=True, of=_mandates)
    .cte("held_mandate")
)

LOCKED = select(
    _vote, _entry.c.id.label("entry_id"), _entry.c.elector, _entry.c.excluded, _held.c.id.label("mandate_id")
).select_from(_vote.outerjoin(_entry, true()).outerjoin(_held, true()))
"""The vote under a shared lock, then the organisation's entry of the roll under an exclusive one and the mandate under a
shared one, in one round trip. Each of the two joins the vote, so it is locked after it, whatever the planner does.

Whoever ends the mandate waits for the ballot, or the ballot sees that it has ended: it is read by the next statement,
since a statement does not see what was committed after it began. Ending a mandate locks nothing else (appointments).
"""

_IS_THE_MANDATE = and_(
    _mandates.c.id == bindparam("mandate_id"),
    _mandates.c.person_id == bindparam("person_id"),
    _mandates.c.role == bindparam("role"),
    _mandates.c.organisation_id.is_not_distinct_from(bindparam("organisation_id")),  # a secretary has none
)

MANDATE = select(_mandates.c.starts_at, _mandates.c.ends_at).where(_IS_THE_MANDATE)
"""The mandate that the request claims, for the same person, role and organisation."""

_older = _ballots.alias("older")
_NEWEST = (
    select(func.max(_older.c.revision))
    .where(_older.c.roll_entry_id == bindparam("entry_id"))
    .scalar_subquery()
)
_IS_KNOWN = and_(
    _ballots.c.roll_entry_id == _entries.c.id,
    or_(_ballots.c.revision == _NEWEST, _ballots.c.request_id == bindparam("request_id")),
)

KNOWN = (
    select(
        _mandates.c.starts_at, _mandates.c.ends_at,
        _ballots.c.request_id, _ballots.c.revision, _ballots.c.choice, _ballots.c.receipt, _ballots.c.cast_at,
        _ballots.c.channel, _ballots.c.reason, _ballots.c.proxy_id,
    )
    .select_from(_entries.outerjoin(_mandates, _IS_THE_MANDATE).outerjoin(_ballots, _IS_KNOWN))
    .where(_entries.c.id == bindparam("entry_id"))
)  # fmt: skip
"""The mandate, beside the ballot that stands and the one of this request: one row or two, nulls for what is not there."""

_TABLES = {"ballot": Ballot.__table__, "event": Event.__table__, "notice": Notice.__table__}


def add_together(connection: Connection, **rows: dict[str, Any]) -> None:
    """Insert one `ballot`, `event` and `notice`: in one statement on PostgreSQL (a round trip each costs more than the rest)."""
    if connection.dialect.name != "postgresql":
        for name, row in rows.items():
            connection.execute(_ADD[name], row)
        return
    statement = _together(tuple((name, tuple(row)) for name, row in rows.items()))
    connection.execute(
        statement, {f"{name}_{column}": value for name, row in rows.items() for column, value in row.items()}
    )


# inline: nobody asks for the new row's number, so it is not fetched.
_ADD = {name: insert(table).inline() for name, table in _TABLES.items()}


@lru_cache(maxsize=4)
def _together(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> Insert:
    """WITH first AS (INSERT …), second AS (INSERT …) INSERT …; the values are bound as table_column."""
    *before, last = (
        insert(_TABLES[name]).values({column: bindparam(f"{name}_{column}") for column in columns}).inline()
        for name, columns in rows
    )
    names = [name for name, _ in rows]
    return last.add_cte(*(each.cte(f"add_{name}") for each, name in zip(before, names, strict=False)))
