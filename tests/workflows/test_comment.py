"""A comment's guards: whose it is, until when, and who decides."""

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import CLOSES, INSTANT, LATER
from workflows.comment import CommentOutcome
from workflows.roles import Role

DEL, ORG, UNIT, HEAD, SYS = Role.DELEGATE, Role.ORGANISATION, Role.UNIT, Role.UNIT_HEAD, Role.SYSTEM


def test_the_outcomes_are_those_of_the_consultation_model():
    assert [outcome.value for outcome in CommentOutcome] == [
        "accepted",
        "accepted_in_part",
        "accepted_with_change",
        "accepted_in_principle",
        "noted",
        "already_covered",
        "out_of_scope",
        "deferred",
        "rejected",
        "withdrawn",
        "duplicate",
    ]


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "expected"),
    [
        ("draft", "edit", DEL, {"same_organisation": False}, ["comment_not_own"]),
        ("triaged", "edit", DEL, {}, ["move_not_from_here"]),
        ("draft", "submit", DEL, {"text": " "}, ["text_missing"]),
        ("draft", "submit", DEL, {"registered": False}, ["organisation_not_registered"]),
        ("draft", "submit", DEL, {"approval_asked": True}, ["approval_asked"]),
        ("draft", "ask_organisation", DEL, {"approval_asked": False}, ["approval_not_asked"]),
        ("awaiting_organisation", "release", DEL, {}, ["role_may_not"]),
        ("awaiting_organisation", "give_back", ORG, {"reason": None}, ["reason_missing"]),
        ("triaged", "propose", UNIT, {"outcome": None}, ["outcome_missing"]),
        ("triaged", "propose", UNIT, {"response": ""}, ["response_missing"]),
        ("proposed", "decide", HEAD, {"actor": "proposer"}, ["second_person_missing"]),
        ("proposed", "decide", HEAD, {"actor": "proposer", "second_person_asked": False}, []),
        (
            "proposed",
            "decide",
            HEAD,
            {"actor": None, "second_person_asked": False},
            ["second_person_missing"],
        ),
        ("proposed", "return", UNIT, {}, []),
        ("proposed", "return", UNIT, {"actor": "proposer"}, ["proposal_own"]),
        (
            "proposed",
            "return",
            HEAD,
            {"actor": "proposer", "reason": " "},
            ["proposal_own", "reason_missing"],
        ),
        ("decided", "reverse", HEAD, {"actor": "decider"}, ["reversal_by_same_person"]),
        ("answered", "show", HEAD, {"actor": "decider"}, ["reversal_by_same_person"]),
        ("objected", "show", HEAD, {"decided_by": None}, ["reversal_by_same_person"]),
        ("submitted", "show", HEAD, {"hidden": False}, ["comment_not_hidden"]),
        ("submitted", "show", HEAD, {"hidden": None}, ["comment_not_hidden"]),
        ("submitted", "hide", HEAD, {"hidden": True}, ["comment_hidden_already"]),
        ("draft", "hide", HEAD, {}, ["move_not_from_here"]),
        ("decided", "answer", SYS, {"synopsis_published": False}, ["synopsis_not_published"]),
        ("answered", "object", DEL, {"reason": None}, ["reason_missing"]),
        ("answered", "accept", DEL, {"same_organisation": False}, ["comment_not_own"]),
        ("submitted", "hide", HEAD, {"reason": None}, ["reason_missing"]),
        ("submitted", "hide", UNIT, {}, ["role_may_not"]),
        ("withdrawn", "edit", DEL, {}, ["move_not_from_here"]),
    ],
)
def test_what_speaks_against_it(state, move, role, otherwise, expected):
    assert codes("comment", state, move, role, **otherwise) == expected


PASSED, EARLY = ["deadline_passed"], ["deadline_not_reached"]
OVER = ["satisfaction_window_over"]


@pytest.mark.parametrize(
    ("state", "move", "role", "instant", "before", "at", "after"),
    [
        ("draft", "edit", DEL, CLOSES, [], PASSED, PASSED),
        ("submitted", "edit", DEL, CLOSES, [], PASSED, PASSED),
        ("draft", "submit", DEL, CLOSES, [], PASSED, PASSED),
        ("awaiting_organisation", "release", ORG, CLOSES, [], PASSED, PASSED),
        ("submitted", "withdraw", DEL, CLOSES, [], PASSED, PASSED),
        ("draft", "lapse", SYS, CLOSES, EARLY, [], []),
        ("submitted", "triage", UNIT, CLOSES, EARLY, [], []),
        ("answered", "accept", DEL, LATER, [], OVER, OVER),
        ("answered", "object", DEL, LATER, [], OVER, OVER),
        ("answered", "fall_silent", SYS, LATER, ["satisfaction_window_open"], [], []),
    ],
)
def test_just_before_at_and_just_after(state, move, role, instant, before, at, after):
    said = [codes("comment", state, move, role, at=instant + step * INSTANT) for step in (-1, 0, 1)]
    assert said == [before, at, after]
