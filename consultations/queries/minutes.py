"""The minutes of a vote, computed from the data: nothing in them is typed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from consultations.actor import PUBLIC
from consultations.documents import minutes_vote
from consultations.documents.minutes_blocks import Block
from consultations.extensions import db
from consultations.facts import board_heads, votes
from consultations.facts.vote_course import course
from consultations.models.ballots import Signature
from consultations.models.people import Person
from consultations.models.votes import Vote
from consultations.queries import decisions
from consultations.queries.decisions import DecisionPage, Named, RollCallRow

NONE = "not_voted"


@dataclass(frozen=True)
class SignatureLine:
    """One signature under the count that stands."""

    role: str
    name: str
    signed_at: datetime


@dataclass(frozen=True)
class CountryCall:
    """The roll call of one country: per choice, in the order of the rule, who made it."""

    code: str
    choices: tuple[tuple[str, tuple[RollCallRow, ...]], ...]


@dataclass(frozen=True)
class Minutes:
    """Everything the minutes print; `sha256` is what the three signed.

    `standing`: how the result stands, who annulled it and why; `course`: interruptions with their reasons, sheets of paper.
    """

    decision: DecisionPage
    convened_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    notice_days: int
    first_closes_at: datetime
    extended: bool
    voters: int
    casts: int
    count_number: int
    sha256: str
    signatures: tuple[SignatureLine, ...]
    prepared_by: str
    reviewed_by: str
    by_country: tuple[CountryCall, ...]
    standing: tuple[Block, ...]
    course: tuple[Block, ...]


def page(vote_id: int, *, at: datetime, named: Named = str) -> Minutes | None:
    """The minutes; None before there is a count."""
    decision = decisions.page(vote_id, by=PUBLIC, at=at)
    if decision is None or decision.status is None:
        return None
    vote, count = db.session.get_one(Vote, vote_id), votes.newest_count(vote_id)
    if count is None or vote.convened_at is None:
        return None
    heads, told = board_heads.heads(vote_id), {"code": vote.code, **course(vote, at)}
    return Minutes(
        decision=decision, convened_at=vote.convened_at, opened_at=vote.opened_at, closed_at=vote.closed_at,
        notice_days=votes.notice_days(vote, vote.convened_at), first_closes_at=vote.first_closes_at,
        extended=vote.extensions > 0, voters=heads.voters, casts=heads.casts, count_number=count.number,
        sha256=votes.minutes_sha256(vote, count), signatures=_signatures(count.id), prepared_by=_name(vote.prepared_by_id),
        reviewed_by=_name(vote.reviewed_by_id), by_country=_by_country(decision, decisions.roll_call_rows(vote_id, named)),
        standing=tuple(minutes_vote.standing(told, vote.zone)),
        course=(*minutes_vote.interrupted(told, 2, vote.zone), *minutes_vote.sheets(told, 2)),
    )  # fmt: skip


def _by_country(decision: DecisionPage, rows: tuple[RollCallRow, ...]) -> tuple[CountryCall, ...]:
    order = (*decision.choices, *sorted({row.choice for row in rows} - {*decision.choices, NONE}), NONE)
    return tuple(
        CountryCall(code, tuple(_chosen(tuple(group), order)))
        for code, group in groupby(rows, lambda row: row.country)
    )


def _chosen(
    rows: tuple[RollCallRow, ...], order: tuple[str, ...]
) -> Iterator[tuple[str, tuple[RollCallRow, ...]]]:
    for choice in order:
        if found := tuple(row for row in rows if row.choice == choice):
            yield choice, found


def _signatures(count_id: int) -> tuple[SignatureLine, ...]:
    query = (
        select(Signature.role, Person.name, Signature.signed_at)
        .join(Person)
        .where(Signature.count_id == count_id)
    )
    return tuple(SignatureLine(*row) for row in db.session.execute(query.order_by(Signature.id)))


def _name(person_id: int | None) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
