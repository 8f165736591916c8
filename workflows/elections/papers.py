"""From a roll and its ballots to papers: what is counted, with its weight, alike ones together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat

from workflows.ballots import Ballot, Ballots, ballot_faults, ballots_of
from workflows.conditions import BLANK, INVALID, NOT_VOTED
from workflows.elections.choices import Ranks, choice_refusals, parse_choice
from workflows.elections.terms import Terms
from workflows.rolls import Roll
from workflows.tally import Tally, count

NAMED = "named"
KINDS = (NAMED, BLANK, INVALID, NOT_VOTED)


@dataclass(frozen=True, slots=True)
class Papers:
    """Ballots that name options: how many units each ranking has, a unit being 1/`denominator` of a vote.

    `tally` counts all of the roll by kind: named, blank, invalid, not_voted.
    """

    units: tuple[tuple[Ranks, int], ...]
    denominator: int
    tally: Tally

    @property
    def total(self) -> Fraction:
        """The votes of all ballots that name an option."""
        return Fraction(sum(units for _, units in self.units), self.denominator)

    def weighed(self) -> Iterator[tuple[Ranks, Fraction]]:
        """Yield each ranking with its votes."""
        for ranks, units in self.units:
            yield ranks, Fraction(units, self.denominator)


def election_faults(terms: Terms | None, roll: Roll | None, ballots: Ballots) -> Iterator[str]:
    """List every ballot of nobody on the roll, second of its elector, or that cannot be counted by these terms.

    Where the roll or the terms are None (because they were refused) that check is left out.
    """
    yield from ballot_faults(ballots, roll, None)
    if terms is None:
        return
    reasons = {text: choice_refusals(text, terms) for text in {choice for _, choice in ballots}}
    for n, (_, choice) in enumerate(ballots):
        for reason in reasons[choice]:
            yield f"{ballots.label(n)}: {reason}"


def papers_of(terms: Terms, roll: Roll, ballots: Iterable[Ballot]) -> Papers:
    """Gather the papers of ballots without faults (`election_faults`), in the measure of the terms."""
    choice_of = dict(ballots_of(ballots).pairs)
    placed = list(map(choice_of.get, roll.electors, repeat(NOT_VOTED)))
    by_heads = terms.measure == "heads"
    units: dict[str, int] = defaultdict(int)
    for text, weight in zip(placed, roll.units, strict=True):
        units[text] += 1 if by_heads else weight
    named = {text: amount for text, amount in units.items() if text not in KINDS}
    ranked = sorted((parse_choice(text, terms), amount) for text, amount in named.items())
    kinds = (text if text in KINDS else NAMED for text in placed)
    attributes = {name for condition in terms.conditions() for name in condition.attributes()}
    return Papers(tuple(ranked), 1 if by_heads else roll.denominator, count(roll, kinds, attributes))
