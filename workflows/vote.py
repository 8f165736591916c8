"""A vote, from its preparation to the final result (process.md, "Assembly and vote").

Never: from closed back to open; a ballot deleted; rule, choices, text or base edited after convening; a
result before closing; ballots collected afterwards. No row below does any of it, and tests walk all paths.
"""

from enum import StrEnum

from workflows.election_guards import (
    commitment_given,
    committer_is_not_author,
    lots_asked_for,
    seed_bound,
    seed_fits,
)
from workflows.guards import (
    before_deadline,
    deadline_reached,
    extension_is_later,
    extension_not_too_long,
    organisation_on_roll,
    reason_given,
)
from workflows.machine import SAME, Move, Workflow
from workflows.roles import Role
from workflows.vote_facts import VoteFacts
from workflows.vote_guards import (
    annulled_by_two,
    ballot_cast_before,
    board_head_signed,
    both_results_kept,
    choice_known,
    contest_window_open,
    contest_window_over,
    decision_reached,
    mandate_in_force,
    minutes_made,
    next_call_linked,
    no_contest_waits,
    no_sheet_waits,
    not_extended_before,
    not_opened_yet,
    not_signed_before,
    notice_long_enough,
    opening_time_come,
    president_may_close,
    quorum_of_call,
    quorum_was_missed,
    reviewer_is_not_author,
    roll_change_published,
    roll_frozen,
    roll_is_the_frozen_one,
    roll_newly_hashed,
    rule_bound,
    rule_in_force,
    rule_is_the_frozen_one,
    rule_without_faults,
    samples_shown,
    second_person_signs,
    signed_by_president_and_scrutineer,
    signed_by_three,
    suspended_time_returned,
    tally_made,
    text_bound,
    text_is_the_frozen_one,
    tie_broken,
    tie_is_pending,
    voting_time,
    window_set,
)

__all__ = ["VOTE", "VoteFacts", "VoteState"]


class VoteState(StrEnum):
    """Where a vote is."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    CONVENED = "convened"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    COUNTED = "counted"
    NO_QUORUM = "no_quorum"
    TIED = "tied"
    PROVISIONAL = "provisional"
    CONTESTED = "contested"
    FINAL = "final"
    ANNULLED = "annulled"
    VOIDED = "voided"


S, R = VoteState, Role
_SIGNATORIES = (R.PRESIDENT, R.SECRETARY, R.SCRUTINEER)
_BOUND = (text_bound, rule_bound)
_FROZEN = (roll_is_the_frozen_one, text_is_the_frozen_one, rule_is_the_frozen_one)
_MAY_VOTE = (organisation_on_roll, mandate_in_force, voting_time, choice_known)

_PREPARING = (
    Move("prepare", None, S.DRAFT, R.SECRETARY, _BOUND, event="vote_prepared"),
    Move("edit", S.DRAFT, SAME, R.SECRETARY, _BOUND, event="vote_edited"),
    Move(
        "review",
        S.DRAFT,
        S.REVIEWED,
        _SIGNATORIES,
        (reviewer_is_not_author, *_BOUND, rule_without_faults, rule_in_force, samples_shown),
        event="vote_reviewed",
    ),
    Move(
        "send_back",
        S.REVIEWED,
        S.DRAFT,
        (R.SECRETARY, R.PRESIDENT),
        (reason_given,),
        event="vote_sent_back",
    ),
    Move(
        "convene",
        S.REVIEWED,
        S.CONVENED,
        R.PRESIDENT,
        (notice_long_enough, roll_frozen, *_BOUND, rule_in_force, window_set),
        event="vote_convened",
    ),
    # The secretary writes what changes and why; whoever signs second of those who lead carries it out.
    Move(
        "propose_roll",
        S.CONVENED,
        SAME,
        R.SECRETARY,
        (not_opened_yet, reason_given, roll_newly_hashed),
        event="roll_amendment_proposed",
    ),
    # The seed of an election's lots is bound by somebody who did not write the options, and revealed after the count.
    Move(
        "commit_seed",
        (S.DRAFT, S.REVIEWED, S.CONVENED),
        SAME,
        (R.SCRUTINEER, R.PRESIDENT),
        (lots_asked_for, committer_is_not_author, commitment_given),
        event="seed_committed",
    ),
    Move(
        "amend_roll",
        S.CONVENED,
        SAME,
        _SIGNATORIES,
        (not_opened_yet, reason_given, second_person_signs, roll_change_published, roll_newly_hashed),
        event="roll_amended",
    ),
    # No ballot exists yet, so one signature and a reason are enough; afterwards only `void` ends a vote.
    Move(
        "call_off",
        (S.DRAFT, S.REVIEWED, S.CONVENED),
        S.VOIDED,
        R.PRESIDENT,
        (reason_given,),
        event="vote_called_off",
    ),
    # Nobody was called yet: who prepares votes may give one up.
    Move(
        "call_off",
        (S.DRAFT, S.REVIEWED),
        S.VOIDED,
        R.SECRETARY,
        (reason_given,),
        event="vote_called_off",
    ),
)

_VOTING = (
    Move(
        "open",
        S.CONVENED,
        S.OPEN,
        (R.SYSTEM, R.PRESIDENT),
        (opening_time_come, quorum_of_call, *_FROZEN, seed_bound),
        event="vote_opened",
    ),
    Move("cast", S.OPEN, SAME, R.DELEGATE, _MAY_VOTE, event="ballot_cast"),
    Move("change", S.OPEN, SAME, R.DELEGATE, (ballot_cast_before, *_MAY_VOTE), event="ballot_changed"),
    # Not at or after the closing time: what has ended cannot be stopped, nor its closing put off.
    # A stop decides nothing and gives its time back, so the secretary may make it when the president is out of reach.
    Move(
        "suspend",
        S.OPEN,
        S.SUSPENDED,
        (R.PRESIDENT, R.SECRETARY),
        (before_deadline, reason_given),
        event="vote_suspended",
    ),
    Move(
        "resume",
        S.SUSPENDED,
        S.OPEN,
        R.PRESIDENT,
        (reason_given, suspended_time_returned),
        event="vote_resumed",
    ),
    Move(
        "extend",
        S.OPEN,
        SAME,
        R.PRESIDENT,
        (not_extended_before, before_deadline, extension_is_later, extension_not_too_long, reason_given),
        event="vote_extended",
    ),
    Move("close", S.OPEN, S.CLOSED, R.SYSTEM, (deadline_reached, board_head_signed), event="vote_closed"),
    Move(
        "close", S.OPEN, S.CLOSED, R.PRESIDENT, (president_may_close, board_head_signed), event="vote_closed"
    ),
    # President and scrutineer sign one after the other; the second signature voids the vote.
    Move(
        "sign_void",
        (S.OPEN, S.SUSPENDED),
        SAME,
        (R.PRESIDENT, R.SCRUTINEER),
        (reason_given, not_signed_before),
        event="void_signed",
    ),
    Move(
        "void",
        (S.OPEN, S.SUSPENDED),
        S.VOIDED,
        (R.PRESIDENT, R.SCRUTINEER),
        (reason_given, signed_by_president_and_scrutineer),
        event="vote_voided",
    ),
)

_COUNTING = (
    Move(
        "count", S.CLOSED, S.COUNTED, R.SYSTEM, (*_FROZEN, no_sheet_waits, tally_made), event="vote_counted"
    ),
    Move(
        "no_quorum",
        S.COUNTED,
        S.NO_QUORUM,
        R.SYSTEM,
        (quorum_was_missed, next_call_linked),
        event="quorum_missed",
    ),
    # Where the rule wants a second vote, the first ends without a result as soon as the second is named.
    Move(
        "leave_tied",
        S.COUNTED,
        S.TIED,
        R.SYSTEM,
        (tie_is_pending, tie_broken),
        event="tie_left_to_second_vote",
    ),
    Move(
        "draw_lots",
        S.COUNTED,
        SAME,
        (R.SCRUTINEER, R.PRESIDENT),
        (tie_is_pending, lots_asked_for, seed_fits),
        event="lots_drawn",
    ),
    Move("break_tie", S.COUNTED, SAME, R.PRESIDENT, (tie_is_pending, tie_broken), event="tie_broken"),
    Move("sign", S.COUNTED, SAME, _SIGNATORIES, (minutes_made, not_signed_before), event="result_signed"),
    Move(
        "proclaim",
        S.COUNTED,
        S.PROVISIONAL,
        _SIGNATORIES,
        (decision_reached, minutes_made, signed_by_three),
        event="result_proclaimed",
    ),
)

_AFTERWARDS = (
    Move(
        "contest",
        S.PROVISIONAL,
        S.CONTESTED,
        (R.ORGANISATION, R.DELEGATE),
        (organisation_on_roll, contest_window_open, reason_given),
        event="result_contested",
    ),
    # A contest does not take the others' right to contest away; each organisation waits for its own answer.
    Move(
        "contest",
        S.CONTESTED,
        SAME,
        (R.ORGANISATION, R.DELEGATE),
        (organisation_on_roll, contest_window_open, reason_given, no_contest_waits),
        event="result_contested",
    ),
    Move("uphold", S.CONTESTED, S.PROVISIONAL, R.COMMITTEE, (reason_given,), event="result_upheld"),
    Move(
        "recount",
        S.CONTESTED,
        S.COUNTED,
        R.COMMITTEE,
        (both_results_kept, reason_given),
        event="vote_recounted",
    ),
    # What thousands voted is not undone by one person: a second member of the committee agrees.
    Move("propose_annulment", S.CONTESTED, SAME, R.COMMITTEE, (reason_given,), event="annulment_proposed"),
    Move(
        "annul",
        S.CONTESTED,
        S.ANNULLED,
        R.COMMITTEE,
        (reason_given, annulled_by_two),
        event="vote_annulled",
    ),
    Move("finalise", S.PROVISIONAL, S.FINAL, R.SYSTEM, (contest_window_over,), event="result_became_final"),
)

VOTE = Workflow(
    name="vote",
    states=VoteState,
    initial=S.DRAFT,
    terminal=frozenset({S.NO_QUORUM, S.TIED, S.FINAL, S.ANNULLED, S.VOIDED}),
    moves=_PREPARING + _VOTING + _COUNTING + _AFTERWARDS,
    version=10,
)
