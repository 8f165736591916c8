"""A second click: the same person asks for what just happened, in the same words."""

import json
from typing import Any

from consultations.actor import Actor
from consultations.engine.journal import kind_of
from consultations.facts.last_events import last_event


def just_done(row: Any, event: str, *, by: Actor, reason: str, **refs: str) -> bool:
    """Whether the last thing that happened to a locked row is this event, by this person, with this reason and `refs`."""
    last = last_event(kind_of(row), row.id)
    if last is None or (last.name, last.person_id, last.reason) != (event, by.person_id, reason):
        return False
    payload = json.loads(last.payload)
    return all(payload.get(name) == value for name, value in refs.items())
