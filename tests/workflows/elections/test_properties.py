"""What holds for every election: nothing but what the ballots say matters, and every vote is accounted for exactly."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.elections.voting import terms
from workflows.elections.counting import elect
from workflows.elections.results import Result
from workflows.elections.stages import StvCount
from workflows.elections.terms import METHODS, Terms
from workflows.rolls import roll_of

OPTIONS = ("a", "b", "c", "d")
WEIGHTS = st.sampled_from(["1", "2", "1/2", "1.69", "7/3"])
RANKED = st.permutations(OPTIONS).flatmap(lambda order: st.integers(1, 4).map(lambda n: ">".join(order[:n])))
NAMES = st.sets(st.sampled_from(OPTIONS), min_size=1).map(lambda names: "+".join(sorted(names)))
TEXTS = {"choose_one": st.sampled_from(OPTIONS), "approval": NAMES, "stv": RANKED, "schulze": RANKED}
SEED = "a seed for this test"


@st.composite
def elections(draw: st.DrawFn) -> tuple[Terms, list[tuple[str, str, str]]]:
    method = draw(st.sampled_from(METHODS))
    text = TEXTS[method] | st.sampled_from(["blank", "invalid"])
    cast = draw(st.lists(st.tuples(text, WEIGHTS), min_size=1, max_size=14))
    rows = [(f"e{n:02}", choice, weight) for n, (choice, weight) in enumerate(cast)]
    return terms(method, OPTIONS, draw(st.integers(1, 3))), rows


def count(used: Terms, rows: list[tuple[str, str, str]], seed: str | None = SEED) -> Result:
    roll = roll_of([(elector, weight, "yes") for elector, _, weight in rows])
    return elect(used, roll, [(elector, choice) for elector, choice, _ in rows], seed=seed)


@settings(deadline=None)
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_roll_is_nothing(given_: Any, random: Any) -> None:
    used, rows = given_
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert count(used, shuffled).to_json() == count(used, rows).to_json()


@settings(deadline=None)
@given(elections())
def test_an_elector_of_weight_two_is_two_electors_of_weight_one(given_: Any) -> None:
    used, rows = given_
    split = [
        (f"{elector}{half}", choice, "1" if weight == "2" else weight)
        for elector, choice, weight in rows
        for half in ("xy" if weight == "2" else "x")
    ]
    one, two = count(used, rows), count(used, split)
    assert one.count == two.count
    assert (one.status, one.elected, one.tie, one.drawn) == (two.status, two.elected, two.tie, two.drawn)


@settings(deadline=None)
@given(elections(), st.integers(2, 5))
def test_all_weights_so_many_times_larger_elect_the_same(given_: Any, times: int) -> None:
    used, rows = given_
    if used.method != "stv":  # its quota is a whole number of units, which are the same when all weights grow
        larger = [(elector, choice, str(Fraction(weight) * times)) for elector, choice, weight in rows]
        assert count(used, larger).elected == count(used, rows).elected


@settings(deadline=None)
@given(elections())
def test_with_a_seed_nothing_waits_and_seats_are_filled_once(given_: Any) -> None:
    result = count(*given_)
    assert result.status in ("elected", "incomplete")
    assert len(set(result.elected)) == len(result.elected) <= result.seats
    assert (len(result.elected) == result.seats) is (result.status == "elected")


@settings(deadline=None)
@given(elections())
def test_without_a_seed_whoever_is_elected_is_elected_with_one_too(given_: Any) -> None:
    used, rows = given_
    without = count(used, rows, seed=None)
    assert set(without.elected) <= set(count(used, rows).elected)
    if without.tie is None:
        assert without.elected == count(used, rows).elected


@settings(deadline=None)
@given(elections())
def test_every_vote_of_every_stage_is_accounted_for(given_: Any) -> None:
    used, rows = given_
    result = count(used, rows)
    if isinstance(result.count, StvCount):
        for stage in result.count.stages:
            assert sum(stage.votes.values()) + stage.lost == result.count.total == result.weight["named"]
        elected_ = [one for stage in result.count.stages for one in (*stage.reached, *stage.last)]
        assert tuple(elected_) == result.elected


@settings(deadline=None)
@given(elections())
def test_whoever_beats_every_other_is_elected(given_: Any) -> None:
    used, rows = given_
    result = count(used, rows).to_dict()
    if used.method == "schulze" and result["count"]["condorcet_winner"]:  # type: ignore[index]
        assert result["elected"][0] == result["count"]["condorcet_winner"]  # type: ignore[index]


@settings(deadline=None)
@given(elections())
def test_nothing_inexact_is_in_the_result(given_: Any) -> None:
    assert {type(leaf) for leaf in leaves(count(*given_).to_dict())} <= {str, int, bool, type(None)}


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    else:
        yield value


@pytest.mark.parametrize("method", METHODS)
def test_the_smallest_weight_decides_among_the_largest(method: str) -> None:
    used = terms(method, "ab")
    rows = [("x", "a", "1000000000000000"), ("y", "b", "1000000000000000"), ("z", "b", "1/1000000000")]
    assert count(used, rows).elected == ("b",)
