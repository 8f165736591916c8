"""Lots: the published example of RFC 3797, commitments, and what no lot may hang on."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from votelib.evaluate.auxiliary import RFC3797Selector

from workflows.elections.lots import commitment, fits, lots, seed_of, seed_refusals

POOL = [
    "John",
    "Mary",
    "Bashful",
    "Dopey",
    "Sleepy",
    "Grouchy",
    "Doc",
    "Sneazy",
    "Handsome",
    "Cassandra",
    "Pollyanna",
    "Pendragon",
    "Pandora",
    "Faith",
    "Hope",
    "Charity",
    "Lee",
    "Longsuffering",
    "Chastity",
    "Smith",
    "Pride",
    "Sloth",
    "Envy",
    "Anger",
    "Kasczynski",
]


def test_the_worked_example_of_rfc_3797() -> None:
    seed = seed_of([9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45])
    assert seed == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    places = [POOL.index(name) + 1 for name in lots(seed, POOL).order]
    assert places[:11] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22]
    assert lots(seed, POOL).order[:3] == ("Lee", "Doc", "Mary")


@given(
    st.lists(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), min_size=1, max_size=4),
    st.integers(1, 30),
)
def test_the_order_is_that_of_votelib(sources: list[list[int]], options: int) -> None:
    names = [f"o{n}" for n in range(options)]
    theirs = RFC3797Selector(sources).evaluate(dict.fromkeys(names, 1), options)
    assert list(lots(seed_of(*sources), names).order) == theirs


@given(st.text(st.characters(codec="ascii"), min_size=1), st.integers(1, 40))
def test_every_option_is_drawn_once(seed: str, options: int) -> None:
    names = [f"o{n}" for n in range(options)]
    drawn = lots(seed, names).order
    assert sorted(drawn) == sorted(names)


def test_a_seed_is_held_against_what_was_published() -> None:
    seed = "2026-11-30 Lotería"
    assert commitment(seed) == hashlib.sha256(seed.encode()).hexdigest()
    assert fits(seed, f" {commitment(seed).upper()}\n")
    assert not fits(seed + " ", commitment(seed))


@pytest.mark.parametrize(
    ("seed", "codes"),
    [
        ("x" * 16, []),
        ("x" * 15, ["seed_unfit"]),
        ("x" * 500, []),
        ("x" * 501, ["seed_unfit"]),
        (" " + "x" * 16, ["seed_unfit"]),
        ("x" * 16 + "\n", ["seed_unfit"]),
        ("x" * 16 + "é", ["seed_unfit"]),
        ("", ["seed_unfit"]),
    ],
)
def test_seeds(seed: str, codes: list[str]) -> None:
    assert [found.code for found in seed_refusals(seed)] == codes
    assert [found.code for found in seed_refusals(seed, commitment(seed))][: len(codes)] == codes
    assert [found.code for found in seed_refusals(seed, "0" * 64)] == [*codes, "seed_not_committed"]


def test_half_a_character_is_refused_and_breaks_nothing() -> None:
    assert [found.code for found in seed_refusals("\ud800" * 20, "0" * 64)] == [
        "seed_unfit",
        "seed_not_committed",
    ]
