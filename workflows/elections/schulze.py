"""The Schulze method: the options beaten by nobody along the strongest paths of pairwise comparisons.

Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method, Social Choice and Welfare 36 (2011), 267-303, section 2; strength of a link by winning votes: the more
votes for it, and of equal ones the fewer against. A link is a comparison that is won; the strength of a path is that of
its weakest link. A is before B when the strongest path from A to B is stronger than that from B to A.

A ballot prefers what it ranks to what it leaves out, and is indifferent between equals. For several seats the first
are elected: this method is not proportional. "Before" is a partial order (section 4.1 of the source: it is transitive),
which need not say of every two options which is first. So who is elected for certain is who is among the first whatever
order of those that it leaves open is taken; who is among them in some such order only is tied.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from typing import NamedTuple

from workflows.elections.choices import Ranks
from workflows.elections.papers import Papers
from workflows.elections.ties import Tie
from workflows.exact import exact_text

Pair = tuple[str, str]


class Strength(NamedTuple):
    """How strong a link or path is; the greater is the stronger. `against` is kept as its negative."""

    votes_for: Fraction
    minus_against: Fraction

    def to_dict(self) -> dict[str, object]:
        """Return the strength, ready for JSON."""
        return {"for": exact_text(self.votes_for), "against": exact_text(-self.minus_against)}


NO_PATH = Strength(Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class SchulzeCount:
    """The comparisons, the strongest paths and the ranking.

    preferred[a, b]: the votes that prefer a to b. paths[a, b]: the strongest path from a to b; left out where there is
    none. ranking: the options in tiers; a tier holds those that no option of this or a later tier is before.
    condorcet_winner: who beats every other in direct comparison, if anybody does; then alone in the first tier.
    ranked: whether any ballot ranks an option.
    """

    options: tuple[str, ...]
    preferred: Mapping[Pair, Fraction]
    paths: Mapping[Pair, Strength]
    ranking: tuple[tuple[str, ...], ...]
    condorcet_winner: str | None
    ranked: bool

    def elected(self, seats: int) -> tuple[tuple[str, ...], Tie | None]:
        """Who is elected, in the order of the ranking, and the tie that is left; nobody where no ballot ranks anybody.

        Certain: fewer than `seats` others are not behind. Tied: the others before which fewer than `seats` are.
        """
        if not self.ranked:
            return (), None
        before = {pair for pair in permutations(self.options, 2) if _before(self.paths, *pair)}
        certain, open_to = [], []
        for one in (option for tier in self.ranking for option in tier):
            others = [other for other in self.options if other != one]
            if sum((one, other) not in before for other in others) < seats:
                certain.append(one)
            elif sum((other, one) in before for other in others) < seats:
                open_to.append(one)
        if not open_to:
            return tuple(certain), None
        tied = tuple(option for option in self.options if option in open_to)
        kept = tuple(pair for pair in permutations(tied, 2) if pair in before)
        return tuple(certain), Tie("seat", tied, seats - len(certain), kept)

    def to_dict(self) -> dict[str, object]:
        """Return the count, ready for JSON: the matrices by row and column."""
        return {
            "preferred": _rows(self.options, {pair: exact_text(n) for pair, n in self.preferred.items()}),
            "paths": _rows(self.options, {pair: path.to_dict() for pair, path in self.paths.items()}),
            "ranking": [list(tier) for tier in self.ranking],
            "condorcet_winner": self.condorcet_winner,
        }


def count_schulze(options: tuple[str, ...], papers: Papers) -> SchulzeCount:
    """Compare every pair, find the strongest paths, and rank."""
    preferred = _comparisons(options, papers)
    paths = strongest_paths(options, preferred)
    winner = condorcet_winner(options, preferred)
    return SchulzeCount(options, preferred, paths, _tiers(options, paths), winner, bool(papers.units))


def strongest_paths(options: tuple[str, ...], preferred: Mapping[Pair, Fraction]) -> dict[Pair, Strength]:
    """Return the strongest path between every two options that have one (Floyd and Warshall, as in the source)."""
    paths = {
        (a, b): Strength(preferred[a, b], -preferred[b, a])
        for a, b in preferred
        if preferred[a, b] > preferred[b, a]
    }
    for via in options:
        for a, b in permutations([option for option in options if option != via], 2):
            if (a, via) in paths and (via, b) in paths:
                detour = min(paths[a, via], paths[via, b])
                paths[a, b] = max(paths.get((a, b), NO_PATH), detour)
    return paths


def condorcet_winner(options: tuple[str, ...], preferred: Mapping[Pair, Fraction]) -> str | None:
    """Return who is preferred to every other option by more than prefer the other, if anybody is."""
    for one in options:
        if all(preferred[one, other] > preferred[other, one] for other in options if other != one):
            return one
    return None


def _comparisons(options: tuple[str, ...], papers: Papers) -> dict[Pair, Fraction]:
    """Add up for every pair the votes that prefer the first; whole units until the end, since there are many pairs."""
    units = dict.fromkeys(permutations(options, 2), 0)
    for ranks, amount in papers.units:
        for pair in _preferences(ranks, options):
            units[pair] += amount
    return {pair: Fraction(amount, papers.denominator) for pair, amount in units.items()}


def _preferences(ranks: Ranks, options: tuple[str, ...]) -> Iterator[Pair]:
    """Every pair of which the ballot prefers the first."""
    named = {option for rank in ranks for option in rank}
    below = [option for option in options if option not in named]
    for rank in reversed(ranks):
        yield from product(rank, below)
        below += rank


def _tiers(options: tuple[str, ...], paths: Mapping[Pair, Strength]) -> tuple[tuple[str, ...], ...]:
    """Take those off that nobody left is before, again and again."""
    left, tiers = list(options), []
    while left:
        tier = tuple(one for one in left if not any(_before(paths, other, one) for other in left))
        tiers.append(tier)
        left = [option for option in left if option not in tier]
    return tuple(tiers)


def _before(paths: Mapping[Pair, Strength], one: str, other: str) -> bool:
    return paths.get((one, other), NO_PATH) > paths.get((other, one), NO_PATH)


def _rows(options: tuple[str, ...], cells: Mapping[Pair, object]) -> dict[str, dict[str, object]]:
    return {a: {b: cells[a, b] for b in options if (a, b) in cells} for a in options}
