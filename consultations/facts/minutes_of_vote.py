"""The figures of the minutes of one vote, as they stood when something last happened to its result."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import votes
from consultations.facts.minutes import FORMAT
from consultations.facts.minutes_votes import count_at, iso, of_vote
from consultations.models.ballots import Count, Signature
from consultations.models.people import Person
from consultations.models.votes import Contest, RollEntry, Vote


def last_change(vote: Vote, at: datetime) -> datetime | None:
    """When the result last changed, was signed, contested or answered by `at`; None before there is a count."""
    count = count_at(vote.id, at)
    if count is None:
        return None
    signed = db.session.scalars(select(Signature.signed_at).where(Signature.count_id == count.id))
    contests = db.session.execute(
        select(Contest.raised_at, Contest.resolved_at).where(Contest.vote_id == vote.id)
    )
    found = [count.counted_at, *signed, *(one for row in contests for one in row if one is not None)]
    return max(one for one in found if one <= at)


def figures(vote: Vote, at: datetime) -> dict[str, Any]:
    """All that the minutes of a counted vote state, as it stood at `at`."""
    count = count_at(vote.id, at)
    assert count is not None  # whoever asks has asked last_change
    assert vote.convened_at is not None  # before it is counted
    return {
        "format": FORMAT, "kind": "vote", "id": vote.id, "code": vote.code, "as_of": iso(at), "body": vote.body.names,
        "titles": vote.titles, "zone": vote.zone, "language": "es", "convened_at": iso(vote.convened_at),
        "notice_days": votes.notice_days(vote, vote.convened_at), "opens_at": iso(vote.opens_at),
        "first_closes_at": iso(vote.first_closes_at), "extensions": vote.extensions, "text": _text(vote),
        "prepared_by": _name(vote.prepared_by_id), "reviewed_by": _name(vote.reviewed_by_id),
        "vote": of_vote(vote, at), "contests": _contests(vote.id, at), "minutes_sha256": votes.minutes_sha256(vote, count),
    }  # fmt: skip


def signatures(count: Count, at: datetime) -> list[dict[str, Any]]:
    """Who had signed this count by then."""
    query = (
        select(Signature.role, Person.name, Signature.signed_at)
        .join(Person)
        .where(Signature.count_id == count.id, Signature.signed_at <= at)
        .order_by(Signature.id)
    )
    return [{"role": role, "name": name, "at": iso(when)} for role, name, when in db.session.execute(query)]


def _text(vote: Vote) -> str:
    return f"{vote.dossier.code} · {vote.version.label}" if vote.dossier and vote.version else ""


def _contests(vote_id: int, at: datetime) -> list[dict[str, Any]]:
    query = (
        select(Contest, RollEntry.name)
        .join(
            RollEntry,
            (RollEntry.vote_id == Contest.vote_id) & (RollEntry.organisation_id == Contest.organisation_id),
        )
        .where(Contest.vote_id == vote_id, Contest.raised_at <= at)
        .order_by(Contest.id)
    )
    return [_contest(row, name, at) for row, name in db.session.execute(query)]


def _contest(row: Contest, name: str, at: datetime) -> dict[str, Any]:
    """One that waits for its answer by then has neither name nor grounds: both become public with the answer."""
    answered = row.resolved_at is not None and row.resolved_at <= at
    return {
        "name": name if answered else "", "at": iso(row.raised_at), "grounds": row.grounds if answered else "", "resolution": row.resolution if answered else None,
        "reason": row.resolution_reason if answered else "", "answered_at": iso(row.resolved_at) if answered else None,
        "group": row.group_value if answered else "",
    }  # fmt: skip


def _name(person_id: int | None) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
