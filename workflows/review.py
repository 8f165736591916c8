"""CECLAC's review of a draft or a synopsis: positions, blocks, one deferral (process.md, "CECLAC's review")."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from math import ceil

from workflows import guards
from workflows.guards import approver_is_not_author, nobody_blocks, quorum_of_positions, reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.refusals import Refusal
from workflows.roles import Role


class ReviewState(StrEnum):
    """Where a review is."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"


class PositionKind(StrEnum):
    """What a member says; no position yet is the absence of one."""

    APPROVE = "approve"
    NO_OBJECTION = "no_objection"
    BLOCK = "block"
    COMMENT = "comment"
    ABSTAIN = "abstain"
    RECUSE = "recuse"


REASON_REQUIRED = frozenset({PositionKind.BLOCK, PositionKind.RECUSE})


@dataclass(frozen=True)
class Position:
    """What `member` (opaque id) said at `at`; a lifted block stays on record and no longer blocks."""

    member: str
    kind: PositionKind
    at: datetime
    lifted: bool = False


def standing(positions: Iterable[Position]) -> dict[PositionKind, int]:
    """How many members stand where: the newest position of each counts, of two at one instant the later given.

    A lifted block counts as a comment: its member was heard, and blocks no longer.
    """
    newest: dict[str, Position] = {}
    for position in sorted(positions, key=lambda position: position.at):
        newest[position.member] = position
    counted = Counter(
        PositionKind.COMMENT if position.lifted and position.kind is PositionKind.BLOCK else position.kind
        for position in newest.values()
    )
    return {kind: counted[kind] for kind in PositionKind}


def positions_taken(counts: dict[PositionKind, int]) -> int:
    """How many members have taken a position; who recused themselves is out of it."""
    return sum(number for kind, number in counts.items() if kind is not PositionKind.RECUSE)


def positions_needed(counts: dict[PositionKind, int], members: int, share: Fraction) -> int:
    """The least number of positions that is at least `share` of the members who did not recuse themselves.

    Never less than one: where nobody is left, nobody can approve.
    """
    return max(1, ceil(share * (members - counts[PositionKind.RECUSE])))


@dataclass(frozen=True)
class ReviewFacts:
    """What is known at the instant of the act; ids are opaque."""

    at: datetime | None = None
    actor: str | None = None
    author: str | None = None  # of what is reviewed
    reason: str | None = None
    is_member: bool = False  # the actor is a member of CECLAC at `at`
    position: PositionKind | None = None
    positions_taken: int | None = None
    positions_needed: int | None = None
    blocks: int | None = None
    raised_by: str | None = None  # who raised the block that is to be lifted
    second_member: str | None = None  # who lifts it together with the chair
    due_at: datetime | None = None
    new_due_at: datetime | None = None
    deferrals: int | None = None


def due_date_ahead(facts: ReviewFacts) -> Refusal | None:
    """The review is due at a later instant."""
    return guards.still_ahead(facts.due_at, facts.at, "due_date_missing")


def author_known(facts: ReviewFacts) -> Refusal | None:
    """It is known who wrote what is reviewed, so that they do not approve it."""
    return guards.unless(facts.author is not None, "author_missing")


def member_of_commission(facts: ReviewFacts) -> Refusal | None:
    """The actor is a member of CECLAC."""
    return guards.unless(facts.is_member, "not_a_member")


def position_complete(facts: ReviewFacts) -> Refusal | None:
    """A position is chosen; a block and a recusal say why."""
    if facts.position is None:
        return guards.unless(False, "position_missing")
    needs_reason = facts.position in REASON_REQUIRED
    return guards.reason_given(facts) if needs_reason else None


def block_is_raised(facts: ReviewFacts) -> Refusal | None:
    """There is a block to lift."""
    return guards.unless(facts.raised_by is not None, "block_missing")


def block_is_own(facts: ReviewFacts) -> Refusal | None:
    """Who lifts the block raised it."""
    return guards.unless(facts.actor is not None and facts.actor == facts.raised_by, "block_not_own")


def second_member_agrees(facts: ReviewFacts) -> Refusal | None:
    """A second member lifts the block with the chair."""
    return guards.unless(guards.different(facts.actor, facts.second_member), "second_member_missing")


def not_deferred_before(facts: ReviewFacts) -> Refusal | None:
    """It is deferred once at most."""
    return guards.none_left(facts.deferrals, "deferred_before")


def due_date_later(facts: ReviewFacts) -> Refusal | None:
    """The new due date is later than the present one."""
    later = facts.due_at is not None and facts.new_due_at is not None and facts.new_due_at > facts.due_at
    return guards.unless(later, "due_date_not_later")


S, R = ReviewState, Role

REVIEW = Workflow(
    name="review",
    states=ReviewState,
    initial=S.OPEN,
    terminal=frozenset({S.APPROVED, S.RETURNED}),
    moves=(
        Move(
            "open_review",
            None,
            S.OPEN,
            (R.UNIT, R.SYSTEM),
            (due_date_ahead, author_known),
            event="review_opened",
        ),
        Move(
            "take_position",
            S.OPEN,
            SAME,
            R.COMMISSION,
            (member_of_commission, position_complete),
            event="position_taken",
        ),
        Move("lift_block", S.OPEN, SAME, R.COMMISSION, (block_is_raised, block_is_own), event="block_lifted"),
        Move(
            "lift_block",
            S.OPEN,
            SAME,
            R.CHAIR,
            (block_is_raised, second_member_agrees, reason_given),
            event="block_lifted",
        ),
        Move(
            "defer",
            S.OPEN,
            SAME,
            R.CHAIR,
            (not_deferred_before, due_date_later, reason_given),
            event="review_deferred",
        ),
        Move(
            "approve",
            S.OPEN,
            S.APPROVED,
            R.CHAIR,
            (quorum_of_positions, nobody_blocks, approver_is_not_author),
            event="review_approved",
        ),
        Move("return", S.OPEN, S.RETURNED, R.CHAIR, (reason_given,), event="review_returned"),
    ),
    version=1,
)
