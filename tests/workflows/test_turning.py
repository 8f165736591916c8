"""The fewest who turn: held against every set of electors there is, on small rolls."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.test_decide_properties import monotone_rules
from tests.workflows.votes import YES, YES_NO, by_group, condition, rule
from workflows.decisions import decide
from workflows.rolls import Roll, roll_of
from workflows.rules import Rule
from workflows.simulator import Reach, hall_of, least_in_favour, simulate

weights = st.sampled_from(["1", "2", "5/2", "10"])
electors = st.tuples(weights, st.sampled_from(["GT", "SV", "HN"]), st.sampled_from(["issuer", "consumer"]))
rolls = st.lists(electors, min_size=1, max_size=6)
shares = st.sampled_from(["0", "1/4", "1/3", "1/2", "2/3", "1"])
compared = st.sampled_from([">", ">=", "<", "<="])


def roll_from(drawn: list[tuple[str, str, str]]) -> Roll:
    return roll_of([(f"e{n}", w, "", *rest) for n, (w, *rest) in enumerate(drawn)], ["country", "kind"])


def least_of_all(used: Rule, roll: Roll) -> int | None:
    """The fewest in favour that pass, by trying everybody with everybody."""
    for number in range(len(roll) + 1):
        for some in combinations(roll.electors, number):
            ballots = [(e, "yes" if e in some else "no") for e in roll.electors]
            there = Roll(roll.electors, roll.units, roll.denominator, ("yes",) * len(roll), roll.attributes)
            if decide(used, there, ballots).status == "adopted":
                return number
    return None


def most_of_all(used: Rule, roll: Roll) -> int | None:
    """The most who come, all in favour, and miss the quorum, by trying everybody with everybody."""
    for number in range(len(roll), -1, -1):
        for some in combinations(roll.electors, number):
            present = tuple("yes" if e in some else "no" for e in roll.electors)
            there = Roll(roll.electors, roll.units, roll.denominator, present, roll.attributes)
            if decide(used, there, [(e, "yes") for e in some]).status == "no_quorum":
                return number
    return None


@st.composite
def conditions(
    draw: st.DrawFn, counts: Any = (YES, ["no"], "voted"), bases: Any = (YES_NO, "roll", "voted")
) -> Any:
    """One condition of any kind: in heads or weight, of part of the roll or of groups."""
    more: dict[str, Any] = {"cmp": draw(compared), "share": draw(shares)}
    plain = {
        **more,
        "count": draw(st.sampled_from(list(counts))),
        "base": draw(st.sampled_from([*bases, {"fixed": "3"}])),
        "measure": draw(st.sampled_from(["heads", "weight"])),
    }
    if draw(st.booleans()):
        plain["where"] = {"kind": "issuer"}
    if draw(st.booleans()):
        plain["at_least"] = draw(st.sampled_from(["1", "3"]))
    if draw(st.booleans()):
        return condition(**plain)
    more["base"] = draw(st.sampled_from(["groups_on_roll", {"fixed": "2"}]))
    inner = {key: value for key, value in plain.items() if key != "at_least" or draw(st.booleans())}
    return by_group(
        **more, group_passes=inner, group_weights={"GT": draw(st.sampled_from(["1", "1/2", "2"]))},
    )  # fmt: skip


def reach_of(used: Rule, roll: Roll) -> Reach:
    return least_in_favour(hall_of(used, roll, 1))


@settings(deadline=None, max_examples=60)
@given(conditions(), rolls)
def test_of_one_condition_the_least_is_the_least_of_all(one: Any, drawn: Any) -> None:
    used, roll = rule(one), roll_from(drawn)
    reach, least = reach_of(used, roll), least_of_all(used, roll)
    assert reach.number == least or not reach.certain
    # With a floor on what a ceiling holds down, or a ceiling on groups, more than enough may be found and is not told as least.
    if one["cmp"] in (">", ">=") and one.get("group_passes", one)["cmp"] in (">", ">="):
        assert (reach.number, reach.certain) == (least, True)


@settings(deadline=None, max_examples=60)
@given(monotone_rules(), rolls)
def test_what_is_said_to_be_least_is_the_least_of_all(used: Rule, drawn: Any) -> None:
    roll = roll_from(drawn)
    reach, least = reach_of(used, roll), least_of_all(used, roll)
    assert reach.number is None or (least is not None and reach.number >= least)
    if reach.certain:
        assert reach.number == least
    if reach.number is not None:
        assert reach.hall.passes(reach.number)
        assert reach.number == 0 or not reach.hall.passes(reach.number - 1)


@settings(deadline=None, max_examples=60)
@given(conditions(("represented", "present"), ("roll",)), rolls)
def test_of_one_condition_of_a_quorum_the_most_is_the_most_of_all(one: Any, drawn: Any) -> None:
    used, roll = quorum({**one, "id": "q"}), roll_from(drawn)
    made, most = simulate(used, roll), most_of_all(used, roll)
    said = {outcome.key: outcome.votes.favour for outcome in made.outcomes}.get("no_quorum")
    assert said == most or not made.short_certain
    if one["cmp"] in (">", ">="):
        assert said is None or (most is not None and said <= most)


A_HEAVY_ONE = roll_of([*((e, "1", "") for e in "abcd"), ("z", "10", "")])
TEN_AND_TWO = roll_of([(f"e{n:02}", "1", "", "GT" if n < 10 else f"C{n}") for n in range(12)], ["country"])
CHAMBERS = roll_of([(f"e{n:02}", "1", "", "issuer" if n < 4 else "consumer") for n in range(12)], ["kind"])
OF_ISSUERS = condition(cmp=">=", share="2/3", where={"kind": "issuer"})
OF_CONSUMERS = condition("c", where={"kind": "consumer"})


@pytest.mark.parametrize(
    ("used", "roll", "least", "who"),
    [
        (rule(condition(measure="weight")), A_HEAVY_ONE, 1, {"z"}),
        (rule(by_group()), TEN_AND_TWO, 2, {"e10", "e11"}),
        (rule(OF_ISSUERS), CHAMBERS, 3, {"e00", "e01", "e02"}),
        (
            rule(OF_ISSUERS, OF_CONSUMERS),
            CHAMBERS,
            8,
            {"e00", "e01", "e02", "e04", "e05", "e06", "e07", "e08"},
        ),
        (rule(condition(), by_group()), TEN_AND_TWO, 7, {"e10", "e11"}),
        (rule({"any": [OF_ISSUERS, OF_CONSUMERS]}), CHAMBERS, 3, {"e00", "e01", "e02"}),
        (rule(condition(count=["no"], cmp="<", share="1/4", measure="weight")), A_HEAVY_ONE, 2, {"z"}),
    ],
)
def test_those_whose_votes_go_furthest(used: Rule, roll: Roll, least: int, who: set[str]) -> None:
    reach = reach_of(used, roll)
    assert (reach.number, reach.certain) == (least, True)
    assert who <= set(reach.hall.names[:least])


def quorum(*asked: Any) -> Rule:
    return rule(quorum=[{"call": 1, "all": list(asked)}])


HALF_HERE = {"count": "represented", "base": "roll"}


@pytest.mark.parametrize(
    ("used", "roll", "most"),
    [
        (quorum(condition("q", **HALF_HERE, cmp=">=", where={"kind": "issuer"})), CHAMBERS, 9),
        (quorum(condition("q", **HALF_HERE, measure="weight")), A_HEAVY_ONE, 4),
        (quorum(by_group(id="q", group_passes={**HALF_HERE, "cmp": ">=", "share": "1/10"})), TEN_AND_TWO, 10),
        (
            quorum(condition("a", **HALF_HERE), condition("q", **HALF_HERE, where={"kind": "issuer"})),
            CHAMBERS,
            10,
        ),
    ],
)
def test_the_most_who_may_come_and_still_miss_the_quorum(used: Rule, roll: Roll, most: int) -> None:
    made = simulate(used, roll)
    said = {outcome.key: outcome.votes.favour for outcome in made.outcomes}["no_quorum"]
    assert (said, made.short_certain) == (most, True)
