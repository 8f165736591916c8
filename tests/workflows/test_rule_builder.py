"""The sentence builder: what it says becomes a rule and comes back unchanged; what is richer is told from what is not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.test_rule_contradictions import call
from tests.workflows.votes import by_group, condition, rule_json
from workflows.canonical import read_json
from workflows.presets import preset_names, preset_text
from workflows.rule_builder import (
    BASES,
    CHOICES,
    COUNTS,
    GROUP_BASES,
    UNITS,
    CallLine,
    Comparison,
    Line,
    Said,
    from_json,
    to_json,
    with_ids,
)
from workflows.rules import rule_from

HEAD = {"id": "r", "version": 1, "title": {"es": "Regla"}, "cites": "Estatutos, art. 31"}

numbers = st.sampled_from(["1", "2", "71", "1/2", "0.55"])
shares = st.sampled_from(["0", "1", "1/2", "2/3", "0.55"])
ids = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)


@st.composite
def sayable_tests(
    draw: st.DrawFn, bases: tuple[str, ...] = BASES, counts: tuple[str, ...] = COUNTS
) -> Comparison:
    base = draw(st.sampled_from(bases))
    attribute = draw(st.sampled_from(["", "kind"]))
    return Comparison(
        draw(st.sampled_from(counts)), draw(st.sampled_from([">", ">=", "<", "<="])), draw(shares), base,
        draw(numbers) if base == "fixed" else "", draw(st.sampled_from(["", "1", "3/2"])),
        attribute, "spo" if attribute else "",
    )  # fmt: skip


@st.composite
def sayable_lines(draw: st.DrawFn, joined: str) -> Line:
    measure = draw(st.sampled_from(["heads", "weight", "groups"]))
    if measure != "groups":
        return Line("", measure, draw(sayable_tests()), joined)
    outer = replace(draw(sayable_tests(GROUP_BASES)), count="yes")
    inner, empty = draw(sayable_tests()), draw(st.sampled_from(["ignored", "not_passed"]))
    return Line("", measure, outer, joined, "country", inner, empty)


@st.composite
def sayable_rules(draw: st.DrawFn) -> Said:
    joins = draw(st.lists(st.sampled_from(["and", "or"]), max_size=3))
    calls = draw(st.integers(0, 3))
    ladder = [
        CallLine(
            draw(st.sampled_from(["1", "24"])) if n else "", draw(st.sampled_from(UNITS)) if n else "hours",
            tuple(draw(sayable_lines(join if k else "and")) for k, join in enumerate(draw(st.lists(st.sampled_from(["and", "or"]), max_size=3)))),
        )
        for n in range(calls)
    ]  # fmt: skip
    passing = tuple(draw(sayable_lines(joined)) for joined in ("and", *joins))
    tie = draw(st.sampled_from(["rejected", "casting_vote", "second_vote"]))
    return with_ids(Said(CHOICES, tuple(ladder), passing, tie))


@settings(deadline=None)
@given(sayable_rules())
def test_what_the_builder_says_comes_back_as_it_was_said(said: Said) -> None:
    content = {**HEAD, **to_json(said)}
    assert rule_from(content).tie == said.tie
    assert from_json(content) == said
    assert {**HEAD, **to_json(from_json(content) or Said())} == content


@pytest.mark.parametrize("name", preset_names())
def test_every_rule_that_ships_is_said_and_means_the_same(name: str) -> None:
    content: Any = read_json(preset_text(name), name)[0]
    said = from_json(content)
    assert said is not None
    assert {**content, **to_json(said)} == content


RICHER = [
    rule_json(condition(count="voted", base="roll"), choices=["A", "B"]),
    rule_json(condition(base=["no", "yes"])),
    rule_json(condition(count=["blank"])),
    rule_json(choices=["A", "B"], **{"pass": {"all": [condition(count=["A"], base=["A", "B"])]}}),
    rule_json({"all": [condition("a"), condition("b", base="roll")]}),
    rule_json({"any": [condition("a"), {"all": [condition("b"), condition("c", base="roll")]}]}),
    rule_json(condition(where={"kind": "spo", "country": "GT"})),
    rule_json(by_group(group_weights={"GT": "1/2"})),
    rule_json(by_group(group_passes={**condition("x"), "measure": "weight"})),
    rule_json(quorum=[{"call": 1, "any": [condition("q", base="roll")]}]),
    rule_json(quorum=[call(1, "1/2"), call(2, "1/3", after="P1DT2H")]),
    rule_json(quorum=[call(2, "1/3"), call(1, "1/2")]),
    rule_json(quorum=[{"call": 1, "all": [{"any": [condition("q", base="roll")]}]}]),
]


@pytest.mark.parametrize("content", RICHER)
def test_a_richer_rule_is_not_said_by_halves(content: dict[str, Any]) -> None:
    rule_from(content)
    assert from_json(content) is None


def test_numbers_are_said_as_text() -> None:
    said = from_json(rule_json(condition(at_least=1, share="0.5")))
    assert said is not None
    assert (said.passing[0].test.at_least, said.passing[0].test.share) == ("1", "0.5")


def test_lines_without_a_name_get_one_that_is_free() -> None:
    half = Comparison(base="roll")
    said = Said(
        calls=(CallLine(lines=(Line(test=half),)),),
        passing=(Line("yes"), Line(test=half), Line(by="country", measure="groups")),
    )
    named = with_ids(said)
    assert [line.id for line in named.passing] == ["yes", "yes_2", "country"]
    assert [line.id for line in named.calls[0].lines] == ["call_1_yes"]
    assert with_ids(named) == named
