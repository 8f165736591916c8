"""What was answered to objections: which answers, when, and in which role."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.events import Event


@dataclass(frozen=True)
class Given:
    """An answer to an objection: when, and in which role."""

    at: datetime
    role: str


def replies(comment_ids: Collection[int]) -> dict[int, dict[int, Given]]:
    """{comment: {number of the answer: Given}}; one select. Numbers are of the comment, whichever point they answer."""
    query = select(Event.subject_id, Event.at, Event.role, Event.payload).where(
        Event.subject_kind == "comment", Event.subject_id.in_(comment_ids), Event.name == "objection_answered"
    )
    found: dict[int, dict[int, Given]] = defaultdict(dict)
    for comment_id, at, role, payload in db.session.execute(query) if comment_ids else ():
        found[comment_id][int(json.loads(payload)["answer"])] = Given(at, role)
    return found
