"""Amending a frozen roll: by two, with a reason, before opening; the difference; the hash from the published export."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.assemblies import START, at
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roll_amendments import Change, Difference, amended, exported, sha256_of_export
from workflows.roll_building import entries_sha256
from workflows.roll_members import Entry


def entry(elector: str, weight: str = "1", **attributes: str) -> Entry:
    return Entry(elector, f"Organisation {elector}", Fraction(weight), tuple(sorted(attributes.items())))


A, B, C = (entry(name, country="GT") for name in "ABC")
ROLL = (A, B)
ADD, REMOVE = Change("add", "C", entry=C), Change("remove", "A")
HEAVIER = Change("reweigh", "B", weight=Fraction(3, 2))


def amend(*changes: Change, **more: Any) -> Any:
    given = {"by": "secretary", "second": "president", "reason": "left out by mistake", "at": at(-1), **more}
    return amended(ROLL, changes, **given)


def refused(*changes: Change, **more: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        amend(*changes, **more)
    return [reason.code for reason in found.value.refusals]


def test_the_new_roll_the_difference_and_both_hashes() -> None:
    made = amend(ADD, REMOVE, HEAVIER)
    heavier = entry("B", "3/2", country="GT")
    assert made.entries == (heavier, C)
    assert made.difference == (
        Difference("A", A, None),
        Difference("B", B, heavier),
        Difference("C", None, C),
    )
    assert (made.sha256_before, made.sha256_after) == (entries_sha256(ROLL), entries_sha256((heavier, C)))
    assert (made.by, made.second, made.reason) == ("secretary", "president", "left out by mistake")


@pytest.mark.parametrize(
    ("changes", "otherwise", "expected"),
    [
        ((ADD,), {"second": "secretary"}, ["second_signature_missing"]),
        ((ADD,), {"second": None}, ["second_signature_missing"]),
        ((ADD,), {"reason": " "}, ["reason_missing"]),
        ((), {}, ["roll_change_missing"]),
        ((Change("add", "A", entry=A),), {}, ["roll_has_elector"]),
        ((Change("remove", "C"),), {}, ["roll_lacks_elector"]),
        ((Change("reweigh", "C", weight=Fraction(2)),), {}, ["roll_lacks_elector"]),
        ((Change("reweigh", "A", weight=Fraction(0)),), {}, ["roll_change_incomplete"]),
        ((Change("reweigh", "A"),), {}, ["roll_change_incomplete"]),
        ((Change("add", "C", entry=B),), {}, ["roll_change_incomplete"]),
        ((HEAVIER, Change("remove", "B")), {}, ["roll_changed_twice"]),
        ((REMOVE, Change("remove", "B")), {}, ["roll_empty"]),
        ((Change("remove", "C"),), {"by": "president", "reason": "", "opened_at": at(-2)}, ["second_signature_missing", "reason_missing", "roll_amended_after_opening", "roll_lacks_elector"]),
    ],
)  # fmt: skip
def test_everything_that_speaks_against_it(
    changes: tuple[Change, ...], otherwise: Any, expected: list[str]
) -> None:
    assert refused(*changes, **otherwise) == expected


def test_never_after_opening() -> None:
    instant = timedelta(microseconds=1)
    assert amend(ADD, at=START - instant, opened_at=START).entries == (A, B, C)
    assert refused(ADD, at=START, opened_at=START) == ["roll_amended_after_opening"]


def test_the_export_is_sorted_and_gives_the_hash_back() -> None:
    text = exported((B, A))
    assert text == "elector,weight,present,country\r\nA,1,,GT\r\nB,1,,GT\r\n"
    assert sha256_of_export(text) == entries_sha256(ROLL)
    assert sha256_of_export(text.replace("A,1", "A,2")) != entries_sha256(ROLL)
    with pytest.raises(InputRefusedError):
        sha256_of_export("elector\nA\n")


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
entries = st.lists(
    st.tuples(texts, st.fractions(Fraction(1, 9), 50, max_denominator=9), texts),
    min_size=1,
    max_size=8,
    unique_by=lambda drawn: drawn[0],
)


@given(entries)
def test_whatever_the_names_the_export_gives_the_hash_back(drawn: list[tuple[str, Fraction, str]]) -> None:
    made = [Entry(name, name, weight, (("group", group),)) for name, weight, group in drawn]
    assert sha256_of_export(exported(made)) == entries_sha256(made)
    assert sha256_of_export(exported(made).encode()) == entries_sha256(made)
