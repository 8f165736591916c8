"""Telling those who may give the second signature that one has been given."""

from collections.abc import Iterable
from datetime import datetime

from consultations.actor import Actor
from consultations.engine import notices, recipients
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.roles import Role


def ask(roles: Iterable[Role], vote: Vote, event: Event, *, by: Actor, at: datetime) -> int:
    """Tell who holds one of `roles` in the vote's body, but for who signed first; returns how many people are told."""
    held = recipients.holders(tuple(roles), vote.body_id, at=at)
    told = [who for who in held if who.person_id != by.person_id]
    return notices.notify(
        "second_signature_wanted", told, vote, due_at=at, event=event, once=str(event.id), code=vote.code,
        reason=event.reason.strip(),
    )  # fmt: skip
