"""An amended roll is held against the rule by which it was built, whoever of it was amended."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.assemblies import roll_rule
from workflows.exact import exact_text
from workflows.roll_amendments import objections_to_amended
from workflows.roll_building import build, roll_from_entries
from workflows.roll_members import Member
from workflows.roll_rule_reading import roll_rule_from
from workflows.rolls import Roll, roll_of

BY_COUNTRY = [{"attribute": "country", "by": "country"}]
HALF = {"groups": [], "cap": {"share": "1/2"}}


def rolled(*rows: tuple[str, str, str]) -> Roll:
    """Elector, weight and country."""
    return roll_of([(elector, weight, "", country) for elector, weight, country in rows], ("country",))


@pytest.mark.parametrize(
    ("rule", "roll", "expected"),
    [
        ({"groups": BY_COUNTRY}, rolled(("a", "1", "GT"), ("b", "1000", "PE")), []),
        ({"groups": BY_COUNTRY}, rolled(("a", "1", "GT"), ("c", "1", "")), [("roll_group_missing", "c")]),
        ({"groups": [{"attribute": "kind", "by": "kind"}]}, rolled(("a", "1", "GT")), [("roll_group_missing", "a")]),
        ({"cap": {"most": "3"}}, rolled(("a", "3", ""), ("b", "1", "")), []),
        ({"cap": {"most": "3"}}, rolled(("a", "1000", ""), ("b", "301/100", ""), ("c", "1", "")), [("roll_cap_exceeded", "a, b")]),
        (HALF, rolled(("a", "3", ""), ("b", "2", ""), ("c", "1", "")), []),
        (HALF, rolled(("a", "3", ""), ("b", "2", "")), [("roll_cap_exceeded", "a")]),
        (HALF, rolled(("a", "3", "")), [("roll_cap_exceeded", "a")]),
        ({"groups": BY_COUNTRY, "cap": {"most": "3"}}, rolled(("a", "4", "")), [("roll_group_missing", "a"), ("roll_cap_exceeded", "a")]),
    ],
)  # fmt: skip
def test_what_an_amended_roll_must_keep(
    rule: dict[str, Any], roll: Roll, expected: list[tuple[str, str]]
) -> None:
    said = objections_to_amended(roll_rule_from(roll_rule(**rule)), roll)
    assert [(reason.code, reason.values["names"]) for reason in said] == expected


WEIGHTS = st.lists(st.fractions(Fraction(1, 9), 50, max_denominator=9), min_size=3, max_size=8)


@given(WEIGHTS, st.fractions(Fraction(1, 3), Fraction(3, 4), max_denominator=7))
def test_a_roll_that_the_rule_builds_keeps_the_rule(weights: list[Fraction], share: Fraction) -> None:
    rule = roll_rule_from(
        roll_rule(
            weight={"by": "field", "field": "members"}, cap={"share": exact_text(share)}, groups=BY_COUNTRY, good_standing=False
        )
    )  # fmt: skip
    members = [
        Member(f"e{n}", country="GT", fields={"members": exact_text(weight)})
        for n, weight in enumerate(weights)
    ]
    roll = roll_from_entries(build(rule, members, date(2026, 5, 1)).entries)
    assert objections_to_amended(rule, roll) == ()
