"""choose_one and approval: votes added up for each option; the most votes are elected, by a majority if it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from workflows.comparisons import bound
from workflows.elections.papers import NAMED, Papers
from workflows.elections.terms import Majority, Terms
from workflows.elections.ties import Tie, fill
from workflows.exact import exact_text
from workflows.tally import Tally

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class MajorityAsked:
    """More than half of `amount`, which is the votes of `base`; `needed` is the least that is more."""

    base: str
    amount: Fraction
    needed: Fraction

    def to_dict(self) -> dict[str, object]:
        """Return what was asked, ready for JSON."""
        return {"base": self.base, "amount": exact_text(self.amount), "needed": exact_text(self.needed)}


@dataclass(frozen=True, slots=True)
class ScoreCount:
    """The votes of every option in the order of the terms, and the majority where one is asked."""

    votes: Mapping[str, Fraction]
    majority: MajorityAsked | None

    def to_dict(self) -> dict[str, object]:
        """Return the count, ready for JSON."""
        return {
            "votes": {option: exact_text(votes) for option, votes in self.votes.items()},
            "majority": self.majority.to_dict() if self.majority else None,
        }

    def tiers(self) -> tuple[tuple[str, ...], ...]:
        """The options that have votes, those with the most first, equals together."""
        levels = sorted({votes for votes in self.votes.values() if votes}, reverse=True)
        return tuple(tuple(o for o, votes in self.votes.items() if votes == level) for level in levels)

    def elected(self, seats: int) -> tuple[tuple[str, ...], Tie | None]:
        """Who is elected and the tie that is left: nobody without a vote, nor without the majority that is asked."""
        least = self.majority.needed if self.majority else Fraction(0)
        return fill([tier for tier in self.tiers() if self.votes[tier[0]] >= least], seats)

    def run_off(self, elected: tuple[str, ...], places: int) -> tuple[str, ...]:
        """Which options go on: the `places` with the most votes of those not elected, and all equal to the last."""
        on: list[str] = []
        for tier in self.tiers():
            if len(on) < places:
                on += [option for option in tier if option not in elected]
        return tuple(option for option in self.votes if option in on)


def count_scores(terms: Terms, papers: Papers) -> ScoreCount:
    """Add up, for every option, the votes of the ballots that name it."""
    votes = dict.fromkeys(terms.ids, Fraction(0))
    for ranks, weight in papers.weighed():
        for option in ranks[0]:
            votes[option] += weight
    asked = _asked(terms.majority, terms.measure, papers) if terms.majority else None
    return ScoreCount(votes, asked)


def _asked(majority: Majority, measure: str, papers: Papers) -> MajorityAsked:
    amount = _base(majority.base, measure, papers.tally)
    return MajorityAsked(majority.base, amount, bound(">", amount * HALF, papers.denominator))


def _base(base: str, measure: str, tally: Tally) -> Fraction:
    return tally.amount(measure, (NAMED,) if base == NAMED else base)
