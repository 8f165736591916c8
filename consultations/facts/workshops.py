"""Workshops that stand, and what was entered of them."""

from sqlalchemy import ColumnElement, exists, func, select

from consultations.extensions import db
from consultations.facts.on_behalf import ENTERED
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.workshops import Workshop
from workflows.comment import CommentState


def stands() -> ColumnElement[bool]:
    """The condition that a workshop was not taken back as a mistake."""
    taken_back = exists().where(
        Event.subject_kind == "workshop", Event.subject_id == Workshop.id, Event.name == "workshop_taken_back"
    )
    return ~taken_back


def is_standing(workshop_id: int) -> bool:
    """Whether there is such a workshop and it was not taken back."""
    return db.session.scalar(select(Workshop.id).where(Workshop.id == workshop_id, stands())) is not None


def entered_of(workshop_id: int) -> int:
    """How many comments and sheets of answers stand that were entered of a workshop; two selects."""
    comments = select(func.count(Comment.id)).where(
        Comment.workshop_id == workshop_id, Comment.state != CommentState.WITHDRAWN
    )
    sheets = select(func.count(func.distinct(Event.subject_id))).where(
        Event.subject_kind == "registerentry", Event.name == ENTERED,
        Event.payload.contains(f'"workshop":"workshop/{workshop_id}"', autoescape=True),
        ~Event.payload.contains('"what":"comment/', autoescape=True),
    )  # fmt: skip
    return (db.session.scalar(comments) or 0) + (db.session.scalar(sheets) or 0)
