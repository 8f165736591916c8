"""Whom a requirement concerns, as its text says ("Applies to"); what is not understood leaves nobody out."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

KINDS = {
    "spo": "spo",
    "opp": "spo",
    "small producers' organisations": "spo",
    "small producers": "spo",
    "organizaciones de pequenos productores": "spo",
    "organizacoes de pequenos produtores": "spo",
    "organisations de petits producteurs": "spo",
    "spo_second_grade": "spo_second_grade",
    "second grade": "spo_second_grade",
    "segundo grado": "spo_second_grade",
    "segundo grau": "spo_second_grade",
    "deuxieme degre": "spo_second_grade",
    "workers": "workers",
    "workers' organisations": "workers",
    "trabajadores": "workers",
    "organizaciones de trabajadores": "workers",
    "trabalhadores": "workers",
    "travailleurs": "workers",
}
"""What kinds of organisations are called, without accents and in lower case -> the kind."""


@dataclass(frozen=True)
class Organisation:
    """What of an organisation a requirement may name."""

    kind: str
    country: str
    products: frozenset[str]


def concerns(applies_to: str, one: Organisation, products: Collection[str]) -> bool:
    """Whether a requirement concerns this organisation.

    `applies_to`: kinds, products (any of `products`, those of the register) or countries (ISO 3166 codes), separated by
    commas, semicolons or slashes; naming two products means either. Nothing, or a word that is none of these, concerns
    everybody: a register does not know all that a standard distinguishes.
    """
    words = [plain(part) for part in _parts(applies_to)]
    known = {plain(product) for product in products}
    countries = {word.upper() for word in words if len(word) == 2 and word.isalpha() and word not in known}
    kinds = {KINDS[word] for word in words if word in KINDS}
    named = {word for word in words if word in known}
    if any(not (word in KINDS or word in known or word.upper() in countries) for word in words):
        return True
    if not words:
        return True
    mine = {plain(product) for product in one.products}
    checks = (
        (kinds, one.kind in kinds),
        (named, not named.isdisjoint(mine)),
        (countries, one.country in countries),
    )
    return all(holds for asked, holds in checks if asked)


def affected(requirements: Iterable[str], one: Organisation, products: Collection[str]) -> bool:
    """Whether any of the requirements (`applies_to` of each) concerns it."""
    return any(concerns(applies_to, one, products) for applies_to in requirements)


def plain(text: str) -> str:
    """Lower case, without accents, blanks squeezed."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def _parts(text: str) -> list[str]:
    for separator in (";", "/"):
        text = text.replace(separator, ",")
    return [part for part in text.split(",") if part.strip()]
