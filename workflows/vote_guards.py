"""What speaks against a move of a vote (process.md, "Assembly and vote")."""

from workflows import guards
from workflows.deadlines import with_pause
from workflows.refusals import Refusal, refusal
from workflows.roles import Role
from workflows.vote_facts import Signer, VoteFacts

PROCLAIMERS = frozenset({Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER})
SAMPLES_SHOWN_AT_LEAST = 3
ANNULLERS_AT_LEAST = 2
DECIDED = ("adopted", "rejected", "elected", "incomplete", "run_off_needed")
"""What a count may come to that is signed; of an election whose run-off is still to be held, what it has decided."""


def text_bound(facts: VoteFacts) -> Refusal | None:
    """The vote is about one text, by its hash."""
    return guards.unless(facts.text_sha256 is not None, "text_not_bound")


def rule_bound(facts: VoteFacts) -> Refusal | None:
    """The vote is decided by one rule, by its hash."""
    return guards.unless(facts.rule_sha256 is not None, "rule_not_bound")


def reviewer_is_not_author(facts: VoteFacts) -> Refusal | None:
    """A second person reviews what was prepared."""
    return guards.unless(guards.different(facts.actor, facts.author), "reviewer_is_author")


def rule_without_faults(facts: VoteFacts) -> Refusal | None:
    """The rule can be meant: reading it refuses nothing."""
    return guards.none_left(facts.rule_faults, "rule_faulty")


def rule_in_force(facts: VoteFacts) -> Refusal | None:
    """The rule is one of the body's own book, approved and in force on the day the vote opens."""
    return guards.unless(facts.rule_in_force, "rule_not_in_force")


def samples_shown(facts: VoteFacts) -> Refusal | None:
    """Three sample outcomes were shown to who reviews."""
    if facts.samples_shown >= SAMPLES_SHOWN_AT_LEAST:
        return None
    return refusal("samples_missing", shown=facts.samples_shown, needed=SAMPLES_SHOWN_AT_LEAST)


def notice_long_enough(facts: VoteFacts) -> Refusal | None:
    """The call gives at least the notice that the rule asks for."""
    return guards.enough_notice(facts.notice_days, facts.notice_days_needed)


def roll_frozen(facts: VoteFacts) -> Refusal | None:
    """The roll is frozen, hashed and names somebody."""
    return guards.unless(facts.roll_size > 0 and facts.roll_sha256 is not None, "roll_not_frozen")


def window_set(facts: VoteFacts) -> Refusal | None:
    """A written vote opens and closes at set instants, in this order."""
    if facts.in_assembly:
        return None
    ok = facts.opens_at is not None and facts.closes_at is not None and facts.opens_at < facts.closes_at
    return guards.unless(ok, "window_missing")


def second_person_signs(facts: VoteFacts) -> Refusal | None:
    """Somebody else signs it too."""
    return guards.unless(guards.different(facts.actor, facts.second_person), "second_signature_missing")


def roll_change_published(facts: VoteFacts) -> Refusal | None:
    """The change of the roll is public."""
    return guards.unless(facts.roll_change_published, "roll_change_not_published")


def roll_newly_hashed(facts: VoteFacts) -> Refusal | None:
    """The amended roll has a hash of its own."""
    new, old = facts.new_roll_sha256, facts.frozen_roll_sha256
    return guards.unless(guards.different(new, old), "roll_hash_not_new")


def not_opened_yet(facts: VoteFacts) -> Refusal | None:
    """The opening instant lies ahead: AT that instant the roll stands, also where the clock is late."""
    if facts.in_assembly and facts.opens_at is None:
        return None
    return guards.still_ahead(facts.opens_at, facts.at, "roll_amended_too_late")


def opening_time_come(facts: VoteFacts) -> Refusal | None:
    """A written vote opens at its instant; one inside an assembly when it is called."""
    if facts.in_assembly and facts.opens_at is None:
        return None
    return guards.reached_or_refused(facts.opens_at, facts.at, "opening_not_reached")


def quorum_of_call(facts: VoteFacts) -> Refusal | None:
    """The quorum of this call is there."""
    return guards.unless(facts.quorum_of_call_met, "quorum_missing")


def roll_is_the_frozen_one(facts: VoteFacts) -> Refusal | None:
    """The roll is the one that was frozen, or duly amended."""
    return guards.known_and_equal(facts.roll_sha256, facts.frozen_roll_sha256, "roll_changed")


def text_is_the_frozen_one(facts: VoteFacts) -> Refusal | None:
    """The text is the one that members were called for."""
    return guards.known_and_equal(facts.text_sha256, facts.frozen_text_sha256, "text_changed")


def rule_is_the_frozen_one(facts: VoteFacts) -> Refusal | None:
    """The rule, with its choices and bases, is the one that members were called under."""
    return guards.known_and_equal(facts.rule_sha256, facts.frozen_rule_sha256, "rule_changed")


def mandate_in_force(facts: VoteFacts) -> Refusal | None:
    """The delegate's mandate runs at the instant of the act: [from, until)."""
    at, since, until = facts.at, facts.mandate_from, facts.mandate_until
    ok = at is not None and since is not None and since <= at and (until is None or at < until)
    return guards.unless(ok, "mandate_not_in_force")


def voting_time(facts: VoteFacts) -> Refusal | None:
    """The act falls into [opens_at, closes_at): AT the closing instant it is too late."""
    if facts.at is None or (facts.closes_at is None and not facts.in_assembly):
        return refusal("deadline_not_set")
    if facts.opens_at is not None and facts.at < facts.opens_at:
        return refusal("opening_not_reached")
    return None if facts.closes_at is None else guards.before_deadline(facts)


def choice_known(facts: VoteFacts) -> Refusal | None:
    """The choice is one of the rule's, or blank (decision-rules.md: every ballot may be), or what the election's terms allow."""
    return guards.unless(facts.choice is not None and facts.choice in facts.choices, "choice_unknown")


def ballot_cast_before(facts: VoteFacts) -> Refusal | None:
    """There is a ballot to change."""
    return guards.unless(facts.has_ballot, "ballot_missing")


def suspended_time_returned(facts: VoteFacts) -> Refusal | None:
    """A vote with a deadline gets back exactly what the suspension took: nobody loses or gains time."""
    if facts.in_assembly and facts.closes_at is None:
        return None
    if not (facts.closes_at and facts.suspended_from and facts.at and facts.new_closes_at):
        return refusal("suspension_not_added")
    due = with_pause(facts.closes_at, facts.suspended_from, facts.at)
    return guards.unless(facts.new_closes_at == due, "suspension_not_added")


def not_extended_before(facts: VoteFacts) -> Refusal | None:
    """A vote is extended once at most."""
    return guards.none_left(facts.extensions, "vote_extended_before")


def president_may_close(facts: VoteFacts) -> Refusal | None:
    """The rule lets the president close."""
    return guards.unless(facts.rule_lets_president_close, "president_may_not_close")


def board_head_signed(facts: VoteFacts) -> Refusal | None:
    """The head of the board is signed, so that no ballot can be added or taken afterwards."""
    return guards.unless(facts.board_head is not None, "board_head_missing")


def no_sheet_waits(facts: VoteFacts) -> Refusal | None:
    """No sheet of ballots on paper is still to be merged or given up: a paper would be lost without a word."""
    if facts.sheets_waiting == ():
        return None
    return refusal("sheets_wait", names=", ".join(facts.sheets_waiting or ("?",)))


def tally_made(facts: VoteFacts) -> Refusal | None:
    """The decision was computed and hashed."""
    return guards.unless(facts.decision_sha256 is not None, "tally_missing")


def quorum_was_missed(facts: VoteFacts) -> Refusal | None:
    """The decision says that there was no quorum."""
    return guards.unless(facts.status == "no_quorum", "quorum_not_missed")


def next_call_linked(facts: VoteFacts) -> Refusal | None:
    """The vote of the next call is linked, unless this was the last."""
    return guards.unless(facts.next_vote is not None or facts.last_call, "next_call_missing")


def tie_is_pending(facts: VoteFacts) -> Refusal | None:
    """The decision waits for a tie to be broken."""
    return guards.unless(facts.status == "tie_pending", "no_tie_pending")


def tie_broken(facts: VoteFacts) -> Refusal | None:
    """The casting vote is given, or the second vote named."""
    return guards.unless(facts.tie_breaker is not None, "tie_breaker_missing")


def decision_reached(facts: VoteFacts) -> Refusal | None:
    """The decision is one: neither without quorum nor waiting for a tie to be broken.

    Whom an election elected beside a tie is proclaimed when the second vote on the rest is named.
    """
    beside = facts.status == "tie_pending" and facts.elected > 0 and facts.next_vote is not None
    return guards.unless(facts.status in DECIDED or beside, "decision_not_reached")


def minutes_made(facts: VoteFacts) -> Refusal | None:
    """The minutes were made from the data."""
    return guards.unless(facts.minutes_sha256 is not None, "minutes_missing")


def not_signed_before(facts: VoteFacts) -> Refusal | None:
    """One person signs once, whatever their capacities."""
    if facts.actor is None:
        return refusal("signer_unknown")
    return guards.unless(facts.actor not in {person for _, person in facts.signers}, "signed_before")


def signed_by_three(facts: VoteFacts) -> Refusal | None:
    """President, secretary and scrutineer signed, as three persons."""
    return guards.unless(covered(PROCLAIMERS, facts.signers), "signatures_missing")


def signed_by_president_and_scrutineer(facts: VoteFacts) -> Refusal | None:
    """President and scrutineer signed, as two persons."""
    both = frozenset({Role.PRESIDENT, Role.SCRUTINEER})
    return guards.unless(covered(both, facts.signers), "void_signatures_missing")


def annulled_by_two(facts: VoteFacts) -> Refusal | None:
    """Two members of the committee agreed to annul, as two persons."""
    agreed = {person for role, person in facts.signers if role is Role.COMMITTEE}
    return guards.unless(len(agreed) >= ANNULLERS_AT_LEAST, "annulment_needs_two")


def covered(roles: frozenset[Role], signers: tuple[Signer, ...]) -> bool:
    """Whether `signers` hold every one of `roles` by as many different persons."""

    def place(left: tuple[Role, ...], taken: frozenset[str]) -> bool:
        if not left:
            return True
        fitting = {person for role, person in signers if role is left[0] and person not in taken}
        return any(place(left[1:], taken | {person}) for person in fitting)

    return place(tuple(sorted(roles)), frozenset())


def contest_window_open(facts: VoteFacts) -> Refusal | None:
    """It may still be contested."""
    return guards.still_ahead(facts.contest_until, facts.at, "contest_window_over")


def contest_window_over(facts: VoteFacts) -> Refusal | None:
    """It may no longer be contested."""
    return guards.reached_or_refused(facts.contest_until, facts.at, "contest_window_open")


def no_contest_waits(facts: VoteFacts) -> Refusal | None:
    """The organisation has no contest that waits for its answer: one at a time."""
    return guards.none_left(facts.contests_waiting, "contest_waits")


def both_results_kept(facts: VoteFacts) -> Refusal | None:
    """The recount stands beside the first count."""
    both = facts.decision_sha256 is not None and facts.recount_sha256 is not None
    return guards.unless(both, "recount_missing")
