"""The order of an agenda: amendments before the text, blocks as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.agenda import Item, amendments, before, together

MINUTES, TEXT, FIRST, SECOND, LAST = 1, 2, 3, 4, 5
OF_FIRST, ONE, BETWEEN, TWO, AFTER = 6, 7, 8, 9, 10
AGENDA = (
    Item(AFTER, 10), Item(TEXT, 2), Item(MINUTES, 1, settled=True), Item(FIRST, 3, amends=TEXT),
    Item(SECOND, 4, amends=TEXT), Item(OF_FIRST, 6, amends=FIRST), Item(LAST, 5), Item(ONE, 7, block="b"),
    Item(BETWEEN, 8), Item(TWO, 9, block="b"),
)  # fmt: skip


def settled(*ids: int) -> tuple[Item, ...]:
    return tuple(Item(i.id, i.position, i.amends, i.block, i.settled or i.id in ids) for i in AGENDA)


@pytest.mark.parametrize(
    ("wanted", "done", "expected"),
    [
        (TEXT, (), []),
        (FIRST, (), []),
        (SECOND, (), [FIRST]),
        (SECOND, (FIRST,), []),
        (OF_FIRST, (), []),
        (LAST, (), [TEXT]),
        (ONE, (TEXT,), [LAST]),
        (TWO, (TEXT,), [LAST]),
        (TWO, (TEXT, LAST), []),
        (BETWEEN, (TEXT, LAST), [ONE, TWO]),
        (TWO, (TEXT, LAST, ONE), [BETWEEN]),
        (AFTER, (TEXT, LAST), [ONE, BETWEEN, TWO]),
        (AFTER, (TEXT, LAST, ONE, BETWEEN, TWO), []),
    ],
)
def test_what_has_to_be_settled_first(wanted: int, done: tuple[int, ...], expected: list[int]) -> None:
    assert [item.id for item in before(settled(*done), wanted)] == expected


def test_an_amendment_waits_for_what_its_text_waits_for() -> None:
    agenda = (Item(1, 1), Item(2, 2), Item(3, 3, amends=2))
    assert [item.id for item in before(agenda, 3)] == [1]


def test_amendments_are_voted_on_in_their_order_without_those_that_are_settled() -> None:
    assert [item.id for item in amendments(AGENDA, TEXT)] == [FIRST, SECOND]
    assert [item.id for item in amendments(settled(FIRST), TEXT)] == [SECOND]
    assert [item.id for item in amendments(AGENDA, FIRST)] == [OF_FIRST]


def test_a_block_is_dealt_with_as_one_without_what_left_it() -> None:
    assert [item.id for item in together(AGENDA, TWO)] == [ONE, TWO]
    assert [item.id for item in together(settled(ONE), TWO)] == [TWO]
    assert [item.id for item in together(AGENDA, LAST)] == [LAST]


items = st.lists(
    st.builds(
        Item, st.integers(1, 6), st.integers(1, 9), st.sampled_from([None, *range(1, 7)]), st.sampled_from(["", "a", "b"])
    ),
    unique_by=lambda item: item.id,
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(items)
def test_whatever_amends_what_something_can_always_be_taken_up(agenda: list[Item]) -> None:
    assert any(before(agenda, item.id) == () for item in agenda)
