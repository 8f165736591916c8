"""Which stances were taken on a clause cannot be worked out from the clauses that are shown and the sums."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.facts.small_cells import LEAST
from consultations.facts.synopsis_figures import published
from consultations.wording_comments import STANCES
from tests.engine.test_synopses import NOTHING

Rows = list[tuple[int, ...]]


def shown(rows: Rows) -> list[bool]:
    """Of each clause, whether its stances are shown."""
    clauses = [
        {"node": n, "number": str(n), **dict(zip(STANCES, row, strict=True))}
        for n, row in enumerate(rows, start=1)
    ]
    return [row["against"] is not None for row in published({**NOTHING, "clauses": clauses})["clauses"]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(9, 8, 7), (20, 0, 6)], [True, True]),
        # both hidden, and by the sums all eleven are of one stance: a third hides that
        ([(1, 0, 0), (10, 0, 0), (12, 9, 9)], [False, False, False]),
        ([(1, 0, 0), (10, 0, 0), (12, 9, 9), (30, 20, 20)], [False, False, False, True]),
        ([(6, 1, 0), (5, 10, 0), (6, 6, 6), (30, 20, 20)], [False, False, True, True]),
        ([(3, 0, 0), (40, 0, 0)], [False, False]),  # the sums alone say it
    ],
)
def test_a_clause_of_which_the_sums_would_tell_takes_others_with_it(rows: Rows, told: list[bool]) -> None:
    assert shown(rows) == told


def fitting(sums: list[int], stances: tuple[int, ...]) -> Iterator[Rows]:
    """Every table of whole numbers with these sums of clauses and of stances, by trying them all."""
    if not sums:
        if not any(stances):
            yield []
        return
    for first in range(min(sums[0], stances[0]) + 1):
        for second in range(min(sums[0] - first, stances[1]) + 1):
            third = sums[0] - first - second
            if third <= stances[2]:
                row = (first, second, third)
                left = tuple(all_ - one for all_, one in zip(stances, row, strict=True))
                for others in fitting(sums[1:], left):
                    yield [row, *others]


few = st.sampled_from([0, 0, 0, 1, 2, 5, 6, 7])


@given(st.lists(st.tuples(few, few, few), min_size=2, max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_stances_on_a_hidden_clause_can_be_guessed_in_no_other_way(rows: Rows) -> None:
    told = shown(rows)
    hidden = [row for row, seen in zip(rows, told, strict=True) if not seen]
    if all(seen is False for seen in told) or not 0 < len(hidden) <= 3:
        return  # of all of them the sums alone are known, which are decided on by themselves
    stances = tuple(sum(column) for column in zip(*hidden, strict=True))
    every = list(fitting([sum(row) for row in hidden], stances))
    for n, row in enumerate(hidden):
        for stance, whole in enumerate(stances):
            values = {one[n][stance] for one in every}
            assert not whole or max(values) - min(values) >= min(LEAST, sum(row))
