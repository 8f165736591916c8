"""What persons said between one version and the next, followed over several versions."""

import pytest

from consultations.documents.clause_map import Step, compose, reversed_lines
from consultations.documents.redline import Line

A, B = {1: "a", 2: "b"}, {11: "a", 12: "b"}
C = {21: "a", 22: "b", 23: "c"}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], []),
        ([Step(A, B, ())], []),
        ([Step(A, B, (Line(1, 12),))], [Line(1, 12)]),
        ([Step(A, B, (Line(1, 12),)), Step(B, C, ())], [Line(1, 22)]),
        ([Step(A, B, ()), Step(B, C, (Line(11, 21), Line(11, 23)))], [Line(1, 21), Line(1, 23)]),
        ([Step(A, B, (Line(1, 11), Line(2, 11))), Step(B, C, ())], [Line(1, 21), Line(2, 21)]),
        ([Step(A, B, (Line(1, None),)), Step(B, C, ())], [Line(1, None)]),
        ([Step(A, B, (Line(None, 11),)), Step(B, C, ())], [Line(None, 21)]),
        ([Step(A, B, ()), Step(B, C, (Line(11, None), Line(None, 21)))], [Line(1, None), Line(None, 21)]),
        ([Step(A, B, (Line(1, 11), Line(1, 12))), Step(B, C, (Line(11, 22), Line(12, 22)))], [Line(1, 22)]),
    ],
)  # fmt: skip
def test_lines_are_followed_to_the_last_version(steps: list[Step], expected: list[Line]) -> None:
    assert list(compose(steps)) == expected


def test_the_way_back_turns_every_line() -> None:
    assert reversed_lines([Line(1, None), Line(2, 3)]) == (Line(None, 1), Line(3, 2))
