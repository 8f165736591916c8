"""An assembly's guards: notice, calls and quorum, attendance, items, adjournment, writing, signatures."""

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import BEFORE, CLOSES, INSTANT, LATER
from workflows.assembly import AssemblyForm
from workflows.roles import Role

WRITTEN = AssemblyForm.WRITTEN
P, SEC, SCR = Role.PRESIDENT, Role.SECRETARY, Role.SCRUTINEER


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "expected"),
    [
        ("draft", "convene", P, {"notice_days": 29}, ["notice_too_short"]),
        ("draft", "convene", P, {"notice_days": -1}, ["opening_past"]),
        ("draft", "convene", P, {"roll_sha256": None}, ["roll_not_frozen"]),
        ("draft", "convene", P, {"agenda": ""}, ["agenda_missing"]),
        ("draft", "propose_exception", SEC, {"needs_exception": False}, ["exception_not_needed"]),
        ("draft", "propose_exception", SEC, {"needs_exception": None}, ["exception_not_needed"]),
        ("draft", "confirm_exception", P, {"second_person": "actor"}, ["second_signature_missing"]),
        ("draft", "confirm_exception", SCR, {"second_person": None}, ["second_signature_missing"]),
        ("draft", "drop_exception", SCR, {"second_person": "actor"}, []),
        ("convened", "propose_exception", SEC, {}, ["move_not_from_here"]),
        ("convened", "propose_roll", SEC, {"new_roll_sha256": "aa"}, ["roll_hash_not_new"]),
        ("convened", "propose_roll", P, {}, ["role_may_not"]),
        ("first_call", "propose_roll", SEC, {}, ["move_not_from_here"]),
        ("convened", "amend_roll", SCR, {}, []),
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
        ("draft", "convene", SEC, {"acting": SEC}, []),
        ("draft", "convene", Role.COMMITTEE, {"acting": Role.COMMITTEE}, ["convener_not_allowed"]),
        ("draft", "convene", P, {"forms_allowed": (AssemblyForm.IN_PERSON,)}, ["form_not_allowed"]),
        ("convened", "amend_roll", SEC, {"roll_change_published": False}, ["roll_change_not_published"]),
        ("first_call", "amend_roll", SEC, {}, ["move_not_from_here"]),
        ("convened", "postpone", P, {"new_starts_at": CLOSES}, ["postponement_not_later"]),
        ("convened", "postpone", P, {"latest_start_at": CLOSES}, ["postponement_too_long"]),
        ("convened", "postpone", P, {"latest_start_at": None}, []),
        ("convened", "postpone", P, {"new_starts_at": None}, ["postponement_not_later", "new_time_missing"]),
        ("convened", "call_off", P, {"reason": " "}, ["reason_missing"]),
        ("first_call", "call_off", P, {}, ["move_not_from_here"]),
        ("convened", "admit", SEC, {"attendance_open": False}, ["attendance_closed"]),
        ("convened", "admit", SEC, {}, []),
        ("convened", "open_attendance", SEC, {"attendance_open": True}, ["attendance_open_already"]),
        ("convened", "open_attendance", SEC, {"form": WRITTEN}, ["assembly_does_not_meet"]),
        ("installed", "close_attendance", SCR, {"attendance_open": False}, ["attendance_closed"]),
        ("installed", "see_off", SCR, {"attendance_open": False}, []),
        ("installed", "admit", SEC, {"form": AssemblyForm.IN_PERSON}, ["mode_not_of_form"]),
        ("installed", "admit", SEC, {"form": AssemblyForm.ONLINE}, []),
        ("installed", "admit", SEC, {"form": AssemblyForm.ONLINE, "mode": "in_person"}, ["mode_not_of_form"]),
        ("installed", "admit", SEC, {"form": AssemblyForm.IN_PERSON, "mode": "proxy"}, []),
        ("installed", "admit", SEC, {"attends_elsewhere": True}, ["attends_elsewhere"]),
        ("convened", "first_call", P, {"form": WRITTEN, "at": CLOSES}, ["assembly_does_not_meet"]),
        ("first_call", "ask_quorum", P, {"quorum_met": None}, ["quorum_not_measured"]),
        ("first_call", "ask_quorum", P, {"quorum_met": False}, []),
        ("installed", "take_up", P, {"item": None}, ["item_missing"]),
        ("installed", "take_up", P, {"items_before": 2}, ["items_before"]),
        ("installed", "take_up", P, {"quorum_met": False}, ["quorum_missing"]),
        ("installed", "take_up", P, {"quorum_met": False, "quorum_again": False}, []),
        ("suspended", "take_up", P, {}, ["move_not_from_here"]),
        ("installed", "suspend", P, {"reason": None}, ["reason_missing"]),
        ("installed", "suspend", SEC, {}, []),
        ("installed", "suspend", SCR, {}, ["role_may_not"]),
        ("suspended", "resume", SEC, {}, ["role_may_not"]),
        ("suspended", "resume", P, {"quorum_met": False}, ["quorum_missing"]),
        ("suspended", "resume", P, {"quorum_met": False, "quorum_again": False}, []),
        ("adjourned", "resume", P, {"quorum_met": False, "quorum_again": False}, ["quorum_missing"]),
        ("installed", "adjourn", P, {"adjourned_to": None}, ["adjourned_without_date", "new_time_missing"]),
        ("installed", "adjourn", P, {"latest_start_at": CLOSES}, ["postponement_too_long"]),
        ("convened", "open_written", Role.SYSTEM, {"form": AssemblyForm.HYBRID}, ["assembly_meets"]),
        ("convened", "open_written", Role.SYSTEM, {"closes_at": CLOSES}, ["window_missing", "window_past"]),
        ("convened", "open_written", SEC, {}, []),
        ("convened", "open_written", SCR, {}, ["role_may_not"]),
        ("written", "close_written", P, {"votes_open": 1}, ["votes_open"]),
        ("written", "admit", SEC, {}, ["move_not_from_here"]),
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
        ("convened", "amend_roll", SEC, CLOSES, [], ["assembly_begun"], ["assembly_begun"]),
        ("convened", "propose_roll", SEC, CLOSES, [], ["assembly_begun"], ["assembly_begun"]),
        ("convened", "postpone", P, CLOSES, [], ["assembly_begun"], ["assembly_begun"]),
        ("convened", "open_written", Role.SYSTEM, CLOSES, ["start_not_reached"], [], []),
        ("convened", "open_written", P, LATER, [], ["window_past"], ["window_past"]),
        ("written", "close_written", Role.SYSTEM, LATER, ["deadline_not_reached"], [], []),
        ("installed", "adjourn", P, LATER, [], ["adjourned_without_date"], ["adjourned_without_date"]),
        ("adjourned", "resume", P, LATER, ["adjourned_date_ahead"], [], []),
    ],
)
def test_just_before_at_and_just_after(state, move, role, instant, before, at, after):
    said = [codes("assembly", state, move, role, at=instant + step * INSTANT) for step in (-1, 0, 1)]
    assert said == [before, at, after]
