"""One comment, from its draft to whether its author is satisfied (process.md, "Comment")."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows import guards
from workflows.guards import reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.refusals import Refusal
from workflows.roles import Role


class CommentState(StrEnum):
    """Where a comment is."""

    DRAFT = "draft"
    AWAITING_ORGANISATION = "awaiting_organisation"
    SUBMITTED = "submitted"
    TRIAGED = "triaged"
    PROPOSED = "proposed"
    DECIDED = "decided"
    ANSWERED = "answered"
    SATISFIED = "satisfied"
    OBJECTED = "objected"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"  # by its author before closing; kept and marked


class CommentOutcome(StrEnum):
    """What became of a point (consultation-model.md, "Points, clusters, answers")."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    ACCEPTED_WITH_CHANGE = "accepted_with_change"
    ACCEPTED_IN_PRINCIPLE = "accepted_in_principle"
    NOTED = "noted"
    ALREADY_COVERED = "already_covered"
    OUT_OF_SCOPE = "out_of_scope"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class CommentFacts:
    """What is known at the instant of the act; ids are opaque."""

    at: datetime | None = None
    actor: str | None = None
    author: str | None = None  # the person who wrote it
    reason: str | None = None
    text: str | None = None
    same_organisation: bool = False  # the actor acts for the comment's organisation
    registered: bool = False
    approval_asked: bool | None = None  # the organisation wants to approve what its delegates send
    closes_at: datetime | None = None  # of the round; of the late entry where one was granted
    outcome: CommentOutcome | None = None
    response: str | None = None
    second_person_asked: bool = True
    hidden: bool | None = (
        None  # others do not read its words; it is kept, counted and answered like any other
    )
    proposed_by: str | None = None
    decided_by: str | None = None  # also who hid it
    synopsis_published: bool = False
    satisfaction_until: datetime | None = None


def registered(facts: CommentFacts) -> Refusal | None:
    """The organisation is in the frozen register of the round."""
    return guards.unless(facts.registered, "organisation_not_registered")


def of_own_organisation(facts: CommentFacts) -> Refusal | None:
    """Nobody touches another organisation's comment."""
    return guards.unless(facts.same_organisation, "comment_not_own")


def text_written(facts: CommentFacts) -> Refusal | None:
    """It says something."""
    return guards.unless(bool((facts.text or "").strip()), "text_missing")


def approval_asked(facts: CommentFacts) -> Refusal | None:
    """The organisation approves before its comments are sent."""
    return guards.unless(facts.approval_asked is True, "approval_not_asked")


def approval_not_asked(facts: CommentFacts) -> Refusal | None:
    """The organisation lets its delegates send comments alone."""
    return guards.unless(facts.approval_asked is False, "approval_asked")


def round_is_closed(facts: CommentFacts) -> Refusal | None:
    """Comments are editable until closing, so that work on them begins afterwards."""
    return guards.deadline_reached(facts)


def outcome_chosen(facts: CommentFacts) -> Refusal | None:
    """It is said what becomes of it."""
    return guards.unless(facts.outcome is not None, "outcome_missing")


def response_written(facts: CommentFacts) -> Refusal | None:
    """There is an answer to read."""
    return guards.unless(bool((facts.response or "").strip()), "response_missing")


def decided_by_second_person(facts: CommentFacts) -> Refusal | None:
    """Where a second person is asked for, who proposed does not decide."""
    ok = facts.actor is not None and not facts.second_person_asked
    return guards.unless(ok or guards.different(facts.actor, facts.proposed_by), "second_person_missing")


def returned_by_another(facts: CommentFacts) -> Refusal | None:
    """Whoever looks at a proposal second gives it back; its own author writes another."""
    return guards.unless(guards.different(facts.actor, facts.proposed_by), "proposal_own")


def reversed_by_another(facts: CommentFacts) -> Refusal | None:
    """Who dismissed may not alone reverse it."""
    return guards.unless(guards.different(facts.actor, facts.decided_by), "reversal_by_same_person")


def not_hidden(facts: CommentFacts) -> Refusal | None:
    """Others read it."""
    return guards.unless(facts.hidden is False, "comment_hidden_already")


def is_hidden(facts: CommentFacts) -> Refusal | None:
    """Others do not read it."""
    return guards.unless(facts.hidden is True, "comment_not_hidden")


def synopsis_is_published(facts: CommentFacts) -> Refusal | None:
    """Answers are told when the synopsis is published, to everybody at once."""
    return guards.unless(facts.synopsis_published, "synopsis_not_published")


def satisfaction_window_open(facts: CommentFacts) -> Refusal | None:
    """There is still time to say whether the answer satisfies."""
    return guards.still_ahead(facts.satisfaction_until, facts.at, "satisfaction_window_over")


def satisfaction_window_ended(facts: CommentFacts) -> Refusal | None:
    """The time to say whether the answer satisfies is over."""
    return guards.reached_or_refused(facts.satisfaction_until, facts.at, "satisfaction_window_open")


S, R = CommentState, Role
_STAFF = (R.UNIT, R.NETWORK)
_OWN_IN_TIME = (of_own_organisation, guards.before_deadline)
_IN_TIME = (registered, guards.before_deadline)
_SENT = (
    *(S.SUBMITTED, S.TRIAGED, S.PROPOSED, S.DECIDED, S.ANSWERED),
    *(S.SATISFIED, S.OBJECTED, S.SILENT),
)

_WRITING = (
    Move("draft", None, S.DRAFT, (R.DELEGATE, *_STAFF), _IN_TIME, event="comment_drafted"),
    Move("edit", (S.DRAFT, S.SUBMITTED), SAME, (R.DELEGATE, *_STAFF), _OWN_IN_TIME, event="comment_edited"),
    Move(
        "ask_organisation",
        S.DRAFT,
        S.AWAITING_ORGANISATION,
        R.DELEGATE,
        (approval_asked, text_written, *_OWN_IN_TIME),
        event="approval_requested",
    ),
    Move(
        "submit",
        S.DRAFT,
        S.SUBMITTED,
        (R.DELEGATE, *_STAFF),
        (approval_not_asked, text_written, registered, *_OWN_IN_TIME),
        event="comment_submitted",
    ),
    Move(
        "release",
        S.AWAITING_ORGANISATION,
        S.SUBMITTED,
        R.ORGANISATION,
        (text_written, registered, *_OWN_IN_TIME),
        event="comment_released",
    ),
    Move(
        "give_back",
        S.AWAITING_ORGANISATION,
        S.DRAFT,
        R.ORGANISATION,
        (of_own_organisation, reason_given),
        event="comment_given_back",
    ),
    Move("recall", S.AWAITING_ORGANISATION, S.DRAFT, R.DELEGATE, _OWN_IN_TIME, event="comment_recalled"),
    Move(
        "withdraw",
        (S.DRAFT, S.AWAITING_ORGANISATION, S.SUBMITTED),
        S.WITHDRAWN,
        (R.DELEGATE, *_STAFF),
        _OWN_IN_TIME,
        event="comment_withdrawn",
    ),
    # What was never sent when the round closed is reported, not lost, and rests there.
    Move(
        "lapse",
        (S.DRAFT, S.AWAITING_ORGANISATION),
        S.WITHDRAWN,
        R.SYSTEM,
        (round_is_closed,),
        event="draft_lapsed",
    ),
)

_ANSWERING = (
    Move("triage", S.SUBMITTED, S.TRIAGED, R.UNIT, (round_is_closed,), event="comment_triaged"),
    Move(
        "propose",
        (S.TRIAGED, S.PROPOSED),
        S.PROPOSED,
        R.UNIT,
        (outcome_chosen, response_written),
        event="answer_proposed",
    ),
    Move(
        "return",
        S.PROPOSED,
        S.TRIAGED,
        (R.UNIT, R.CHAIR),
        (returned_by_another, reason_given),
        event="proposal_returned",
    ),
    Move(
        "decide",
        S.PROPOSED,
        S.DECIDED,
        (R.UNIT, R.CHAIR),
        (outcome_chosen, response_written, decided_by_second_person),
        event="answer_decided",
    ),
    Move(
        "reverse",
        S.DECIDED,
        S.TRIAGED,
        (R.UNIT, R.CHAIR),
        (reversed_by_another, reason_given),
        event="decision_reversed",
    ),
    Move("answer", S.DECIDED, S.ANSWERED, (R.SYSTEM, R.UNIT), (synopsis_is_published,), event="answer_told"),
)

_AFTERWARDS = (
    Move(
        "accept",
        S.ANSWERED,
        S.SATISFIED,
        R.DELEGATE,
        (of_own_organisation, satisfaction_window_open),
        event="satisfaction_declared",
    ),
    Move(
        "object",
        S.ANSWERED,
        S.OBJECTED,
        R.DELEGATE,
        (of_own_organisation, satisfaction_window_open, reason_given),
        event="objection_raised",
    ),
    Move(
        "fall_silent", S.ANSWERED, S.SILENT, R.SYSTEM, (satisfaction_window_ended,), event="silence_recorded"
    ),
    # An objection is answered in its place, or leads to another answer.
    # The Unit prepares the answer; objections are on CECLAC's agenda, and its chair writes what it decides.
    Move(
        "answer_objection",
        S.OBJECTED,
        SAME,
        (R.UNIT, R.CHAIR),
        (response_written,),
        event="objection_answered",
    ),
    Move("reconsider", S.OBJECTED, S.TRIAGED, R.UNIT, (reason_given,), event="answer_reconsidered"),
    # Kept and counted: hiding takes words from others, never the answer or the objection from who wrote them.
    Move("hide", _SENT, SAME, R.UNIT_HEAD, (not_hidden, reason_given), event="comment_hidden"),
    Move(
        "show",
        _SENT,
        SAME,
        (R.UNIT_HEAD, R.CHAIR),
        (is_hidden, reversed_by_another, reason_given),
        event="comment_shown",
    ),
)

COMMENT = Workflow(
    name="comment",
    states=CommentState,
    initial=S.DRAFT,
    terminal=frozenset({S.SATISFIED, S.OBJECTED, S.SILENT, S.WITHDRAWN}),
    moves=_WRITING + _ANSWERING + _AFTERWARDS,
    version=4,
)
