"""The figures of the minutes of one vote, as they stood when something last happened to its result."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import votes
from consultations.facts.minutes import FORMAT
from consultations.facts.minutes_votes import count_at, iso, of_vote
from consultations.facts.vote_course import course, last_move
from consultations.models.ballots import Count, Signature
from consultations.models.people import Person
from consultations.models.votes import Contest, Vote


def last_change(vote: Vote, at: datetime) -> datetime | None:
    """When the result last changed, was signed, contested or answered by `at`; None before there is a count."""
    count = count_at(vote.id, at)
    if count is None:
        return None
    signed = db.session.scalars(select(Signature.signed_at).where(Signature.count_id == count.id))
    contests = db.session.execute(
        select(Contest.raised_at, Contest.resolved_at).where(Contest.vote_id == vote.id)
    )
    found = [
        count.counted_at,
        last_move(vote.id, at),
        *signed,
        *(one for row in contests for one in row if one is not None),
    ]
    return max(one for one in found if one is not None and one <= at)


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
        "vote": {**of_vote(vote, at), **course(vote, at)}, "minutes_sha256": votes.minutes_sha256(vote, count),
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


def _name(person_id: int | None) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
