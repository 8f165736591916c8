"""Schulze: the published examples, the strength of links, ties, and what the result says of a Condorcet winner."""

from fractions import Fraction
from typing import Any

import pytest

from tests.workflows.elections.voting import counted, ranked
from workflows.elections.schulze import SchulzeCount

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


def test_two_seats_take_both_potential_winners() -> None:
    assert counted("schulze", 2, FOURTH).elected == ("b", "d")


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


def test_where_no_ballot_says_anything_nobody_is_elected() -> None:
    silent = counted("schulze", 1, {"a=b": 3, "blank": 1})
    assert (silent.status, silent.elected, silent.tie) == ("incomplete", (), None)


def test_json() -> None:
    written = count({"a>b": 2, "b>a": 1}).to_dict()
    assert written == {
        "preferred": {"a": {"b": "2"}, "b": {"a": "1"}},
        "paths": {"a": {"b": {"for": "2", "against": "1"}}, "b": {}},
        "ranking": [["a"], ["b"]],
        "condorcet_winner": "a",
    }
    assert count({"a>b": 2}).preferred["a", "b"] == Fraction(2)
