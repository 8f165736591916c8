"""A version of a rule in a body's rule book: written, approved by a second person, replaced (issue 4, "Bodies and their rules").

Never edited once in force or used: what changes is a new version of the same key. Of one key at most one is in force on
any day; a new one takes the place of the one before it from its first day on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows import guards
from workflows.guards import approver_is_not_author, reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.refusals import Refusal
from workflows.roles import Role


class RuleState(StrEnum):
    """Where a version is. Whether it is in force on a day is said by its dates."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class RuleKind(StrEnum):
    """What a rule is about; how each is read: rule_kinds."""

    DECISION = "decision"
    REPRESENTATION = "representation"
    CALLS = "calls"
    ROLL = "roll"
    ELECTION = "election"


@dataclass(frozen=True)
class RuleFacts:
    """What is known at the instant of the act. `in_force_until` is the first day on which it is no longer in force."""

    at: datetime | None = None
    actor: str | None = None
    author: str | None = None
    reason: str | None = None
    titled: bool = False
    cites: str | None = None
    faults: int | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    used: int | None = None  # votes that took this version
    used_after: int | None = (
        None  # those of them that open on or after the day from which it is no longer in force
    )
    overlaps: int | None = (
        None  # versions of the key that begin on the same day or later and are in force with it
    )


def title_written(facts: RuleFacts) -> Refusal | None:
    """It has a title."""
    return guards.unless(facts.titled, "title_missing")


def article_cited(facts: RuleFacts) -> Refusal | None:
    """It cites the article it comes from."""
    return guards.unless(bool((facts.cites or "").strip()), "rule_cites_missing")


def content_can_be_meant(facts: RuleFacts) -> Refusal | None:
    """Reading it refuses nothing."""
    return guards.none_left(facts.faults, "rule_faulty")


def period_in_order(facts: RuleFacts) -> Refusal | None:
    """It has a first day, and ends later if it ends."""
    begins, ends = facts.in_force_from, facts.in_force_until
    return guards.unless(begins is not None and (ends is None or ends > begins), "rule_period_wrong")


def not_used(facts: RuleFacts) -> Refusal | None:
    """No vote has taken it."""
    return guards.none_left(facts.used, "rule_used")


def not_used_afterwards(facts: RuleFacts) -> Refusal | None:
    """No vote that took it opens on or after the day from which it is no longer in force."""
    return guards.none_left(facts.used_after, "rule_used_afterwards")


def nothing_else_in_force(facts: RuleFacts) -> Refusal | None:
    """No other version of its key is in force with it, save the one before, which it replaces."""
    return guards.none_left(facts.overlaps, "rule_overlaps")


S, R = RuleState, Role
_AUTHORS = (R.SECRETARY, R.COMMISSION)
_APPROVERS = (R.PRESIDENT, R.SECRETARY, R.CHAIR)
_WRITTEN = (title_written, article_cited, content_can_be_meant, period_in_order)

RULE_BOOK = Workflow(
    name="rule",
    states=RuleState,
    initial=S.DRAFT,
    terminal=frozenset({S.SUPERSEDED, S.WITHDRAWN}),
    moves=(
        Move("write", None, S.DRAFT, _AUTHORS, _WRITTEN, event="rule_written"),
        Move("edit", S.DRAFT, SAME, _AUTHORS, (*_WRITTEN, not_used), event="rule_edited"),
        Move(
            "approve", S.DRAFT, S.IN_FORCE, _APPROVERS, (*_WRITTEN, approver_is_not_author, nothing_else_in_force),
            event="rule_approved",
        ),
        Move("supersede", S.IN_FORCE, S.SUPERSEDED, _APPROVERS, (not_used_afterwards,), event="rule_superseded"),
        Move("discard", S.DRAFT, S.WITHDRAWN, (*_AUTHORS, R.PRESIDENT), (reason_given,), event="rule_discarded"),
        Move(
            "withdraw", S.IN_FORCE, S.WITHDRAWN, _APPROVERS, (reason_given, period_in_order, not_used_afterwards),
            event="rule_withdrawn",
        ),
    ),
    version=1,
)  # fmt: skip
