"""Electors in two groups, parted into exact fractions: weights add up as before, and heads are not counted."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.assemblies import calls_rule
from tests.workflows.votes import YES, YES_NO, by_group, condition, rule
from workflows.call_reading import calls_from
from workflows.decisions import decide, roll_faults
from workflows.faults import InputRefusedError
from workflows.quorum import quorum_now
from workflows.roll_objections import objections_to_parting
from workflows.roll_parts import parted, parted_choices
from workflows.rolls import roll_of, roll_sha256
from workflows.rules import Rule
from workflows.tally import tally

ROLL = roll_of(
    [("A", "3", "yes", "CAFE|MIEL", "GT"), ("B", "1", "yes", "CAFE", "GT"), ("C", "2", "proxy", "CAFE|CACAO|MIEL", "SV")],
    ("product", "country"),
)  # fmt: skip
YES_HEADS = {"count": YES, "base": YES_NO, "cmp": ">", "share": "1/2"}
HALF_THERE = {
    "id": "half",
    "measure": "heads",
    "count": "represented",
    "base": "roll",
    "cmp": ">",
    "share": "1/2",
}
BY_WEIGHT = {"count": YES, "base": YES_NO, "cmp": ">", "share": "1/2", "measure": "weight"}


def test_a_part_has_an_even_share_of_the_weight() -> None:
    made = parted(ROLL, "product")
    rows = zip(made.electors, made.weight_texts(), made.present, made.attributes["product"], strict=True)
    assert list(rows) == [
        ("A|CAFE", "3/2", "yes", "CAFE"),
        ("A|MIEL", "3/2", "yes", "MIEL"),
        ("B", "1", "yes", "CAFE"),
        ("C|CAFE", "2/3", "proxy", "CAFE"),
        ("C|CACAO", "2/3", "proxy", "CACAO"),
        ("C|MIEL", "2/3", "proxy", "MIEL"),
    ]
    assert made.attributes["country"] == ("GT", "GT", "GT", "SV", "SV", "SV")


def test_what_a_parted_elector_chose_it_chose_with_each_part() -> None:
    assert parted_choices(ROLL, ["yes", "no", "blank"], "product") == [
        "yes",
        "yes",
        "no",
        "blank",
        "blank",
        "blank",
    ]


def test_a_decision_over_groups_by_weight_counts_parts_in_groups_and_everybody_once_elsewhere() -> None:
    used = rule(
        by_group(by="product", group_passes=BY_WEIGHT),
        condition("heads"),
        quorum=[{"call": 1, "all": [HALF_THERE]}],
    )
    decision = decide(used, ROLL, [("A", "yes"), ("B", "no"), ("C", "no")])
    # CAFE: 3/2 against 1 + 2/3. MIEL: 3/2 against 2/3. CACAO: 0 against 2/3.
    assert {group.name: (group.passes, dict(group.counts)) for group in decision.groupings[0].groups} == {
        "CAFE": (False, {"yes": Fraction(3, 2), "no": Fraction(5, 3)}),
        "CACAO": (False, {"yes": 0, "no": Fraction(2, 3)}),
        "MIEL": (True, {"yes": Fraction(3, 2), "no": Fraction(2, 3)}),
    }
    assert (decision.electors, decision.heads["yes"], decision.heads["no"]) == (3, 1, 2)
    assert decision.roll_sha256 == roll_sha256(ROLL)
    assert decision.quorum.met
    assert [(line.have, line.base) for line in decision.conditions] == [(1, 3), (1, 3)]


def test_only_the_part_in_the_group_counts_where_a_condition_asks_for_it() -> None:
    made = tally(ROLL, [], YES_NO, ("product", "country"))
    assert made.where([("product", "CAFE")]).weight("roll") == Fraction(3, 2) + 1 + Fraction(2, 3)
    assert made.where([("country", "SV")]).groups("product")["MIEL"].weight("roll") == Fraction(2, 3)
    assert made.where([("product", "MIEL"), ("country", "GT")]).weight("roll") == Fraction(3, 2)
    assert made.where([("country", "GT")]).weight("roll") == 4


@pytest.mark.parametrize(
    ("used", "conditions"),
    [
        (rule(condition("heads"), condition("weight", measure="weight")), []),
        (rule(by_group(by="product")), [("countries", "product")]),
        (rule(by_group(by="product", group_passes=BY_WEIGHT)), []),
        (rule(condition("coffee", where={"product": "CAFE"})), [("coffee", "product")]),
        (rule(by_group(by="country", group_passes={**YES_HEADS, "where": {"product": "CAFE"}})), [("countries", "product")]),
    ],
)  # fmt: skip
def test_a_condition_that_counts_heads_by_what_parts_electors_is_refused(
    used: Rule, conditions: list[tuple[str, str]]
) -> None:
    said = objections_to_parting(used, ROLL)
    assert [(reason.values["condition"], reason.values["attribute"]) for reason in said] == conditions
    faults = [fault for fault in roll_faults(used, ROLL) if "counts heads" in fault]
    assert len(faults) == len(conditions)
    if conditions:
        with pytest.raises(InputRefusedError):
            decide(used, ROLL, [])


def test_a_quorum_over_parted_groups_counts_the_parts_of_who_is_there() -> None:
    there = {"count": "represented", "base": "roll", "cmp": ">", "share": "1/2", "measure": "weight"}
    asked = calls_from(
        {
            **calls_rule(),
            "calls": [{"call": 1, "all": [by_group(by="product", group_passes=there, cmp=">=", share="1")]}],
        }
    )
    assert not quorum_now(asked, 1, ROLL, {"A": "yes", "B": "yes"}).met  # nobody for CACAO
    assert quorum_now(asked, 1, ROLL, {"A": "yes", "C": "proxy"}).met
    by_heads = calls_from(
        {
            **calls_rule(),
            "calls": [
                {"call": 1, "all": [by_group(by="product", group_passes={**there, "measure": "heads"})]}
            ],
        }
    )
    with pytest.raises(InputRefusedError):
        quorum_now(by_heads, 1, ROLL, {})


rows = st.lists(
    st.tuples(st.sampled_from(["1", "2", "1/3", "7"]), st.sets(st.sampled_from("xyz"), min_size=1), st.sampled_from([None, "yes", "no"])),
    min_size=1, max_size=12,
)  # fmt: skip


@given(rows)
def test_parting_leaves_every_sum_of_weights_as_it_was(drawn: list[tuple[str, set[str], str | None]]) -> None:
    whole = roll_of(
        ((f"e{n}", w, "", "|".join(sorted(g))) for n, (w, g, _) in enumerate(drawn)), ("product",)
    )
    ballots = [(f"e{n}", choice) for n, (_, _, choice) in enumerate(drawn) if choice]
    before = tally(whole, ballots, YES_NO)
    counted = tally(whole, ballots, YES_NO, ("product",))
    after = counted.parts.get("product", counted)
    by_hand = {
        group: sum(
            (Fraction(w) / len(g) for w, g, choice in drawn if group in g and choice == "yes"), Fraction(0)
        )
        for group in {one for _, g, _ in drawn for one in g}
    }
    assert {name: part.weight(("yes",)) for name, part in counted.groups("product").items()} == by_hand
    for choice in ("yes", "no", "not_voted"):
        assert after.weight((choice,)) == before.weight((choice,))
    assert after.weight("roll") == sum((Fraction(w) for w, _, _ in drawn), Fraction(0))
