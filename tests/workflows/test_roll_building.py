"""Building a roll from the register: who is on it, who is left out and why, weights, bands, caps and groups."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.caps import cap_of, capped
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.roll_building import build, entries_sha256, roll_from_entries
from workflows.roll_members import Built, Exemption, Member
from workflows.roll_rule_reading import read_roll_rule, roll_rule_from
from workflows.roll_rules import Cap
from workflows.rolls import roll_of, roll_sha256

DAY = date(2026, 5, 9)
COFFEE = ("RP-CAFE",)
BANDS = [
    {"from": 1, "to": 50, "weight": "1"},
    {"from": 51, "to": 200, "weight": "2"},
    {"from": 201, "to": None, "weight": "5/2"},
]
BY_BANDS = {"by": "bands", "field": "members", "bands": BANDS}
BY_FIELD = {"by": "field", "field": "members"}


def rule_json(**more: Any) -> dict[str, Any]:
    start = {
        "id": "roll",
        "version": 1,
        "cites": "Estatutos, art. 12",
        "good_standing": True,
        "weight": {"by": "one"},
    }
    return {**start, **more}


def built(*members: Member, exemptions: tuple[Exemption, ...] = (), **more: Any) -> Built:
    return build(roll_rule_from(rule_json(**more)), members, DAY, exemptions)


def member(elector: str = "A", **more: Any) -> Member:
    start = {
        "name": f"Organisation {elector}",
        "kind": "spo",
        "country": "GT",
        "networks": COFFEE,
        "good_standing": True,
    }
    return Member(**{"elector": elector, **start, "since": date(2020, 1, 1), **more})


def sized(elector: str, members: str) -> Member:
    return member(elector, fields={"members": members})


def refused(*members: Member, **more: Any) -> list[tuple[str, Any]]:
    with pytest.raises(Refused) as found:
        built(*members, **more)
    return [(reason.code, reason.values.get("names")) for reason in found.value.refusals]


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        ({"kinds": []}, "rule.kinds", "names nobody"),
        ({"kinds": "spo"}, "rule.kinds", "must be a list"),
        ({"networks": [""]}, "rule.networks[0]", "must not be empty"),
        ({"good_standing": "yes"}, "rule.good_standing", "true or false"),
        ({"minimum_membership": "6M"}, "rule.minimum_membership", "no ISO 8601"),
        ({"weight": {"by": "size"}}, "rule.weight.by", '"size" is unknown'),
        ({"weight": {"by": "field"}}, "rule.weight.field", "must be given where by is field"),
        ({"weight": {"by": "one", "field": "x"}}, "rule.weight.field", "has no effect where by is one"),
        ({"weight": {**BY_FIELD, "bands": BANDS}}, "rule.weight.bands", "has no effect where by is field"),
        ({"weight": {**BY_BANDS, "bands": []}}, "rule.weight.bands", "holds no band"),
        ({"weight": {**BY_BANDS, "bands": BANDS[::-1]}}, "rule.weight.bands[1].from", "above the band before"),
        ({"weight": {**BY_BANDS, "bands": [BANDS[0], {**BANDS[1], "from": 50}]}}, "rule.weight.bands[1].from", "above the band before"),
        ({"weight": {**BY_BANDS, "bands": [{**BANDS[0], "to": 0}]}}, "rule.weight.bands[0].to", "0 is below 1"),
        ({"weight": {**BY_BANDS, "bands": [{**BANDS[0], "weight": "0"}]}}, "rule.weight.bands[0].weight", "more than 0"),
        ({"cap": {}}, "rule.cap", 'must hold "share", "most", or both'),
        ({"cap": {"share": "1/20", "most": "0"}}, "rule.cap.most", "more than 0"),
        ({"cap": {"share": "2"}}, "rule.cap.share", "outside 0..1"),
        ({"cap": {"most": "0"}}, "rule.cap.most", "more than 0"),
        ({"groups": [{"attribute": "weight", "by": "country"}]}, "rule.groups[0].attribute", "cannot name an attribute"),
        ({"groups": [{"attribute": "país", "by": "country"}]}, "rule.groups[0].attribute", "cannot name an attribute"),
        ({"groups": [{"attribute": "p", "by": "product"}]}, "rule.groups[0]", "declare primary or fractional"),
        ({"groups": [{"attribute": "c", "by": "country", "several": "primary"}]}, "rule.groups[0].several", "has no effect"),
        ({"groups": [{"attribute": "c", "by": "kind"}, {"attribute": "c", "by": "country"}]}, "rule.groups", "made twice"),
        (
            {"groups": [{"attribute": n, "by": n, "several": "fractional"} for n in ("product", "network")]},
            "rule.groups",
            "one attribute at most",
        ),
        ({"members": 1}, "rule", 'unknown key "members"'),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_meant_is_refused(change: dict[str, Any], path: str, reason: str) -> None:
    with pytest.raises(InputRefusedError) as found:
        roll_rule_from(rule_json(**change))
    assert [fault for fault in found.value.faults if fault.startswith(f"{path}: ") and reason in fault] != []


def test_a_rule_is_read_from_json_and_hashed() -> None:
    text = (
        '{"id":"roll","version":1,"cites":"art. 12","good_standing":true,"weight":{"by":"one"},"kinds":null}'
    )
    assert (read_roll_rule(text).kinds, len(read_roll_rule(text).sha256)) == (None, 64)


@pytest.mark.parametrize(
    ("rule", "one", "reasons"),
    [
        ({}, {}, []),
        ({}, {"good_standing": False}, ["roll_not_in_good_standing"]),
        ({"good_standing": False}, {"good_standing": False}, []),
        ({"kinds": ["workers"]}, {}, ["roll_kind_not_admitted"]),
        ({"kinds": ["workers", "spo"]}, {}, []),
        ({"networks": ["RP-CAFE", "RP-MIEL"]}, {}, []),
        ({"networks": ["RP-MIEL"]}, {}, ["roll_network_missing"]),
        ({"networks": ["RP-MIEL"]}, {"networks": ()}, ["roll_network_missing"]),
        ({"minimum_membership": "P6M"}, {"since": date(2025, 11, 9)}, []),
        ({"minimum_membership": "P6M"}, {"since": date(2025, 11, 10)}, ["roll_member_too_recent"]),
        ({"minimum_membership": "P6M"}, {"since": None}, ["roll_membership_undated"]),
        (
            {"kinds": ["workers"], "networks": ["X"], "minimum_membership": "P1Y"},
            {"good_standing": False, "since": date(2026, 1, 1)},
            ["roll_kind_not_admitted", "roll_network_missing", "roll_not_in_good_standing", "roll_member_too_recent"],
        ),
    ],
)  # fmt: skip
def test_who_is_left_out_and_why(rule: dict[str, Any], one: dict[str, Any], reasons: list[str]) -> None:
    made = (
        built(member("A", **one), member("Z", kind="workers", networks=("X", "RP-MIEL", "RP-CAFE")), **rule)
        if reasons
        else built(member("A", **one), **rule)
    )
    assert [[reason.code for reason in left.reasons] for left in made.exclusions] == (
        [reasons] if reasons else []
    )
    assert ("A" in {entry.elector for entry in made.entries}) is (reasons == [])


def test_an_exclusion_is_dated_and_a_membership_too_recent_says_from_when() -> None:
    made = built(member("A", since=date(2026, 1, 31)), member("B"), minimum_membership="P6M")
    assert [(left.elector, left.on, left.reasons[0].values["day"]) for left in made.exclusions] == [
        ("A", DAY, "2026-07-31")
    ]


def test_an_exemption_admits_with_its_reason_and_marks_nobody_who_needs_none() -> None:
    given = tuple(Exemption(name, "fees are agreed to be paid in June", DAY, "board") for name in ("A", "B"))
    made = built(member("A", good_standing=False), member("B"), exemptions=given)
    assert [(entry.elector, entry.exemption) for entry in made.entries] == [("A", given[0]), ("B", None)]
    assert made.exclusions == ()


@pytest.mark.parametrize(
    ("members", "rule", "expected"),
    [
        ((member(good_standing=False),), {}, [("roll_empty", None)]),
        ((), {}, [("roll_empty", None)]),
        ((member(), member()), {}, [("roll_member_twice", "A")]),
        ((sized("A", ""), sized("B", "x"), sized("C", "0"), sized("D", "3")), {"weight": BY_FIELD}, [("weights_missing", "A, B, C")]),
        ((sized("A", "1/2"), sized("B", "50.5"), sized("C", "50")), {"weight": BY_BANDS}, [("weights_missing", "A, B")]),
        ((member(country=""),), {"groups": [{"attribute": "c", "by": "country"}]}, [("roll_group_missing", "A")]),
        ((member(products=("CAFE", "MIEL")),), {"groups": [{"attribute": "p", "by": "product", "several": "primary"}]}, [("roll_group_missing", "A")]),
        ((member(products=("CAFE", "MIEL"), primary={"product": "CACAO"}),), {"groups": [{"attribute": "p", "by": "product", "several": "primary"}]}, [("roll_group_missing", "A")]),
        ((member(products=()),), {"groups": [{"attribute": "p", "by": "product", "several": "fractional"}]}, [("roll_group_missing", "A")]),
        ((member("A"), member("B")), {"cap": {"share": "1/3"}}, [("roll_cap_unreachable", None)]),
        # All at once, whatever stands beside it.
        (
            (sized("A", ""), sized("B", "3")),
            {"weight": BY_FIELD, "cap": {"share": "1/10"}},
            [("weights_missing", "A"), ("roll_cap_unreachable", None)],
        ),
        (
            (member(country=""), member(country=""), sized("B", "3")),
            {"weight": BY_FIELD, "groups": [{"attribute": "c", "by": "country"}]},
            [("roll_member_twice", "A"), ("weights_missing", "A"), ("roll_group_missing", "A")],
        ),
        ((member(good_standing=False), member(good_standing=False)), {}, [("roll_member_twice", "A"), ("roll_empty", None)]),
        # One who is listed twice is one elector to the cap.
        (
            (member("A"), member("A"), member("B")),
            {"cap": {"share": "1/3"}},
            [("roll_member_twice", "A"), ("roll_cap_unreachable", None)],
        ),
    ],
)  # fmt: skip
def test_what_the_register_lacks_is_refused(
    members: tuple[Member, ...], rule: dict[str, Any], expected: Any
) -> None:
    assert refused(*members, **rule) == expected


@pytest.mark.parametrize(
    ("exemption", "code"),
    [
        (Exemption("X", "because", DAY, "board"), "exemption_of_no_member"),
        (Exemption("A", " ", DAY, "board"), "exemption_without_reason"),
    ],
)
def test_an_exemption_that_cannot_be_meant(exemption: Exemption, code: str) -> None:
    assert [found for found, _ in refused(member(), exemptions=(exemption,))] == [code]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, ["1", "1", "1", "1"]),
        ({"weight": BY_FIELD}, ["1", "50", "51", "401/2"]),
        ({"weight": BY_BANDS}, ["1", "1", "2"]),
        ({"weight": BY_FIELD, "cap": {"most": "50"}}, ["1", "50", "50", "50"]),
        ({"weight": BY_FIELD, "cap": {"share": "1/3"}}, ["1", "50", "51", "51"]),
        # Both: the lower of the two. 51 is a third of 153; of 60, 60, 51 and 1 a third is more than 51 and less than 60.
        ({"weight": BY_FIELD, "cap": {"share": "1/3", "most": "200"}}, ["1", "50", "51", "51"]),
        ({"weight": BY_FIELD, "cap": {"share": "1/3", "most": "20"}}, ["1", "20", "20", "20"]),
        ({"weight": BY_FIELD, "cap": {"share": "3/10", "most": "51"}}, ["1", "3", "3", "3"]),
    ],
)
def test_weights(rule: dict[str, Any], expected: list[str]) -> None:
    sizes = ("1", "50", "51", "200.5")[: len(expected)]
    made = built(*(sized(name, size) for name, size in zip("ABCD", sizes, strict=False)), **rule)
    assert [str(entry.weight) for entry in made.entries] == expected


def test_groups_part_the_roll() -> None:
    groups = [
        {"attribute": "country", "by": "country"},
        {"attribute": "product", "by": "product", "several": "primary"},
        {"attribute": "network", "by": "network", "several": "fractional"},
    ]
    two = member("A", products=("CAFE", "MIEL"), primary={"product": "MIEL"}, networks=("RP-MIEL", "RP-CAFE"))
    made = built(two, member("B", products=("CAFE",)), groups=groups)
    assert [dict(entry.attributes) for entry in made.entries] == [
        {"country": "GT", "network": "RP-CAFE|RP-MIEL", "product": "MIEL"},
        {"country": "GT", "network": "RP-CAFE", "product": "CAFE"},
    ]


def test_the_entries_make_the_roll_and_its_hash() -> None:
    made = built(
        sized("B", "1.5"), sized("A", "2"), weight=BY_FIELD, groups=[{"attribute": "kind", "by": "kind"}]
    )
    expected = roll_of([("A", "2", "yes", "spo"), ("B", "3/2", "", "spo")], ("kind",))
    assert roll_from_entries(made.entries, {"A": "yes"}) == expected
    assert entries_sha256(made.entries) == roll_sha256(roll_from_entries(made.entries[::-1]))


@pytest.mark.parametrize(
    ("weights", "share", "expected"),
    [
        ([10, 1, 1], "1/2", [2, 1, 1]),
        ([10, 10, 1], "1/2", [10, 10, 1]),
        ([10, 8, 2], "2/5", [4, 4, 2]) ,
        ([5, 3, 1], "1/3", [1, 1, 1]),
        ([7], "1", [7]),
        ([100, 60, 20, 20], "1/3", [40, 40, 20, 20]),
    ],
)  # fmt: skip
def test_a_cap_by_share_of_the_total_after_capping(
    weights: list[int], share: str, expected: list[Any]
) -> None:
    made = capped([Fraction(w) for w in weights], Cap(share=Fraction(share)))
    assert list(made) == [Fraction(w) for w in expected]


amounts = st.lists(st.fractions(Fraction(1, 10), 1000, max_denominator=12), min_size=1, max_size=12)


@given(amounts, st.fractions(Fraction(1, 15), 1, max_denominator=30))
def test_after_capping_nobody_has_more_than_the_share_and_no_more_is_taken_than_must_be(
    weights: list[Fraction], share: Fraction
) -> None:
    if share * len(weights) < 1:
        with pytest.raises(ValueError, match="fewer electors"):
            cap_of(weights, Cap(share=share))
        return
    made = capped(weights, Cap(share=share))
    assert max(made) <= share * sum(made)
    most = cap_of(weights, Cap(share=share))
    if most is None:
        assert made == tuple(weights)
    else:
        # Who is capped has exactly the share, so that a higher cap would break it; who is not keeps all.
        assert max(made) == most == share * sum(made)
        assert all(new == min(old, most) for old, new in zip(weights, made, strict=True))
        assert max(weights) > share * sum(weights)


@given(amounts, st.fractions(Fraction(1, 10), 1000, max_denominator=12))
def test_an_absolute_cap(weights: list[Fraction], most: Fraction) -> None:
    assert capped(weights, Cap(most=most)) == tuple(min(weight, most) for weight in weights)
