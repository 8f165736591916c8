"""Where a comment stands with its organisation's approval, and whether anybody approves there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.mandates import Mandate
from workflows.roles import Role

_STEPS = ("approval_requested", "comment_given_back", "comment_recalled")


@dataclass(frozen=True)
class Approval:
    """Whether somebody approves for the organisation, and why the comment was sent back last ("": it was not)."""

    approver: bool = True
    sent_back: str = ""


UNASKED = Approval()


def of_comment(comment: tuple[int, int | None], *, at: datetime) -> Approval:
    """How it stands with a (comment, organisation)."""
    steps = select(Event.name, Event.reason).where(
        Event.subject_kind == "comment", Event.subject_id == comment[0], Event.name.in_(_STEPS)
    )
    last = db.session.execute(steps.order_by(Event.id.desc()).limit(1)).one_or_none()
    approver = exists().where(
        Mandate.role == Role.ORGANISATION, Mandate.organisation_id == comment[1], Mandate.starts_at <= at,
        or_(Mandate.ends_at.is_(None), Mandate.ends_at > at),
    )  # fmt: skip
    sent_back = last.reason if last and last.name == "comment_given_back" else ""
    return Approval(bool(db.session.scalar(select(approver))), sent_back)


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
