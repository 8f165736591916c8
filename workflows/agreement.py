"""How far two or more people who coded the same things agree: exact fractions, and nothing where nothing is defined."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import permutations

Value = str | int | bool
Pair = tuple[Value, Value]


class Undefined(StrEnum):
    """Why there is no coefficient: the formula would divide nothing by nothing."""

    NOTHING_CODED = "nothing_coded"  # no unit was coded by both
    NO_VARIATION = "no_variation"  # everybody gave the same value everywhere: chance alone agrees fully


@dataclass(frozen=True)
class Agreement:
    """What two coders' pairs of values give. `units` were coded by both, on `agreed` of them alike."""

    units: int
    agreed: int
    share: Fraction | Undefined
    kappa: Fraction | Undefined
    alpha: Fraction | Undefined


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Percent agreement, Cohen's kappa and Krippendorff's alpha of units that two coders gave a value each."""
    alike = sum(1 for one, other in pairs if one == other)
    return Agreement(len(pairs), alike, observed(pairs), cohens_kappa(pairs), krippendorffs_alpha(pairs))


def observed(pairs: Sequence[Pair]) -> Fraction | Undefined:
    """The share of the units on which both gave the same value."""
    if not pairs:
        return Undefined.NOTHING_CODED
    return Fraction(sum(1 for one, other in pairs if one == other), len(pairs))


def expected(pairs: Sequence[Pair]) -> Fraction:
    """The share that chance would give with each coder's own frequencies (Cohen 1960); there must be pairs."""
    first, second = (Counter(column) for column in zip(*pairs, strict=True))
    return Fraction(sum(first[value] * second[value] for value in first), len(pairs) ** 2)


def cohens_kappa(pairs: Sequence[Pair]) -> Fraction | Undefined:
    """Cohen's kappa for two coders and nominal values (J. Cohen, Educational and Psychological Measurement 20, 1960)."""
    return pooled_kappa([pairs])


def pooled_kappa(variables: Iterable[Sequence[Pair]]) -> Fraction | Undefined:
    """One kappa over several variables, such as the codes of a codebook: the mean observed agreement against the mean
    expected one (De Vries, Elliott, Kanouse and Teleki, Field Methods 20, 2008). Variables without units are left out."""
    coded = [pairs for pairs in variables if pairs]
    if not coded:
        return Undefined.NOTHING_CODED
    seen = sum((_share(pairs) for pairs in coded), Fraction(0)) / len(coded)
    chance = sum((expected(pairs) for pairs in coded), Fraction(0)) / len(coded)
    return Undefined.NO_VARIATION if chance == 1 else (seen - chance) / (1 - chance)


def krippendorffs_alpha(units: Iterable[Sequence[Value | None]]) -> Fraction | Undefined:
    """Krippendorff's alpha for nominal values and any number of coders; None where a coder left a unit out.

    By coincidences (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, section B and C): a unit counts
    with the values it got, if these are two or more.
    """
    weights = _coincidences(units)
    if not weights:
        return Undefined.NOTHING_CODED
    margins: dict[Value, Fraction] = {}
    for (value, _), weight in weights.items():
        margins[value] = margins.get(value, Fraction(0)) + weight
    total = sum(margins.values(), Fraction(0))
    disagreed = sum((weight for (one, other), weight in weights.items() if one != other), Fraction(0))
    by_chance = total**2 - sum((margin**2 for margin in margins.values()), Fraction(0))
    return Undefined.NO_VARIATION if by_chance == 0 else 1 - (total - 1) * disagreed / by_chance


def _coincidences(units: Iterable[Sequence[Value | None]]) -> dict[Pair, Fraction]:
    """How often two values were given to the same unit, each unit weighing as many as it has values."""
    weights: dict[Pair, Fraction] = {}
    for unit in units:
        given = [value for value in unit if value is not None]
        for pair in permutations(given, 2):
            weights[pair] = weights.get(pair, Fraction(0)) + Fraction(1, len(given) - 1)
    return weights


def _share(pairs: Sequence[Pair]) -> Fraction:
    return Fraction(sum(1 for one, other in pairs if one == other), len(pairs))
