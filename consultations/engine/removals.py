"""What others do not read of a comment: single words that the Unit removes, or all of it while it is hidden.

Nothing is deleted. Single words stay removed for good (the record is append-only); a comment that is hidden is shown
again by somebody other than who hid it (process.md, "Comment"). A hidden one stands where it stood: it is answered like
any other, and its organisation may object. Locks: the round shared, then the comment.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import newest, take_shared
from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts.comments import comment_facts
from consultations.facts.likeness import pattern
from consultations.facts.register import UNSENT
from consultations.facts.removals import hider
from consultations.facts.reviews import person
from consultations.models.comments import Comment, CommentVersion
from consultations.models.events import Event
from consultations.models.remarks import Redaction
from consultations.models.rounds import Round
from workflows.comment import COMMENT, CommentFacts, CommentState
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies
from workflows.round import RoundFacts


def remove_words(comment_id: int, words: str, reason: str, *, by: Actor, at: datetime) -> Redaction:
    """Remove words from what others read of a comment (the Unit); its organisation is told, and keeps the original.

    `words` are removed wherever they stand, however they are written there: with other capitals, accents, hyphens or
    blanks (facts.likeness). The same words twice are one removal.
    Errors: Refused: no words, words that do not stand there, no reason, a comment that was not sent; NotFound.
    """
    comment, round_ = take_shared(comment_id, by=by, at=at)
    wanted, why = " ".join(words.split()), reason.strip()
    if there := _same(comment_id, wanted):
        return there
    if reasons := _against(comment, wanted, why, by):
        raise Refused(*reasons)
    row = add(
        Redaction(
            comment_id=comment.id, version=comment.version, words=wanted, reason=why, made_at=at,
            made_by_id=by.person_id,
        )
    )  # fmt: skip
    event = journal.record(
        "comment_words_removed", comment, by=by, at=at, reason=why, version=comment.version, redaction=row.id
    )
    _tell("words_removed", comment, round_, event, why, at=at)
    return row


def hide(comment_id: int, reason: str, *, by: Actor, at: datetime) -> Comment:
    """Hide a comment with a reason (the head of the Unit): kept, counted, and not read by others. Hidden before,
    nothing happens. Errors: Refused, NotFound."""
    return _move(comment_id, "hide", reason, hidden_at=at, by=by, at=at)


def show(comment_id: int, reason: str, *, by: Actor, at: datetime) -> Comment:
    """Show a hidden comment again, with a reason: not who hid it. Shown again before, nothing happens. Errors: Refused,
    NotFound."""
    return _move(comment_id, "show", reason, hidden_at=None, by=by, at=at)


def known(comment: Comment, round_: Round, reason: str, *, by: Actor, at: datetime) -> CommentFacts:
    """What the table asks about hiding and showing; `decided_by` is who hid it."""
    facts = comment_facts(comment, round_, RoundFacts(), by=by, at=at, reason=reason)
    return replace(facts, decided_by=person(hider(comment.id)))


def _move(
    comment_id: int, move: str, reason: str, *, hidden_at: datetime | None, by: Actor, at: datetime
) -> Comment:  # fmt: skip
    comment, round_ = take_shared(comment_id, by=by, at=at)
    letter = "comment_hidden" if hidden_at else "comment_shown"
    if (comment.hidden_at is None) == (hidden_at is None) and _has_been(letter, comment):
        return comment
    facts = known(comment, round_, reason, by=by, at=at)
    event = journal.move(comment, COMMENT, move, by=by, at=at, facts=facts, reason=reason.strip())
    comment.hidden_at = hidden_at
    _tell(letter, comment, round_, event, reason.strip(), at=at)
    return comment


def _has_been(name: str, comment: Comment) -> bool:
    """Whether this has happened to it before: a comment that was never hidden is not shown again either."""
    query = select(Event.id).where(
        Event.subject_kind == "comment", Event.subject_id == comment.id, Event.name == name
    )
    return db.session.scalar(query.limit(1)) is not None


def _against(comment: Comment, words: str, reason: str, by: Actor) -> tuple[Refusal, ...]:
    sent = comment.submitted_at is not None and comment.state not in (*UNSENT, CommentState.WITHDRAWN)
    checks = (
        (Role.UNIT in implies(by.role), refusal("role_may_not", move="remove_words", role=by.role.value)),
        (sent, refusal("comment_not_sent")),
        (bool(words), refusal("removal_words_missing")),
        (not words or _stands(comment, words), refusal("removal_words_absent")),
        (bool(reason), refusal("reason_missing")),
        (not words or not pattern(words).search(reason), refusal("removal_reason_repeats")),
    )
    return tuple(against for fine, against in checks if not fine)


def _stands(comment: Comment, words: str) -> bool:
    said: CommentVersion = newest(comment)
    return any(pattern(words).search(text) for text in (said.text, said.justification, said.proposal))


def _same(comment_id: int, words: str) -> Redaction | None:
    return db.session.scalars(select(Redaction).filter_by(comment_id=comment_id, words=words)).first()


def _tell(letter: str, comment: Comment, round_: Round, event: Event, reason: str, *, at: datetime) -> None:
    notify(
        letter, delegates([comment.organisation_id], at=at), comment, due_at=at, event=event, once=str(event.id),
        reason=reason, label=f"R{round_.number}-{comment.public_number}",
    )  # fmt: skip
