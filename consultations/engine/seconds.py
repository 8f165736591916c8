"""Telling those who may give the second signature that one has been given."""

from collections.abc import Iterable
from datetime import datetime

from consultations.actor import Actor
from consultations.engine import notices, recipients
from consultations.models.assemblies import Assembly
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.roles import Role
from workflows.vote_guards import PROCLAIMERS


def ask(roles: Iterable[Role], vote: Vote, event: Event, *, by: Actor, at: datetime) -> int:
    """Tell who holds one of `roles` in the vote's body, but for who signed first; returns how many people are told."""
    held = recipients.holders(tuple(roles), vote.body_id, at=at)
    told = [who for who in held if who.person_id != by.person_id]
    return notices.notify(
        "second_signature_wanted", told, vote, due_at=at, event=event, once=str(event.id), code=vote.code,
        reason=event.reason.strip(),
    )  # fmt: skip


def ask_about_roll(assembly: Assembly, event: Event, *, by: Actor, at: datetime) -> int:
    """Tell who may sign what was proposed about an assembly's roll, but for who proposed it; returns how many are told."""
    held = recipients.holders(sorted(PROCLAIMERS), assembly.body_id, at=at)
    told = [who for who in held if who.person_id != by.person_id]
    return notices.notify(
        "assembly_second_wanted", told, assembly, due_at=at, event=event, once=str(event.id), code=assembly.code,
        reason=event.reason.strip(),
    )  # fmt: skip
