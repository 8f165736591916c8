"""Calls, representation and the roll in sentences: what is said becomes a rule and comes back; what is richer is told apart."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.assemblies import HALF, calls_rule, representation_rule, roll_rule
from workflows import call_builder, representation_builder, roll_builder
from workflows.call_builder import CallsSaid
from workflows.call_reading import CONVENERS, calls_from
from workflows.kind_presets import KINDS, kind_preset, kind_preset_names
from workflows.representation_builder import RepresentationSaid
from workflows.representation_rules import PRESENCES, SCOPES, TAKE_BACKS, representation_from
from workflows.roll_builder import BandLine, GroupLine, RollSaid
from workflows.roll_rule_reading import roll_rule_from
from workflows.roll_rules import GROUPS, MANY, SEVERAL
from workflows.rule_builder import CallLine, Comparison, Line, Said, with_ids
from workflows.rule_kinds import check, stamped
from workflows.rule_spans import UNITS, Span

HEAD = {"id": "r", "version": 1, "title": {"es": "Regla"}, "cites": "Estatutos, art. 20"}
BUILDERS: dict[str, Any] = {
    "calls": call_builder,
    "representation": representation_builder,
    "roll": roll_builder,
}

flags = st.booleans()
shares = st.sampled_from(["", "1/10", "0.2", "1"])
numbers = st.sampled_from(["1", "3/2", "0.5", "40"])


def spans(unit: str) -> st.SearchStrategy[Span]:
    some = st.builds(Span, st.sampled_from(["1", "30"]), st.sampled_from(UNITS))
    return st.one_of(st.just(Span("", unit)), some)


def several(words: tuple[str, ...], least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(words), min_size=least).map(
        lambda some: tuple(w for w in words if w in some)
    )


@st.composite
def quorum_lines(draw: st.DrawFn) -> Line:
    test = Comparison(
        draw(st.sampled_from(["present", "represented"])), draw(st.sampled_from([">", ">="])),
        draw(st.sampled_from(["1/2", "0.3"])), draw(st.sampled_from(["roll", "fixed"])),
    )  # fmt: skip
    test = replace(test, fixed=draw(numbers) if test.base == "fixed" else "")
    if draw(flags):
        return Line("", draw(st.sampled_from(["heads", "weight"])), test)
    outer = Comparison("yes", ">=", "1/2", draw(st.sampled_from(["groups_on_roll", "fixed"])))
    outer = replace(outer, fixed="3" if outer.base == "fixed" else "")
    return Line("", "groups", outer, "and", "country", test, draw(st.sampled_from(["ignored", "not_passed"])))


@st.composite
def sayable_calls(draw: st.DrawFn) -> CallsSaid:
    calls = tuple(
        CallLine(
            "1" if n else "", draw(st.sampled_from(["minutes", "hours", "days"])) if n else "hours",
            tuple(replace(draw(quorum_lines()), joined=draw(st.sampled_from(["and", "or"])) if k else "and") for k in range(draw(st.integers(0, 3)))),
        )
        for n in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    every = draw(
        st.one_of(
            st.just(Span("", "years")),
            st.builds(Span, st.just("1"), st.sampled_from(["days", "months", "years"])),
        )
    )
    return CallsSaid(
        draw(several(tuple(role.value for role in CONVENERS))), draw(shares), draw(st.integers(0, 60)), draw(st.integers(0, 60)),
        draw(flags), with_ids(Said(calls=calls, passing=())).calls, draw(flags), draw(flags), draw(flags), draw(spans("days")), every,
        draw(st.sampled_from([("", ""), ("01-01", "03-31"), ("11-15", "02-29")])) if every.number else ("", ""),
    )  # fmt: skip


@st.composite
def sayable_representations(draw: st.DrawFn) -> RepresentationSaid:
    delegate = draw(flags)
    said = RepresentationSaid(delegate, draw(st.integers(0, 3)) if delegate else 0)
    if draw(flags):
        return said
    share = draw(shares)
    return replace(
        said, allowed=True, per_holder=draw(st.sampled_from(["", "1", "5"])), share=share, own_weight=bool(share) and draw(flags),
        same_country=draw(flags), scope=draw(several(SCOPES)), instrument=draw(flags), deadline=draw(spans("hours")),
        take_back_until=draw(st.sampled_from(TAKE_BACKS)), presence=draw(st.sampled_from(PRESENCES)),
    )  # fmt: skip


@st.composite
def sayable_rolls(draw: st.DrawFn) -> RollSaid:
    weight = draw(st.sampled_from(["one", "field", "bands"]))
    tops = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=4)))
    bands = [BandLine(str(n), str(n), draw(numbers)) for n in tops]
    bands[-1] = replace(bands[-1], last=draw(st.sampled_from(["", "1000"])))
    cap = draw(st.sampled_from(["none", "share", "most", "both"]))
    groups = [
        GroupLine(f"g_{by}", by, draw(st.sampled_from(SEVERAL)) if by in MANY else "primary")
        for by in draw(several(GROUPS, 0))
    ]
    if sum(group.several == "fractional" for group in groups) > 1:
        groups = [replace(group, several="primary") for group in groups]
    return RollSaid(
        draw(several(("spo", "workers"), 0)), draw(several(("RP-CAFE", "RP-CACAO"), 0)), draw(flags), draw(spans("months")),
        weight, "" if weight == "one" else "members", tuple(bands) if weight == "bands" else (), cap,
        "" if cap == "none" else draw(st.sampled_from(["1/20", "1"])), draw(numbers) if cap == "both" else "", tuple(groups),
    )  # fmt: skip


@settings(deadline=None)
@given(sayable_calls())
def test_calls_come_back_as_they_were_said(said: CallsSaid) -> None:
    content = {**HEAD, **call_builder.to_json(said)}
    calls_from(content)
    assert call_builder.from_json(content) == said


@settings(deadline=None)
@given(sayable_representations())
def test_representation_comes_back_as_it_was_said(said: RepresentationSaid) -> None:
    content = {**HEAD, **representation_builder.to_json(said)}
    representation_from(content)
    assert representation_builder.from_json(content) == said


@settings(deadline=None)
@given(sayable_rolls())
def test_the_roll_comes_back_as_it_was_said(said: RollSaid) -> None:
    content = {**HEAD, **roll_builder.to_json(said)}
    roll_rule_from(content)
    assert roll_builder.from_json(content) == said


SHIPPED = [(kind, name) for kind in KINDS for name in kind_preset_names(kind)]


@pytest.mark.parametrize(("kind", "name"), SHIPPED)
def test_every_rule_that_ships_is_sound_cites_its_source_and_is_said_without_loss(
    kind: str, name: str
) -> None:
    content = kind_preset(kind, name)
    check(kind, content)
    assert content["cites"]
    assert set(content["title"]) == {"es", "en", "pt", "fr"}
    said = BUILDERS[kind].from_json(content)
    assert said is not None
    assert {**content, **BUILDERS[kind].to_json(said)} == content
    assert (
        stamped(kind, content, key=name, version=1, titles=content["title"], cites=content["cites"])
        == content
    )


def test_no_other_kind_ships_rules_here() -> None:
    assert kind_preset_names("decision") == ()
    with pytest.raises(KeyError):
        kind_preset("calls", "no-such-rule")


LADDER = [
    {"call": n, **({"after": "PT1H"} if n > 1 else {}), "all": [{**HALF, "id": f"q{n}"}]} for n in range(1, 3)
]
RICHER = [
    ("calls", calls_rule(calls=[{"call": 1, "any": [HALF]}])),
    ("calls", calls_rule(calls=[LADDER[0], {"call": 2, "after": "P1DT2H", "all": []}])),
    ("calls", calls_rule(max_postponement="P1M2D")),
    ("calls", calls_rule(annual={"every": "P1Y6M"})),
    ("representation", representation_rule(deadline="P1DT12H")),
    ("roll", roll_rule(minimum_membership="P1Y6M")),
    ("roll", roll_rule(weight={"by": "bands", "field": "m", "bands": [{"from": n, "to": n, "weight": "1"} for n in range(1, 14)]})),
    ("roll", roll_rule(groups=[{"attribute": f"g{n}", "by": "country"} for n in range(5)])),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content"), RICHER)
def test_a_richer_rule_is_not_said_by_halves(kind: str, content: dict[str, Any]) -> None:
    {"calls": calls_from, "representation": representation_from, "roll": roll_rule_from}[kind](content)
    assert BUILDERS[kind].from_json(content) is None


def test_proxies_that_are_not_allowed_are_said_without_their_conditions() -> None:
    content = {
        **representation_rule(),
        "proxies": {"allowed": False, "per_holder": None, "instrument": False},
    }
    assert representation_builder.from_json(content) == RepresentationSaid()
