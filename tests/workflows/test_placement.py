"""Where a comment stands on a later version: the order of the evidence, its boundaries, and that nothing is guessed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.placement import LEAD, LEAST, ORPHAN, Evidence, How, Place, leader, place


def thousandths(**near: int) -> dict[int, Fraction]:
    return {int(key[1:]): Fraction(value, 1000) for key, value in near.items()}


FAR, NEAR = thousandths(c1=200), thousandths(c4=990)
ORDER = [
    (Evidence(same=1, mapped=frozenset({2}), quoting=frozenset({3}), likeness=NEAR), Place(1, How.STABLE_ID)),
    (Evidence(same=1, mapped=frozenset()), Place(1, How.STABLE_ID)),
    (Evidence(mapped=frozenset({2}), quoting=frozenset({3}), likeness=NEAR), Place(2, How.CLAUSE_MAP)),
    (Evidence(mapped=frozenset(), quoting=frozenset({3}), likeness=NEAR), ORPHAN),
    (Evidence(mapped=frozenset({2, 3}), quoting=frozenset({3, 5}), likeness=NEAR), Place(3, How.QUOTE)),
    (Evidence(mapped=frozenset({2, 3}), quoting=frozenset({5}), likeness=NEAR), ORPHAN),
    (Evidence(mapped=frozenset({2, 4}), likeness=NEAR), Place(4, How.SIMILAR)),
    (Evidence(quoting=frozenset({3}), likeness=NEAR), Place(3, How.QUOTE)),
    (Evidence(quoting=frozenset({3, 5}), likeness=NEAR), Place(4, How.SIMILAR)),
    (Evidence(quoting=frozenset({3, 5}), likeness=FAR), ORPHAN),
    (Evidence(likeness=NEAR), Place(4, How.SIMILAR)),
    (Evidence(), ORPHAN),
]


@pytest.mark.parametrize(("evidence", "expected"), ORDER)
def test_the_first_evidence_that_names_one_clause_decides(evidence: Evidence, expected: Place) -> None:
    assert place(evidence) == expected


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ({"c1": 749}, None),
        ({"c1": 750}, 1),
        ({"c1": 800, "c2": 751}, None),
        ({"c1": 800, "c2": 750}, 1),
        ({"c1": 750, "c2": 701}, None),
        ({"c1": 750, "c2": 700}, 1),
        ({"c1": 749, "c2": 0}, None),
        ({"c1": 1000, "c2": 1000}, None),
        ({"c1": 1000, "c2": 951}, None),
        ({"c1": 1000, "c2": 950}, 1),
        ({"c2": 950, "c1": 1000, "c3": 949}, 1),
        ({}, None),
    ],
)
def test_likeness_at_its_boundaries(near: dict[str, int], expected: int | None) -> None:
    assert leader(thousandths(**near)) == expected


@pytest.mark.parametrize(
    ("near", "expected"), [(Fraction(3, 4), 1), (Fraction(3, 4) - Fraction(1, 10**9), None)]
)
def test_a_billionth_less_is_less(near: Fraction, expected: int | None) -> None:
    assert leader({1: near}) == expected


CLAUSES = st.integers(1, 6)
SHARES = st.fractions(0, 1, max_denominator=1000)
EVIDENCE = st.builds(
    Evidence, same=st.none() | CLAUSES, mapped=st.none() | st.frozensets(CLAUSES), quoting=st.frozensets(CLAUSES),
    likeness=st.dictionaries(CLAUSES, SHARES),
)  # fmt: skip


@given(EVIDENCE)
def test_a_place_is_one_that_the_evidence_names(evidence: Evidence) -> None:
    found = place(evidence)
    named = {evidence.same} | (evidence.mapped or frozenset()) | evidence.quoting | set(evidence.likeness)
    assert found == ORPHAN or found.clause in named
    assert (found.clause is None) == (found.how is How.ORPHANED)
    if evidence.mapped is not None and evidence.same is None:
        assert found.clause is None or found.clause in evidence.mapped


@given(st.dictionaries(CLAUSES, SHARES))
def test_whoever_leads_is_alike_enough_and_clearly_ahead_of_every_other(near: dict[int, Fraction]) -> None:
    first = leader(near)
    fit = [
        key
        for key, share in near.items()
        if share >= LEAST and all(share - other >= LEAD for one, other in near.items() if one != key)
    ]
    assert fit == ([] if first is None else [first])
