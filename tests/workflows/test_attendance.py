"""Intervals of attendance: who is there at an instant, what cannot overlap, and a clock that jumps backwards."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.assemblies import at, stay
from workflows.attendance import (
    Interval,
    arrived,
    effective_at,
    in_the_room,
    left,
    objections_to_arrival,
    presence_at,
    running,
)
from workflows.refusals import Refused

INSTANT = timedelta(microseconds=1)


def held(elector: str, holder: str, came: int = 0, gone: int | None = None) -> Interval:
    return Interval(elector, at(came), None if gone is None else at(gone), "proxy", holder=holder)


def somebody(elector: str, came: int = 0, gone: int | None = None) -> Interval:
    return Interval(elector, at(came), None if gone is None else at(gone))


@pytest.mark.parametrize(
    ("moment", "there"),
    [(at(1) - INSTANT, False), (at(1), True), (at(2) - INSTANT, True), (at(2), False), (at(3), False)],
)
def test_a_stay_holds_its_first_instant_and_not_its_last(moment: Any, there: bool) -> None:
    assert bool(running([stay("a1", 1, 2)], moment)) is there


def test_a_stay_that_ends_as_it_begins_is_at_no_instant() -> None:
    assert running([stay("a1", 1, 1)], at(1)) == ()


@pytest.mark.parametrize(
    ("attendance", "expected"),
    [
        ([stay("a1")], {"A": "yes"}),
        ([stay("a1", mode="online")], {"A": "yes"}),
        ([held("A", "B"), stay("b1")], {"A": "proxy", "B": "yes"}),
        ([held("A", "B")], {}),
        ([held("A", "B"), stay("b1", 0, 1)], {}),
        ([held("A", "B"), stay("b1"), stay("a1")], {"A": "yes", "B": "yes"}),
        ([held("A", "B"), held("B", "C"), stay("c1")], {"B": "proxy", "C": "yes"}),
        ([stay("a1", 0, 1), stay("a1", 1)], {"A": "yes"}),
        ([stay("a1", 2)], {}),
    ],
)
def test_presence_at_an_instant(attendance: list[Interval], expected: dict[str, str]) -> None:
    assert presence_at(attendance, at(1)) == expected


def test_a_body_may_count_the_room_alone() -> None:
    there = [stay("a1"), stay("b1", mode="online"), held("C", "A"), held("D", "B")]
    assert presence_at(in_the_room(there), at(1)) == {"A": "yes", "C": "proxy"}


@pytest.mark.parametrize(
    ("before", "arriving", "expected"),
    [
        ([], stay("a1"), []),
        ([stay("a1")], stay("a1", 1), ["stay_overlaps"]),
        ([stay("a1", 0, 1)], stay("a1", 1), []),
        ([stay("a1", 1, 2)], stay("a1", 0, 1), []),
        ([stay("a1", 1, 2)], stay("a1", 0), ["stay_overlaps"]),
        ([stay("a1", 1, 1)], stay("a1", 0), []),
        ([stay("a1")], stay("a1", 1, mode="online"), ["stay_overlaps"]),
        ([stay("a1")], stay("a2", mode="online"), []),
        ([stay("a1")], stay("a1", elector="B"), ["person_attends_for_another"]),
        ([stay("a1", 0, 1)], stay("a1", 1, elector="B"), []),
        ([stay("a1")], held("A", "B"), []),
        ([held("A", "B")], held("A", "C"), ["stay_overlaps"]),
        ([replace(held("A", "B"), person="b1")], replace(held("A", "C"), person="c1"), ["stay_overlaps"]),
        ([held("A", "B", 0, 1)], held("A", "C", 1), []),
        ([held("A", "B")], held("C", "B"), []),
        ([somebody("A")], stay("a1", 1, mode="online"), ["stay_overlaps"]),
        ([stay("a1")], somebody("A", 1), ["stay_overlaps"]),
        ([somebody("A")], somebody("A", 1), ["stay_overlaps"]),
        ([somebody("A")], somebody("B", 1), []),
        ([somebody("A", 0, 1)], stay("a1", 1), []),
        ([], stay("a1", 2, 1), ["stay_ends_before_it_begins"]),
        ([], held("A", "A"), ["stay_of_unclear_holder"]),
        ([], Interval("A", at(0), mode="proxy"), ["stay_of_unclear_holder"]),
        ([], stay("a1", holder="B"), ["stay_of_unclear_holder"]),
        ([stay("a1"), stay("b1")], stay("a1", 2, 1, elector="B", holder="C"), ["stay_ends_before_it_begins", "stay_of_unclear_holder"]),
    ],
)  # fmt: skip
def test_what_speaks_against_an_arrival(
    before: list[Interval], arriving: Interval, expected: list[str]
) -> None:
    assert [reason.code for reason in objections_to_arrival(before, arriving)] == expected


def test_a_departure_ends_the_stay_of_that_person_alone() -> None:
    there = left([stay("a1"), stay("a2"), stay("b1")], "A", at(1), "a1")
    assert there == (stay("a1", 0, 1), stay("a2"), stay("b1"))
    assert left(there, "A", at(2)) == (stay("a1", 0, 1), stay("a2", 0, 2), stay("b1"))


@pytest.mark.parametrize(("elector", "person"), [("C", None), ("A", "a2"), ("B", None)])
def test_who_is_not_there_cannot_leave(elector: str, person: str | None) -> None:
    with pytest.raises(Refused) as refused:
        left([stay("a1"), stay("b1", 0, 1)], elector, at(2), person)
    assert [reason.code for reason in refused.value.refusals] == ["not_present"]


def test_a_clock_that_jumps_backwards_ends_no_stay_before_it_began() -> None:
    there = arrived([stay("a1", 3)], stay("b1", 1))
    assert there[-1].came_at == at(3)
    assert left(there, "A", at(2))[0].left_at == at(3)
    assert effective_at(there, at(4)) == at(4)


def test_an_arrival_that_is_refused_gives_every_reason() -> None:
    with pytest.raises(Refused) as refused:
        arrived([stay("a1"), stay("b1")], stay("a1", 1, holder="B"))
    assert [r.code for r in refused.value.refusals] == ["stay_of_unclear_holder", "stay_overlaps"]


steps = st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), st.integers(-5, 5)), max_size=20)


@given(steps)
def test_however_the_clock_jumps_stays_of_one_person_do_not_overlap(
    jumps: list[tuple[bool, str, int]],
) -> None:
    there: tuple[Interval, ...] = ()
    for coming, letter, hour in jumps:
        try:
            person = f"{letter}1"
            there = arrived(there, stay(person, hour)) if coming else left(there, letter.upper(), at(hour))
        except Refused:
            continue
    for elector in {stay_.elector for stay_ in there}:
        ends = [(one.came_at, one.left_at or at(99)) for one in there if one.elector == elector]
        assert ends == sorted(ends)
        assert all(came <= gone for came, gone in ends)
        assert all(first[1] <= second[0] for first, second in pairwise(ends))
