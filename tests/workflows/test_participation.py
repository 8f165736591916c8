"""One status for each organisation of the register, from its facts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.participation import (
    DONE,
    SPOKEN,
    Attempt,
    Facts,
    Standing,
    contact,
    may_remind_again,
    size_class,
    standing,
)

MET, MISSED = Attempt("organisation", True), Attempt("organisation", False)
HEARD, UNHEARD = Attempt("network", True), Attempt("network", False)
ALL, NONE = Attempt("all", True), Attempt("all", False)
OWN = ("answered", "no_comment", "declined", "drafting", "seen", "delivered")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, "invited"),
        ({"addressed": False}, "not_reached"),
        ({"bounced": True}, "bounced"),
        ({"bounced": True, "addressed": False}, "bounced"),
        ({"bounced": True, "attempts": (MISSED,)}, "not_reached"),
        ({"bounced": True, "attempts": (MET,)}, "delivered"),
        ({"attempts": (MISSED,)}, "not_reached"),
        ({"attempts": (MISSED, MET)}, "delivered"),
        ({"addressed": False, "attempts": (MET,)}, "delivered"),
        ({"addressed": False, "attempts": (HEARD,)}, "delivered"),
        ({"addressed": False, "attempts": (ALL,)}, "delivered"),
        ({"addressed": False, "attempts": (ALL, MISSED)}, "not_reached"),
        ({"delivered": True}, "delivered"),
        ({"delivered": True, "bounced": True}, "delivered"),
        ({"delivered": True, "attempts": (MISSED,)}, "delivered"),
        ({"delivered": True, "seen": True}, "seen"),
        ({"seen": True, "attempts": (MISSED,), "addressed": False}, "seen"),
        ({"seen": True, "drafting": True}, "drafting"),
        ({"drafting": True, "declined": True}, "declined"),
        ({"declined": True, "no_comment": True}, "no_comment"),
        ({"declined": True, "answered": True}, "answered"),
        ({"no_comment": True, "answered": True}, "answered"),
        ({"no_comment": True, "drafting": True}, "no_comment"),
    ],
)
def test_a_status_from_its_facts(facts: dict, status: str) -> None:
    assert standing(Facts(**facts)) == status


@pytest.mark.parametrize(
    ("attempts", "met"),
    [
        ((), None),
        ((ALL,), True),
        ((NONE, UNHEARD), False),
        ((ALL, UNHEARD), False),
        ((NONE, HEARD), True),
        ((HEARD, MISSED), False),
        ((UNHEARD, MISSED, MET), True),
    ],
)
def test_what_was_tried_closest_counts_most(attempts: tuple[Attempt, ...], met: bool | None) -> None:
    assert contact(attempts) is met
    assert contact(reversed(attempts)) is met


@given(
    st.sets(st.sampled_from(OWN)),
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from([MET, MISSED, HEARD, UNHEARD, ALL, NONE])),
)
def test_what_an_organisation_did_counts_before_what_was_done_to_reach_it(
    own: set[str], bounced: bool, addressed: bool, attempts: list[Attempt]
) -> None:
    facts = Facts(bounced=bounced, addressed=addressed, attempts=tuple(attempts), **dict.fromkeys(own, True))
    expected = next((name for name in OWN if name in own), None)
    if expected:
        assert standing(facts) == expected
    else:
        assert standing(facts) in ("invited", "delivered", "bounced", "not_reached")


def test_what_is_done_is_an_answer_or_no() -> None:
    assert set(DONE) == SPOKEN | {Standing.DECLINED}


@pytest.mark.parametrize(
    ("last", "again"),
    [
        (None, True),
        (timedelta(hours=48), True),
        (timedelta(hours=48, microseconds=-1), False),
        (timedelta(), False),
    ],
)
def test_nobody_is_reminded_twice_within_two_days(last: timedelta | None, again: bool) -> None:
    assert may_remind_again(None if last is None else NOW - last, NOW) is again


@pytest.mark.parametrize(
    ("members", "named"),
    [
        (None, ""),
        (0, "1-49"),
        (1, "1-49"),
        (49, "1-49"),
        (50, "50-199"),
        (199, "50-199"),
        (200, "200-499"),
        (499, "200-499"),
        (500, "500-1999"),
        (1999, "500-1999"),
        (2000, "2000-"),
        (90000, "2000-"),
    ],
)
def test_sizes_have_classes(members: int | None, named: str) -> None:
    assert size_class(members) == named
