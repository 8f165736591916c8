"""Changes of the text and the answers that led to them: what nobody asked for, and what was promised and not done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.causes import Causes, causes, is_of_substance


@pytest.mark.parametrize(
    ("changes", "answers", "found", "unexplained"),
    [
        ([], [], Causes((), ()), ()),
        ([{"a"}], [], Causes(((),), ()), (0,)),
        ([], ["a"], Causes((), (0,)), ()),
        ([{"a"}, {"b"}], ["b"], Causes(((), (0,)), ()), (0,)),
        ([{"a"}], ["a", "a"], Causes(((0, 1),), ()), ()),
        ([{"a", "b", "c"}], ["c", "d"], Causes(((0,),), (1,)), ()),  # one clause became two
    ],
)
def test_answers_and_changes_are_matched_by_their_clause(
    changes: list[set[str]], answers: list[str], found: Causes, unexplained: tuple[int, ...]
) -> None:
    assert causes(changes, answers) == found
    assert causes(changes, answers).unexplained == unexplained


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        (("same",), False),
        (("renumbered",), False),
        (("reworded",), True),
        (("reworded", "renumbered"), True),
        (("split",), True),
        (("merged",), True),
        (("added",), True),
        (("deleted",), True),
    ],
)
def test_a_new_number_alone_needs_no_reason(kinds: tuple[str, ...], asked: bool) -> None:
    assert is_of_substance(kinds) == asked


@given(st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1)), st.lists(st.sampled_from("abcdef")))
def test_no_answer_is_lost(changes: list[frozenset[str]], answers: list[str]) -> None:
    found = causes(changes, answers)
    assert {n for places in found.led_to for n in places} | set(found.unmade) == set(range(len(answers)))
    assert len(found.led_to) == len(changes)
    for place in found.unexplained:
        assert changes[place].isdisjoint(answers)
