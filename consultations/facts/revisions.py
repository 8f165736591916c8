"""How often the dates of a round, a vote, a review … were changed, and when last: what a calendar calls its sequence."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.models.events import Event

CHANGES = (
    "round_scheduled", "round_opened", "round_paused", "round_resumed", "round_extended", "round_closed", "round_reopened",
    "round_withdrawn", "synopsis_published", "vote_convened", "vote_called_off", "vote_opened", "vote_suspended", "vote_resumed",
    "vote_extended", "vote_closed", "vote_voided", "result_proclaimed", "result_contested", "result_upheld", "vote_annulled",
    "review_opened", "review_deferred", "petition_sent", "petition_acknowledged",
)  # fmt: skip
"""Events after which some date of their subject may be another; counted, so the number never falls."""

Subject = tuple[str, int]
"""Kind and id, as events name them: ("round", 7)."""


def revisions(subjects: Iterable[Subject]) -> dict[Subject, tuple[int, datetime]]:
    """How often and when last, of those to which anything happened; one select per kind."""
    wanted: dict[str, set[int]] = {}
    for kind, id in subjects:
        wanted.setdefault(kind, set()).add(id)
    found: dict[Subject, tuple[int, datetime]] = {}
    for kind, ids in wanted.items():
        query = select(Event.subject_id, func.count(Event.id), func.max(Event.at)).where(
            Event.subject_kind == kind, Event.subject_id.in_(ids), Event.name.in_(CHANGES)
        )
        for id, count, at in db.session.execute(query.group_by(Event.subject_id)):
            found[kind, id] = (count, at)
    return found
