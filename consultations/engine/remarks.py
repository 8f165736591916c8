"""Support for another organisation's comment, and replies under it (consultation-model.md, "Comment").

An organisation supports a comment once and may take it back until closing. Organisations reply while the round is open,
the Unit until its answers are handed in. Locks: round shared -> register entry -> comment -> its reply.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import refuse, round_objects, take, take_shared
from consultations.engine.supports import supporting
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.readers import visible_to
from consultations.facts.register import UNSENT
from consultations.models.comments import Comment
from consultations.models.remarks import Reply, Support
from workflows.comment import CommentState
from workflows.refusals import Refusal, refusal
from workflows.remarks import RemarkFacts, against_reply, against_support, unit_may_reply
from workflows.roles import Role, implies

_CLOSED_TO_OTHERS = (*UNSENT, CommentState.WITHDRAWN)


def support(comment_id: int, *, by: Actor, at: datetime) -> Support:
    """Stand behind another organisation's comment as it is now; done before, nothing happens. Of a comment that says
    something else since, it is given anew.

    Errors: Refused: one's own comment, one that is withdrawn or hidden, a round that takes nothing in; NotFound, also
    for a comment that this organisation may not read.
    """
    _check_open_to(comment_id, by)
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    there = _of(comment_id, by)
    if there and by.organisation_id in supporting(comment_id):
        return there
    refuse(round_objects(here, "comment", by), against_support(_facts(comment, by)))
    row = there or Support(comment_id=comment_id, organisation_id=by.organisation_id)
    row.version, row.person_id, row.given_at = comment.version, by.person_id, at
    add(row)
    journal.record("comment_supported", comment, by=by, at=at, version=row.version)
    return row


def take_back_support(comment_id: int, *, by: Actor, at: datetime) -> None:
    """Take support back until closing; not given, nothing happens. Errors: Refused, NotFound."""
    _check_open_to(comment_id, by)
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    if there := _of(comment_id, by):
        refuse(round_objects(here, "comment", by))
        db.session.delete(there)
        db.session.flush()
        journal.record("support_taken_back", comment, by=by, at=at)


def reply(comment_id: int, text: str, *, client_uuid: str, by: Actor, at: datetime) -> Reply:
    """Reply to another organisation's comment, for an organisation or for the Unit.

    The same `client_uuid` with the same words is the same reply; with other words it is another, for a reply stays as it
    was written. Errors: Refused, NotFound, also for a comment that this reader may not read.
    """
    _check_open_to(comment_id, by)
    comment, objecting = _begun(comment_id, by=by, at=at)
    key = str(uuid5(NAMESPACE_URL, f"{by.organisation_id or 0}/{client_uuid}/{text.strip()}"))
    before = db.session.scalars(select(Reply).filter_by(comment_id=comment_id, client_uuid=key)).first()
    if before is not None:
        return before
    refuse(objecting, against_reply(_facts(comment, by, text)))
    row = add(
        Reply(
            comment_id=comment_id, client_uuid=key, organisation_id=by.organisation_id, person_id=by.person_id,
            text=text.strip(), written_at=at,
        )
    )  # fmt: skip
    journal.record("comment_replied", comment, by=by, at=at, reply=row.id)
    return row


def hide_reply(reply_id: int, reason: str, *, by: Actor, at: datetime) -> Reply:
    """Hide a reply with a reason (the head of the Unit): it is kept and counted. Hidden before, nothing happens.

    Errors: Refused: another role, no reason; NotFound.
    """
    comment_id = db.session.scalar(select(Reply.comment_id).where(Reply.id == reply_id))
    if comment_id is None:
        raise NotFound(f"Reply {reply_id}")
    comment, _ = take_shared(comment_id, by=by, at=at)
    row = locked(Reply, reply_id)
    if row.hidden_at is not None:
        return row
    checks = (
        (Role.UNIT_HEAD in implies(by.role), refusal("role_may_not", move="hide_reply", role=by.role.value)),
        (bool(reason.strip()), refusal("reason_missing")),
    )
    refuse(tuple(against for fine, against in checks if not fine))
    row.hidden_at, row.hidden_reason = at, reason.strip()
    journal.record("reply_hidden", comment, by=by, at=at, reason=row.hidden_reason, reply=row.id)
    return row


def _begun(comment_id: int, *, by: Actor, at: datetime) -> tuple[Comment, tuple[Refusal, ...]]:
    """The comment locked, and what its round says against a reply of this actor."""
    if _is_unit(by):
        comment, round_ = take_shared(comment_id, by=by, at=at)
        return comment, unit_may_reply(round_.state)
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    return comment, round_objects(here, "comment", by)


def _check_open_to(comment_id: int, by: Actor) -> None:
    """Who may not read a comment does not learn that it is there."""
    readable = select(Comment.id).where(Comment.id == comment_id, visible_to(by))
    if not _is_unit(by):
        own = Comment.organisation_id == by.organisation_id
        readable = readable.where(own | Comment.state.not_in((*UNSENT, CommentState.WITHDRAWN)))
    if db.session.scalar(readable) is None:
        raise NotFound(f"Comment {comment_id}")


def _facts(comment: Comment, by: Actor, text: str = "") -> RemarkFacts:
    own = by.organisation_id is not None and by.organisation_id == comment.organisation_id
    readable = comment.state not in _CLOSED_TO_OTHERS and comment.hidden_at is None
    return RemarkFacts(own=own, readable=readable, text=text)


def _of(comment_id: int, by: Actor) -> Support | None:
    query = select(Support).filter_by(comment_id=comment_id, organisation_id=by.organisation_id)
    return db.session.scalars(query).first()


def _is_unit(by: Actor) -> bool:
    return Role.UNIT in implies(by.role)
