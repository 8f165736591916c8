"""An organisation's approver lets what its delegates wrote go on, or sends it back with a reason.

Approving is sending: it takes the round for itself, as engine/comments.py says. Every verb done twice does one thing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import (
    Entering,
    begin,
    facts_of,
    newest,
    refuse,
    round_objects,
    said_in,
    take,
)
from consultations.engine.comments import count_in
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.notices import notify
from consultations.engine.recipients import Recipient, delegates
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.models.comments import Comment
from workflows.comment import COMMENT, CommentState
from workflows.machine import objections
from workflows.roles import Role


def release(comment_id: int, *, known: int | None = None, by: Actor, at: datetime) -> Comment:
    """Approve a comment: it is sent, gets its number, and its author is told. Approved before, nothing happens.

    `known`: the id of the comment's last event when it was read (queries.approvals); its delegate may have taken it
    back, changed it and sent it again since. Errors: Refused: another organisation's, too late, withdrawn,
    `edited_meanwhile`; NotFound.
    """
    comment, here = take(comment_id, exclusive=True, by=by, at=at)
    return _release(comment, here, known, by=by, at=at)


def release_all(round_id: int, *, known: Mapping[int, int] | None = None, by: Actor, at: datetime) -> int:
    """Approve everything that waits for the acting organisation in a round, in the order of writing; returns how many.

    `known`: {comment: its last event} of those that were read; what came since then goes on waiting.
    Errors: Refused with the reasons of the first that may not be sent: then none is.
    """
    here = begin(round_id, exclusive=True, by=by, at=at)
    query = select(Comment.id).where(
        Comment.round_id == round_id, Comment.organisation_id == by.organisation_id,
        Comment.state == CommentState.AWAITING_ORGANISATION,
    )  # fmt: skip
    waiting = db.session.scalars(query.order_by(Comment.id)).all()
    read = [id for id in waiting if known is None or id in known]
    for id in read:
        _release(locked(Comment, id), here, known[id] if known is not None else None, by=by, at=at)
    return len(read)


def give_back(comment_id: int, reason: str, *, by: Actor, at: datetime) -> Comment:
    """Send a comment back to who wrote it, with a reason; it is a draft again. Sent back before, nothing happens.

    Errors: Refused (another organisation's, no reason), NotFound.
    """
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    facts = replace(facts_of(comment, here, None, by=by, at=at), reason=reason)
    if comment.state == CommentState.DRAFT and facts.same_organisation and by.role is Role.ORGANISATION:
        return comment
    event = journal.move(comment, COMMENT, "give_back", by=by, at=at, facts=facts, reason=reason.strip())
    notify(
        "approval_refused", delegates([comment.organisation_id], at=at), comment, due_at=at, event=event,
        once=str(event.id), reason=reason.strip(),
    )  # fmt: skip
    return comment


def recall(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Take a comment back from the approver to change it (its delegate). Taken back before, nothing happens."""
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    facts = facts_of(comment, here, None, by=by, at=at)
    if comment.state == CommentState.DRAFT and facts.same_organisation and by.role is Role.DELEGATE:
        return comment
    refuse(round_objects(here, "comment", by), objections(COMMENT, comment.state, "recall", by.role, facts))
    journal.move(comment, COMMENT, "recall", by=by, at=at, facts=facts)
    return comment


def _release(comment: Comment, here: Entering, known: int | None, *, by: Actor, at: datetime) -> Comment:
    facts = facts_of(comment, here, said_in(newest(comment)), by=by, at=at)
    if facts.same_organisation and comment.submitted_at and comment.state != CommentState.WITHDRAWN:
        return comment
    refuse(
        # The round's table names who enters; who approves lets in what a delegate enters.
        round_objects(here, "comment", replace(by, role=Role.DELEGATE)),
        objections(COMMENT, comment.state, "release", by.role, facts),
    )
    check_unchanged(comment, known)
    author = (Recipient(comment.author_id, comment.organisation_id),) if comment.author_id else ()
    count_in(comment, here, "release", facts, author, by=by, at=at)
    return comment
