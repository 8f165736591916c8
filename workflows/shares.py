"""Percentages of a questionnaire as they are published: each cell rounded alone, the total 100."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workflows.exact import floor


@dataclass(frozen=True)
class Shares:
    """What a column of percentages prints: one whole number per cell, and its total."""

    cells: tuple[int, ...]
    total: int


def shares(counts: Sequence[int], base: int | None = None) -> Shares:
    """Percent of `base` (the sum of the counts unless given), each cell rounded to the nearest alone, halves up.

    The total prints 100 although the rounded cells may add up to 99 or 101 (consultation-model.md, "Questionnaire":
    162, 59 and 41 of 262 print 62, 23, 16 and total 100); nothing counted prints 0 throughout. A base smaller than
    the sum is that of a question with several choices each: the cells are then no parts of one whole.
    """
    whole = sum(counts) if base is None else base
    if whole <= 0:
        return Shares(tuple(0 for _ in counts), 0)
    return Shares(tuple(_nearest(Fraction(100 * count, whole)) for count in counts), 100)


@dataclass(frozen=True)
class Ranked:
    """How an option was ranked: its mean place (1 is the first) and how often it stood first."""

    mean: Fraction
    firsts: int


def ranked(rankings: Iterable[Sequence[int]], options: int) -> tuple[Ranked, ...]:
    """Mean place and first places of every option; each ranking names all options, the preferred first.

    Nothing for no rankings: a mean of nothing is not nought.
    """
    all_of = [list(ranking) for ranking in rankings]
    if not all_of:
        return ()
    return tuple(
        Ranked(
            Fraction(sum(ranking.index(option) + 1 for ranking in all_of), len(all_of)),
            sum(1 for ranking in all_of if ranking[0] == option),
        )
        for option in range(options)
    )


def mean(numbers: Sequence[Fraction]) -> Fraction | None:
    """The exact mean; None of nothing."""
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else None


def median(numbers: Sequence[Fraction]) -> Fraction | None:
    """The exact median, the mean of the middle two for an even number; None of nothing."""
    if not numbers:
        return None
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _nearest(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))
