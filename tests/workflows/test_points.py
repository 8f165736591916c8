"""A comment stands where the slowest of its points does."""

from itertools import product

import pytest

from workflows.comment import CommentState
from workflows.points import ANSWERING, comment_state, point_state

S = CommentState


@pytest.mark.parametrize("state", [state for state in S if state not in ANSWERING])
@pytest.mark.parametrize(("answered", "decided"), product((False, True), repeat=2))
def test_outside_the_answering_a_point_stands_where_its_comment_does(
    state: CommentState, answered: bool, decided: bool
) -> None:
    assert point_state(state, answered=answered, decided=decided) == state


@pytest.mark.parametrize("comment", ANSWERING)
@pytest.mark.parametrize(
    ("answered", "decided", "state"),
    [
        (False, False, S.TRIAGED),
        (False, True, S.TRIAGED),
        (True, False, S.PROPOSED),
        (True, True, S.DECIDED),
    ],
)
def test_while_answering_the_answer_that_stands_says_where_a_point_is(
    comment: CommentState, answered: bool, decided: bool, state: CommentState
) -> None:
    assert point_state(comment, answered=answered, decided=decided) == state


@pytest.mark.parametrize("points", [points for n in (1, 2, 3) for points in product(ANSWERING, repeat=n)])
def test_the_slowest_point_says_where_the_comment_is(points: tuple[CommentState, ...]) -> None:
    expected = S.TRIAGED if S.TRIAGED in points else S.PROPOSED if S.PROPOSED in points else S.DECIDED
    assert comment_state(points) == expected


@pytest.mark.parametrize("points", [(), ("submitted",), ("decided", "answered")])
def test_points_that_are_not_being_answered_make_no_state(points: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        comment_state(points)
