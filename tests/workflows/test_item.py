"""Items of an agenda: in their turn, amendments first, decided by their vote."""

from typing import Any

import pytest

from tests.workflows.asking import codes
from workflows.item import ItemState
from workflows.roles import Role

S, R = ItemState, Role


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "refused"),
    [
        (None, "add", R.SECRETARY, {}, []),
        (None, "add", R.PRESIDENT, {}, ["role_may_not"]),
        (None, "add", R.SECRETARY, {"title": " "}, ["item_title_missing"]),
        (None, "add", R.SECRETARY, {"motion": ""}, ["motion_missing"]),
        (None, "add", R.SECRETARY, {"motion": "", "kind": "information"}, []),
        (None, "add", R.SECRETARY, {"agenda_frozen": True}, ["agenda_frozen"]),
        (None, "add", R.SECRETARY, {"agenda_frozen": None}, ["agenda_frozen"]),
        (None, "move_amendment", R.SECRETARY, {"agenda_frozen": True}, []),
        (None, "move_amendment", R.SECRETARY, {"in_session": False}, ["not_in_session"]),
        (None, "move_amendment", R.SECRETARY, {"text_open": False}, ["amended_text_settled"]),
        (None, "move_amendment", R.SECRETARY, {"text_open": None}, ["amended_text_settled"]),
        (None, "add", R.SECRETARY, {"block": "A"}, []),
        (None, "add", R.SECRETARY, {"block": "A", "kind": "information"}, ["block_of_others"]),
        (S.PLANNED, "edit", R.SECRETARY, {"block": "A", "kind": "election"}, ["block_of_others"]),
        (S.PLANNED, "take_up", R.PRESIDENT, {"text_open": False}, ["amended_text_settled"]),
        (S.DISCUSSED, "put_to_vote", R.PRESIDENT, {"text_open": False}, ["amended_text_settled"]),
        (S.DISCUSSED, "defer", R.PRESIDENT, {"amendments_in_vote": ("4",)}, ["amendments_in_vote"]),
        (S.PLANNED, "withdraw", R.PRESIDENT, {"amendments_in_vote": None}, ["amendments_in_vote"]),
        (S.VOTED, "vote_again", R.SECRETARY, {"assembly_over": True}, ["assembly_over"]),
        (S.VOTED, "return", R.PRESIDENT, {"assembly_over": True}, ["assembly_over"]),
        (S.VOTED, "return", R.PRESIDENT, {"assembly_over": None}, ["assembly_over"]),
        (S.PLANNED, "take_up", R.PRESIDENT, {}, []),
        (S.PLANNED, "take_up", R.PRESIDENT, {"before_it": ("1", "2")}, ["items_unsettled"]),
        (S.PLANNED, "take_up", R.PRESIDENT, {"before_it": None}, ["items_unsettled"]),
        (S.PLANNED, "put_to_vote", R.PRESIDENT, {}, ["move_not_from_here"]),
        (S.VOTED, "vote_again", R.SECRETARY, {}, []),
        (S.VOTED, "vote_again", R.SECRETARY, {"vote_follows": False}, ["no_vote_follows"]),
        (S.VOTED, "vote_again", R.SECRETARY, {"vote_follows": None}, ["no_vote_follows"]),
        (S.DISCUSSED, "put_to_vote", R.PRESIDENT, {}, []),
        (S.DISCUSSED, "put_to_vote", R.PRESIDENT, {"amendments": ("3",)}, ["amendments_before"]),
        (S.DISCUSSED, "put_to_vote", R.PRESIDENT, {"vote": None}, ["item_vote_missing"]),
        (S.DISCUSSED, "put_to_vote", R.PRESIDENT, {"kind": "information"}, ["item_vote_missing"]),
        (S.DISCUSSED, "put_to_vote", R.PRESIDENT, {"votes_open": 1}, ["votes_open"]),
        (S.DISCUSSED, "put_to_vote", R.SECRETARY, {}, ["role_may_not"]),
        (S.VOTED, "decide", R.SYSTEM, {}, []),
        (S.VOTED, "decide", R.SYSTEM, {"vote_settled": False}, ["item_vote_runs"]),
        (S.VOTED, "return", R.PRESIDENT, {"reason": ""}, ["reason_missing"]),
        (S.DISCUSSED, "note", R.PRESIDENT, {}, []),
        (S.DISCUSSED, "note", R.PRESIDENT, {"kind": "decision"}, ["item_needs_vote"]),
        (S.DISCUSSED, "defer", R.PRESIDENT, {}, []),
        (S.VOTED, "defer", R.PRESIDENT, {}, ["move_not_from_here"]),
        (S.PLANNED, "leave_over", R.PRESIDENT, {"in_session": False}, []),
        (S.DISCUSSED, "leave_over", R.PRESIDENT, {"assembly_over": False}, ["assembly_not_over"]),
        (S.DISCUSSED, "leave_over", R.PRESIDENT, {"assembly_over": None}, ["assembly_not_over"]),
        (S.PLANNED, "leave_over", R.PRESIDENT, {"reason": " "}, ["reason_missing"]),
        (S.VOTED, "leave_over", R.PRESIDENT, {}, ["move_not_from_here"]),
        (S.DECIDED, "take_up", R.PRESIDENT, {}, ["move_not_from_here"]),
    ],
)
def test_what_may_become_of_an_item(
    state: ItemState | None, move: str, role: Role, otherwise: dict[str, Any], refused: list[str]
) -> None:
    assert codes("item", state, move, role, **otherwise) == refused
