"""What one table hides cannot be worked out from all the tables together."""

from collections import Counter

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.factories.populations import left_open
from workflows.suppression import LEAST, summed
from workflows.suppression_together import Form, Together, hide_together

COLUMNS = ("answered", "silent")
S, A, N = Form.SHOWN, Form.SUM, Form.NOTHING


def together(*groups: tuple[str, int, int]) -> Together:
    return Together(
        {tuple(places.split()): {"answered": answered, "silent": silent} for places, answered, silent in groups}, COLUMNS
    )  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "first", "second"),
    [
        # nothing is hidden, nothing can be told
        ((("a x", 20, 10), ("b y", 10, 20)), "SS", "SS"),
        # two languages of two countries of which one has three: each table alone shows both languages
        (
            (("DM en", 1, 1), ("DM fr", 1, 0), ("LC en", 10, 10), ("LC fr", 10, 10), ("BR pt", 15, 15), ("CR es", 7, 5)),
            "NSSN", "NNNN",
        ),
        # one size is the workers, and with the first kind tells the third
        ((("spo m", 66, 34), ("workers -", 10, 10), ("net m", 2, 1)), "SNN", "NN"),
        # both countries that are hidden speak both languages, equally often: the languages tell nothing of either
        ((("a x", 2, 20), ("b x", 12, 11), ("a y", 1, 20), ("b y", 12, 11), ("c x", 30, 20)), "AAS", "SS"),
        # whole countries: of what speaks one of those that are shown, all is shown
        ((("a x", 2, 20), ("b x", 12, 11), ("c y", 20, 20)), "AAS", "SS"),
    ],
)  # fmt: skip
def test_what_a_second_axis_tells_is_hidden(
    groups: tuple[tuple[str, int, int], ...], first: str, second: str
) -> None:
    forms = {"S": S, "A": A, "N": N}
    told = hide_together(together(*groups))
    assert [list(one.values()) for one in told] == [[forms[one] for one in line] for line in (first, second)]


def test_three_axes_tell_what_no_two_do() -> None:
    """The workers and those who speak Portuguese are together as many as those of fewer than 50."""
    here = together(
        ("big spo es", 30, 30), ("small workers es", 12, 12), ("small spo pt", 2, 20), ("big spo fr", 8, 25),
    )  # fmt: skip
    told = hide_together(here)
    assert told[0] == {"big": S, "small": S}
    assert left_open(here, told) == []


def test_what_cannot_be_seen_open_is_not_closed_by_another_axis() -> None:
    """One person speaks y: exchanges did not show how open that is, and the other axes closed it unseen."""
    here = together(
        ("a k s x", 2, 0), ("a k s z", 1, 1), ("a l s x", 0, 4), ("a l s y", 1, 0), ("b k s z", 1, 0), ("b l s x", 0, 1),
        ("c k s x", 1, 4), ("c l t x", 5, 0),
    )  # fmt: skip
    told = hide_together(here)
    assert left_open(here, told) == []
    assert [set(forms.values()) for forms in told[1:]] == [{N}, {N}, {N}]


people = st.lists(
    st.tuples(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("kl"), st.sampled_from("stu"), st.sampled_from("xyz")),
        st.one_of(st.integers(0, 4), st.integers(0, 14)),
        st.one_of(st.integers(0, 4), st.integers(0, 14)),
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda one: one[0],
)  # fmt: skip


@given(people)
@settings(max_examples=150, deadline=None)
def test_no_hidden_figure_can_be_worked_out_from_all_tables(
    groups: list[tuple[tuple[str, ...], int, int]],
) -> None:
    """Trying whole populations: of everything that is shown on four axes at once, freely drawn."""
    here = Together(
        {places: dict(zip(COLUMNS, two, strict=True)) for places, *two in groups if any(two)}, COLUMNS
    )
    whole = Counter()
    for one in here.people.values():
        whole.update(one)
    if any(0 < whole[column] < LEAST for column in COLUMNS) or not here.people:
        return  # then no table is shown
    told = hide_together(here)
    for axis, forms in enumerate(told):
        for (place, column), value in summed(here.table(axis)).items():
            if place is not None and 0 < value < LEAST:
                assert forms[place] >= (N if column is None else A)
    event(f"axes told in part: {sum(any(form is not N for form in forms.values()) for forms in told[1:])}")
    assert left_open(here, told) == []
