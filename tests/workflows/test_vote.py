"""The vote's guards: one thing taken away at a time, and the instants around a deadline."""

from datetime import timedelta

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import BEFORE, CLOSES, INSTANT, LATER, OPENS, THREE, fitting
from workflows.machine import allowed
from workflows.roles import Role
from workflows.vote import VOTE
from workflows.vote_guards import covered

DAYS = timedelta(days=60)  # as far as the fitting facts let a closing move
P, SEC, SCR, SYS, DEL = Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER, Role.SYSTEM, Role.DELEGATE

COM_C = (Role.COMMITTEE, "c")

REFUSED = [
    ("draft", "edit", SEC, {"rule_sha256": None}, ["rule_not_bound"]),
    ("draft", "edit", SEC, {"text_sha256": None}, ["text_not_bound"]),
    ("draft", "review", SEC, {"actor": "author"}, ["reviewer_is_author"]),
    ("draft", "review", SEC, {"actor": None}, ["reviewer_is_author"]),
    ("draft", "review", P, {"rule_faults": 1}, ["rule_faulty"]),
    ("draft", "review", P, {"samples_shown": 2}, ["samples_missing"]),
    ("reviewed", "convene", P, {"notice_days": 14}, ["notice_too_short"]),
    ("reviewed", "convene", P, {"notice_days": 1}, ["notice_too_short"]),
    ("reviewed", "convene", P, {"notice_days": 0}, ["notice_missing"]),
    ("reviewed", "convene", P, {"notice_days": -19}, ["opening_past"]),
    ("reviewed", "convene", P, {"notice_days": None}, ["notice_too_short"]),
    ("reviewed", "convene", P, {"roll_size": 0}, ["roll_not_frozen"]),
    ("reviewed", "convene", P, {"roll_sha256": None}, ["roll_not_frozen"]),
    ("reviewed", "convene", P, {"closes_at": None}, ["window_missing"]),
    ("reviewed", "convene", P, {"closes_at": OPENS}, ["window_missing"]),
    ("convened", "amend_roll", SEC, {"second_person": "actor"}, ["second_signature_missing"]),
    ("convened", "amend_roll", SEC, {"roll_change_published": False}, ["roll_change_not_published"]),
    ("convened", "amend_roll", SEC, {"new_roll_sha256": "cc"}, ["roll_hash_not_new"]),
    ("convened", "amend_roll", SEC, {"reason": " "}, ["reason_missing"]),
    ("open", "amend_roll", SEC, {}, ["move_not_from_here"]),
    ("convened", "propose_roll", SEC, {"new_roll_sha256": "cc"}, ["roll_hash_not_new"]),
    ("convened", "propose_roll", P, {}, ["role_may_not"]),
    ("convened", "open", SYS, {"quorum_of_call_met": False}, ["quorum_missing"]),
    ("open", "cast", DEL, {"on_roll": False}, ["organisation_not_on_roll"]),
    ("open", "cast", DEL, {"choice": "perhaps"}, ["choice_unknown"]),
    ("open", "cast", DEL, {"choice": None}, ["choice_unknown"]),
    ("open", "cast", DEL, {"closes_at": None}, ["deadline_not_set"]),
    ("open", "cast", Role.ORGANISATION, {}, ["role_may_not"]),
    ("open", "cast", P, {}, ["role_may_not"]),
    ("suspended", "cast", DEL, {}, ["move_not_from_here"]),
    ("open", "change", DEL, {"has_ballot": False}, ["ballot_missing"]),
    ("open", "extend", P, {"extensions": 1}, ["vote_extended_before"]),
    ("open", "extend", P, {"new_closes_at": CLOSES}, ["extension_not_later"]),
    ("open", "extend", P, {"new_closes_at": CLOSES + DAYS}, []),
    ("open", "extend", P, {"new_closes_at": CLOSES + DAYS + INSTANT}, ["extension_too_long"]),
    ("open", "extend", P, {"new_closes_at": CLOSES - INSTANT}, ["extension_not_later"]),
    ("open", "close", SYS, {"board_head": None}, ["board_head_missing"]),
    ("open", "close", P, {"rule_lets_president_close": False}, ["president_may_not_close"]),
    ("open", "void", P, {"signers": ((P, "p"),)}, ["void_signatures_missing"]),
    ("open", "void", SCR, {"signers": ((P, "p"), (SCR, "p"))}, ["void_signatures_missing"]),
    ("closed", "void", P, {}, ["move_not_from_here"]),
    ("open", "sign_void", SEC, {}, ["role_may_not"]),
    ("open", "sign_void", P, {"signers": ((P, "actor"),)}, ["signed_before"]),
    ("open", "sign_void", SCR, {"signers": ((P, "actor"),)}, ["signed_before"]),
    ("closed", "sign_void", P, {}, ["move_not_from_here"]),
    ("closed", "count", SYS, {"decision_sha256": None}, ["tally_missing"]),
    ("closed", "count", SYS, {"sheets_waiting": ("0001",)}, ["sheets_wait"]),
    ("closed", "count", SYS, {"sheets_waiting": None}, ["sheets_wait"]),
    ("counted", "no_quorum", SYS, {"status": "adopted"}, ["quorum_not_missed"]),
    ("counted", "no_quorum", SYS, {"next_vote": None}, ["next_call_missing"]),
    ("counted", "leave_tied", SYS, {"status": "no_quorum"}, ["no_tie_pending"]),
    ("counted", "leave_tied", SYS, {"tie_breaker": None}, ["tie_breaker_missing"]),
    ("counted", "leave_tied", SEC, {}, ["role_may_not"]),
    ("counted", "break_tie", P, {"status": "rejected"}, ["no_tie_pending"]),
    ("counted", "break_tie", P, {"tie_breaker": None}, ["tie_breaker_missing"]),
    ("counted", "sign", P, {"signers": ((SEC, "actor"),)}, ["signed_before"]),
    ("counted", "sign", P, {"actor": None}, ["signer_unknown"]),
    ("counted", "sign", P, {"minutes_sha256": None}, ["minutes_missing"]),
    ("counted", "proclaim", P, {"status": "no_quorum"}, ["decision_not_reached"]),
    ("counted", "proclaim", P, {"status": "tie_pending"}, ["decision_not_reached"]),
    ("counted", "proclaim", P, {"signers": THREE[:2]}, ["signatures_missing"]),
    (
        "counted",
        "proclaim",
        P,
        {"status": "tie_pending", "elected": 1, "next_vote": None},
        ["decision_not_reached"],
    ),
    ("draft", "commit_seed", SCR, {"draws_lots": False}, ["lots_not_asked_for"]),
    ("draft", "commit_seed", SCR, {"draws_lots": None}, ["lots_not_asked_for"]),
    ("draft", "commit_seed", SCR, {"actor": "author"}, ["seed_committer_is_author"]),
    ("draft", "commit_seed", SCR, {"seed_commitment": "A" * 64}, ["seed_commitment_unfit"]),
    ("draft", "commit_seed", SCR, {"seed_commitment": None}, ["seed_commitment_unfit"]),
    ("open", "commit_seed", SCR, {}, ["move_not_from_here"]),
    ("convened", "open", SYS, {"seed_commitment": ""}, ["seed_commitment_missing"]),
    ("convened", "open", SYS, {"seed_commitment": None, "draws_lots": None}, ["seed_commitment_missing"]),
    ("convened", "open", SYS, {"seed_commitment": None, "draws_lots": False}, []),
    ("counted", "draw_lots", SCR, {"status": "elected"}, ["no_tie_pending"]),
    ("counted", "draw_lots", SCR, {"draws_lots": False}, ["lots_not_asked_for"]),
    ("counted", "draw_lots", SCR, {"seed": "another that is kept"}, ["seed_not_committed"]),
    ("counted", "draw_lots", SCR, {"seed": None}, ["seed_unfit"]),
    ("counted", "draw_lots", SEC, {}, ["role_may_not"]),
    ("provisional", "contest", Role.ORGANISATION, {"on_roll": False}, ["organisation_not_on_roll"]),
    ("provisional", "contest", Role.ORGANISATION, {"reason": None}, ["reason_missing"]),
    ("contested", "contest", DEL, {"on_roll": False}, ["organisation_not_on_roll"]),
    ("contested", "contest", DEL, {"contests_waiting": 1}, ["contest_waits"]),
    ("contested", "recount", Role.COMMITTEE, {"recount_sha256": None}, ["recount_missing"]),
    ("contested", "annul", Role.COMMITTEE, {"reason": ""}, ["reason_missing"]),
    ("contested", "annul", Role.COMMITTEE, {"signers": ()}, ["annulment_needs_two"]),
    ("contested", "annul", Role.COMMITTEE, {"signers": (COM_C, COM_C)}, ["annulment_needs_two"]),
    ("contested", "annul", Role.COMMITTEE, {"signers": (COM_C, (P, "p"))}, ["annulment_needs_two"]),
]


@pytest.mark.parametrize(("state", "move", "role", "otherwise", "expected"), REFUSED)
def test_refused(state, move, role, otherwise, expected):
    assert codes("vote", state, move, role, **otherwise) == expected


# move, role, facts, the instant, what is said just before it, at it, just after it
BOUNDARIES = [
    ("convened", "propose_roll", SEC, {}, OPENS, [], ["roll_amended_too_late"], ["roll_amended_too_late"]),
    ("convened", "amend_roll", SCR, {}, OPENS, [], ["roll_amended_too_late"], ["roll_amended_too_late"]),
    ("convened", "open", SYS, {}, OPENS, ["opening_not_reached"], [], []),
    ("open", "cast", DEL, {}, OPENS, ["mandate_not_in_force", "opening_not_reached"], [], []),
    ("open", "cast", DEL, {}, CLOSES, [], ["deadline_passed"], ["deadline_passed"]),
    ("open", "change", DEL, {}, CLOSES, [], ["deadline_passed"], ["deadline_passed"]),
    ("open", "cast", DEL, {"mandate_from": BEFORE}, BEFORE, ["mandate_not_in_force"], [], []),
    (
        "open",
        "cast",
        DEL,
        {"mandate_until": BEFORE},
        BEFORE,
        [],
        ["mandate_not_in_force"],
        ["mandate_not_in_force"],
    ),
    ("open", "close", SYS, {}, CLOSES, ["deadline_not_reached"], [], []),
    ("open", "suspend", P, {}, CLOSES, [], ["deadline_passed"], ["deadline_passed"]),
    ("open", "suspend", SEC, {}, CLOSES, [], ["deadline_passed"], ["deadline_passed"]),
    ("open", "extend", P, {}, CLOSES, [], ["deadline_passed"], ["deadline_passed"]),
    ("contested", "contest", DEL, {}, LATER, [], ["contest_window_over"], ["contest_window_over"]),
    ("provisional", "contest", DEL, {}, LATER, [], ["contest_window_over"], ["contest_window_over"]),
    ("provisional", "finalise", SYS, {}, LATER, ["contest_window_open"], [], []),
]


@pytest.mark.parametrize(("state", "move", "role", "facts", "instant", "before", "at", "after"), BOUNDARIES)
def test_just_before_at_and_just_after(state, move, role, facts, instant, before, at, after):
    said = [codes("vote", state, move, role, **facts, at=instant + step * INSTANT) for step in (-1, 0, 1)]
    assert said == [before, at, after]


def test_all_reasons_against_a_ballot_at_once():
    said = codes("vote", "open", "cast", DEL, on_roll=False, mandate_from=None, at=CLOSES, choice="perhaps")
    assert said == ["organisation_not_on_roll", "mandate_not_in_force", "deadline_passed", "choice_unknown"]


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise"),
    [
        ("reviewed", "convene", P, {}),
        ("convened", "open", P, {}),
        ("open", "cast", DEL, {}),
        ("suspended", "resume", P, {"new_closes_at": None}),
    ],
)
def test_a_vote_inside_an_assembly_needs_no_window(state, move, role, otherwise):
    window = {"in_assembly": True, "opens_at": None, "closes_at": None}
    assert codes("vote", state, move, role, **window, **otherwise) == []


def test_a_deadline_inside_an_assembly_binds_as_well():
    assert codes("vote", "open", "cast", DEL, in_assembly=True, at=CLOSES) == ["deadline_passed"]


def test_the_last_call_needs_no_next_one():
    assert codes("vote", "counted", "no_quorum", SYS, next_vote=None, last_call=True) == []


@pytest.mark.parametrize("status", ["adopted", "rejected", "elected", "incomplete", "run_off_needed"])
def test_what_is_proclaimed(status):
    assert codes("vote", "counted", "proclaim", P, status=status) == []


def test_whom_an_election_elected_beside_a_tie_is_proclaimed_when_the_second_vote_is_named():
    assert codes("vote", "counted", "proclaim", P, status="tie_pending", elected=1, next_vote="2") == []


PAUSE = timedelta(hours=3)


@pytest.mark.parametrize(
    ("new_closes_at", "expected"),
    [
        (None, ["suspension_not_added"]),
        (CLOSES + PAUSE - INSTANT, ["suspension_not_added"]),
        (CLOSES + PAUSE, []),
        (CLOSES + PAUSE + INSTANT, ["suspension_not_added"]),
        (CLOSES + PAUSE + timedelta(minutes=1), ["suspension_not_added"]),
    ],
)
def test_a_suspension_is_given_back_and_no_more(new_closes_at, expected):
    said = codes("vote", "suspended", "resume", P, at=BEFORE + PAUSE, new_closes_at=new_closes_at)
    assert said == expected


@pytest.mark.parametrize(
    ("signers", "expected"),
    [
        (THREE, True),
        (THREE[::-1], True),
        ((), False),
        (THREE[:2], False),
        ((*THREE[:2], (SCR, "s")), False),  # three roles, two persons
        ((*THREE, (SCR, "s")), True),
        # A greedy matching would give "a" to the president and find no secretary.
        (((P, "a"), (P, "b"), (SEC, "a"), (SCR, "c")), True),
        (((P, "p"), (P, "q"), (P, "r")), False),
        (((P, "p"), (SEC, "s"), (DEL, "t")), False),
    ],
)
def test_three_persons_for_three_roles(signers, expected):
    assert covered(frozenset({P, SEC, SCR}), signers) is expected


def test_what_a_page_offers_the_delegate():
    facts = fitting("vote", "cast", DEL)
    assert allowed(VOTE, "open", DEL, facts) == ("cast", "change")
    assert allowed(VOTE, "closed", DEL, facts) == ()
