"""STV: published counts stage by stage, ties, and where the exact count differs from one cut at five decimals."""

from fractions import Fraction

import pytest

from tests.workflows.elections.voting import counted, elected, ranked, terms
from workflows.elections.results import Result
from workflows.elections.stages import StvCount, cut
from workflows.elections.stv import droop_quota

# The worked example of the Scottish Government's guide to the count, which votelib tests itself against as well.
GUIDE = {
    "adams>baker": 35, "adams>gray>baker": 84, "adams>gray>miller": 267, "adams>gray": 49, "adams>miller": 78,
    "adams": 37, "baker": 377, "campbell>adams>baker": 7, "campbell>adams>gray>baker": 7,
    "campbell>adams>gray>miller": 19, "campbell>adams>gray": 23, "campbell>adams>miller": 263, "campbell>adams": 38,
    "campbell>baker": 223, "campbell>gray>baker": 15, "campbell>gray>miller": 58, "campbell>gray": 10,
    "campbell>miller": 252, "campbell": 57, "gray>baker": 54, "gray>miller": 96, "gray": 17, "miller": 331,
}  # fmt: skip
FOOD = {
    "orange": 4, "pear>orange": 2, "chocolate>strawberry": 8, "chocolate>burger": 4, "strawberry": 1, "burger": 1,
}  # fmt: skip
SEED = "a seed for this test"


def stages(result: Result) -> tuple[StvCount, list[tuple[str, str | None]]]:
    assert isinstance(result.count, StvCount)
    return result.count, [(stage.action, stage.option) for stage in result.count.stages]


def test_the_guide_of_the_scottish_government() -> None:
    result = counted("stv", 3, GUIDE)
    count, done = stages(result)
    assert (count.total, count.quota) == (2397, 600)
    assert done == [("first", None), ("surplus", "campbell"), ("surplus", "adams"), ("exclusion", "gray")]
    assert result.elected == ("campbell", "adams", "miller")
    assert result.status == "elected"
    whole = [{option: int(votes) for option, votes in stage.votes.items()} for stage in count.stages]
    assert whole == [
        {"adams": 550, "baker": 377, "campbell": 972, "gray": 167, "miller": 331},
        {"adams": 686, "baker": 462, "campbell": 600, "gray": 198, "miller": 427},
        {"adams": 600, "baker": 467, "campbell": 600, "gray": 251, "miller": 449},
        {"adams": 600, "baker": 537, "campbell": 600, "gray": 0, "miller": 602},
    ]
    # A transfer value is 372/972 of a vote: 0.38271 in the guide. 357 papers go on to Adams.
    assert count.stages[1].votes["adams"] == 550 + 357 * Fraction(372, 972)
    assert cut(Fraction(372, 972)) == "0.38271"


def test_food() -> None:
    # https://en.wikipedia.org/wiki/Single_transferable_vote, as given for years.
    count, done = stages(counted("stv", 3, FOOD))
    assert count.quota == 6
    assert done == [("first", None), ("surplus", "chocolate"), ("exclusion", "pear"), ("exclusion", "burger")]
    assert count.elected == ("chocolate", "orange", "strawberry")
    assert [stage.reached for stage in count.stages] == [("chocolate",), (), ("orange",), ()]
    assert (count.stages[3].last, count.stages[3].lost) == (("strawberry",), 3)


@pytest.mark.parametrize(
    ("votes", "seats", "who"),
    [
        (ranked((20, "ABCD"), (20, "BDEF"), (20, "FAC"), (20, "DCEF"), (19, "CDB")), 3, {"d", "b", "f"}),
        (ranked((50, "ABCDE"), (51, "BACDE"), (100, "CDBEA"), (53, "DECBA"), (49, "EDCBA")), 1, {"d"}),
        (ranked((9, "BCA"), (8, "ABC"), (7, "CAB")), 1, {"a"}),
        (ranked((35, "ABC"), (34, "CBA"), (31, "BCA")), 1, {"c"}),
        ({"m>n>c>k": 42, "n>c>k>m": 26, "c>k>n>m": 15, "k>c>n>m": 17}, 1, {"k"}),
        ({"andrea": 25, "carter>brad>delilah": 34, "brad>delilah": 7, "delilah>brad": 8, "delilah>scott": 5, "scott>delilah": 21}, 3, {"carter", "andrea", "scott"}),
        ({"alice>bob>chris": 28, "bob>alice>chris": 26, "chris": 3, "don": 2, "eric": 1}, 3, {"alice", "bob", "chris"}),
    ],
)  # fmt: skip
def test_published_outcomes(votes: dict[str, int], seats: int, who: set[str]) -> None:
    """rangevoting.org (STVPRunger; nightmare 12; reversal), Wikipedia (Condorcet criterion; Tennessee; CPO-STV), OPA Vote."""
    assert set(counted("stv", seats, votes).elected) == who


@pytest.mark.parametrize(
    ("total", "seats", "denominator", "quota"),
    [(20, 3, 1, 6), (19, 3, 1, 5), (100, 3, 1, 26), (2397, 3, 1, 600), (1, 1, 1, 1), (1, 1, 2, 1), ("5/2", 1, 2, "3/2"), ("1/3", 1, 3, "1/3")],
)  # fmt: skip
def test_droop_quota(total: int | str, seats: int, denominator: int, quota: int | str) -> None:
    assert droop_quota(Fraction(total), seats, denominator) == Fraction(quota)


def test_the_largest_surplus_goes_first_and_skips_whoever_is_elected() -> None:
    # a has 9 and b 7 of 20, quota 6 (3 seats): a's 3 pass over b to c; then b's 1.
    count, done = stages(counted("stv", 3, {"a>b>c": 9, "b>a>d": 7, "c": 2, "d": 2}))
    assert done[:3] == [("first", None), ("surplus", "a"), ("surplus", "b")]
    assert dict(count.stages[1].gained) == {"c": 3}
    assert dict(count.stages[2].gained) == {"d": 1}


def test_an_equal_surplus_is_settled_by_the_most_recent_stage_that_differs() -> None:
    # d goes out and lifts b and c to 13 each, above the quota of 11; before that b had more.
    votes = {"b>f": 10, "c>h": 9, "d>b": 3, "d>c": 4, "f": 8, "h": 8}
    count, done = stages(counted("stv", 3, votes))
    assert (count.quota, count.stages[1].reached) == (11, ("b", "c"))
    assert done[1:3] == [("exclusion", "d"), ("surplus", "b")]
    assert count.stages[2].by == "earlier_stage"
    assert count.stages[2].gained == {"f": Fraction(20, 13)}


def test_an_exclusion_by_an_earlier_stage() -> None:
    # b and c both have 3 when a's paper has gone on; before that b had fewer.
    votes = {"a>b": 1, "b": 2, "c": 3, "d": 4}
    count, done = stages(counted("stv", 1, votes))
    assert done == [("first", None), ("exclusion", "a"), ("exclusion", "b"), ("exclusion", "c")]
    assert [stage.by for stage in count.stages] == [None, "votes", "earlier_stage", "votes"]
    assert count.elected == ("d",)
    assert count.tie is None


@pytest.mark.parametrize(
    ("votes", "seats", "before", "turn"),
    [
        # a was before b, x's papers put b before a, and y's make them equal: a was the fewer last, so a goes out.
        ({"a>b": 5, "b>a": 4, "x>b": 2, "y>a": 1, "y>c": 2, "c": 9}, 1, [(5, 4), (5, 6), (6, 6)], ("exclusion", "a")),
        # The same above the quota of 10: b was the more last, so its surplus goes first.
        (
            {"a>c": 7, "b>d": 6, "x>b": 3, "y>a": 4, "y>b": 2, "c": 7, "d": 7}, 3,
            [(7, 6), (7, 9), (11, 11)], ("surplus", "b"),
        ),
    ],
)  # fmt: skip
def test_of_earlier_stages_the_most_recent_that_differs_settles_it(
    votes: dict[str, int], seats: int, before: list[tuple[int, int]], turn: tuple[str, str]
) -> None:
    count, done = stages(counted("stv", seats, votes))
    assert done[:3] == [("first", None), ("exclusion", "x"), ("exclusion", "y")]
    assert [(stage.votes["a"], stage.votes["b"]) for stage in count.stages[:3]] == before
    assert (done[3], count.stages[3].by) == (turn, "earlier_stage")


def test_a_tie_at_every_stage_stops_the_count_until_lots_are_drawn() -> None:
    votes = {"a": 2, "b": 2, "c": 3}
    waiting = counted("stv", 1, votes)
    assert waiting.status == "tie_pending"
    assert waiting.tie is not None
    assert (waiting.tie.why, waiting.tie.options) == ("exclusion", ("a", "b"))
    assert len(stages(waiting)[1]) == 1
    drawn = counted("stv", 1, votes, seed=SEED)
    assert drawn.lots is not None
    last = max("ab", key=drawn.lots.order.index)
    assert stages(drawn)[1][1] == ("exclusion", last)
    assert [(one.tie.options, one.taken) for one in drawn.drawn] == [(("a", "b"), (last,))]
    assert drawn.elected == ("c",)


def test_a_tie_of_surpluses() -> None:
    votes = {"a>c": 4, "b>d": 4, "c": 1, "d": 1}
    waiting = counted("stv", 3, votes)
    assert waiting.tie is not None
    assert (waiting.tie.why, waiting.tie.options, waiting.elected) == ("surplus", ("a", "b"), ("a", "b"))
    drawn = counted("stv", 3, votes, seed=SEED)
    assert drawn.lots is not None
    assert stages(drawn)[1][1] == ("surplus", min("ab", key=drawn.lots.order.index))


def test_an_exact_quota_has_no_surplus_and_its_papers_stay() -> None:
    count, done = stages(counted("stv", 2, {"a>b": 4, "b": 3, "c": 2, "d": 1}))
    assert (count.quota, count.stages[0].reached) == (4, ("a",))
    assert done[1] == ("exclusion", "d")
    assert count.stages[-1].votes["a"] == 4


def test_fewer_options_than_seats_leave_seats_open() -> None:
    result = counted("stv", 3, {"a": 2, "b": 1})
    assert (result.status, result.elected, result.open_seats) == ("incomplete", ("a", "b"), 1)


def test_no_ballot_elects_nobody() -> None:
    result = elected(terms("stv", "ab", 1), {"blank": 2, "invalid": 1, None: 4})
    assert (result.status, result.elected) == ("incomplete", ())
    assert result.heads == {"named": 0, "blank": 2, "invalid": 1, "not_voted": 4}
    assert stages(result)[1] == []


def test_weights_that_are_fractions_are_counted_in_their_common_unit() -> None:
    halves = elected(terms("stv", "abc", 1), {("a", "1/2"): 3, ("b", "1/2"): 2, ("c>b", "1/2"): 2})
    whole = elected(terms("stv", "abc", 1), {"a": 3, "b": 2, "c>b": 2}, seed=SEED)
    halved = elected(terms("stv", "abc", 1), {("a", "1/2"): 3, ("b", "1/2"): 2, ("c>b", "1/2"): 2}, seed=SEED)
    assert halves.tie == elected(terms("stv", "abc", 1), {"a": 3, "b": 2, "c>b": 2}).tie
    assert halved.elected == whole.elected
    assert stages(halved)[0].quota == stages(whole)[0].quota / 2


def test_where_five_decimals_would_make_a_tie_the_exact_count_does_not() -> None:
    # 1/3 of a vote each way: cut at five decimals the three thirds of a surplus would lose a hundred-thousandth.
    count, _ = stages(counted("stv", 2, {"a>b": 1, "a>c": 1, "a>d": 1, "b": 1, "c": 1, "e": 1}, seed=SEED))
    assert all(sum(stage.votes.values()) + stage.lost == count.total for stage in count.stages)


@pytest.mark.parametrize(
    ("number", "text"), [("3", "3"), ("1/3", "0.33333"), ("5/2", "2.5"), ("0", "0"), ("2/3", "0.66666"), ("9999999/10000000", "0.99999")]
)  # fmt: skip
def test_votes_are_cut_for_display(number: str, text: str) -> None:
    assert cut(Fraction(number)) == text
