"""choose_one and approval: votes added up, majorities, ties and what follows from them."""

from fractions import Fraction
from typing import Any

import pytest

from tests.workflows.elections.voting import counted, elected, terms
from workflows.elections.counting import elect
from workflows.elections.results import Result
from workflows.elections.scores import ScoreCount
from workflows.faults import InputRefusedError
from workflows.rolls import roll_of

SEED = "a seed for this test"


def votes_of(result: Result) -> dict[str, Fraction]:
    assert isinstance(result.count, ScoreCount)
    return dict(result.count.votes)


def test_tennessee_by_most_votes() -> None:
    assert counted("choose_one", 1, {"m": 42, "n": 26, "c": 15, "k": 17}).elected == ("m",)


def test_approval_adds_up_every_name() -> None:
    # Tennessee again, each city approving those within reach (en.wikipedia.org, Approval voting).
    result = counted("approval", 1, {"m": 42, "k+n": 0, "c+n": 26, "c+k+n": 15, "c+k": 17})
    assert votes_of(result) == {"c": 58, "k": 32, "m": 42, "n": 41}
    assert result.elected == ("c",)


@pytest.mark.parametrize(
    ("votes", "seats", "status", "who", "tied", "places"),
    [
        ({"a": 3, "b": 2, "c": 1}, 2, "elected", ("a", "b"), None, 0),
        ({"a": 3, "b": 2, "c": 2}, 2, "tie_pending", ("a",), ("b", "c"), 1),
        ({"a": 2, "b": 2, "c": 2}, 2, "tie_pending", (), ("a", "b", "c"), 2),
        ({"a": 2, "b": 2, "c": 1}, 2, "elected", ("a", "b"), None, 0),
        ({"a": 2, "blank": 9}, 1, "elected", ("a",), None, 0),
        ({"a": 2, "b": 1}, 3, "incomplete", ("a", "b"), None, 0),
    ],
)
def test_seats(votes: Any, seats: int, status: str, who: Any, tied: Any, places: int) -> None:
    result = counted("choose_one", seats, votes, tie="second_vote")
    assert (result.status, result.elected) == (status, who)
    assert (result.tie.options if result.tie else None) == tied
    assert (result.tie.places if result.tie else 0) == places


def test_nobody_is_elected_without_a_vote() -> None:
    result = elected(terms("choose_one", "abc", 2), {"a": 1})
    assert (result.status, result.elected, result.tie) == ("incomplete", ("a",), None)


@pytest.mark.parametrize(
    ("base", "needed", "status"),
    [
        ("named", "5", "elected"),  # 5 of 9
        ("valid", "6", "run_off_needed"),  # of 10, a blank one among them
        ("voted", "6", "run_off_needed"),  # of 11
        ("represented", "6", "run_off_needed"),
        ("roll", "8", "run_off_needed"),  # of 14
    ],
)
def test_the_base_of_the_majority(base: str, needed: str, status: str) -> None:
    used = terms("choose_one", "abc", majority="absolute", majority_of=base)
    result = elected(used, {"a": 5, "b": 3, "c": 1, "blank": 1, "invalid": 1, None: 3})
    assert isinstance(result.count, ScoreCount)
    assert result.count.majority is not None
    assert result.count.majority.needed == Fraction(needed)
    assert result.status == status
    assert result.run_off == (() if status == "elected" else ("a", "b"))


@pytest.mark.parametrize(
    ("votes", "run_off", "on"),
    [
        ({"a": 4, "b": 3, "c": 3, "d": 1}, 2, ("a", "b", "c")),  # equals of the last go on as well
        ({"a": 4, "b": 4, "c": 3}, 2, ("a", "b")),
        ({"a": 4, "b": 4, "c": 3}, 3, ("a", "b", "c")),
        ({"a": 1, "blank": 9}, 2, None),
    ],
)
def test_who_goes_on(votes: dict[str, int], run_off: int, on: Any) -> None:
    result = counted("choose_one", 1, votes, majority="absolute", run_off=run_off)
    assert result.run_off == (on or ())
    assert result.status == ("run_off_needed" if on else "elected")


def test_two_for_each_seat_that_stays_open() -> None:
    # 11 ballots: only a has more than half; two seats are open, so four of the others go on, b c d e and not f.
    votes = {"a+b": 5, "a+c": 1, "c+d": 3, "e": 1, "e+f": 1}
    result = counted("approval", 3, votes, majority="absolute", most=2)
    assert (result.elected, result.open_seats) == (("a",), 2)
    assert result.run_off == ("b", "c", "d", "e")


def test_a_majority_of_nothing_is_incomplete() -> None:
    result = elected(terms("choose_one", "ab", majority="absolute"), {"blank": 2})
    assert (result.status, result.run_off) == ("incomplete", ())


def test_heads_where_the_terms_say_so() -> None:
    votes = {("a", "5"): 1, "b": 2}
    assert elected(terms("choose_one", "ab"), votes).elected == ("a",)
    by_heads = elected(terms("choose_one", "ab", measure="heads"), votes)
    assert (by_heads.elected, votes_of(by_heads)) == (("b",), {"a": 1, "b": 2})
    assert by_heads.weight["named"] == 7


def test_lots_take_the_first_of_the_tied() -> None:
    result = counted("choose_one", 2, {"a": 1, "b": 1, "c": 1}, seed=SEED)
    assert result.lots is not None
    assert result.elected == result.lots.order[:2]
    assert result.status == "elected"


def test_a_seed_is_without_effect_where_the_terms_ask_for_something_else() -> None:
    result = counted("choose_one", 1, {"a": 1, "b": 1}, tie="second_vote", seed=SEED)
    assert (result.status, result.lots) == ("tie_pending", None)


@pytest.mark.parametrize(
    ("votes", "seats", "cast", "who"),
    [({"a": 1, "b": 1}, 1, "b", ("b",)), ({"a": 2, "b": 1, "c": 1, "d": 1}, 3, "b+d", ("a", "b", "d"))],
)
def test_the_casting_vote_settles_a_tie(votes: Any, seats: int, cast: str, who: Any) -> None:
    result = counted("choose_one", seats, votes, tie="casting_vote", casting_vote=cast)
    assert (result.status, result.elected, result.casting_counted) == ("elected", who, True)


@pytest.mark.parametrize("cast", ["a", "b+b", "b", "b+x", "b+c+d", ""])
def test_a_casting_vote_that_does_not_settle_the_tie_is_refused(cast: str) -> None:
    with pytest.raises(
        InputRefusedError, match=r"The casting vote must name options that are tied \(b, c, d\)"
    ):
        counted("choose_one", 3, {"a": 2, "b": 1, "c": 1, "d": 1}, tie="casting_vote", casting_vote=cast)


def test_a_casting_vote_that_is_not_needed_does_not_count() -> None:
    result = counted("choose_one", 1, {"a": 2, "b": 1}, tie="casting_vote", casting_vote="b")
    assert (result.elected, result.casting_counted) == (("a",), False)
    assert "The casting vote that was given is not needed and does not count." in result.sentences["en"]


QUORUM = [
    {"call": n, "all": [{"id": f"q{n}", "measure": "heads", "count": "represented", "base": "roll", "cmp": ">=", "share": share}]}
    for n, share in ((1, "1/2"), (2, "1/4"))
]  # fmt: skip


@pytest.mark.parametrize(("call", "status"), [(1, "no_quorum"), (2, "elected")])
def test_the_quorum_of_the_call(call: int, status: str) -> None:
    used = terms("choose_one", "ab", quorum=QUORUM)
    result = elected(used, {"a": 2, "b": 1, None: 6}, call=call)
    assert (result.status, result.elected) == (status, ("a",) if status == "elected" else ())
    assert votes_of(result) == {"a": 2, "b": 1}
    assert result.quorum.call == call


def test_every_fault_of_a_count_at_once() -> None:
    used = terms("approval", "ab", quorum=QUORUM, most=1)
    with pytest.raises(InputRefusedError) as refused:
        elect(
            used,
            roll_of([("A", "1", "yes")]),
            [("A", "b+a"), ("A", "x"), ("X", "a")],
            call=3,
            seed="short",
            committed="0" * 64,
        )
    assert refused.value.faults == (
        "call 3 is not on the rule's quorum ladder; its calls are: 1, 2",
        'ballots, row 2: second ballot of "A"; the first is at ballots, row 1',
        'ballots, row 3: the elector "X" is not on the roll',
        "ballots, row 1: The ballot names 2 options and may name 1 at most. Take options off the ballot.",
        'ballots, row 2: "x" is not an option of this election. Choose among the options shown.',
        "The seed must have 16 to 500 letters, digits and signs, without accents and without spaces at its ends. Take another seed.",
        "The seed is not the one whose hash was published before. Give the seed exactly as it was kept.",
    )
