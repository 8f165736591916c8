"""Comments and "no comment": written, changed, sent and taken back by an organisation until the round closes.

Locks, always round -> register entry -> comment. Writing shares the round, closing takes it for itself, so nothing
enters after closing. SENDING takes the round for itself from the beginning: it counts up the round's public numbers
(no gaps, in the order of sending), and a shared lock raised later to an exclusive one would let two senders wait for
each other. A round takes a few thousand comments over weeks and a sending lasts milliseconds, so the queue is short.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.approvals import against_changing, against_sending, ask, tell_approvers
from consultations.engine.comment_entry import (
    Entering,
    Words,
    authors,
    begin,
    by_uuid,
    entry_of,
    facts_of,
    is_late,
    name_of,
    newest,
    odd_values,
    receipt,
    refuse,
    round_objects,
    said_in,
    sent_by,
    take,
)
from consultations.engine.comment_places import Pointed, point, pointed, words_of
from consultations.engine.notices import notify
from consultations.engine.recipients import Recipient
from consultations.engine.supports import supporting, tell_turned
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.models.comments import Comment, CommentVersion
from consultations.models.rounds import RegisterEntry
from workflows.comment import COMMENT, CommentFacts, CommentState
from workflows.machine import objections
from workflows.refusals import Refused, refusal


def enter(
    round_id: int, node_id: int | None, *, client_uuid: str, language: str, visibility: str = "members",
    consent_to_name: bool = False, question_id: int | None = None, quote: str = "", submit: bool = True,
    by: Actor, at: datetime, **words: Any,
) -> Comment:  # fmt: skip
    """Write a comment for the acting organisation on a clause (None: the whole text, or the question `question_id`), and
    send it if asked. `quote`: words of the clause that it is about, as they stand there; none are needed.

    `words`: the fields of Words. The same `client_uuid` again is the same comment (`repeated` tells): with words that
    it had before nothing happens, with others they become its next version, unless somebody has changed it since the
    form was first sent (`edited_meanwhile`). Errors: Refused with every reason of the round's and the comment's tables.
    """
    said = Words(**words)
    here = begin(round_id, exclusive=submit, by=by, at=at)
    before = by_uuid(round_id, client_uuid, by)
    place = pointed(here.round, node_id, question_id, quote, language)
    if before is not None:
        return _repeat(before, said, here, visibility, consent_to_name, place, submit=submit, by=by, at=at)
    comment = Comment(
        round_id=round_id, node_id=node_id, organisation_id=by.organisation_id, author_id=by.person_id,
        entered_by_id=by.person_id, client_uuid=client_uuid, language=language, visibility=visibility,
        consent_to_name=consent_to_name, receipt=receipt(), created_at=at, version=1, late=is_late(here, at),
        anchor=place.anchor, question_id=place.question_id, quote=place.quote, prefix=place.prefix, suffix=place.suffix,
    )  # fmt: skip
    facts = facts_of(comment, here, said, by=by, at=at)
    refuse(
        odd_values(said, node_id, here.round, visibility, language),
        place.against,
        round_objects(here, "comment", by),
        objections(COMMENT, None, "draft", by.role, facts),
        against_sending(CommentState.DRAFT, facts, by) if submit else (),
    )
    journal.begin(comment, COMMENT, "draft", by=by, at=at, facts=facts, version=1)
    write(comment, said, by=by, at=at)
    if submit:
        _send(comment, here, facts, by=by, at=at)
    return comment


def repeated(comment: Comment, at: datetime) -> bool:
    """Whether the entering at `at` found this comment there already."""
    return comment.created_at != at


def edit(
    comment_id: int, *, version: int, visibility: str | None = None, consent_to_name: bool | None = None,
    quote: str | None = None, by: Actor, at: datetime, **words: Any,
) -> Comment:  # fmt: skip
    """Write the next version; the last one counts. `version`: the one that the writer had before them.

    Who may read it, whether the name stands beside it and the words it quotes stay as they are where None is given.

    Errors: Refused `edited_meanwhile` if another version came between (both texts stay: the other in the database, this
    one with its writer), and what both tables object. Sending the same words again changes nothing.
    """
    said = Words(**words)
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    visibility = visibility or comment.visibility
    words_meant = words_of(comment) if quote is None else quote
    place = pointed(here.round, comment.node_id, comment.question_id, words_meant, comment.language)
    facts = facts_of(comment, here, said, by=by, at=at)
    refuse(
        odd_values(said, comment.node_id, here.round, visibility, comment.language),
        place.against,
        round_objects(here, "comment", by),
        against_changing(comment, facts, by),
    )
    now, consent = newest(comment), comment.consent_to_name if consent_to_name is None else consent_to_name
    beside = (visibility, consent, place.quote)
    if said == said_in(now) and beside == (comment.visibility, comment.consent_to_name, words_of(comment)):
        return comment
    if version != comment.version:
        raise Refused(refusal("edited_meanwhile", name=name_of(now.written_by_id)))
    _set_visibility(comment, visibility, consent, by=by, at=at)
    point(comment, place, by=by, at=at)
    return comment if said == said_in(now) else _next_version(comment, said, facts, by=by, at=at)


def submit(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Send a draft: it gets its public number and its author a notice, or waits first for who approves it there.

    Sent before, nothing happens. Errors: Refused, NotFound.
    """
    comment, here = take(comment_id, exclusive=True, by=by, at=at)
    facts = facts_of(comment, here, said_in(newest(comment)), by=by, at=at)
    if facts.same_organisation and _is_out(comment):
        return comment
    refuse(round_objects(here, "comment", by), against_sending(comment.state, facts, by))
    _send(comment, here, facts, by=by, at=at)
    return comment


def withdraw(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Take a comment back before closing: kept, and marked; who approved it is told. Taken back before, nothing happens."""
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    facts = facts_of(comment, here, None, by=by, at=at)
    if facts.same_organisation and comment.state == CommentState.WITHDRAWN:
        return comment
    refuse(round_objects(here, "comment", by), objections(COMMENT, comment.state, "withdraw", by.role, facts))
    comment.withdrawn_at = at
    event = journal.move(comment, COMMENT, "withdraw", by=by, at=at, facts=facts)
    tell_approvers(comment, facts, event, at=at)
    return comment


def declare_no_comment(round_id: int, *, by: Actor, at: datetime) -> RegisterEntry:
    """The organisation has read the draft and has no comment: an answer like any other. Said before, nothing happens.

    Errors: Refused, also while comments that it has sent stand.
    """
    here = begin(round_id, exclusive=False, by=by, at=at)
    if here.entry and here.entry.no_comment_at:
        return here.entry
    sent = sent_by(round_id, by)
    beside = (refusal("no_comment_beside_comments", count=sent),) if sent else ()
    refuse(round_objects(here, "no_comment", by), beside)
    entry = entry_of(here)
    entry.no_comment_at, entry.no_comment_by_id = at, by.person_id
    journal.record("no_comment_declared", entry, by=by, at=at)
    return entry


def retract_no_comment(round_id: int, *, by: Actor, at: datetime) -> RegisterEntry:
    """Take "no comment" back while the round is open; not said, nothing happens. Errors: Refused."""
    here = begin(round_id, exclusive=False, by=by, at=at)
    refuse(round_objects(here, "no_comment", by))
    entry = entry_of(here)
    forget_no_comment(entry, by=by, at=at)
    return entry


def entering(round_id: int, *, by: Actor, at: datetime) -> Entering:
    """The round shared and the organisation's entry locked; Refused unless it may enter something now."""
    here = begin(round_id, exclusive=False, by=by, at=at)
    refuse(round_objects(here, "comment", by))
    return here


def _repeat(
    comment: Comment, said: Words, here: Entering, visibility: str, consent: bool, place: Pointed, *, submit: bool,
    by: Actor, at: datetime,
) -> Comment:  # fmt: skip
    """The form came twice: once is enough; what was changed in it is not lost, and writes over nobody's later words."""
    comment = locked(Comment, comment.id)
    facts = facts_of(comment, here, said, by=by, at=at)
    beside = (visibility, consent, place.quote) != (
        comment.visibility,
        comment.consent_to_name,
        comment.quote,
    )
    if said not in _said_so_far(comment) or (beside and comment.version == 1):
        refuse(
            odd_values(said, comment.node_id, here.round, visibility, comment.language),
            place.against,
            round_objects(here, "comment", by),
            against_changing(comment, facts, by),
        )
        if comment.version > 1:
            raise Refused(refusal("edited_meanwhile", name=name_of(newest(comment).written_by_id)))
        _set_visibility(comment, visibility, consent, by=by, at=at)
        point(comment, place, by=by, at=at)
        if said != said_in(newest(comment)):
            _next_version(comment, said, facts, by=by, at=at)
    if submit and not _is_out(comment):
        refuse(round_objects(here, "comment", by), against_sending(comment.state, facts, by))
        _send(comment, here, facts, by=by, at=at)
    return comment


def _said_so_far(comment: Comment) -> list[Words]:
    query = select(CommentVersion).filter_by(comment_id=comment.id)
    return [said_in(version) for version in db.session.scalars(query)]


def _next_version(comment: Comment, said: Words, facts: CommentFacts, *, by: Actor, at: datetime) -> Comment:
    before = supporting(comment.id)
    comment.version += 1
    write(comment, said, by=by, at=at)
    journal.move(comment, COMMENT, "edit", by=by, at=at, facts=facts, version=comment.version)
    tell_turned(comment, before, at=at)
    return comment


def _set_visibility(comment: Comment, visibility: str, consent: bool, *, by: Actor, at: datetime) -> None:
    if (visibility, consent) != (comment.visibility, comment.consent_to_name):
        comment.visibility, comment.consent_to_name = visibility, consent
        journal.record(
            "comment_visibility_changed", comment, by=by, at=at, visibility=visibility, named=consent
        )


def write(comment: Comment, said: Words, *, by: Actor, at: datetime) -> None:
    """Write the comment's words under its version."""
    add(
        CommentVersion(
            comment_id=comment.id,
            number=comment.version,
            written_at=at,
            written_by_id=by.person_id,
            **asdict(said),
        )
    )


def _is_out(comment: Comment) -> bool:
    """Whether it was sent, or waits for who approves it, and was not taken back."""
    sent = comment.submitted_at is not None or comment.state == CommentState.AWAITING_ORGANISATION
    return sent and comment.state != CommentState.WITHDRAWN


def _send(comment: Comment, here: Entering, facts: CommentFacts, *, by: Actor, at: datetime) -> None:
    if facts.approval_asked:
        ask(comment, here.round, facts, by=by, at=at)
    else:
        count_in(comment, here, "submit", facts, authors(by, at), by=by, at=at)


def count_in(
    comment: Comment, here: Entering, move: str, facts: CommentFacts, told: tuple[Recipient, ...], *,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Give a comment that is sent (`move`: submit or release) its number in a round taken for oneself; `told` get the
    receipt."""
    if here.entry:
        forget_no_comment(here.entry, by=by, at=at)
    here.round.last_public_number += 1
    comment.public_number, comment.submitted_at = here.round.last_public_number, at
    comment.late = is_late(here, at)
    event = journal.move(
        comment,
        COMMENT,
        move,
        by=by,
        at=at,
        facts=facts,
        version=comment.version,
        number=comment.public_number,
    )
    if told:
        number = f"R{here.round.number}-{comment.public_number}"
        notify(
            "comment_received", told, comment, due_at=at, event=event, receipt=comment.receipt, number=number
        )


def forget_no_comment(entry: RegisterEntry, *, by: Actor, at: datetime) -> None:
    """A comment takes back what the organisation had said before: that it has none."""
    if entry.no_comment_at is not None:
        entry.no_comment_at = entry.no_comment_by_id = None
        journal.record("no_comment_retracted", entry, by=by, at=at)
