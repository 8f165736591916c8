"""Agreement of coders against published worked examples, and where nothing is defined it is said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.agreement import (
    Undefined,
    agreement,
    cohens_kappa,
    expected,
    krippendorffs_alpha,
    observed,
    pooled_kappa,
)
from workflows.percent import percent


def table(*rows: tuple[int, ...]) -> list[tuple[int, int]]:
    """The pairs behind a table of counts: rows are the first coder's values, columns the second's."""
    return [(i, j) for i, row in enumerate(rows) for j, count in enumerate(row) for _ in range(count)]


def columns(*coders: str) -> list[tuple[str | None, ...]]:
    """Units from coders' lines of single characters; "." is a unit left out."""
    return [tuple(None if value == "." else value for value in unit) for unit in zip(*coders, strict=True)]


PUBLISHED_KAPPAS = [
    # J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), table 1: unweighted kappa .492 (proportions times 100)
    (table((44, 7, 9), (5, 20, 5), (1, 3, 6)), "0.70", "0.41", "0.492"),
    # A. J. Viera and J. M. Garrett, "Understanding interobserver agreement", Family Medicine 37 (2005), table 1: .57
    (table((15, 5), (10, 70)), "0.85", "0.65", "0.57"),
    # A. R. Feinstein and D. V. Cicchetti, "High agreement but low kappa: I", J. Clin. Epidemiol. 43 (1990), tables 1 and 2
    (table((40, 9), (6, 45)), "0.85", "0.50", "0.70"),
    (table((80, 10), (5, 5)), "0.85", "0.78", "0.32"),
]


@pytest.mark.parametrize(("pairs", "seen", "chance", "kappa"), PUBLISHED_KAPPAS)
def test_kappa_is_as_published(pairs: list[tuple[int, int]], seen: str, chance: str, kappa: str) -> None:
    assert percent(observed(pairs) / 100, digits=2) == seen  # type: ignore[operator]
    assert percent(expected(pairs) / 100, digits=2) == chance
    digits = len(kappa) - 2
    assert percent(cohens_kappa(pairs) / 100, digits=digits) == kappa  # type: ignore[operator]


# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): sections A (binary data, two observers),
# B (nominal data, two observers) and C (nominal data, any number of observers, missing data)
PUBLISHED_ALPHAS = [
    (columns("0100000010", "1110010000"), "0.095"),
    (columns("aabbdcccedda", "babbbccceddd"), "0.692"),
    (columns("123321412...", "1233224125.3", ".3332342251.", "12332441251."), "0.743"),
]


@pytest.mark.parametrize(("units", "alpha"), PUBLISHED_ALPHAS)
def test_alpha_is_as_published(units: list[tuple[str | None, ...]], alpha: str) -> None:
    assert percent(krippendorffs_alpha(units) / 100, digits=3) == alpha  # type: ignore[operator]


@pytest.mark.parametrize(
    ("pairs", "share", "coefficient"),
    [
        ([], Undefined.NOTHING_CODED, Undefined.NOTHING_CODED),
        ([(True, True)] * 3, Fraction(1), Undefined.NO_VARIATION),
        ([(False, False)], Fraction(1), Undefined.NO_VARIATION),
    ],
)
def test_what_is_not_defined_is_said(
    pairs: list[tuple[bool, bool]], share: object, coefficient: object
) -> None:
    found = agreement(pairs)
    assert (found.share, found.kappa, found.alpha) == (share, coefficient, coefficient)


def test_one_who_always_says_the_same_agrees_no_more_than_by_chance() -> None:
    found = agreement([(True, True), (True, False)])
    assert (found.units, found.agreed, found.share, found.kappa) == (2, 1, Fraction(1, 2), Fraction(0))
    assert found.alpha == Fraction(0)


def test_units_that_one_alone_coded_do_not_count() -> None:
    both = [("a", "a"), ("a", "b"), ("b", "b")]
    assert krippendorffs_alpha([*both, ("b", None), (None, None)]) == krippendorffs_alpha(both)
    assert krippendorffs_alpha([("a", None), ("b",)]) == Undefined.NOTHING_CODED


def test_pooled_kappa_weighs_the_codes_alike_and_leaves_out_what_nobody_coded() -> None:
    sure, unsure = [(True, True), (False, False)], [(True, False), (False, True)]
    assert (cohens_kappa(sure), cohens_kappa(unsure)) == (Fraction(1), Fraction(-1))
    assert pooled_kappa([sure, unsure, []]) == Fraction(0)
    # A code that nobody used adds full agreement on both sides: (1 + 0) / 2 against (1/2 + 1) / 2.
    assert pooled_kappa([unsure, [(False, False)] * 9]) == Fraction(-1)
    assert pooled_kappa([[], []]) == Undefined.NOTHING_CODED
    assert pooled_kappa([[(False, False)], [(True, True)]]) == Undefined.NO_VARIATION


pairs_of = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30)


@given(pairs_of)
def test_coefficients_are_at_most_one_and_one_only_where_all_agree(pairs: list[tuple[int, int]]) -> None:
    found = agreement(pairs)
    for coefficient in (found.kappa, found.alpha):
        if isinstance(coefficient, Fraction):
            assert coefficient <= 1
            assert (coefficient == 1) == (found.agreed == found.units)


@given(pairs_of, st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(pairs: list[tuple[int, int]], chance: object) -> None:
    shuffled = list(pairs)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    renamed = [("cba"[one], "cba"[other]) for one, other in shuffled]
    assert agreement(renamed) == agreement(pairs)
    turned = agreement([(other, one) for one, other in pairs])
    assert (turned.kappa, turned.alpha) == (agreement(pairs).kappa, agreement(pairs).alpha)


def test_two_published_examples_worked_out_by_hand() -> None:
    # Viera and Garrett, table 1: both alike on 15 + 70 of 100; rows give 20 and 80, columns 25 and 75, so chance alone
    # agrees on (20 * 25 + 80 * 75) / 100^2 = 65/100: (85 - 65) / (100 - 65) = 20/35 = 4/7.
    assert cohens_kappa(table((15, 5), (10, 70))) == Fraction(4, 7)
    # Krippendorff, section A: units 1, 3, 6 and 9 of 10 differ, so 2 * 4 of the 20 values stand beside another; 6 ones and
    # 14 noughts: 1 - 19 * 8 / (20^2 - 6^2 - 14^2) = 1 - 152/168 = 16/168 = 2/21.
    assert krippendorffs_alpha(columns("0100000010", "1110010000")) == Fraction(2, 21)
