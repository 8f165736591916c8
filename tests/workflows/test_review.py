"""CECLAC's review: who stands where, when enough do, and what blocks."""

from datetime import timedelta
from fractions import Fraction

import pytest

from tests.workflows.asking import codes
from tests.workflows.fitting import BEFORE, CLOSES, INSTANT
from workflows.review import Position, PositionKind, positions_needed, positions_taken, standing
from workflows.roles import Role

K = PositionKind
ONE, TWO, THREE = (BEFORE + timedelta(hours=number) for number in (1, 2, 3))


def counts(**numbers: int) -> dict[PositionKind, int]:
    return {kind: numbers.get(kind.value, 0) for kind in K}


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([], counts()),
        ([Position("a", K.APPROVE, ONE), Position("b", K.BLOCK, ONE)], counts(approve=1, block=1)),
        ([Position("a", K.BLOCK, ONE), Position("a", K.APPROVE, TWO)], counts(approve=1)),
        ([Position("a", K.APPROVE, TWO), Position("a", K.BLOCK, ONE)], counts(approve=1)),
        ([Position("a", K.APPROVE, ONE), Position("a", K.BLOCK, ONE)], counts(block=1)),
        ([Position("a", K.BLOCK, ONE, lifted=True)], counts(comment=1)),
        ([Position("a", K.BLOCK, ONE, lifted=True), Position("a", K.BLOCK, TWO)], counts(block=1)),
        ([Position("a", K.APPROVE, ONE), Position("a", K.RECUSE, TWO)], counts(recuse=1)),
        ([Position(name, K.ABSTAIN, THREE) for name in "abc"], counts(abstain=3)),
    ],
)
def test_the_newest_position_of_each_member_counts(positions, expected):
    assert standing(positions) == expected


def test_who_recused_themselves_is_out_of_it():
    assert positions_taken(counts(approve=2, no_objection=1, block=1, comment=1, abstain=1, recuse=3)) == 6


@pytest.mark.parametrize(
    ("members", "recused", "share", "needed"),
    [
        (9, 0, Fraction(1, 2), 5),
        (9, 1, Fraction(1, 2), 4),
        (9, 0, Fraction(2, 3), 6),
        (9, 1, Fraction(2, 3), 6),
        (9, 3, Fraction(2, 3), 4),
        (9, 0, Fraction(1), 9),
        (9, 9, Fraction(1, 2), 1),
        (9, 0, Fraction(0), 1),
    ],
)
def test_the_quorum_is_a_share_of_who_may_take_part(members, recused, share, needed):
    assert positions_needed(counts(recuse=recused), members, share) == needed


COM, CHAIR = Role.COMMISSION, Role.CHAIR


@pytest.mark.parametrize(
    ("state", "move", "role", "otherwise", "expected"),
    [
        ("open", "take_position", COM, {"position": None}, ["position_missing"]),
        ("open", "take_position", COM, {"is_member": False}, ["not_a_member"]),
        ("open", "take_position", COM, {"position": K.BLOCK, "reason": None}, ["reason_missing"]),
        ("open", "take_position", COM, {"position": K.RECUSE, "reason": " "}, ["reason_missing"]),
        ("open", "take_position", COM, {"position": K.ABSTAIN, "reason": None}, []),
        ("open", "take_position", CHAIR, {}, []),
        ("open", "take_position", Role.UNIT, {}, ["role_may_not"]),
        ("open", "take_position", COM, {"at": CLOSES + INSTANT}, []),  # overdue is shown, not refused
        ("approved", "take_position", COM, {}, ["move_not_from_here"]),
        ("open", "lift_block", COM, {"raised_by": "another"}, ["block_not_own"]),
        ("open", "lift_block", COM, {"raised_by": None, "actor": None}, ["block_missing", "block_not_own"]),
        ("open", "lift_block", CHAIR, {"raised_by": "another"}, []),
        ("open", "lift_block", CHAIR, {}, []),
        (
            "open",
            "lift_block",
            CHAIR,
            {"raised_by": "x", "second_member": "actor"},
            ["second_member_missing"],
        ),
        ("open", "defer", CHAIR, {"deferrals": 1}, ["deferred_before"]),
        ("open", "defer", CHAIR, {"new_due_at": CLOSES}, ["due_date_not_later"]),
        ("open", "defer", COM, {}, ["role_may_not"]),
        ("open", "approve", CHAIR, {"blocks": 1}, ["block_stands"]),
        ("open", "approve", CHAIR, {"positions_taken": 4}, ["positions_missing"]),
        ("open", "approve", CHAIR, {"author": "actor"}, ["approver_is_author"]),
        (
            "open",
            "approve",
            CHAIR,
            {"blocks": 2, "positions_taken": 0, "author": None},
            ["positions_missing", "block_stands", "approver_is_author"],
        ),
        ("open", "return", CHAIR, {"reason": None}, ["reason_missing"]),
    ],
)
def test_what_speaks_against_it(state, move, role, otherwise, expected):
    assert codes("review", state, move, role, **otherwise) == expected
