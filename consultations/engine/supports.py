"""Those who stand behind a comment are told when it says something else."""

from datetime import datetime

from sqlalchemy import select

from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.extensions import db
from consultations.facts.supports import stands
from consultations.models.comments import Comment
from consultations.models.remarks import Support


def supporting(comment_id: int) -> frozenset[int]:
    """The organisations that stand behind the comment as it is now."""
    query = select(Support.organisation_id).where(Support.comment_id == comment_id, stands())
    return frozenset(db.session.scalars(query))


def tell_turned(comment: Comment, before: frozenset[int], *, at: datetime) -> None:
    """Tell the delegates of those that stood behind it `before` and do not any more."""
    left = before - supporting(comment.id) if before else before
    if left:
        told = delegates(sorted(left), at=at)
        notify("support_ended", told, comment, due_at=at, once=f"version {comment.version}")
