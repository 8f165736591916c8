"""The round's guards: one thing taken away at a time, and the instants around its dates."""

from datetime import timedelta

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import AFTER, BEFORE, CLOSES, INSTANT, LATER, OPENS
from workflows.refusals import refusal
from workflows.roles import Role
from workflows.round_facts import RoundFacts
from workflows.round_guards import clauses_unique

UNIT, HEAD, CHAIR, SYS, DEL, NET = (
    Role.UNIT,
    Role.UNIT_HEAD,
    Role.CHAIR,
    Role.SYSTEM,
    Role.DELEGATE,
    Role.NETWORK,
)
DAYS = timedelta(days=60)  # as far as the fitting facts let a closing move
NO_LATE = {"late_until": None, "grace_until": None}

REFUSED = [
    ("draft", "submit", UNIT, {"clauses_unnumbered": 1}, ["clauses_unnumbered"]),
    ("draft", "submit", UNIT, {"clauses_repeated": ("1.1",)}, ["clauses_repeated"]),
    ("draft", "submit", UNIT, {"clauses_repeated": None}, ["clauses_repeated"]),
    ("draft", "submit", UNIT, {"questions_invalid": 1}, ["questions_invalid"]),
    ("draft", "submit", UNIT, {"languages_missing": ("pt",)}, ["languages_missing"]),
    ("draft", "submit", UNIT, {"languages_missing": ("pt",), "languages_waiver": "later"}, []),
    ("draft", "submit", UNIT, {"languages_missing": None}, ["languages_missing"]),
    ("draft", "submit", UNIT, {"days": 59}, ["round_too_short"]),
    ("draft", "submit", UNIT, {"days": None}, ["round_dates_missing"]),
    ("draft", "submit", UNIT, {"days": 0}, ["round_ends_at_once"]),
    ("draft", "submit", UNIT, {"days": -19}, ["round_ends_at_once"]),
    ("draft", "submit", UNIT, {"minimum_days": None}, ["round_too_short"]),
    ("draft", "submit", UNIT, {"register_size": 0}, ["register_empty"]),
    ("draft", "submit", UNIT, {"objectives": "  "}, ["objectives_missing"]),
    ("draft", "submit", UNIT, {"days": 1, "objectives": None}, ["round_too_short", "objectives_missing"]),
    ("commission_review", "return", CHAIR, {"reason": None}, ["reason_missing"]),
    ("commission_review", "approve", CHAIR, {"positions_taken": 4}, ["positions_missing"]),
    ("commission_review", "approve", CHAIR, {"positions_needed": 0}, ["positions_missing"]),
    ("commission_review", "approve", CHAIR, {"blocks": 1}, ["block_stands"]),
    ("commission_review", "approve", CHAIR, {"actor": "author"}, ["approver_is_author"]),
    ("approved", "schedule", HEAD, {"zone": "Managua"}, ["zone_missing"]),
    ("approved", "schedule", HEAD, {"days": 59}, ["round_too_short"]),
    ("scheduled", "open", SYS, {"text_sha256": "bb"}, ["text_changed"]),
    ("scheduled", "open", HEAD, {"frozen_sha256": None}, ["text_changed"]),
    ("scheduled", "open", HEAD, {"at": OPENS - INSTANT}, []),
    ("open", "extend", HEAD, {"extensions": 1}, ["extension_not_first"]),
    ("open", "extend", CHAIR, {"extensions": 0}, ["extension_first"]),
    ("open", "extend", CHAIR, {"extensions": 2}, ["extensions_used_up"]),
    ("open", "extend", HEAD, {"extensions_allowed": 0}, ["extensions_used_up"]),
    ("open", "extend", HEAD, {"new_closes_at": CLOSES}, ["extension_not_later"]),
    ("open", "extend", HEAD, {"new_closes_at": CLOSES + INSTANT}, []),
    ("open", "extend", HEAD, {"new_closes_at": CLOSES + DAYS}, []),
    ("open", "extend", HEAD, {"new_closes_at": CLOSES + DAYS + INSTANT}, ["extension_too_long"]),
    (
        "open",
        "extend",
        CHAIR,
        {"extensions": 1, "new_closes_at": CLOSES + DAYS + INSTANT},
        ["extension_too_long"],
    ),
    ("open", "extend", HEAD, {"extension_days": None}, ["extension_too_long"]),
    ("closed", "reopen", CHAIR, {"at": LATER, "new_closes_at": LATER + DAYS}, []),
    (
        "closed",
        "reopen",
        CHAIR,
        {"at": LATER, "new_closes_at": LATER + DAYS + INSTANT},
        ["extension_too_long"],
    ),
    ("open", "grant_late", HEAD, {"late_until": CLOSES + DAYS}, []),
    ("open", "grant_late", HEAD, {"late_until": CLOSES + DAYS + INSTANT}, ["extension_too_long"]),
    ("open", "extend", HEAD, {"reason": ""}, ["reason_missing"]),
    ("closed", "grant_late", HEAD, {"late_organisation": None}, ["late_organisation_missing"]),
    ("open", "comment", DEL, {"registered": False}, ["organisation_not_registered"]),
    ("paused", "comment", DEL, {}, ["move_not_from_here"]),
    ("open", "comment", Role.PUBLIC, {}, ["role_may_not"]),
    ("open", "close", HEAD, {"organisations_missing": 1}, ["organisations_missing"]),
    ("open", "close", UNIT, {}, ["role_may_not"]),
    ("closed", "reopen", CHAIR, {"answers_published": 1}, ["answers_published"]),
    ("closed", "start_answers", UNIT, {"imports_pending": 1}, ["imports_pending"]),
    ("answering", "submit_synopsis", UNIT, {"points_without_outcome": 1}, ["points_without_outcome"]),
    ("answering", "submit_synopsis", UNIT, {"points_without_response": 1}, ["points_without_response"]),
    ("answering", "submit_synopsis", UNIT, {"anchors_pending": 1}, ["anchors_pending"]),
    ("answering", "submit_synopsis", UNIT, {"second_person_pending": 1}, ["second_person_pending"]),
    ("synopsis_review", "publish", HEAD, {"synopsis_approved": False}, ["synopsis_not_approved"]),
    ("synopsis_review", "publish", HEAD, {"consents_missing": 1}, ["consents_missing"]),
    ("synopsis_review", "publish", HEAD, {"small_cells": 1}, ["small_cells_shown"]),
    ("published", "next_round", UNIT, {"new_version": "1"}, ["new_version_missing"]),
    ("published", "next_round", UNIT, {"redline": False}, ["redline_missing"]),
    ("published", "ready_for_vote", CHAIR, {"objections_unanswered": 1}, ["objections_unanswered"]),
    ("published", "ready_for_vote", CHAIR, {"voted_sha256": "bb"}, ["voted_text_differs"]),
    ("published", "ready_for_vote", CHAIR, {"changes_unexplained": 1}, ["changes_unexplained"]),
    ("open", "withdraw", CHAIR, {"reason": None}, ["reason_missing"]),
    ("withdrawn", "withdraw", CHAIR, {}, ["move_not_from_here"]),
]


@pytest.mark.parametrize(("state", "move", "role", "otherwise", "expected"), REFUSED)
def test_refused(state, move, role, otherwise, expected):
    assert codes("round", state, move, role, **otherwise) == expected


LATE = ["late_entry_not_granted"]
PASSED = ["deadline_passed"]
# state, move, role, facts, the instant, what is said just before it, at it, just after it
BOUNDARIES = [
    ("approved", "schedule", HEAD, {}, OPENS, [], ["opening_not_ahead"], ["opening_not_ahead"]),
    ("scheduled", "open", SYS, {}, OPENS, ["opening_not_reached"], [], []),
    ("scheduled", "open", HEAD, {}, CLOSES, [], PASSED, PASSED),
    ("open", "pause", HEAD, {}, CLOSES, [], PASSED, PASSED),
    ("open", "extend", HEAD, {}, CLOSES, [], PASSED, PASSED),
    ("open", "comment", DEL, NO_LATE, CLOSES, [], PASSED, PASSED),
    ("open", "no_comment", DEL, NO_LATE, CLOSES, [], PASSED, PASSED),
    ("open", "comment", NET, NO_LATE, CLOSES, [], PASSED, PASSED),
    ("open", "close", SYS, {}, CLOSES, ["deadline_not_reached"], [], []),
    ("closed", "comment", DEL, {"grace_until": None}, LATER, [], LATE, LATE),
    ("closed", "comment", DEL, {"late_until": None}, AFTER, [], LATE, LATE),
    ("closed", "comment", UNIT, {}, AFTER, [], ["grace_over"], ["grace_over"]),
    ("closed", "start_answers", SYS, {}, AFTER, ["grace_running"], [], []),
    ("closed", "reopen", CHAIR, {}, LATER, [], ["new_deadline_missing"], ["new_deadline_missing"]),
    ("open", "grant_late", HEAD, {}, LATER, [], ["late_until_missing"], ["late_until_missing"]),
    ("published", "ready_for_vote", CHAIR, {}, LATER, ["satisfaction_window_open"], [], []),
]


@pytest.mark.parametrize(("state", "move", "role", "facts", "instant", "before", "at", "after"), BOUNDARIES)
def test_just_before_at_and_just_after(state, move, role, facts, instant, before, at, after):
    said = [codes("round", state, move, role, **facts, at=instant + step * INSTANT) for step in (-1, 0, 1)]
    assert said == [before, at, after]


@pytest.mark.parametrize(
    ("drafted_at", "expected"),
    [(CLOSES - INSTANT, []), (CLOSES, ["late_entry_not_granted"]), (None, ["late_entry_not_granted"])],
)
def test_the_grace_is_for_what_was_drafted_in_time(drafted_at, expected):
    said = codes("round", "closed", "comment", DEL, at=CLOSES, late_until=None, drafted_at=drafted_at)
    assert said == expected


PAUSE = timedelta(hours=3)


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        ({"new_closes_at": None}, ["pause_not_added"]),
        ({"new_closes_at": CLOSES + PAUSE - INSTANT}, ["pause_not_added"]),
        ({"new_closes_at": CLOSES + PAUSE}, []),
        ({"new_closes_at": CLOSES + PAUSE + timedelta(days=1) - INSTANT}, []),
        ({"new_closes_at": CLOSES + PAUSE + timedelta(days=1)}, ["pause_not_added"]),
        ({"new_closes_at": None, "pause_waiver": "a typing error, mended at once"}, []),
        ({"new_closes_at": None, "pause_waiver": " "}, ["pause_not_added"]),
    ],
)
def test_paused_days_are_added_unless_waived(otherwise, expected):
    assert codes("round", "paused", "resume", HEAD, at=BEFORE + PAUSE, **otherwise) == expected


@pytest.mark.parametrize(
    ("found", "shown"), [(("1.1", "1.2"), "1.1, 1.2"), (tuple("ab" * 10), ", ".join("ab" * 10)), (tuple("ab" * 11), ", ".join("ab" * 10) + ", …")]
)  # fmt: skip
def test_numbers_that_stand_twice_are_named_up_to_twenty(found, shown):
    refused = clauses_unique(RoundFacts(clauses_repeated=found))
    assert refused == refusal("clauses_repeated", numbers=shown)
