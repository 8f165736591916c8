"""The vote that follows: second votes and run-offs by the same terms among the options that remain."""

import json

import pytest

from tests.workflows.elections.voting import elected, terms
from workflows.elections.following import next_terms
from workflows.elections.reading import read_terms


def test_a_run_off_among_those_who_go_on() -> None:
    first = terms("choose_one", "abc", majority="absolute", majority_of="valid", run_off=2, cites="Art. 40")
    result = elected(first, {"a": 3, "b": 2, "c": 1, "blank": 1})
    second = next_terms(first, result)
    assert second is not None
    assert (second.ids, second.seats, second.majority) == (("a", "b"), 1, None)
    assert (second.turn, second.follows, second.cites) == (2, first.sha256, "Art. 40")
    assert elected(second, {"a": 1, "b": 2, "blank": 9}).elected == ("b",)


def test_a_second_vote_among_the_tied_for_their_seats() -> None:
    first = terms("approval", "abcd", 3, most=3, tie="second_vote")
    result = elected(first, {"a+b+c": 1, "a+d": 1})
    assert (result.elected, result.status) == (("a",), "tie_pending")
    second = next_terms(first, result)
    assert second is not None
    assert (second.ids, second.seats, second.most, second.tie) == (("b", "c", "d"), 2, 2, "second_vote")
    third = next_terms(second, elected(second, {"b": 1, "c": 1, "d": 1}))
    assert third is not None
    assert (third.turn, third.follows) == (3, second.sha256)


@pytest.mark.parametrize(
    ("tie", "votes"), [("lots", {"a": 1, "b": 1}), ("casting_vote", {"a": 1, "b": 1}), ("second_vote", {"a": 2, "b": 1})]
)  # fmt: skip
def test_where_no_vote_follows(tie: str, votes: dict[str, int]) -> None:
    used = terms("choose_one", "ab", tie=tie)
    assert next_terms(used, elected(used, votes)) is None


def test_the_result_of_other_terms_is_an_error() -> None:
    used = terms("choose_one", "ab")
    result = elected(used, {"a": 1})
    with pytest.raises(ValueError, match="not one of these terms"):
        next_terms(terms("choose_one", "abc"), result)


def test_the_next_terms_are_read_again_from_their_own_json() -> None:
    first = terms("choose_one", "abc", tie="second_vote")
    second = next_terms(first, elected(first, {"a": 1, "b": 1}))
    assert second is not None
    assert read_terms(json.dumps(json.loads(second.canonical))) == second
