"""Whom a requirement concerns."""

import pytest

from workflows.concerned import Organisation, affected, concerns

COFFEE = Organisation("spo", "PE", frozenset({"café"}))
HONEY = Organisation("workers", "MX", frozenset({"miel"}))
PRODUCTS = ("café", "miel", "cacao")


@pytest.mark.parametrize(
    ("applies_to", "coffee", "honey"),
    [
        ("", True, True),
        (" , ", True, True),
        ("Café", True, False),
        ("cafe; cacao", True, False),
        ("cacao", False, False),
        ("café / miel", True, True),
        ("SPO", True, False),
        ("Trabajadores", False, True),
        ("Organizaciones de pequeños productores", True, False),
        ("spo, café", True, False),
        ("workers, café", False, False),  # a kind and a product: both must fit
        ("PE, MX", True, True),
        ("mx", False, True),
        ("café, PE", True, False),
        (
            "organisations with more than 50 hired workers",
            True,
            True,
        ),  # not known of anybody: it leaves nobody out
        ("café, certified before 2019", True, True),
    ],
)
def test_what_a_requirement_says_of_whom_it_applies_to(applies_to: str, coffee: bool, honey: bool) -> None:
    assert concerns(applies_to, COFFEE, PRODUCTS) is coffee
    assert concerns(applies_to, HONEY, PRODUCTS) is honey


@pytest.mark.parametrize(
    ("requirements", "honey"),
    [([], False), (["café"], False), (["café", "miel"], True), (["café", ""], True)],
)
def test_one_requirement_is_enough(requirements: list[str], honey: bool) -> None:
    assert affected(requirements, HONEY, PRODUCTS) is honey
