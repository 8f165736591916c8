"""Where a round asks for it, an organisation approves a comment before it counts (process.md, "Comment").

What delegates send then waits; engine/signoffs.py lets it go on or sends it back. What still waits at the closing is
told to the organisation and to the Unit: it is kept, and does not count.
"""

from datetime import datetime

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.notices import notify
from consultations.engine.recipients import approvers, delegates
from consultations.extensions import db
from consultations.facts.on_behalf import unconfirmed
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.comment import COMMENT, CommentFacts, CommentState
from workflows.machine import objections
from workflows.refusals import Refusal, refusal


def sending(facts: CommentFacts) -> str:
    """The move by which a delegate's draft goes out: to the Unit, or to the organisation's approver first."""
    return "ask_organisation" if facts.approval_asked else "submit"


def against_sending(state: str, facts: CommentFacts, by: Actor) -> tuple[Refusal, ...]:
    """What the table says against sending a comment in this state."""
    return objections(COMMENT, state, sending(facts), by.role, facts)


def against_changing(
    comment: Comment, facts: CommentFacts, by: Actor, *, words: bool = True
) -> tuple[Refusal, ...]:
    """What speaks against other words, or (`words` False) other files: what was approved stays as it was approved.

    What staff entered nobody has approved: until it is confirmed the organisation corrects it.
    """
    against = objections(COMMENT, comment.state, "edit", by.role, facts)
    if comment.submitted_at is None:
        return against
    if facts.approval_asked and facts.same_organisation and not unconfirmed(comment):
        return (*against, refusal("approved_as_it_stands"))
    return (*against, *(against_sending(CommentState.DRAFT, facts, by) if words else ()))


def ask(comment: Comment, round_: Round, facts: CommentFacts, *, by: Actor, at: datetime) -> None:
    """Let a draft wait for its organisation; who approves there is told, once a day and not for each comment."""
    journal.move(comment, COMMENT, "ask_organisation", by=by, at=at, facts=facts, version=comment.version)
    told = approvers([comment.organisation_id], at=at)
    notify("approval_requested", told, round_, due_at=at, once=at.date().isoformat())


def tell_approvers(comment: Comment, facts: CommentFacts, event: Event, *, at: datetime) -> None:
    """What a delegate alone takes back after it was approved, who approves there is told."""
    if facts.approval_asked and comment.submitted_at is not None:
        told = approvers([comment.organisation_id], at=at)
        notify("approved_withdrawn", told, comment, due_at=at, event=event, once=str(event.id))


def remind_approvers(round_: Round, *, at: datetime) -> int:
    """Tell again who approves where comments still wait, once a day; returns how many people are told."""
    told = approvers(waiting(round_.id), at=at)
    return notify("approval_requested", told, round_, due_at=at, once=at.date().isoformat())


def waiting(round_id: int) -> dict[int, int]:
    """{organisation: how many of its comments wait for its approval}."""
    query = select(Comment.organisation_id, func.count()).where(
        Comment.round_id == round_id, Comment.state == CommentState.AWAITING_ORGANISATION
    )
    found = db.session.execute(query.group_by(Comment.organisation_id).order_by(Comment.organisation_id))
    return {organisation_id: count for organisation_id, count in found}  # noqa: C416 (rows are no pairs to mypy)


def tell_missed(round_: Round, counts: dict[int, int], *, event: Event, once: str, at: datetime) -> None:
    """Tell each organisation how many of its comments still waited for its approval when the round closed."""
    for organisation_id, count in counts.items():
        told = (*delegates([organisation_id], at=at), *approvers([organisation_id], at=at))
        notify(
            "approval_missed",
            dict.fromkeys(told),
            round_,
            due_at=at,
            event=event,
            once=once,
            waiting=str(count),
        )
