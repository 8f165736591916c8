"""The consultation round, from its draft to the hand-over to the assembly (process.md)."""

from enum import StrEnum

from workflows.guards import (
    approver_is_not_author,
    before_deadline,
    deadline_reached,
    extension_is_later,
    extension_not_too_long,
    nobody_blocks,
    quorum_of_positions,
    reason_given,
)
from workflows.machine import SAME, Move, Workflow
from workflows.roles import Role
from workflows.round_facts import RoundFacts
from workflows.round_guards import (
    anchors_placed,
    changes_explained,
    clauses_numbered,
    clauses_unique,
    consents_given,
    draft_version_exists,
    drafted_in_time,
    every_point_answered,
    every_point_decided,
    everybody_answered,
    extended_before,
    extensions_left,
    first_extension,
    grace_over,
    grace_running,
    imports_done,
    languages_present_or_waived,
    late_entry_granted,
    late_organisation_named,
    late_until_ahead,
    late_until_near,
    long_enough,
    new_deadline_ahead,
    new_version_exists,
    no_answer_published,
    objections_answered,
    objectives_stated,
    opening_reached,
    opens_in_future,
    organisation_registered,
    paused_time_added,
    questions_valid,
    redline_made,
    register_not_empty,
    satisfaction_window_over,
    second_person_heard,
    small_cells_hidden,
    standard_exists,
    synopsis_approved,
    text_is_the_frozen_one,
    voted_text_is_this_one,
    zone_set,
)

__all__ = ["ROUND", "RoundFacts", "RoundState"]


class RoundState(StrEnum):
    """Where a round is. Opening soon, closing soon and overdue are computed, never stored."""

    DRAFT = "draft"
    COMMISSION_REVIEW = "commission_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ANSWERING = "answering"
    SYNOPSIS_REVIEW = "synopsis_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    READY_FOR_VOTE = "ready_for_vote"
    WITHDRAWN = "withdrawn"


S, R = RoundState, Role
_FINAL = frozenset({S.SUPERSEDED, S.READY_FOR_VOTE, S.WITHDRAWN})
_NOT_FINAL = tuple(state for state in S if state not in _FINAL)

_FIT_TO_READ = (
    clauses_numbered,
    clauses_unique,
    questions_valid,
    languages_present_or_waived,
    long_enough,
    register_not_empty,
    objectives_stated,
)
_LONGER = (before_deadline, extension_is_later, extension_not_too_long, reason_given, extensions_left)
_ENTERED_BY_STAFF = (organisation_registered, grace_running)

_PREPARING = (
    Move("create", None, S.DRAFT, R.UNIT, (standard_exists, draft_version_exists), event="round_created"),
    Move("edit", S.DRAFT, SAME, R.UNIT, (draft_version_exists,), event="round_edited"),
    Move("submit", S.DRAFT, S.COMMISSION_REVIEW, R.UNIT, _FIT_TO_READ, event="round_submitted"),
    Move("return", S.COMMISSION_REVIEW, S.DRAFT, R.CHAIR, (reason_given,), event="round_returned"),
    Move(
        "approve",
        S.COMMISSION_REVIEW,
        S.APPROVED,
        R.CHAIR,
        (quorum_of_positions, nobody_blocks, approver_is_not_author),
        event="round_approved",
    ),
    Move(
        "schedule",
        S.APPROVED,
        S.SCHEDULED,
        R.UNIT_HEAD,
        (opens_in_future, long_enough, zone_set),
        event="round_scheduled",
    ),
)

_OPEN = (
    Move(
        "open", S.SCHEDULED, S.OPEN, R.SYSTEM, (opening_reached, text_is_the_frozen_one), event="round_opened"
    ),
    # The head may open early, never late: a round whose deadline has passed has nothing to open.
    Move(
        "open",
        S.SCHEDULED,
        S.OPEN,
        R.UNIT_HEAD,
        (before_deadline, text_is_the_frozen_one),
        event="round_opened",
    ),
    Move("pause", S.OPEN, S.PAUSED, R.UNIT_HEAD, (before_deadline, reason_given), event="round_paused"),
    Move("resume", S.PAUSED, S.OPEN, R.UNIT_HEAD, (paused_time_added, reason_given), event="round_resumed"),
    Move("extend", S.OPEN, SAME, R.UNIT_HEAD, (first_extension, *_LONGER), event="round_extended"),
    Move("extend", S.OPEN, SAME, R.CHAIR, (extended_before, *_LONGER), event="round_extended"),
    Move(
        "grant_late",
        (S.OPEN, S.CLOSED),
        SAME,
        R.UNIT_HEAD,
        (late_organisation_named, late_until_ahead, late_until_near, reason_given),
        event="late_entry_granted",
    ),
)


def _entries(name: str, event: str) -> tuple[Move, ...]:
    """Who may enter `name` while it is open, and what little may still come in afterwards."""
    late = (organisation_registered, late_entry_granted)
    offline = (organisation_registered, drafted_in_time, grace_running)
    in_time = (organisation_registered, before_deadline)
    return (
        Move(name, S.OPEN, SAME, R.DELEGATE, in_time, event=event),
        # The deadline may have passed a moment ago with the clock's own move still to come.
        Move(name, (S.OPEN, S.CLOSED), SAME, R.DELEGATE, late, event=event),
        Move(name, (S.OPEN, S.CLOSED), SAME, R.DELEGATE, offline, event=event),
        # From paper and workshops, by staff of the Unit and of the networks.
        Move(name, S.OPEN, SAME, (R.UNIT, R.NETWORK), in_time, event=event),
        Move(name, (S.OPEN, S.CLOSED), SAME, (R.UNIT, R.NETWORK), _ENTERED_BY_STAFF, event=event),
    )


_ENTERING = (
    *_entries("comment", "comment_entered"),
    *_entries("no_comment", "no_comment_declared"),
)

_CLOSING = (
    Move("close", S.OPEN, S.CLOSED, R.SYSTEM, (deadline_reached,), event="round_closed"),
    Move("close", S.OPEN, S.CLOSED, R.UNIT_HEAD, (everybody_answered,), event="round_closed"),
    Move(
        "reopen",
        S.CLOSED,
        S.OPEN,
        R.CHAIR,
        (no_answer_published, new_deadline_ahead, extension_not_too_long, reason_given),
        event="round_reopened",
    ),
    Move("start_answers", S.CLOSED, S.ANSWERING, R.UNIT, (imports_done,), event="answering_started"),
    Move(
        "start_answers",
        S.CLOSED,
        S.ANSWERING,
        R.SYSTEM,
        (grace_over, imports_done),
        event="answering_started",
    ),
)

_ANSWERING = (
    Move(
        "submit_synopsis",
        S.ANSWERING,
        S.SYNOPSIS_REVIEW,
        R.UNIT,
        (every_point_decided, every_point_answered, anchors_placed, second_person_heard),
        event="synopsis_submitted",
    ),
    Move("return", S.SYNOPSIS_REVIEW, S.ANSWERING, R.CHAIR, (reason_given,), event="synopsis_returned"),
    Move(
        "publish",
        S.SYNOPSIS_REVIEW,
        S.PUBLISHED,
        R.UNIT_HEAD,
        (synopsis_approved, consents_given, small_cells_hidden),
        event="synopsis_published",
    ),
    Move(
        "next_round",
        S.PUBLISHED,
        S.SUPERSEDED,
        R.UNIT,
        (new_version_exists, redline_made, anchors_placed),
        event="round_superseded",
    ),
    Move(
        "ready_for_vote",
        S.PUBLISHED,
        S.READY_FOR_VOTE,
        R.CHAIR,
        (satisfaction_window_over, objections_answered, voted_text_is_this_one, changes_explained),
        event="text_declared_ready_for_vote",
    ),
    Move(
        "withdraw",
        _NOT_FINAL,
        S.WITHDRAWN,
        (R.UNIT_HEAD, R.CHAIR),
        (reason_given,),
        event="round_withdrawn",
    ),
)

ROUND = Workflow(
    name="round",
    states=RoundState,
    initial=RoundState.DRAFT,
    terminal=_FINAL,
    moves=_PREPARING + _OPEN + _ENTERING + _CLOSING + _ANSWERING,
    version=2,
)
