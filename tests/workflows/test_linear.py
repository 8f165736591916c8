"""Linear conditions: an answer holds, and where there is none, none of many amounts tried would have held."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.linear import AtMost, together


def at_most(factors: dict[int, int], bound: int = 0, strict: bool = False) -> AtMost:
    return AtMost({n: Fraction(f) for n, f in factors.items()}, Fraction(bound), strict)


def holds(one: AtMost, amounts: dict[int, Fraction]) -> bool:
    left = sum((factor * amounts.get(n, Fraction(0)) for n, factor in one.factors.items()), Fraction(0))
    return left < one.bound if one.strict else left <= one.bound


@pytest.mark.parametrize(
    ("conditions", "possible"),
    [
        ([], True),
        ([at_most({0: 1}, -1)], False),  # an amount is never negative
        ([at_most({0: -1}, -1)], True),
        ([at_most({0: -1}, -1), at_most({0: 1}, 1)], True),  # exactly 1
        ([at_most({0: -1}, -1), at_most({0: 1}, 1, strict=True)], False),
        ([at_most({0: 1}, 0, strict=True)], False),
        ([at_most({0: -1}, 0, strict=True)], True),
        ([at_most({0: 1, 1: -2}, 0, strict=True), at_most({0: -1, 1: 2})], False),
        ([at_most({0: 2, 1: -1}), at_most({1: 1, 0: -1}, 0, strict=True), at_most({0: -1}, -1)], False),
        ([at_most({0: -3, 1: 1}), at_most({1: -1}, -10), at_most({0: 1}, 3)], False),
        ([at_most({0: -3, 1: 1}), at_most({1: -1}, -9), at_most({0: 1}, 3)], True),
    ],
)  # fmt: skip
def test_whether_conditions_can_hold_together(conditions: list[AtMost], possible: bool) -> None:
    found = together(conditions)
    assert (found is not None) is possible
    assert found is None or all(holds(one, found) for one in conditions)


rows = st.builds(
    at_most, st.dictionaries(st.integers(0, 2), st.integers(-3, 3)), st.integers(-4, 4), st.booleans()
)
TRIED = [Fraction(n, 2) for n in range(9)]


@settings(deadline=None, max_examples=60)
@given(st.lists(rows, max_size=4))
def test_what_is_found_holds_and_where_nothing_is_found_nothing_tried_does(conditions: list[AtMost]) -> None:
    found = together(conditions)
    if found is not None:
        assert min(found.values(), default=Fraction(0)) >= 0
        assert all(holds(one, found) for one in conditions)
        return
    tried = (dict(enumerate(amounts)) for amounts in product(TRIED, repeat=3))
    assert not any(all(holds(one, amounts) for one in conditions) for amounts in tried)
