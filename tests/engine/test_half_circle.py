"""The drawing of a result: everybody seated, a shape per choice, country beside country, inside its box."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.queries.half_circle import HEIGHT, SILENT, WIDTH, half_circle, shape_of

CHOICES = ("yes", "no", "abstain")
VOTES = st.lists(
    st.tuples(st.sampled_from(("GT", "HN", "PE", "BR")), st.sampled_from((*CHOICES, "blank", SILENT)))
)


def begun(path: str) -> list[tuple[int, int]]:
    """Where each outline of a path begins."""
    return [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)", path)]


@given(VOTES)
def test_every_vote_has_one_outline_within_the_box(votes: list[tuple[str, str]]) -> None:
    made = half_circle(votes, CHOICES)
    assert {part.choice: part.count for part in made.parts} == {
        choice: count for choice in (*CHOICES, "blank", SILENT) if (count := sum(c == choice for _, c in votes))
    }  # fmt: skip
    places = [place for part in made.parts for place in begun(part.path)]
    assert len(places) == len(votes)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)
    assert len(made.edges) == max(0, len({country for country, _ in votes}) - 1)


def test_no_two_seats_stand_on_one_place() -> None:
    (all_yes,) = half_circle([("GT", "yes")] * 1000, CHOICES).parts
    assert len(set(begun(all_yes.path))) == 1000


def test_countries_stand_from_left_to_right_and_names_that_would_cover_each_other_are_left_out() -> None:
    few = half_circle([(country, "yes") for country in ("PE", "GT", "HN") for _ in range(9)], CHOICES)
    assert [label.country for label in few.labels] == ["GT", "HN", "PE"]
    assert [label.x for label in few.labels] == sorted(label.x for label in few.labels)
    crowd = half_circle([(f"C{n:03}", "yes") for n in range(300)], CHOICES)
    assert 10 < len(crowd.labels) < 60


@pytest.mark.parametrize(
    ("choice", "choices", "shape"),
    [
        ("yes", CHOICES, "disc"), ("no", CHOICES, "diamond"), ("abstain", CHOICES, "ring"), (SILENT, CHOICES, "dot"),
        ("ana", ("ana", "luis"), "disc"), ("luis", ("ana", "luis"), "diamond"), ("unknown", CHOICES, "square"),
    ],
)  # fmt: skip
def test_a_choice_has_its_own_shape(choice: str, choices: tuple[str, ...], shape: str) -> None:
    assert shape_of(choice, choices) == shape


def test_nobody_gives_an_empty_drawing() -> None:
    made = half_circle([], CHOICES)
    assert (made.parts, made.labels, made.edges) == ((), (), ())
