"""Percentages for display never stand on another side of a threshold than the share."""

from fractions import Fraction

import pytest

from workflows.percent import percent


@pytest.mark.parametrize(
    ("share", "threshold", "cmp", "expected"),
    [
        ("1/2", None, ">=", "50.0"),
        ("1/3", None, ">=", "33.3"),
        ("2/3", None, ">=", "66.7"),
        ("2/3", "2/3", ">=", "66.7"),
        ("2/3", "2/3", ">", "66.6"),
        ("6666/10000", "2/3", ">=", "66.6"),
        ("66665/100000", "2/3", ">=", "66.6"),
        ("134/202", "2/3", ">=", "66.3"),
        ("50001/100000", "1/2", ">", "50.1"),
        ("49999/100000", "1/2", ">=", "49.9"),
        ("1/2", "1/2", ">", "50.0"),
        ("1/3", "1/3", "<=", "33.3"),
        ("1/3", "1/3", "<", "33.4"),
        ("0", "0", ">", "0.0"),
        ("1/100000", "0", ">", "0.1"),
        ("99999/100000", "1", ">=", "99.9"),
    ],
)
def test_percent(share: str, threshold: str | None, cmp: str, expected: str) -> None:
    assert percent(Fraction(share), Fraction(threshold) if threshold else None, cmp=cmp) == expected


@pytest.mark.parametrize(("digits", "expected"), [(0, "67"), (1, "66.7"), (2, "66.67"), (4, "66.6667")])
def test_digits(digits: int, expected: str) -> None:
    assert percent(Fraction(2, 3), digits=digits) == expected
