"""Count sheets: two counters, two readers, every difference resolved, nobody in two channels."""

from typing import Any

import pytest

from tests.workflows.asking import codes
from workflows.roles import Role
from workflows.sheet import SheetState

S, R = SheetState, Role


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "refused"),
    [
        (None, "open", R.SECRETARY, {}, []),
        (None, "open", R.SCRUTINEER, {}, []),
        (None, "open", R.DELEGATE, {}, ["role_may_not"]),
        (None, "open", R.SECRETARY, {"serial": ""}, ["sheet_unnumbered"]),
        (None, "open", R.SECRETARY, {"counters": ("Ana",)}, ["sheet_counters_missing"]),
        (None, "open", R.SECRETARY, {"counters": ("Ana", " ana ")}, ["sheet_counters_missing"]),
        (None, "open", R.SECRETARY, {"taking_ballots": False}, ["sheet_vote_over"]),
        (S.OPENED, "enter", R.SECRETARY, {}, []),
        (S.OPENED, "enter", R.SECRETARY, {"lines": 2}, ["sheet_does_not_add_up"]),
        (S.OPENED, "enter", R.SECRETARY, {"lines": None}, ["sheet_does_not_add_up"]),
        (S.OPENED, "merge", R.SECRETARY, {}, ["move_not_from_here"]),
        (S.ENTERED, "enter_again", R.SCRUTINEER, {}, []),
        (S.ENTERED, "enter_again", R.SCRUTINEER, {"first_reader": "actor"}, ["sheet_same_reader"]),
        (S.ENTERED, "enter_again", R.SCRUTINEER, {"differences": 1}, ["sheet_differs"]),
        (S.ENTERED, "enter_again", R.SCRUTINEER, {"differences": None}, ["sheet_differs"]),
        (S.ENTERED, "find_different", R.SCRUTINEER, {}, []),
        (S.ENTERED, "find_different", R.SCRUTINEER, {"differences": 0}, ["sheet_agrees"]),
        (S.DIFFERENT, "merge", R.SECRETARY, {}, ["move_not_from_here"]),
        (S.DIFFERENT, "resolve", R.SECRETARY, {}, []),
        (S.DIFFERENT, "resolve", R.SECRETARY, {"reason": " "}, ["reason_missing"]),
        (S.AGREED, "correct", R.SECRETARY, {}, []),
        (S.AGREED, "correct", R.SCRUTINEER, {"lines": 2}, []),
        (S.AGREED, "correct", R.SECRETARY, {"lines": 4}, ["sheet_does_not_add_up"]),
        (S.AGREED, "correct", R.SECRETARY, {"lines": None}, ["sheet_does_not_add_up"]),
        (S.AGREED, "correct", R.SECRETARY, {"reason": " "}, ["reason_missing"]),
        (S.AGREED, "correct", R.SECRETARY, {"taking_ballots": False}, ["sheet_vote_over"]),
        (S.MERGED, "correct", R.SECRETARY, {}, ["move_not_from_here"]),
        (S.AGREED, "merge", R.SECRETARY, {}, []),
        (S.AGREED, "merge", R.SECRETARY, {"elsewhere": ("Asociación Uno",)}, ["sheet_votes_elsewhere"]),
        (S.AGREED, "merge", R.SECRETARY, {"elsewhere": None}, ["sheet_votes_elsewhere"]),
        (S.AGREED, "merge", R.SECRETARY, {"absent": ("Asociación Dos",)}, ["sheet_voters_absent"]),
        (S.AGREED, "merge", R.SECRETARY, {"absent": None}, ["sheet_voters_absent"]),
        (S.AGREED, "merge", R.SECRETARY, {"taking_ballots": False}, ["sheet_vote_over"]),
        (S.MERGED, "cancel", R.SECRETARY, {}, ["move_not_from_here"]),
        (S.AGREED, "cancel", R.SECRETARY, {"reason": ""}, ["reason_missing"]),
    ],
)
def test_what_may_become_of_a_sheet(
    state: SheetState | None, move: str, role: Role, otherwise: dict[str, Any], refused: list[str]
) -> None:
    assert codes("sheet", state, move, role, **otherwise) == refused
