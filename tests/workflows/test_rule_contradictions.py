"""Rules that contradict themselves: each is refused with its reason, and nothing sound is."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.workflows.test_decide_properties import case_of, monotone_rules, rows
from tests.workflows.votes import YES, YES_NO, by_group, condition, rule
from workflows.conditions import Branch
from workflows.decisions import decide
from workflows.presets import preset, preset_names
from workflows.rule_contradictions import contradictions
from workflows.rules import Rule

MAJORITY = condition()
IMPOSSIBLE = {"count": YES, "base": YES_NO, "cmp": ">", "share": "1"}
HALF_OF_ROLL = condition("half", base="roll")
ALL_COME = {"count": "represented", "base": "roll"}


def call(number: int, share: str, cmp: str = ">=", after: str | None = "PT1H", **more: Any) -> dict[str, Any]:
    asked = condition(f"call_{number}", **{**ALL_COME, "cmp": cmp, "share": share, **more})
    wait = {"after": after} if after and number > 1 else {}
    return {"call": number, **wait, "all": [asked]}


def said(used: Rule) -> list[tuple[str, dict[str, Any]]]:
    return [(one.code, one.values) for one in contradictions(used)]


@pytest.mark.parametrize("name", preset_names())
def test_no_rule_that_ships_contradicts_itself(name: str) -> None:
    assert said(preset(name)) == []


@pytest.mark.parametrize(
    ("conditions", "reasons"),
    [
        ([condition(cmp=">", share="1")], [("condition_never_met", {"number": 1})]),
        ([condition(cmp=">", share="1", measure="weight")], [("condition_never_met", {"number": 1})]),
        ([MAJORITY, condition("few", cmp="<", share="0")], [("condition_never_met", {"number": 2})]),
        ([by_group(cmp=">", share="1")], [("condition_never_met", {"number": 1})]),
        ([condition(cmp=">=", share="0")], [("rule_always_passes", {})]),
        ([condition(cmp="<=", share="1")], [("rule_always_passes", {})]),
        ([condition("no", count=["no"], cmp="<=", share="1/4")], [("rule_passes_without_yes", {})]),
        ([condition(cmp=">=", share="2/3")], [("rule_passes_without_yes", {})]),  # nobody votes: 0 of 0
        ([condition(cmp=">=", share="2/3", at_least="1")], []),
        (
            [condition(cmp=">=", share="2/3", at_least="1"), condition("no", count=["no"], cmp=">", share="1/3")],
            [("rule_never_passes", {})],
        ),
        ([condition(cmp=">=", share="2/3", at_least="1"), condition("no", count=["no"], cmp=">=", share="1/3")], []),
        ([MAJORITY, HALF_OF_ROLL], [("condition_meaningless", {"number": 1, "other": 2})]),
        ([MAJORITY, condition("again")], [("condition_meaningless", {"number": 2, "other": 1})]),
        (
            [{"any": [MAJORITY, HALF_OF_ROLL]}],
            [("condition_meaningless", {"number": 2, "other": 1})],
        ),
        ([MAJORITY, condition("weight", measure="weight")], []),
        ([MAJORITY, by_group()], []),
        # What each group must meet cannot be met by any: more yes than yes and no.
        ([by_group(group_passes=IMPOSSIBLE)], [("condition_never_met", {"number": 1})]),
        ([MAJORITY, by_group(group_passes={**IMPOSSIBLE, "cmp": ">="})], []),
        ([MAJORITY, by_group(group_passes=IMPOSSIBLE, cmp="<=")], [("condition_meaningless", {"number": 2, "other": 1})]),
        # More than half of the countries, and more than a third of them.
        ([by_group(), by_group(id="third", share="1/3")], [("condition_meaningless", {"number": 2, "other": 1})]),
        ([by_group(), by_group(id="half", base={"fixed": "9"}), MAJORITY], []),
        ([by_group(), by_group(id="few", cmp="<", share="1/3")], [("rule_never_passes", {})]),
        # Other groups, other tests, other bases or another part of the roll: nothing follows from one to the other.
        ([by_group(), by_group(id="third", share="1/3", by="kind")], []),
        ([by_group(), by_group(id="third", share="1/3", group_passes={**IMPOSSIBLE, "share": "2/3"})], []),
        ([by_group(), by_group(id="third", share="1/3", base="groups_with_votes")], []),
        ([by_group(), by_group(id="third", share="1/3", empty_group="ignored")], []),
        ([by_group(), by_group(id="third", share="1/3", group_weights={"GT": "1/2"})], []),
        ([by_group(), by_group(id="third", share="1/3", where={"kind": "spo"})], []),
        (
            [MAJORITY, condition("producers", where={"kind": "spo"}), condition("workers", where={"kind": "workers"})],
            [],
        ),
        ([condition("many", count="voted", base={"fixed": "5"}, cmp=">=", share="1")], [("rule_passes_without_yes", {})]),
    ],
)  # fmt: skip
def test_what_conditions_say_against_themselves(
    conditions: list[dict[str, Any]], reasons: list[tuple[str, dict[str, Any]]]
) -> None:
    assert said(rule(*conditions)) == reasons


@pytest.mark.parametrize(
    ("quorum", "reasons"),
    [
        ([call(1, "1/2")], []),
        ([call(1, "1")], []),
        ([call(1, "1", cmp=">")], [("quorum_above_all", {"call": 1})]),
        ([call(1, "0")], [("quorum_asks_nothing", {"call": 1})]),
        ([call(1, "1/2"), call(2, "1/3"), {"call": 3, "after": "P1D", "all": []}], []),
        ([{"call": 1, "all": []}, call(2, "1/3")], [
            ("quorum_asks_nothing", {"call": 1}), ("quorum_does_not_fall", {"call": 2}),
        ]),
        ([call(1, "1/2"), call(2, "1/2")], [("quorum_does_not_fall", {"call": 2})]),
        ([call(1, "1/3"), call(2, "1/2")], [("quorum_does_not_fall", {"call": 2})]),
        ([call(1, "1/2"), call(2, "1/3", count="present")], []),
        # A later call is made only after the earlier was missed: its floor may lie above it where the roll is tiny.
        (  # Ley 79/1988 (Colombia), art. 31: half of the roll; then a tenth of it, and never fewer than ten.
            [
                call(1, "1/2"),
                {
                    **call(2, "1/10"),
                    "all": [
                        condition("tenth", **{**ALL_COME, "cmp": ">=", "share": "1/10"}),
                        condition("ten", count="represented", base={"fixed": "10"}, cmp=">=", share="1"),
                    ],
                },
            ],
            [],
        ),
        ([call(1, "1/2"), call(2, "1/10", at_least="10")], []),
        ([call(1, "1/2", cmp=">"), call(2, "3/10", at_least="3")], []),
        ([call(1, "1/2"), call(2, "1", base={"fixed": "20"})], []),
        ([call(1, "1/2"), call(2, "1/4", measure="weight")], []),
        ([call(1, "1/2", cmp=">"), call(2, "1", base={"fixed": "1"})], []),
        ([call(1, "1/2"), call(2, "1/3", after=None)], [("call_without_wait", {"call": 2})]),
        ([call(1, "1/2"), call(2, "1/3", after="PT0S")], [("call_without_wait", {"call": 2})]),
        ([{**call(1, "1/2"), "after": "PT1H"}], [("first_call_waits", {})]),
        ([call(1, "1/2"), call(3, "1/3")], [("calls_not_in_a_row", {})]),
        ([call(2, "1/2")], [("calls_not_in_a_row", {})]),
        ([call(1, "1/2"), call(2, "1/3"), call(3, "1/4"), call(4, "1/5")], [("calls_too_many", {"most": 3})]),
        ([call(1, "1/4", cmp="<", count="voted")], [("quorum_bars_passing", {"call": 1})]),
        (
            [{"call": 1, "all": [condition("a", **ALL_COME), condition("b", **{**ALL_COME, "share": "1/3"})]}],
            [("quorum_condition_meaningless", {"call": 1, "number": 2, "other": 1})],
        ),
        (
            [{"call": 1, "all": [condition("a", **ALL_COME), condition("b", **{**ALL_COME, "cmp": "<"})]}],
            [("quorum_never_met", {"call": 1})],
        ),
    ],
)  # fmt: skip
def test_what_a_ladder_says_against_itself(
    quorum: list[dict[str, Any]], reasons: list[tuple[str, dict[str, Any]]]
) -> None:
    assert said(rule(HALF_OF_ROLL, quorum=quorum)) == reasons


FEW_NO = condition("few_no", count=["no"], base="valid", cmp="<=", share="1/4")
YES_QUORUM = {"count": YES, "base": "roll", "cmp": ">=", "share": "1/4"}


@pytest.mark.parametrize(
    ("quorum", "codes"),
    [
        ([], ["rule_passes_without_yes"]),
        ([call(1, **YES_QUORUM)], []),
        ([call(1, "1/4")], ["rule_passes_without_yes"]),
        ([call(1, "1", base={"fixed": "3000"})], ["rule_passes_without_yes"]),
        ([call(1, **YES_QUORUM), call(2, **{**YES_QUORUM, "share": "1/5"})], []),
        ([call(1, **YES_QUORUM), {"call": 2, "after": "PT1H", "all": []}], ["rule_passes_without_yes"]),
    ],
)
def test_a_quorum_of_yes_is_a_condition_that_counts_it(
    quorum: list[dict[str, Any]], codes: list[str]
) -> None:
    """Few against are enough to pass: it is adopted without a yes unless the quorum of every call asks for some."""
    assert [code for code, _ in said(rule(FEW_NO, quorum=quorum))] == codes


@pytest.mark.parametrize("tie", ["casting_vote", "second_vote"])
@pytest.mark.parametrize(
    ("cmp", "reasons"),
    [(">", []), (">=", [("tie_impossible", {})])],
)
def test_a_tie_needs_a_strict_condition(tie: str, cmp: str, reasons: list[Any]) -> None:
    assert said(rule(condition(base="roll", cmp=cmp), tie=tie)) == reasons


def test_without_a_word_on_ties_none_is_needed() -> None:
    assert said(rule(condition(base="roll", cmp=">="))) == []


def test_all_reasons_come_at_once() -> None:
    used = rule(
        condition(count=YES, cmp=">", share="1"), quorum=[call(1, "1", cmp=">"), call(3, "1/2", after=None)]
    )
    assert [code for code, _ in said(used)] == [
        "calls_not_in_a_row",
        "call_without_wait",
        "quorum_above_all",
        "condition_never_met",
    ]


def test_what_is_nested_too_richly_is_not_looked_into() -> None:
    pairs = [{"any": [condition(f"a{n}"), condition(f"b{n}", base="roll")]} for n in range(9)]
    assert said(rule(*pairs)) == [("rule_too_rich", {})]


@settings(deadline=None, max_examples=40)
@given(monotone_rules(), rows)
def test_a_rule_that_never_passes_never_does_and_one_that_always_passes_does(used: Rule, drawn: Any) -> None:
    reasons = {one.code for one in contradictions(used)}
    roll, ballots = case_of(drawn)
    status = decide(used, roll, ballots).status
    if "rule_never_passes" in reasons:
        assert status != "adopted"
    if "rule_always_passes" in reasons:
        assert status == "adopted"


@settings(deadline=None, max_examples=40)
@given(monotone_rules(), rows)
def test_a_condition_that_changes_nothing_can_be_taken_away(used: Rule, drawn: Any) -> None:
    roll, ballots = case_of(drawn)
    numbers = [one.values["number"] for one in contradictions(used) if one.code == "condition_meaningless"]
    lines = decide(used, roll, ballots).conditions
    passes = {line.id: line.passes for line in lines}
    kept = [line.passes for n, line in enumerate(lines, 1) if n not in numbers]
    (inner,) = used.require.parts  # rule() puts its only part, all or any of some conditions, into an all
    held = all(kept) if isinstance(inner, Branch) and inner.kind == "all" else any(kept)
    assert held == used.require.holds(passes)
