"""Schulze: the published examples, the strength of links, ties, and what the result says of a Condorcet winner."""

import json
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.elections.voting import counted, elected, ranked, terms
from workflows.elections.schulze import SchulzeCount
from workflows.elections.ties import Tie, tie_from
from workflows.faults import InputRefusedError

# Schulze (2011), section 3, example 1.
PAPER = ranked((8, "ACDB"), (2, "BADC"), (4, "CDBA"), (4, "DBAC"), (3, "DCBA"))
# M. Schulze's own worked examples on electowiki ("Schulze method", examples 1 to 4), the first on Wikipedia too.
FIRST = ranked(
    (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")
)  # fmt: skip
SECOND = ranked(
    (5, "ACBD"), (2, "ACDB"), (3, "ADCB"), (4, "BACD"), (3, "CBDA"), (3, "CDBA"), (1, "DACB"), (5, "DBAC"), (4, "DCBA")
)  # fmt: skip
THIRD = ranked(
    (3, "ABDEC"), (5, "ADEBC"), (1, "ADECB"), (2, "BADEC"), (2, "BDECA"), (4, "CABDE"), (6, "CBADE"), (2, "DBECA"),
    (5, "DECAB"),
)  # fmt: skip
FOURTH = ranked((3, "ABCD"), (2, "DABC"), (2, "DBCA"), (2, "CBDA"))
TENNESSEE = {"m>n>c>k": 42, "n>c>k>m": 26, "c>k>n>m": 15, "k>c>n>m": 17}


def count(votes: dict[str, int], **more: Any) -> SchulzeCount:
    found = counted("schulze", 1, votes, **more).count
    assert isinstance(found, SchulzeCount)
    return found


@pytest.mark.parametrize(
    ("votes", "ranking"),
    [
        (PAPER, "d a c b"),
        (FIRST, "e a c b d"),
        (SECOND, "d a c b"),
        (THIRD, "b a d e c"),
        (FOURTH, "bd ac"),
        (TENNESSEE, "n c k m"),
    ],
)
def test_published_rankings(votes: dict[str, int], ranking: str) -> None:
    assert count(votes).ranking == tuple(tuple(tier) for tier in ranking.split())


def test_the_matrices_of_the_first_example() -> None:
    found = count(FIRST)
    rows = {one: [found.preferred.get((one, other)) for other in "abcde"] for one in "abcde"}
    assert rows == {
        "a": [None, 20, 26, 30, 22],
        "b": [25, None, 16, 33, 18],
        "c": [19, 29, None, 17, 24],
        "d": [15, 12, 28, None, 14],
        "e": [23, 27, 21, 31, None],
    }
    paths = {one: [found.paths[one, o].votes_for if o != one else None for o in "abcde"] for one in "abcde"}
    assert paths == {
        "a": [None, 28, 28, 30, 24],
        "b": [25, None, 28, 33, 24],
        "c": [25, 29, None, 29, 24],
        "d": [25, 28, 28, None, 24],
        "e": [25, 28, 28, 31, None],
    }


def test_the_matrices_of_the_paper() -> None:
    found = count(PAPER)
    assert {pair: int(n) for pair, n in found.preferred.items() if pair[0] == "d"} == {
        ("d", "a"): 11,
        ("d", "b"): 19,
        ("d", "c"): 9,
    }
    paths = {one: [found.paths[one, o].votes_for if o != one else None for o in "abcd"] for one in "abcd"}
    assert paths == {
        "a": [None, 14, 14, 12],
        "b": [13, None, 13, 12],
        "c": [13, 15, None, 12],
        "d": [13, 19, 13, None],
    }


@pytest.mark.parametrize(
    ("votes", "winner"), [(FIRST, None), (PAPER, None), (FOURTH, None), (TENNESSEE, "n")]
)
def test_condorcet_winner(votes: dict[str, int], winner: str | None) -> None:
    assert count(votes).condorcet_winner == winner


def test_a_tie_of_two_potential_winners_waits_for_lots() -> None:
    waiting = counted("schulze", 1, FOURTH)
    assert (waiting.status, waiting.elected) == ("tie_pending", ())
    assert waiting.tie is not None
    assert (waiting.tie.options, waiting.tie.places) == (("b", "d"), 1)
    drawn = counted("schulze", 1, FOURTH, seed="a seed for this test")
    assert drawn.lots is not None
    first = min("bd", key=drawn.lots.order.index)
    assert (drawn.status, drawn.elected) == ("elected", (first,))


def test_two_potential_winners_do_not_take_two_seats_where_the_others_are_not_behind_both() -> None:
    # b is before c and d before a, and that is all: b > c > d > a is one of the orders that this allows.
    result = counted("schulze", 2, FOURTH)
    assert (result.elected, result.tie) == ((), Tie("seat", tuple("abcd"), 2, (("b", "c"), ("d", "a"))))
    assert len(counted("schulze", 3, FOURTH, seed="a seed for this test").elected) == 3


def test_of_links_with_equal_votes_for_them_the_one_with_fewer_against_is_stronger() -> None:
    # a beats b 4:3, b beats c 5:2, c beats a 4:2 (one ballot ranks them as equals): a-b is the weakest link.
    found = count({"a>b>c": 2, "b>c>a": 2, "c>a>b": 1, "a=c>b": 1, "b>a=c": 1})
    assert (found.preferred["a", "b"], found.preferred["b", "a"]) == (4, 3)
    assert (found.preferred["b", "c"], found.preferred["c", "b"]) == (5, 2)
    assert (found.preferred["c", "a"], found.preferred["a", "c"]) == (3, 2)
    assert found.ranking == (("a",), ("b",), ("c",))


def test_options_left_out_come_last_as_equals() -> None:
    short, full = count({"a": 1, "b>c": 1}), count({"a>b=c": 1, "b>c>a": 1})
    assert short.preferred == full.preferred


def test_where_no_ballot_ranks_anybody_nobody_is_elected() -> None:
    silent = elected(terms("schulze", "ab"), {"blank": 1, "invalid": 1})
    assert (silent.status, silent.elected, silent.tie) == ("incomplete", (), None)


def test_where_every_ballot_ranks_all_as_equals_all_are_tied() -> None:
    even = counted("schulze", 1, {"a=b=c": 3, "blank": 1}, tie="second_vote")
    assert (even.status, even.elected, even.tie) == ("tie_pending", (), Tie("seat", ("a", "b", "c")))
    assert counted("schulze", 3, {"a=b=c": 3}).elected == ("a", "b", "c")
    assert len(counted("schulze", 2, {"a=b=c": 3}, seed="a seed for this test").elected) == 2


def test_of_two_that_nothing_orders_neither_takes_the_last_seat_unasked() -> None:
    # Only b is before c: a and c are 1 to 1. So b is among the first two in any case, and a or c is the other.
    result = counted("schulze", 2, {"a>b>c": 1, "b>c>a": 1, "a=b=c": 1}, tie="second_vote")
    assert (result.status, result.elected) == ("tie_pending", ("b",))
    assert result.tie == Tie("seat", ("a", "c"))


PAIRS = {"a>b>c=d": 1, "c=d>a>b": 1, "c>d>a=b": 1, "a=b>c>d": 1}  # a before b, c before d, and nothing else


def test_whatever_settles_a_tie_keeps_to_what_the_ballots_say() -> None:
    waiting = counted("schulze", 2, PAIRS, tie="casting_vote")
    assert (waiting.elected, waiting.tie) == ((), Tie("seat", tuple("abcd"), 2, (("a", "b"), ("c", "d"))))
    for names, over in (("a+c", None), ("a+b", None), ("c+d", None), ("b+d", "a, c"), ("a+d", "c")):
        if over is None:
            assert counted("schulze", 2, PAIRS, tie="casting_vote", casting_vote=names).status == "elected"
            continue
        with pytest.raises(InputRefusedError, match=f"passes over {over}, which"):
            counted("schulze", 2, PAIRS, tie="casting_vote", casting_vote=names)
    drawn = {counted("schulze", 2, PAIRS, seed=f"a seed of number {n}").elected for n in range(40)}
    assert set(map(frozenset, drawn)) == {frozenset("ac"), frozenset("ab"), frozenset("cd")}


def test_a_tie_is_read_from_its_json() -> None:
    for tie in (Tie("seat", ("a", "c"), 1), Tie("seat", tuple("abcd"), 2, (("a", "b"), ("c", "d")))):
        assert tie_from(json.loads(json.dumps(tie.to_dict()))) == tie


LEVELS = st.dictionaries(
    st.lists(st.integers(0, 3), min_size=4, max_size=4).map(
        lambda levels: ">".join(
            "=".join(o for o, at in zip("abcd", levels, strict=True) if at == level)
            for level in sorted(set(levels))
        )
    ),
    st.integers(1, 3),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(LEVELS, st.integers(1, 4))
def test_elected_is_who_is_among_the_first_in_every_order_that_the_comparisons_allow(
    votes: dict[str, int], seats: int
) -> None:
    result = elected(terms("schulze", "abcd", seats, tie="second_vote"), votes)
    assert isinstance(result.count, SchulzeCount)
    paths, none = result.count.paths, (Fraction(0), Fraction(0))
    before = {
        (one, other)
        for one in "abcd"
        for other in "abcd"
        if paths.get((one, other), none) > paths.get((other, one), none)
    }
    allowed = [
        set(order[:seats])
        for order in permutations("abcd")
        if not any((b, a) in before for a, b in combinations(order, 2))
    ]
    every, some = set.intersection(*allowed), set.union(*allowed)
    assert set(result.elected) == every
    assert set(result.tie.options if result.tie else ()) == some - every
    if result.tie:
        assert result.tie.places == seats - len(every)


@settings(deadline=None)
@given(LEVELS, st.integers(1, 4), st.integers(0, 9))
def test_lots_fill_every_seat_as_the_comparisons_allow(
    votes: dict[str, int], seats: int, number: int
) -> None:
    result = elected(terms("schulze", "abcd", seats), votes, seed=f"a seed of number {number}")
    assert len(set(result.elected)) == seats
    for drawn in result.drawn:
        assert drawn.tie.passed_over(drawn.taken) == ()


def test_json() -> None:
    written = count({"a>b": 2, "b>a": 1}).to_dict()
    assert written == {
        "preferred": {"a": {"b": "2"}, "b": {"a": "1"}},
        "paths": {"a": {"b": {"for": "2", "against": "1"}}, "b": {}},
        "ranking": [["a"], ["b"]],
        "condorcet_winner": "a",
    }
    assert count({"a>b": 2}).preferred["a", "b"] == Fraction(2)
