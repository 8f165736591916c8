"""Samples follow from their seed alone, and are as large as the rule says."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.sampling import check_size, drawn


@pytest.mark.parametrize(
    ("total", "size"),
    [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5), (50, 5), (51, 6), (60, 6), (61, 7), (1000, 100), (1001, 101)],
)
def test_at_least_five_and_one_in_ten_are_looked_at(total: int, size: int) -> None:
    assert check_size(total) == size


def test_a_sample_is_drawn_as_the_rule_says() -> None:
    items = [(7, 1), (7, 2), (9, 1)]
    first = min(items, key=lambda item: sha256(f"seed/{item[0]}/{item[1]}".encode()).hexdigest())
    assert drawn("seed", items, 1) == (first,)
    assert drawn("seed", items, 9) == tuple(items)
    assert drawn("seed", items, 0) == ()


items_of = st.lists(st.tuples(st.integers(1, 99), st.integers(1, 3)), unique=True, max_size=40)


@given(st.text(max_size=10), items_of, st.integers(0, 50))
def test_the_same_seed_gives_the_same_sample_in_whatever_order(
    seed: str, items: list[tuple[int, int]], size: int
) -> None:
    sample = drawn(seed, items, size)
    assert len(sample) == len(set(sample)) == min(size, len(items))
    assert [item for item in items if item in sample] == list(sample)
    assert set(drawn(seed, items[::-1], size)) == set(sample)


@given(st.text(max_size=10), items_of.filter(bool))
def test_a_larger_sample_holds_the_smaller(seed: str, items: list[tuple[int, int]]) -> None:
    smaller = drawn(seed, items, len(items) - 1)
    assert set(smaller) < set(drawn(seed, items, len(items)))


def test_another_seed_gives_another_sample() -> None:
    items = [(number, 1) for number in range(100)]
    assert len({drawn(seed, items, 5) for seed in "abcdefgh"}) > 1
