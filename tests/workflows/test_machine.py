"""The machine, on a small table of its own."""

from dataclasses import dataclass, replace
from enum import StrEnum

import pytest

from workflows.machine import (
    SAME,
    Move,
    Step,
    Workflow,
    advance,
    allowed,
    diagram,
    move_named,
    objections,
    possible,
)
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role


class Door(StrEnum):
    SHUT = "shut"
    AJAR = "ajar"
    GONE = "gone"


@dataclass(frozen=True)
class Facts:
    key: bool = False
    reason: bool = False


def has_key(facts: Facts) -> Refusal | None:
    return None if facts.key else refusal("title_missing")


def has_reason(facts: Facts) -> Refusal | None:
    return None if facts.reason else refusal("reason_missing")


OPEN = Move("open", Door.SHUT, Door.AJAR, Role.UNIT, (has_key, has_reason), event="opened")
MOVES = (
    Move("hang", None, Door.SHUT, Role.UNIT, event="hung"),
    OPEN,
    Move("open", Door.SHUT, Door.AJAR, Role.CHAIR, (has_reason,), event="opened"),
    Move("paint", (Door.SHUT, Door.AJAR), SAME, (Role.UNIT, Role.NETWORK), event="painted"),
    Move("unhinge", Door.AJAR, Door.GONE, Role.UNIT_HEAD, (has_key,), event="unhinged"),
)
DOOR = Workflow("door", Door, Door.SHUT, frozenset({Door.GONE}), MOVES, 1)
ALL = Facts(key=True, reason=True)


def codes(*asked):
    return tuple(answer.code for answer in objections(DOOR, *asked))


@pytest.mark.parametrize(
    ("state", "move", "role", "step"),
    [
        (None, "hang", Role.UNIT, Step(Door.SHUT, "hung")),
        (Door.SHUT, "open", Role.UNIT, Step(Door.AJAR, "opened")),
        ("shut", "open", Role.UNIT_HEAD, Step(Door.AJAR, "opened")),
        (Door.SHUT, "paint", Role.NETWORK, Step(Door.SHUT, "painted")),
        (Door.AJAR, "paint", Role.NETWORK, Step(Door.AJAR, "painted")),
        (Door.AJAR, "unhinge", Role.UNIT_HEAD, Step(Door.GONE, "unhinged")),
    ],
)
def test_a_move_leads_to_its_target(state, move, role, step):
    assert advance(DOOR, state, move, role, ALL) == step


@pytest.mark.parametrize(
    ("state", "move", "role", "facts", "expected"),
    [
        (Door.SHUT, "open", Role.UNIT, Facts(), ("title_missing", "reason_missing")),
        (Door.SHUT, "open", Role.UNIT, Facts(key=True), ("reason_missing",)),
        (Door.SHUT, "open", Role.CHAIR, Facts(), ("reason_missing",)),
        (Door.SHUT, "open", Role.PUBLIC, Facts(), ("role_may_not", "reason_missing")),
        (Door.AJAR, "unhinge", Role.UNIT, Facts(), ("role_may_not", "title_missing")),
        (Door.AJAR, "unhinge", Role.UNIT, ALL, ("role_may_not",)),
        (Door.AJAR, "open", Role.UNIT, ALL, ("move_not_from_here",)),
        (None, "open", Role.UNIT, ALL, ("move_not_from_here",)),
        (Door.SHUT, "hang", Role.UNIT, ALL, ("move_not_from_here",)),
        (Door.SHUT, "burn", Role.UNIT, ALL, ("move_unknown",)),
        (Door.SHUT, "", Role.UNIT, ALL, ("move_unknown",)),
        (Door.SHUT, "*", Role.UNIT, ALL, ("move_unknown",)),
        ("", "open", Role.UNIT, ALL, ("move_not_from_here",)),
        ("*", "open", Role.UNIT, ALL, ("move_not_from_here",)),
        ("-", "hang", Role.UNIT, ALL, ("move_not_from_here",)),
        ("SHUT", "open", Role.UNIT, ALL, ("move_not_from_here",)),
    ],
)
def test_all_reasons_are_given(state, move, role, facts, expected):
    assert codes(state, move, role, facts) == expected
    with pytest.raises(Refused) as refused:
        advance(DOOR, state, move, role, facts)
    assert tuple(answer.code for answer in refused.value.refusals) == expected


def test_a_refusal_names_move_and_state():
    (answer,) = objections(DOOR, Door.AJAR, "open", Role.UNIT, ALL)
    assert answer.values == {"move": "open", "state": "ajar"}


def test_transitions_own_triggers_are_not_moves():
    # auto_transitions would let anybody jump anywhere.
    assert codes(Door.SHUT, "to_gone", Role.UNIT_HEAD, ALL) == ("move_unknown",)


@pytest.mark.parametrize(
    ("state", "role", "facts", "expected"),
    [
        (None, Role.UNIT, Facts(), ("hang",)),
        (None, Role.CHAIR, ALL, ()),
        (Door.SHUT, Role.UNIT, Facts(), ("paint",)),
        (Door.SHUT, Role.UNIT, ALL, ("open", "paint")),
        (Door.SHUT, Role.CHAIR, Facts(reason=True), ("open",)),
        (Door.GONE, Role.UNIT_HEAD, ALL, ()),
    ],
)
def test_allowed_is_what_nothing_speaks_against(state, role, facts, expected):
    assert allowed(DOOR, state, role, facts) == expected


def test_possible_ignores_the_guards_and_names_a_move_once():
    assert possible(DOOR, Door.SHUT, Role.UNIT) == ("open", "paint")
    assert possible(DOOR, Door.AJAR, Role.UNIT_HEAD) == ("paint", "unhinge")
    assert possible(DOOR, Door.GONE, Role.UNIT_HEAD) == ()


def test_rows_are_found_by_name():
    assert move_named(DOOR, "open") == MOVES[1:3]
    with pytest.raises(Refused, match="There is no such step"):
        move_named(DOOR, "burn")


def test_diagram():
    assert diagram(DOOR) == (
        "stateDiagram-v2\n"
        "    [*] --> shut : hang\n"
        "    shut --> ajar : open\n"
        "    shut --> shut : paint\n"
        "    ajar --> ajar : paint\n"
        "    ajar --> gone : unhinge\n"
        "    gone --> [*]\n"
    )


def changed(row: Move) -> Workflow:
    return Workflow("door", Door, Door.SHUT, frozenset({Door.GONE}), (MOVES[0], row, *MOVES[2:]), 1)


@pytest.mark.parametrize(
    "row",
    [
        replace(OPEN, name="unlock"),
        replace(OPEN, source=Door.AJAR),
        replace(OPEN, target=SAME),
        replace(OPEN, roles=Role.NETWORK),
        replace(OPEN, guards=(has_key,)),
        replace(OPEN, guards=(has_reason, has_key)),
        replace(OPEN, event="unlocked"),
    ],
)
def test_the_hash_changes_with_every_part_of_a_row(row):
    assert changed(row).sha256 != DOOR.sha256


def test_the_hash_is_of_the_definition_alone():
    assert changed(OPEN).sha256 == DOOR.sha256
    assert replace(DOOR, version=2).sha256 != DOOR.sha256
    assert replace(DOOR, terminal=frozenset()).sha256 != DOOR.sha256
    assert replace(DOOR, name="gate").sha256 != DOOR.sha256
    # Pinned: dossiers under way refer to it, so that its canonical form must not change unnoticed.
    assert DOOR.sha256 == "cca8a77640eb4531c66af2ecdb455e5d7f4bbe1dcf8f86ec0e455671b06123d5"
