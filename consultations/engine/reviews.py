"""CECLAC's reviews: opened with what they review, positions taken, and decided by the chair for the round.

Locks: the round before its review.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from consultations.actor import SYSTEM, Actor
from consultations.engine import journal
from consultations.engine.mandates import check_body, check_mandate
from consultations.engine.notices import notify
from consultations.engine.recipients import Recipient, holders
from consultations.engine.round_register import freeze_round, locked_round
from consultations.engine.timers import clear_timers, reset_timer
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.commission import commission_of
from consultations.facts.liftings import may_second, seconded_by
from consultations.facts.reviews import review_facts, standing_of
from consultations.facts.rounds import round_facts
from consultations.models.reviews import Position, Review
from consultations.models.rounds import Round
from workflows.machine import objections
from workflows.refusals import Refused, refusal
from workflows.review import REVIEW, PositionKind
from workflows.roles import Role
from workflows.round import ROUND, RoundState

# Where the round must stand for the review of a subject to matter; the final review comes after the synopsis.
UNDER_REVIEW = {
    "draft": (RoundState.COMMISSION_REVIEW,),
    "synopsis": (RoundState.SYNOPSIS_REVIEW,),
    "final": (RoundState.PUBLISHED, RoundState.READY_FOR_VOTE),
}
REMINDER = timedelta(hours=48)  # before it is due


def open_review(round: Round, subject: str, due: datetime, *, by: Actor, at: datetime) -> Review:
    """Ask CECLAC to review the draft, the synopsis or the final text of a locked round by `due`.

    Everybody who holds a seat is told; those without a position are reminded 48 hours before it is due.
    Errors: Refused: no body to ask, no due date ahead, no known author.
    """
    body = commission_of(round.dossier, at=at)
    if body is None:
        raise Refused(refusal("commission_missing"))
    number = 1 + db.session.scalar(
        select(func.count(Review.id)).where(Review.round_id == round.id, Review.subject == subject)
    )
    review = Review(
        round_id=round.id,
        subject=subject,
        number=number,
        body_id=body.id,
        opened_at=at,
        due_at=due,
        deferrals=0,
    )
    with db.session.no_autoflush:
        review.round, review.body = round, body
        facts = review_facts(review, by=by, at=at)
    event = journal.begin(review, REVIEW, "open_review", by=by, at=at, facts=facts, subject_reviewed=subject)
    notify("review_opened", _seats(review, at), review, due_at=at, event=event, subject=subject)
    _await(review, at)
    return review


def take_position(review_id: int, kind: str, *, reason: str = "", by: Actor, at: datetime) -> Position:
    """A member says where they stand; the newest position counts, the older ones stay.

    Arguments: `kind` of workflows.review.PositionKind; blocking and recusing need a reason.
    Errors: Refused, NotFound. The same position said again makes no second row.
    """
    _, review = _acting(review_id, by, at)
    position = PositionKind(kind) if kind in set(PositionKind) else None
    facts = review_facts(review, by=by, at=at, reason=reason, position=position)
    before = standing_of(review, at=at).newest.get(by.person_id or 0)
    _refuse_unless_allowed(review, "take_position", by, facts)
    if before is not None and (before.kind, before.reason, before.lifted_at) == (kind, reason.strip(), None):
        return before
    row = add(
        Position(review_id=review.id, person_id=by.person_id, kind=kind, reason=reason.strip(), taken_at=at)
    )
    journal.move(
        review,
        REVIEW,
        "take_position",
        by=by,
        at=at,
        facts=facts,
        reason=reason,
        position=kind,
        entry=f"position/{row.id}",
    )
    return row


def second_lifting(position_id: int, *, by: Actor, at: datetime) -> Position:
    """Another member declares that they second the chair in lifting a block (process.md, "CECLAC's review").

    Who raised the block, who recused themselves and the chair do not. Said again it makes no second event.
    Errors: Refused, NotFound.
    """
    review, row = _block(position_id, by, at)
    answers = (
        refusal("review_over") if review.decided_at is not None else None,
        None if _stands(row) else refusal("block_missing"),
        None if by.person_id in may_second(review, row, at=at) else refusal("second_member_unfit"),
    )
    faults = tuple(answer for answer in answers if answer)
    if faults:
        raise Refused(*faults)
    if by.person_id not in seconded_by(review, row, at=at):
        journal.record("block_lift_seconded", review, by=by, at=at, entry=f"position/{row.id}")
    return row


def lift_block(position_id: int, *, reason: str = "", by: Actor, at: datetime) -> Position:
    """Lift a block: who raised it alone, or the chair with a reason once a second member has seconded it.

    Errors: Refused, NotFound.
    """
    review, row = _block(position_id, by, at)
    stands = _stands(row)
    seconds = next((who for who in seconded_by(review, row, at=at) if who != by.person_id), None)
    facts = review_facts(
        review, by=by, at=at, reason=reason, raised_by=f"person/{row.person_id}" if stands else None,
        second_member=f"person/{seconds}" if seconds else None,
    )  # fmt: skip
    own = row.person_id == by.person_id
    journal.move(
        review, REVIEW, "lift_block", by=by, at=at, facts=facts, reason=reason, entry=f"position/{row.id}"
    )
    row.lifted_at, row.lifted_by_id, row.lift_seconded_by_id = at, by.person_id, None if own else seconds
    row.lift_reason = reason.strip() or "-"
    db.session.flush()
    return row


def defer(review_id: int, *, due: datetime, reason: str, by: Actor, at: datetime) -> Review:
    """The chair gives the members more time, once. Errors: Refused, NotFound."""
    _, review = _acting(review_id, by, at)
    facts = review_facts(review, by=by, at=at, reason=reason, new_due_at=due)
    journal.move(review, REVIEW, "defer", by=by, at=at, facts=facts, reason=reason, due_at=due.isoformat())
    review.due_at, review.deferrals = due, review.deferrals + 1
    _await(review, at)
    return review


def approve(review_id: int, *, by: Actor, at: datetime) -> Review:
    """The chair approves for CECLAC. Of a draft this approves the round: text and register are frozen.

    Of a synopsis it marks the review: publishing it is the head of the Unit's. Approved before by this person, nothing
    happens. Errors: Refused, NotFound.
    """
    round, review = _acting(review_id, by, at)
    if _decided_so(review, "approved", "", by):
        return review
    facts = review_facts(review, by=by, at=at)
    _refuse_unless_allowed(review, "approve", by, facts)
    if review.subject == "draft":
        of_round = round_facts(round, by=by, at=at)
        freeze_round(round, at=at)
        journal.move(
            round, ROUND, "approve", by=by, at=at, facts=of_round,
            text_sha256=round.text_sha256, register_sha256=round.register_sha256,
        )  # fmt: skip
    journal.move(review, REVIEW, "approve", by=by, at=at, facts=facts)
    _decided(review, "approved", "", by, at)
    return review


def return_(review_id: int, *, reason: str, by: Actor, at: datetime) -> Review:
    """The chair returns it with a reason: the round goes back to draft, or from the synopsis to its answers.

    Returned before by this person with these words, nothing happens. Errors: Refused, NotFound.
    """
    round, review = _acting(review_id, by, at)
    if _decided_so(review, "returned", reason, by):
        return review
    facts = review_facts(review, by=by, at=at, reason=reason)
    _refuse_unless_allowed(review, "return", by, facts)
    if review.subject in ("draft", "synopsis"):
        journal.move(
            round,
            ROUND,
            "return",
            by=by,
            at=at,
            facts=round_facts(round, by=by, at=at, reason=reason),
            reason=reason,
        )
    journal.move(review, REVIEW, "return", by=by, at=at, facts=facts, reason=reason)
    _decided(review, "returned", reason, by, at)
    return review


def remind(review_id: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Remind the members who have taken no position; returns how many are told. Nothing once it is decided."""
    review = locked(Review, review_id)
    if review.decided_at is not None:
        return 0
    taken = standing_of(review, at=at).newest
    waiting = [who for who in _seats(review, at) if who.person_id not in taken]
    return notify("review_opened", waiting, review, due_at=at, once="reminder", subject=review.subject)


def _acting(review_id: int, by: Actor, at: datetime) -> tuple[Round, Review]:
    """Round and review under lock, for somebody who acts in the review's body while it matters."""
    found = db.session.get(Review, review_id)
    if found is None:
        raise NotFound(f"Review {review_id}")
    round = locked_round(found.round_id)
    review = locked(Review, review_id)
    check_mandate(by, at=at)
    check_body(by, review.body_id)
    if review.decided_at is None and round.state not in UNDER_REVIEW[review.subject]:
        raise Refused(refusal("review_over"))
    return round, review


def _block(position_id: int, by: Actor, at: datetime) -> tuple[Review, Position]:
    """Review and position under lock."""
    found = db.session.get(Position, position_id)
    if found is None:
        raise NotFound(f"Position {position_id}")
    _, review = _acting(found.review_id, by, at)
    return review, locked(Position, position_id)


def _stands(position: Position) -> bool:
    return position.kind == PositionKind.BLOCK and position.lifted_at is None


def _refuse_unless_allowed(review: Review, move: str, by: Actor, facts: Any) -> None:
    faults = objections(REVIEW, review.state, move, by.role, facts)
    if faults:
        raise Refused(*faults)


def _decided_so(review: Review, state: str, reason: str, by: Actor) -> bool:
    """Whether this person has decided just that before: a second click changes nothing."""
    same_words = review.decision_reason == reason
    return review.state == state and review.decided_by_id == by.person_id and same_words


def _decided(review: Review, decision: str, reason: str, by: Actor, at: datetime) -> None:
    review.decided_at, review.decided_by_id, review.decision_reason = at, by.person_id, reason
    clear_timers(review)
    unit = holders((Role.UNIT, Role.UNIT_HEAD), None, at=at)
    notify(
        "review_decided", unit, review, due_at=at, decision=decision, subject=review.subject, reason=reason
    )
    db.session.flush()


def _await(review: Review, at: datetime) -> None:
    if review.due_at - REMINDER > at:
        reset_timer("review_reminder", review, review.due_at - REMINDER)
    else:
        clear_timers(review, "review_reminder")


def _seats(review: Review, at: datetime) -> tuple[Recipient, ...]:
    return holders((Role.COMMISSION, Role.CHAIR), review.body_id, at=at)
