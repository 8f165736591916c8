"""What organisations said on paper or in a workshop, entered for them by the Unit or their network.

Whoever enters acts for one organisation at a time: the verbs of comments and questionnaires then ask the same tables,
which name staff beside delegates. A network enters only for its own members, and nobody writes over what an
organisation has entered or confirmed itself, nor a network over what another entered. Locks as in engine/comments.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.attached import AttachedFile
from consultations.engine import comments, journal, question_sheets, questionnaires
from consultations.engine.comment_entry import begin, by_uuid, entry_of, is_staff, take
from consultations.engine.mandates import check_mandate
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.memberships import is_member
from consultations.facts.on_behalf import ON_BEHALF, PAPER, WORKSHOP, is_own_entry, sheet_of_others, waits
from consultations.facts.question_sheets import answered_itself
from consultations.facts.workshops import is_standing
from consultations.models.comments import Comment
from consultations.models.rounds import RegisterEntry
from consultations.models.workshops import Attendance, Workshop
from workflows.comment import CommentState
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role


@dataclass(frozen=True)
class Received:
    """How it came: channel paper or workshop, and which workshop."""

    channel: str = PAPER
    workshop_id: int | None = None


def acting_for(organisation_id: int, *, by: Actor, at: datetime) -> Actor:
    """The same person acting for this organisation. Errors: Refused unless they are of the Unit, or of a network that
    the organisation is a member of."""
    if not is_staff(by):
        raise Refused(refusal("role_may_not", move="enter_on_behalf", role=by.role.value))
    if by.role is Role.NETWORK and not is_member(organisation_id, by.network_id, at=at):
        raise Refused(refusal("not_own_member"))
    return replace(by, organisation_id=organisation_id)


def enter(
    round_id: int, organisation_id: int, node_id: int | None, received: Received, *, client_uuid: str,
    by: Actor, at: datetime, **given: Any,
) -> Comment:  # fmt: skip
    """Enter and send a comment that the organisation made on paper or in a workshop; `given` as for comments.enter.

    Its delegates are told and may confirm or correct it. The same `client_uuid` with the same words changes nothing.
    Errors: Refused with what the round and the comment object, NotFound.
    """
    acting = _begun(round_id, organisation_id, received, by=by, at=at)
    here = begin(round_id, exclusive=True, by=acting, at=at)
    before = by_uuid(round_id, client_uuid, acting)
    stood = _standing(before)
    if before is not None:
        _check_ours(before, by)
    made = comments.enter(round_id, node_id, client_uuid=client_uuid, submit=True, by=acting, at=at, **given)
    if before is None:
        made.channel, made.workshop_id, made.author_id = received.channel, received.workshop_id, None
    if _standing(made) != stood:
        made.confirmed_at = None
        _tell(entry_of(here), f"comment/{made.id}", received, by=acting, at=at)
    return made


def edit(comment_id: int, *, version: int, by: Actor, at: datetime, **words: Any) -> Comment:
    """Correct what was entered, before the organisation confirms it; arguments as for comments.edit. Errors: Refused."""
    acting = _own_entry(comment_id, by=by, at=at)
    before = _standing(db.session.get(Comment, comment_id))
    made = comments.edit(comment_id, version=version, by=acting, at=at, **words)
    if _standing(made) != before:
        _tell_of(made, by=acting, at=at)
    return made


def withdraw(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Take back what was entered by mistake, before the organisation confirms it. Errors: Refused."""
    acting = _own_entry(comment_id, by=by, at=at)
    return comments.withdraw(comment_id, by=acting, at=at)


def no_comment(
    round_id: int, organisation_id: int, received: Received, *, by: Actor, at: datetime
) -> RegisterEntry:
    """Enter that the organisation has no comment. Entered before, nothing happens. Errors: Refused."""
    acting = _begun(round_id, organisation_id, received, by=by, at=at)
    known = entry_of(begin(round_id, exclusive=False, by=acting, at=at)).no_comment_at
    entry = comments.declare_no_comment(round_id, by=acting, at=at)
    if known is None:
        _tell(entry, "no_comment", received, by=acting, at=at)
    return entry


def answer_questions(
    round_id: int, organisation_id: int, received: Received, answers: Mapping[int, tuple[str, str]], *,
    files: Mapping[int, AttachedFile] | None = None, send: bool = True, by: Actor, at: datetime,
) -> int:  # fmt: skip
    """Enter the organisation's answers {question id: (value, words)} and send its sheet; returns the revisions written.

    `files` {question id: file}, as for questionnaires.answer.

    Errors: Refused also when the organisation has answered itself and this would change what it said, to a network when
    others entered its answers, and naming every required question without an answer.
    """
    acting = _begun(round_id, organisation_id, received, by=by, at=at)
    entry = entry_of(begin(round_id, exclusive=False, by=acting, at=at))
    itself, sent = answered_itself(entry), entry.sheet_sent_at
    if not itself and sheet_of_others(round_id, organisation_id, by):
        raise Refused(refusal("entered_by_others"))
    written = questionnaires.answer(round_id, answers, files=files, by=acting, at=at)
    if itself and written:
        raise Refused(refusal("answered_by_itself"))
    if send and not itself:
        question_sheets.send(round_id, by=acting, at=at)
    if written or entry.sheet_sent_at != sent:
        _tell(entry, "questions", received, by=acting, at=at)
    return written


def confirm(round_id: int, *, by: Actor, at: datetime) -> int:
    """The organisation's delegate says: this is what we said. Returns how many comments are confirmed by it.

    Before and after closing, as often as something new was entered. Errors: Refused when nothing waits.
    """
    check_mandate(by, at=at)
    if by.role not in (Role.DELEGATE, Role.ORGANISATION):
        raise Refused(refusal("role_may_not", move="confirm", role=by.role.value))
    entry = _entry(round_id, by)
    if not waits(entry):
        raise Refused(refusal("nothing_to_confirm"))
    confirmed = [_confirmed(comment_id, at) for comment_id in _unconfirmed(round_id, by)]
    came = select(Attendance).join(Workshop).where(
        Workshop.round_id == round_id, Attendance.organisation_id == by.organisation_id, Attendance.confirmed_at.is_(None)
    )  # fmt: skip
    for attendance in db.session.scalars(came):
        attendance.confirmed_at, attendance.confirmed_by_id = at, by.person_id
    journal.record("entries_confirmed", entry, by=by, at=at, comments=len(confirmed))
    return len(confirmed)


def _begun(round_id: int, organisation_id: int, received: Received, *, by: Actor, at: datetime) -> Actor:
    acting = acting_for(organisation_id, by=by, at=at)
    if wrong := wrong_way(round_id, received, by):
        raise Refused(wrong)
    return acting


def wrong_way(round_id: int, received: Received, by: Actor) -> Refusal | None:
    """Why something cannot have been received so; None when it can."""
    if received.channel not in ON_BEHALF:
        return refusal("channel_unknown")
    if received.workshop_id is None:
        return refusal("workshop_missing") if received.channel == WORKSHOP else None
    workshop = db.session.get(Workshop, received.workshop_id)
    other = workshop is None or workshop.round_id != round_id or received.channel != WORKSHOP
    other = other or not is_standing(received.workshop_id)
    elsewhere = by.role is Role.NETWORK and workshop is not None and workshop.network_id != by.network_id
    return refusal("workshop_missing") if other or elsewhere else None


def _own_entry(comment_id: int, *, by: Actor, at: datetime) -> Actor:
    """Who acts for the comment's organisation, if the comment is one that staff may still change."""
    organisation_id = db.session.scalar(select(Comment.organisation_id).where(Comment.id == comment_id))
    acting = acting_for(organisation_id or 0, by=by, at=at)
    comment, _ = take(comment_id, exclusive=False, by=acting, at=at)
    _check_ours(comment, by)
    return acting


def _check_ours(comment: Comment, by: Actor) -> None:
    """Refuse what the organisation entered or corrected itself, or has confirmed, and to a network what others entered."""
    if comment.channel in ON_BEHALF and not is_own_entry(comment.id, by):
        raise Refused(refusal("entered_by_others"))
    if comment.channel not in ON_BEHALF:
        raise Refused(refusal("entered_by_itself"))
    if comment.confirmed_at is not None:
        raise Refused(refusal("confirmed_before"))


def _standing(comment: Comment | None) -> tuple[object, ...]:
    """What changes when a comment is written again."""
    if comment is None:
        return ()
    return (comment.version, comment.state, comment.visibility, comment.consent_to_name)


def _tell_of(comment: Comment, *, by: Actor, at: datetime) -> None:
    received = Received(comment.channel, comment.workshop_id)
    _tell(_entry(comment.round_id, by), f"comment/{comment.id}", received, by=by, at=at)


def _tell(entry: RegisterEntry, what: str, received: Received, *, by: Actor, at: datetime) -> None:
    session = {"workshop": f"workshop/{received.workshop_id}"} if received.workshop_id else {}
    journal.record("entered_on_behalf", entry, by=by, at=at, what=what, channel=received.channel, **session)


def _entry(round_id: int, by: Actor) -> RegisterEntry:
    mine = select(RegisterEntry.id).filter_by(round_id=round_id, organisation_id=by.organisation_id)
    found = db.session.scalar(mine)
    if found is None:
        raise Refused(refusal("organisation_not_registered"))
    return locked(RegisterEntry, found)


def _unconfirmed(round_id: int, by: Actor) -> list[int]:
    query = select(Comment.id).where(
        Comment.round_id == round_id, Comment.organisation_id == by.organisation_id, Comment.channel.in_(ON_BEHALF),
        Comment.confirmed_at.is_(None), Comment.state != CommentState.WITHDRAWN,
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Comment.id)))


def _confirmed(comment_id: int, at: datetime) -> Comment:
    comment = locked(Comment, comment_id)
    comment.confirmed_at = at
    return comment
