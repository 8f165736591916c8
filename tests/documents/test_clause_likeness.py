"""Likeness as an exact fraction: that of rapidfuzz's ratio, without its float."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from consultations.documents.clause_likeness import likeness, likenesses


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abcd", "abcd", Fraction(1)),
        ("abcd", "wxyz", Fraction(0)),
        ("abc", "abcab", Fraction(3, 4)),  # six of eight characters stay
        ("", "", Fraction(0)),
        ("a", "", Fraction(0)),
    ],
)
def test_the_share_of_both_texts_that_stays(one: str, other: str, expected: Fraction) -> None:
    assert likeness(one, other) == expected


def test_a_clause_without_words_is_like_none() -> None:
    assert likenesses("abcd", {1: "abcd", 2: ""}) == {1: Fraction(1)}
    assert likenesses("", {1: "abcd"}) == {}


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_it_is_the_ratio_that_everybody_knows(one: str, other: str) -> None:
    assert abs(float(likeness(one, other)) * 100 - fuzz.ratio(one, other)) < 1e-9
