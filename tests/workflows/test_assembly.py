"""An assembly's guards: notice, calls and quorum, attendance, signatures."""

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import BEFORE, CLOSES, INSTANT
from workflows.roles import Role

P, SEC, SCR = Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "expected"),
    [
        ("draft", "convene", P, {"notice_days": 29}, ["notice_too_short"]),
        ("draft", "convene", P, {"notice_days": -1}, ["opening_past"]),
        ("draft", "convene", P, {"roll_sha256": None}, ["roll_not_frozen"]),
        ("draft", "convene", P, {"agenda": ""}, ["agenda_missing"]),
        ("convened", "amend_roll", SEC, {"second_person": None}, ["second_signature_missing"]),
        ("convened", "amend_roll", SEC, {"new_roll_sha256": "aa"}, ["roll_hash_not_new"]),
        ("first_call", "install", P, {"quorum_met": False}, ["quorum_missing"]),
        ("first_call", "install", P, {"quorum_met": None}, ["quorum_missing"]),
        ("first_call", "second_call", SEC, {"quorum_met": True}, ["quorum_not_missed"]),
        ("first_call", "second_call", SEC, {"quorum_met": None}, ["quorum_not_missed"]),
        ("first_call", "second_call", SEC, {"calls_allowed": 1}, ["calls_used_up"]),
        ("second_call", "third_call", SEC, {"calls_allowed": 2}, ["calls_used_up"]),
        ("first_call", "third_call", SEC, {}, ["move_not_from_here"]),
        ("first_call", "not_install", P, {"call": 1}, ["calls_left"]),
        ("first_call", "not_install", P, {"call": 1, "calls_allowed": 1}, []),
        ("second_call", "not_install", P, {"quorum_met": True}, ["quorum_not_missed"]),
        ("installed", "admit", SEC, {"on_roll": False}, ["organisation_not_on_roll"]),
        ("installed", "admit", SEC, {"present": True}, ["already_present"]),
        ("installed", "see_off", SCR, {"present": False}, ["not_present"]),
        ("installed", "adjourn", P, {"votes_open": 1}, ["votes_open"]),
        ("installed", "close", P, {"votes_open": 1}, ["votes_open"]),
        ("not_installed", "close", P, {}, []),
        ("closed", "sign", SCR, {"signers": ((SEC, "actor"),)}, ["signed_before"]),
        ("closed", "sign_minutes", P, {"signers": ((P, "p"), (SEC, "p"))}, ["minutes_signatures_missing"]),
        ("closed", "sign_minutes", P, {"signers": ((P, "p"), (SEC, "s"))}, []),
        ("closed", "sign_minutes", P, {"minutes_sha256": None}, ["minutes_missing"]),
        ("minutes_signed", "sign", P, {}, ["move_not_from_here"]),
    ],
)
def test_what_speaks_against_it(state, move, role, otherwise, expected):
    assert codes("assembly", state, move, role, **otherwise) == expected


@pytest.mark.parametrize(
    ("state", "move", "role", "instant", "before", "at", "after"),
    [
        ("draft", "convene", P, CLOSES, [], ["start_not_ahead"], ["start_not_ahead"]),
        ("convened", "first_call", SEC, CLOSES, ["start_not_reached"], [], []),
        ("first_call", "second_call", SEC, BEFORE, ["next_call_not_due"], [], []),
    ],
)
def test_just_before_at_and_just_after(state, move, role, instant, before, at, after):
    said = [codes("assembly", state, move, role, at=instant + step * INSTANT) for step in (-1, 0, 1)]
    assert said == [before, at, after]
