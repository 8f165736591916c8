"""The single transferable vote by the weighted inclusive Gregory method, exactly.

The rules are those of the Scottish Local Government Elections Order 2007 (S.S.I. 2007/42, schedule 1, rules 46 to 52),
the reference among published rules of this method, with two differences that follow from counting exactly:

1. Quota (rule 47): valid votes divided by seats + 1, the fraction ignored, plus 1 (Droop). Where weights are fractions,
   the count is made in units of their common denominator, as if each unit were a paper.
2. First stage (46): every paper counts for its first preference.
3. Whoever has the quota at the end of a stage is elected (rule 48 and following); in order of votes.
4. Surplus (48): the papers of whoever has more than the quota go on, all of them, to the next preference that is
   neither elected nor excluded, each at surplus x its value / votes of the candidate; kept as an exact fraction where
   the Order cuts it at five decimals. Papers that name nobody further are not transferable and their value leaves.
5. Largest surplus first (49); equal ones by the most votes at the most recent earlier stage where they differ, then
   by lot.
6. When no surplus waits and seats are open, whoever has fewest is excluded (50) and the papers go on at the value they
   have; equal ones by the fewest votes at the most recent earlier stage where they differ (51), then by lot.
7. When as many are left as seats are open, they are elected and nothing is transferred any more (52).
"""

from dataclasses import dataclass, field
from fractions import Fraction

from workflows.elections.choices import Ranks
from workflows.elections.lots import Lots
from workflows.elections.papers import Papers
from workflows.elections.stages import Action, By, Stage, StvCount
from workflows.elections.ties import Drawn, Tie, Why, draw
from workflows.exact import floor


class _TiedError(Exception):
    """The count stops at a tie that only lots can settle."""

    def __init__(self, tie: Tie) -> None:
        self.tie = tie
        super().__init__(tie)


def count_stv(options: tuple[str, ...], papers: Papers, seats: int, lots: Lots | None = None) -> StvCount:
    """Count by the rules above.

    `lots` settles what nothing else settles; without it the count stops at such a tie, which `tie` then holds.
    Without any paper nobody is elected.
    """
    counting = _Counting(options, papers, seats, lots)
    tie = None
    try:
        counting.run()
    except _TiedError as tied:
        tie = tied.tie
    return StvCount(
        counting.quota,
        papers.total,
        tuple(counting.stages),
        tuple(counting.elected),
        tie,
        tuple(counting.drawn),
    )


def droop_quota(total: Fraction, seats: int, denominator: int) -> Fraction:
    """The least number of units of 1/`denominator` that no more than `seats` candidates can have."""
    return Fraction(floor(Fraction(total * denominator, seats + 1)) + 1, denominator)


@dataclass
class _Counting:
    options: tuple[str, ...]
    papers: Papers
    seats: int
    lots: Lots | None
    stages: list[Stage] = field(default_factory=list)
    elected: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    lost: Fraction = Fraction(0)
    waiting: list[str] = field(default_factory=list)  # elected, with a surplus not yet transferred

    def __post_init__(self) -> None:
        self.quota = droop_quota(self.papers.total, self.seats, self.papers.denominator)
        self.piles: dict[str, dict[Ranks, Fraction]] = {option: {} for option in self.options}
        self.votes = dict.fromkeys(self.options, Fraction(0))

    def run(self) -> None:
        """Make stage after stage until every seat is filled or nobody is left."""
        if not self.papers.units:
            return
        self._stage("first", None, None, dict(self.papers.weighed()))
        while self._open() and self._continuing():
            if self.waiting:
                self._surplus(*self._one_of(self.waiting, "surplus"))
            else:
                self._exclusion(*self._one_of(self._continuing(), "exclusion"))

    def _surplus(self, option: str, by: By) -> None:
        self.waiting.remove(option)
        votes, self.votes[option] = self.votes[option], self.quota
        pile, self.piles[option] = self.piles[option], {}
        share = Fraction(votes - self.quota, votes)
        self._stage("surplus", option, by, {ranks: value * share for ranks, value in pile.items()})

    def _exclusion(self, option: str, by: By) -> None:
        self.excluded.append(option)
        self.votes[option] = Fraction(0)
        pile, self.piles[option] = self.piles[option], {}
        self._stage("exclusion", option, by, pile)

    def _stage(self, action: Action, option: str | None, by: By | None, pile: dict[Ranks, Fraction]) -> None:
        """Hand papers on, elect whom that elects, and write the stage down."""
        gained = self._hand_on(pile)
        reached, last = self._elect_reached(), self._elect_last()
        number, votes = len(self.stages) + 1, dict(self.votes)
        self.stages.append(Stage(number, action, option, by, gained, votes, self.lost, reached, last))

    def _hand_on(self, pile: dict[Ranks, Fraction]) -> dict[str, Fraction]:
        """Give every paper to the first option it names that is neither elected nor excluded; say who gained what."""
        continuing = self._continuing()
        gained: dict[str, Fraction] = {}
        for ranks, value in pile.items():
            option = next((one for (one,) in ranks if one in continuing), None)
            if option is None:
                self.lost += value
                continue
            self.piles[option][ranks] = self.piles[option].get(ranks, Fraction(0)) + value
            self.votes[option] += value
            gained[option] = gained.get(option, Fraction(0)) + value
        return {option: gained[option] for option in self.options if option in gained}

    def _elect_reached(self) -> tuple[str, ...]:
        reached = [option for option in self._continuing() if self.votes[option] >= self.quota]
        self.waiting += [option for option in reached if self.votes[option] > self.quota]
        return self._elect(reached)

    def _elect_last(self) -> tuple[str, ...]:
        continuing = self._continuing()
        return self._elect(continuing if len(continuing) <= self._open() else [])

    def _elect(self, options: list[str]) -> tuple[str, ...]:
        """Elect in order of votes; the order of equals, which changes nothing, is that of the terms."""
        ordered = tuple(sorted(options, key=self.votes.__getitem__, reverse=True))
        self.elected += ordered
        return ordered

    def _one_of(self, options: list[str], why: Why) -> tuple[str, By]:
        """Whose turn it is, and what settled it: votes, an earlier stage, or lots."""
        best = max if why == "surplus" else min
        tied = tuple(options)
        for stage in reversed(self.stages):
            wanted = best(stage.votes[option] for option in tied)
            tied = tuple(option for option in tied if stage.votes[option] == wanted)
            if len(tied) == 1:
                return tied[0], "votes" if stage is self.stages[-1] else "earlier_stage"
        return self._by_lots(Tie(why, tied)), "lots"

    def _by_lots(self, tie: Tie) -> str:
        if self.lots is None:
            raise _TiedError(tie)
        self.drawn.append(draw(tie, self.lots))
        return self.drawn[-1].taken[0]

    def _continuing(self) -> list[str]:
        return [option for option in self.options if option not in (*self.elected, *self.excluded)]

    def _open(self) -> int:
        return self.seats - len(self.elected)
