"""The simulator: just passed, just failed, no quorum; one abstention or absence more; what other rules would say."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.test_decide_properties import monotone_rules
from tests.workflows.votes import by_group, condition, rule
from workflows.faults import InputRefusedError
from workflows.made_up_rolls import roll_of_size
from workflows.monotony import grows_with_yes
from workflows.presets import preset, preset_names
from workflows.rolls import Roll, roll_of
from workflows.rules import Rule
from workflows.simulator import Simulation, Votes, hall_of, least_in_favour, simulate

PRESETS = {name: preset(name) for name in preset_names()}


def roll(size: int, *rules: Rule) -> Roll:
    return roll_of_size(size, [*rules, *PRESETS.values()])


def votes(of: Simulation) -> dict[str, Votes]:
    return {outcome.key: outcome.votes for outcome in of.outcomes}


def effects(of: Simulation) -> dict[str, str]:
    return {change.effect: change.after for change in of.changes}


@pytest.mark.parametrize(
    ("name", "size", "call", "passes", "short"),
    [
        ("simple-majority", 100, 1, 51, None),
        ("simple-majority", 101, 1, 51, None),
        ("two-thirds", 100, 1, 67, None),
        ("two-thirds", 99, 1, 66, None),
        ("three-quarters", 100, 1, 75, None),
        ("absolute-majority-present", 100, 1, 51, None),
        ("absolute-majority-roll", 180, 1, 91, None),
        ("consensus-less-n", 10, 1, 9, None),
        ("first-and-second-call", 180, 1, 91, 90),
        ("first-and-second-call", 180, 2, 91, 0),
    ],
)
def test_the_least_that_passes_and_the_most_that_miss_the_quorum(
    name: str, size: int, call: int, passes: int, short: int | None
) -> None:
    made = simulate(PRESETS[name], roll(size), call=call)
    expected = {"passes": Votes(passes, size - passes), "fails": Votes(passes - 1, size - passes + 1)}
    if short is not None:
        expected["no_quorum"] = Votes(short, 0, 0, size - short)
    assert (made.least, votes(made), made.asked) == (passes, expected, short is not None)
    statuses = [outcome.decision.status for outcome in made.outcomes]
    assert statuses[:1] == ["adopted"]
    assert statuses[1] in ("rejected", "tie_pending")
    assert statuses[2:] == ["no_quorum"] * (short is not None)


@pytest.mark.parametrize(
    ("name", "size", "abstains", "stays_away", "no_abstains", "no_stays_away"),
    [
        # An abstention lowers the base of yes and no; in a base of those present it weighs like a no.
        ("simple-majority", 101, "rejected", "rejected", "rejected", "rejected"),
        ("simple-majority", 100, "adopted", "adopted", "adopted", "adopted"),
        ("absolute-majority-present", 100, "rejected", "adopted", "rejected", "adopted"),
        ("absolute-majority-roll", 100, "rejected", "rejected", "rejected", "rejected"),
        ("two-thirds", 99, "rejected", "rejected", "rejected", "rejected"),
    ],
)
def test_what_one_abstention_or_absence_more_does_is_computed(
    name: str, size: int, abstains: str, stays_away: str, no_abstains: str, no_stays_away: str
) -> None:
    made = simulate(PRESETS[name], roll(size))
    assert effects(made) == {
        "favour_abstains": abstains, "favour_stays_away": stays_away, "against_abstains": no_abstains,
        "against_stays_away": no_stays_away,
    }  # fmt: skip
    hall = hall_of(PRESETS[name], roll(size), 1)
    assert all(hall.decide(change.votes).status == change.after for change in made.changes)


@pytest.mark.parametrize("name", preset_names())
def test_every_rule_that_ships_says_of_its_own_votes_what_it_decides(name: str) -> None:
    for outcome in simulate(PRESETS[name], roll(120)).outcomes:
        said = dict(outcome.others)
        assert list(said) == list(preset_names())
        assert said[name] == outcome.decision.status
        assert None not in said.values()


def test_a_rule_that_cannot_be_asked_of_the_roll_says_nothing() -> None:
    bare = roll_of([(f"e{n}", "1", "yes") for n in range(5)])
    said = dict(simulate(PRESETS["simple-majority"], bare).outcomes[0].others)
    silent = {name for name, status in said.items() if status is None}
    assert silent == {"double-majority", "iso-draft-ballot", "two-chambers"}
    with pytest.raises(InputRefusedError):
        simulate(PRESETS["double-majority"], bare)


def test_a_call_that_is_not_on_the_ladder_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="call 3 is not on"):
        simulate(PRESETS["first-and-second-call"], roll(5), call=3)


def test_a_rule_that_nothing_passes_has_no_least() -> None:
    never = rule(condition(count=["yes"], base={"fixed": "9"}, cmp=">=", share="1"))
    made = simulate(never, roll(8))
    assert (made.least, votes(made)) == (None, {"fails": Votes(8, 0)})
    assert simulate(never, roll(9)).least == 9


def test_a_cap_on_those_in_favour_is_searched_one_by_one() -> None:
    odd = rule(condition("some", base="roll"), condition("not_all", base="roll", cmp="<", share="3/4"))
    assert simulate(odd, roll(100)).least == 51
    few = rule(condition("few", base="roll", cmp="<", share="1/10", at_least="1"))
    assert simulate(few, roll(100)).least == 1


def test_those_in_favour_come_from_every_group_in_turn() -> None:
    used = rule(by_group())
    made = roll_of(
        [(f"e{n}", "1", "yes", "GT" if n < 6 else f"C{n}") for n in range(9)], ["country"]
    )  # fmt: skip
    assert simulate(used, made).least == 3  # one of each of three countries, of four
    assert hall_of(used, made, 1).names[:4] == ("e6", "e7", "e8", "e0")


OTHERS = ["a", "b"]
OF_NO = {"count": ["no"], "base": "valid", "cmp": ">=", "share": "9/10"}


@pytest.mark.parametrize(
    ("used", "least"),
    [
        # In favour is the first choice and against the last: with all for "a" nothing passes, with one less it may.
        (rule(condition(count=["b"], base="voted"), choices=OTHERS), 0),
        (rule(condition(count=["b"], base="voted"), condition("a", count=["a"], base={"fixed": "1"}, cmp=">=", share="1"), choices=OTHERS), 1),
        (rule(condition(count=["a"], base="voted"), choices=OTHERS), 51),
        # So many against are asked that those in favour must be few: halving would pass over them.
        (rule(condition("against", **OF_NO), condition("some", base={"fixed": "1"}, cmp=">=", share="1")), 1),
        (rule(condition(base="valid", cmp="<=", share="1/10", at_least="1")), 1),
        (rule(condition("few", base="valid", cmp="<", share="1/4"), condition("some", base={"fixed": "3"}, cmp=">=", share="1")), 3),
        (rule(by_group(group_passes=OF_NO), condition("some", base={"fixed": "2"}, cmp=">=", share="1")), 2),
        (rule(by_group(cmp="<", share="1/10"), condition("some", base={"fixed": "2"}, cmp=">=", share="1")), 2),
    ],
)  # fmt: skip
def test_what_does_not_grow_with_those_in_favour_is_searched_one_by_one(used: Rule, least: int) -> None:
    made = simulate(used, roll(100, used))
    assert (made.least, made.certain) == (least, True)
    assert made.outcomes[0].decision.status == "adopted"


@pytest.mark.parametrize(
    ("asked", "grows"),
    [
        (condition(), True),
        (condition(base="roll"), True),
        (condition(count="voted", base="roll"), True),
        (condition(count=["no"], cmp="<", base="valid"), True),
        (condition(count=["yes", "no"], base="valid"), True),
        (condition(count=["no"], base="valid"), False),
        (condition(count="voted", base=["yes"]), False),
        (condition(cmp="<", base="valid"), False),
        (condition(count=["no"], cmp="<", base=["no"]), True),
        (condition(count=["no"], cmp="<", base="valid", at_least="1"), False),
        (by_group(), True),
        (by_group(cmp="<"), False),
        (by_group(group_passes={**OF_NO}), False),
    ],
)
def test_what_grows_with_those_in_favour(asked: dict[str, Any], grows: bool) -> None:
    assert grows_with_yes(rule(asked)) is grows
    assert grows_with_yes(rule(condition(), quorum=[{"call": 1, "all": [{**asked, "id": "q"}]}])) is grows


def test_the_words_of_those_in_favour_and_against_are_those_of_the_rule() -> None:
    used = rule(condition(count=["b"], base="voted"), choices=OTHERS)
    assert (grows_with_yes(used, "a", "b"), grows_with_yes(used, "b", "a")) == (False, True)


def test_whoever_changes_its_mind_is_the_last_of_those_in_favour() -> None:
    """By weight the heaviest vote in favour: when one of two abstains it is the second of them, not one of the others."""
    used = rule(condition(measure="weight", base="roll"))
    made = simulate(used, roll_of([("a", "3", ""), ("b", "3", ""), *((f"e{n}", "1", "") for n in range(4))]))
    assert (made.least, made.certain, made.alike) == (2, True, False)
    assert made.outcomes[0].decision.weight["yes"] == 6
    hall = least_in_favour(hall_of(used, roll_of([("a", "3", ""), ("b", "3", ""), ("c", "1", "")]), 1)).hall
    said = hall.decide(Votes(1, 1, 1)).weight
    assert (said["yes"], said["abstain"], said["no"]) == (3, 3, 1)
    there = hall.decide(Votes(1, 1, 0, 1)).weight
    assert (there["yes"], there["not_voted"], there["no"]) == (3, 3, 1)


@pytest.mark.parametrize(
    ("asked", "alike"),
    [(condition(), True), (condition(measure="weight"), False), (by_group(), False), (condition(where={"kind": "spo"}), False)],
)  # fmt: skip
def test_whether_it_matters_who_is_in_favour(asked: dict[str, Any], alike: bool) -> None:
    rows = [("a", "1", "", "GT", "spo"), ("b", "2", "", "SV", "spo")]
    assert simulate(rule(asked), roll_of(rows, ["country", "kind"])).alike is alike
    assert simulate(rule(condition(measure="weight")), roll(4)).alike


def test_a_roll_that_parts_electors_has_an_example_and_no_least() -> None:
    used = rule(by_group(group_passes={**by_group()["group_passes"], "measure": "weight"}))
    made = simulate(used, roll_of([(e, "1", "", "GT|SV") for e in "abc"], ["country"]))
    assert (made.least, made.certain) == (2, False)


@settings(deadline=None, max_examples=60)
@given(monotone_rules(), st.integers(1, 14))
def test_the_least_passes_and_nothing_less_does(used: Rule, size: int) -> None:
    hall = hall_of(used, roll_of_size(size, [used, rule(by_group())]), 1)
    reach = least_in_favour(hall)
    assert reach.number == next((n for n in range(size + 1) if reach.hall.passes(n)), None)


@pytest.mark.parametrize("share", ["1/3", "1/2", "1"])
@pytest.mark.parametrize("cmp", [">", ">="])
@pytest.mark.parametrize("more", [{}, {"at_least": "4"}, {"measure": "weight"}])
def test_one_more_than_the_most_that_miss_the_quorum_meets_it(share: str, cmp: str, more: Any) -> None:
    asked = condition("q", count="represented", base="roll", cmp=cmp, share=share, **more)
    made = rule(condition(base="roll"), quorum=[{"call": 1, "all": [asked]}])
    hall = hall_of(made, roll(10), 1)
    short = votes(simulate(made, roll(10)))["no_quorum"].favour
    assert [n for n in range(11) if hall.misses(n)] == list(range(short + 1))
