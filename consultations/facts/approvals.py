"""Whether the last thing that happened to a draft was that its organisation was asked for approval."""

from sqlalchemy import ColumnElement, select

from consultations.models.comments import Comment
from consultations.models.events import Event

_STEPS = ("approval_requested", "comment_given_back", "comment_recalled")


def last_asked() -> ColumnElement[bool]:
    """The condition, on Comment, that it was sent to its organisation's approver and not taken or sent back since."""
    last = (
        select(Event.name)
        .where(Event.subject_kind == "comment", Event.subject_id == Comment.id, Event.name.in_(_STEPS))
        .order_by(Event.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    return last == "approval_requested"
