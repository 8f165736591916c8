"""Count sheets: entered twice, resolved on record, reconciled, and merged with what came in online."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.paper import (
    DifferingLine,
    Resolution,
    Sheet,
    SheetEntry,
    differences,
    merged,
    objections_to_merging,
    objections_to_resolving,
    objections_to_sheet,
    resolved,
)
from workflows.refusals import Refused

LINES = (("A", "yes"), ("B", "no"), ("C", "invalid"))
SHEET = Sheet("0001", ("rosa", "tomás"), LINES, issued=10, spoilt=2, unused=5)
ROLL, CHOICES = ("A", "B", "C", "D"), ("yes", "no", "abstain", "blank", "invalid")
FIRST = SheetEntry(SHEET, "ana")


def second(by: str = "luis", **more: Any) -> SheetEntry:
    return SheetEntry(replace(SHEET, **more), by)


def fix(line: str, value: str, **more: Any) -> Resolution:
    return Resolution(
        **{"line": line, "value": value, "reason": "read again on the sheet", "by": "eva", **more}
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"serial": " "}, ["sheet_serial_missing"]),
        ({"counters": ("rosa", "rosa")}, ["sheet_needs_two_counters"]),
        ({"counters": ("rosa", "")}, ["sheet_needs_two_counters"]),
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


def test_two_equal_entries_make_the_sheet_whoever_of_the_counters_comes_first() -> None:
    made = resolved(FIRST, second(counters=("tomás", "rosa"), ballots=LINES[::-1]))
    assert (made.sheet, made.differences, made.resolutions) == (SHEET, (), ())


def test_differences_line_by_line() -> None:
    other = replace(
        SHEET, issued=11, counters=("rosa", "zoila"), ballots=(("A", "no"), ("B", "no"), ("D", "yes"))
    )
    assert differences(SHEET, other) == (
        DifferingLine("issued", "10", "11", is_head=True),
        DifferingLine("counter_2", "tomás", "zoila", is_head=True),
        DifferingLine("A", "yes", "no"),
        DifferingLine("C", "invalid", ""),
        DifferingLine("D", "", "yes"),
    )


def test_every_difference_is_resolved_on_record() -> None:
    typed = second(unused=6, ballots=(("A", "no"), ("B", "no"), ("D", "yes")))
    given = (fix("unused", "5", is_head=True), fix("A", "yes"), fix("C", ""), fix("D", "yes"))
    made = resolved(FIRST, typed, given)
    assert made.sheet == replace(SHEET, ballots=(("A", "yes"), ("B", "no"), ("D", "yes")))
    assert ([line.line for line in made.differences], made.resolutions) == (["unused", "A", "C", "D"], given)


DIFFERS = second(ballots=(("A", "no"), ("B", "no"), ("C", "invalid")))


@pytest.mark.parametrize(
    ("typed", "given", "expected"),
    [
        (second("ana"), (), ["sheet_entered_by_one"]),
        (second(serial="0002"), (), ["sheet_serials_differ"]),
        (DIFFERS, (), ["sheet_differences_left"]),
        (DIFFERS, (fix("B", "yes"),), ["sheet_differences_left", "sheet_resolution_of_nothing"]),
        (DIFFERS, (fix("A", "yes"), fix("A", "no")), ["sheet_resolved_twice"]),
        (DIFFERS, (fix("A", "yes", reason=" "),), ["sheet_resolution_without_reason"]),
        (DIFFERS, (fix("A", "yes", by=""),), ["sheet_resolution_without_reason"]),
        (second(issued=11), (fix("issued", "ten", is_head=True),), ["sheet_resolution_no_number"]),
        (second(issued=11), (fix("issued", "-1", is_head=True),), ["sheet_resolution_no_number"]),
        (second(issued=11), (fix("issued", "10"),), ["sheet_differences_left", "sheet_resolution_of_nothing"]),
        (second(counters=("rosa", "eva")), (fix("counter_1", " ", is_head=True), fix("counter_2", "tomás", is_head=True)), ["sheet_resolution_no_number"]),
        (second(ballots=(*LINES, ("A", "yes"))), (), ["sheet_elector_twice"]),
        (second("ana", serial="2", issued=1), (), ["sheet_entered_by_one", "sheet_serials_differ", "sheet_differences_left"]),
    ],
)  # fmt: skip
def test_everything_that_speaks_against_one_sheet_of_two(
    typed: SheetEntry, given: tuple[Resolution, ...], expected: list[str]
) -> None:
    assert [reason.code for reason in objections_to_resolving(FIRST, typed, given)] == expected
    with pytest.raises(Refused):
        resolved(FIRST, typed, given)


OTHER = Sheet("0002", ("rosa", "tomás"), (("D", "yes"),), issued=1)


def test_paper_and_online_are_one_set_of_ballots() -> None:
    assert merged([("E", "no")], [SHEET, OTHER]) == (("E", "no"), *LINES, ("D", "yes"))


@pytest.mark.parametrize(
    ("online", "sheets", "expected"),
    [
        ([("C", "yes"), ("A", "yes"), ("E", "no")], [SHEET], [("voted_in_two_channels", "A, C")]),
        ([], [SHEET, replace(OTHER, ballots=(("B", "yes"),))], [("voted_on_two_papers", "B")]),
        ([], [OTHER, OTHER], [("sheet_serial_twice", "0002"), ("voted_on_two_papers", "D")]),
        ([], [replace(SHEET, unused=4)], [("sheet_not_reconciled", None)]),
        (
            [("D", "no")],
            [replace(OTHER, issued=2)],
            [("voted_in_two_channels", "D"), ("sheet_not_reconciled", None)],
        ),
    ],
)
def test_nobody_is_counted_in_two_channels(online: Any, sheets: list[Sheet], expected: list[Any]) -> None:
    said = objections_to_merging(online, sheets)
    assert [(reason.code, reason.values.get("names")) for reason in said] == expected
    with pytest.raises(Refused):
        merged(online, sheets)


lines = st.dictionaries(st.sampled_from("ABCDEFGH"), st.sampled_from(CHOICES))


@given(lines, lines, st.integers(0, 9), st.integers(0, 9))
def test_resolving_as_the_second_entry_says_gives_the_second_sheet(
    one: dict[str, str], other: dict[str, str], unused: int, spoilt: int
) -> None:
    typed = second(ballots=tuple(other.items()), unused=unused, spoilt=spoilt)
    before = SheetEntry(replace(SHEET, ballots=tuple(one.items())), "ana")
    found = differences(before.sheet, typed.sheet)
    given = tuple(fix(line.line, line.second, is_head=line.is_head) for line in found)
    made = resolved(before, typed, given).sheet
    assert replace(made, ballots=()) == replace(typed.sheet, ballots=())
    assert dict(made.ballots) == other
