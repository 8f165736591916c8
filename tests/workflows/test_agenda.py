"""The order of an agenda: amendments before the text, blocks as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.agenda import Item, in_order, objections_to_taking_up

TEXT, AMENDMENT, OF_AMENDMENT = Item("text", 2), Item("a", 3, amends="text"), Item("aa", 9, amends="a")
MINUTES, LAST = Item("minutes", 1, settled=True), Item("last", 4)
BLOCK, ONE, TWO = Item("block", 5), Item("one", 6, block="block"), Item("two", 7, block="block")
AGENDA = (LAST, TEXT, MINUTES, AMENDMENT, OF_AMENDMENT, BLOCK, ONE, TWO)


def test_amendments_come_before_the_text_and_theirs_before_them() -> None:
    assert [item.id for item in in_order(AGENDA)] == [
        "minutes",
        "aa",
        "a",
        "text",
        "last",
        "block",
        "one",
        "two",
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("aa", []),
        ("a", [("items_before_it", "aa")]),
        ("text", [("items_before_it", "aa, a")]),
        ("block", [("items_before_it", "aa, a, text, last")]),
        ("minutes", [("item_settled", None)]),
        ("one", [("item_in_block", None), ("items_before_it", "aa, a, text, last, block")]),
        ("none", [("item_unknown", None)]),
    ],
)
def test_what_has_to_be_dealt_with_first(wanted: str, expected: list[tuple[str, str | None]]) -> None:
    said = objections_to_taking_up(AGENDA, wanted)
    assert [(reason.code, reason.values.get("names")) for reason in said] == expected


def test_the_parts_of_a_block_do_not_hold_up_what_follows() -> None:
    agenda = (Item("block", 1, settled=True), Item("one", 2, block="block"), Item("next", 3))
    assert objections_to_taking_up(agenda, "next") == ()


items = st.lists(
    st.builds(Item, st.sampled_from("abcdef"), st.integers(1, 9), st.sampled_from([None, *"abcdef"])),
    unique_by=lambda item: item.id,
    max_size=6,
)


@given(items)
def test_whatever_amends_what_every_item_comes_once_and_after_its_amendments(agenda: list[Item]) -> None:
    order = [item.id for item in in_order(agenda)]
    assert sorted(order) == sorted(item.id for item in agenda)
    by_id = {item.id: item for item in agenda}
    for item in agenda:
        chain, above = [], item.amends
        while above in by_id and above not in chain:
            chain.append(above)
            above = by_id[above].amends
        if above is None or above not in by_id:
            assert all(order.index(item.id) < order.index(text) for text in chain)
