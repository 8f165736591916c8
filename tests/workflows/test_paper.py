"""Count sheets: what one may say, and what comes out where two entries of it differ."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.paper import Sheet, differing, objections_to_sheet, resolved
from workflows.refusals import Refused

LINES = (("A", "yes"), ("B", "no"), ("C", "invalid"))
SHEET = Sheet("0001", ("rosa", "tomás"), LINES, issued=10, spoilt=2, unused=5)
ROLL, CHOICES = ("A", "B", "C", "D"), ("yes", "no", "abstain", "blank", "invalid")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"serial": " "}, ["sheet_serial_missing"]),
        ({"counters": ("rosa", "rosa")}, ["sheet_needs_two_counters"]),
        ({"counters": ("rosa", "")}, ["sheet_needs_two_counters"]),
        ({"counters": ("Rosa", "rosa ")}, ["sheet_needs_two_counters"]),
        ({"counters": (" ", "")}, ["sheet_needs_two_counters"]),
        ({"ballots": (("A", "yes"), ("X", "no"), ("C", "no"))}, ["sheet_elector_not_on_roll"]),
        ({"ballots": (("A", "yes"), ("A", "no"), ("C", "no"))}, ["sheet_elector_twice"]),
        ({"ballots": (("A", "maybe"), ("B", "no"), ("C", "no"))}, ["sheet_choice_unknown"]),
        ({"issued": 9}, ["sheet_not_reconciled"]),
        ({"issued": 11}, ["sheet_not_reconciled"]),
        ({"spoilt": -1, "unused": 8}, ["sheet_not_reconciled"]),
        (
            {"serial": "", "counters": ("", ""), "ballots": (("X", "maybe"), ("X", "yes")), "issued": 1},
            ["sheet_serial_missing", "sheet_needs_two_counters", "sheet_elector_not_on_roll", "sheet_elector_twice", "sheet_choice_unknown", "sheet_not_reconciled"],
        ),
    ],
)  # fmt: skip
def test_everything_wrong_with_a_sheet(change: dict[str, Any], expected: list[str]) -> None:
    said = objections_to_sheet(replace(SHEET, **change), ROLL, CHOICES)
    assert [reason.code for reason in said] == expected


def test_an_objection_names_every_elector() -> None:
    strange = replace(SHEET, ballots=(("Z", "no"), ("A", "yes"), ("X", "no")))
    assert objections_to_sheet(strange, ROLL, CHOICES)[0].values == {"serial": "0001", "names": "X, Z"}


ONE = {"A": "yes", "B": "no", "C": "invalid"}
OTHER = {"A": "no", "B": "no", "D": "yes"}


def test_two_equal_entries_leave_nothing_to_say() -> None:
    assert differing(ONE, dict(reversed(ONE.items()))) == ()
    assert resolved("0001", ONE, ONE, {"A": "no"}) == ONE


def test_every_difference_is_said_and_nothing_else_is_heard() -> None:
    assert differing(ONE, OTHER) == ("A", "C", "D")
    said = {"A": "yes", "B": "yes", "C": "", "D": "blank"}
    assert resolved("0001", ONE, OTHER, said) == {"A": "yes", "B": "no", "D": "blank"}


@pytest.mark.parametrize(("said", "left"), [({}, "A, C, D"), ({"C": "", "B": "no"}, "A, D")])
def test_a_difference_of_which_nothing_is_said_is_refused(said: dict[str, str], left: str) -> None:
    with pytest.raises(Refused) as refused:
        resolved("0001", ONE, OTHER, said)
    [reason] = refused.value.refusals
    assert (reason.code, reason.values["names"]) == ("sheet_differences_left", left)


lines = st.dictionaries(st.sampled_from("ABCDEFGH"), st.sampled_from(CHOICES))


@given(lines, lines)
def test_resolving_as_the_second_entry_says_gives_the_second_entry(
    one: dict[str, str], other: dict[str, str]
) -> None:
    said = {elector: other.get(elector, "") for elector in differing(one, other)}
    assert resolved("0001", one, other, said) == other
