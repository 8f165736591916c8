"""Random elections counted here and by votelib: the same votes, quota, stages, paths and winners.

votelib 0.4 knows no earlier stages and no lots, hands on all surpluses of a stage at once, and takes the pile of papers
that name nobody further for a candidate. So stv is compared over full rankings, where there is no such pile, without
ties and without two surpluses that wait together; `assume` leaves the others out, and the last test counts the rest.
"""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from votelib.convert import ApprovalToSimpleVotes, RankedToCondorcetVotes
from votelib.evaluate.condorcet import CondorcetWinner, Schulze
from votelib.evaluate.core import Plurality, Tie
from votelib.evaluate.sequential import TransferableVoteSelector

from tests.workflows.elections.voting import elected, terms
from workflows.elections.schulze import SchulzeCount
from workflows.elections.scores import ScoreCount
from workflows.elections.stages import StvCount

OPTIONS = "abcde"
RANKING = st.permutations(OPTIONS).flatmap(lambda order: st.integers(1, 5).map(lambda n: tuple(order[:n])))
RANKINGS = st.dictionaries(RANKING, st.integers(1, 40), min_size=2, max_size=12)
FULL = st.dictionaries(st.permutations(OPTIONS).map(tuple), st.integers(1, 40), min_size=1, max_size=12)
SETS = st.dictionaries(
    st.frozensets(st.sampled_from(OPTIONS), min_size=1), st.integers(1, 40), min_size=1, max_size=12
)


def weighed(votes: dict[tuple[str, ...], int]) -> dict[tuple[str, str], int]:
    """One elector for each ranking, who weighs as much as all who voted so."""
    return {(">".join(ranking), str(n)): 1 for ranking, n in votes.items()}


def compared(count: StvCount) -> bool:
    alone = all(len(stage.reached) <= 1 for stage in count.stages)
    # Whoever has exactly the quota has a stage of its own in votelib, in which nothing is handed on.
    alone &= all(stage.votes[one] > count.quota for stage in count.stages[:-1] for one in stage.reached)
    return alone and count.tie is None and all(stage.by != "earlier_stage" for stage in count.stages)


@settings(deadline=None)
@given(FULL, st.integers(1, 3))
def test_stv(votes: dict[tuple[str, ...], int], seats: int) -> None:
    count = elected(terms("stv", OPTIONS, seats), weighed(votes)).count
    assert isinstance(count, StvCount)
    assume(compared(count))
    theirs = TransferableVoteSelector(quota_function="droop", transferer="Gregory")
    assert set(theirs.evaluate(votes, seats)) == set(count.elected)
    for number, stage in enumerate(count.stages, 1):
        totals, _ = theirs.nth_count(votes, seats, number)
        assert {option: stage.votes[option] for option in totals} == totals


@settings(deadline=None)
@given(FULL)
def test_schulze_of_full_rankings(votes: dict[tuple[str, ...], int]) -> None:
    count = elected(terms("schulze", OPTIONS), weighed(votes)).count
    assert isinstance(count, SchulzeCount)
    pairs = RankedToCondorcetVotes().convert(votes)
    assert {pair: n for pair, n in count.preferred.items() if n} == pairs
    theirs = {pair: n for pair, n in Schulze.widest_paths(pairs).items() if n}
    assert {pair: path.votes_for for pair, path in count.paths.items()} == theirs
    assert CondorcetWinner().evaluate(pairs) == [w for w in [count.condorcet_winner] if w]
    if all(len(tier) == 1 for tier in count.ranking):
        ranking = Schulze().evaluate(pairs, 5)
        assert ranking == [option for (option,) in count.ranking]
        for seats in range(1, 5):
            first, tie = count.elected(seats)
            assert set(first) <= set(ranking[:seats]) <= {*first, *(tie.options if tie else ())}


@settings(deadline=None)
@given(RANKINGS)
def test_comparisons_of_rankings_that_leave_options_out(votes: dict[tuple[str, ...], int]) -> None:
    assume({option for ranking in votes for option in ranking} == set(OPTIONS))
    count = elected(terms("schulze", OPTIONS), weighed(votes)).count
    assert isinstance(count, SchulzeCount)
    assert {pair: n for pair, n in count.preferred.items() if n} == RankedToCondorcetVotes().convert(votes)


@settings(deadline=None)
@given(SETS, st.integers(1, 4))
def test_approval(votes: dict[frozenset[str], int], seats: int) -> None:
    result = elected(
        terms("approval", OPTIONS, seats),
        {("+".join(sorted(names)), str(n)): 1 for names, n in votes.items()},
    )
    assert isinstance(result.count, ScoreCount)
    simple = ApprovalToSimpleVotes().convert(votes)
    assert {option: n for option, n in result.count.votes.items() if n} == simple
    compare_best(
        Plurality().evaluate(simple, seats), result.elected, result.tie.options if result.tie else ()
    )


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 9), min_size=1), st.integers(1, 4))
def test_most_votes(votes: dict[str, int], seats: int) -> None:
    result = elected(terms("choose_one", OPTIONS, seats), votes)
    compare_best(Plurality().evaluate(votes, seats), result.elected, result.tie.options if result.tie else ())


def compare_best(theirs: list[object], ours: tuple[str, ...], tied: tuple[str, ...]) -> None:
    assert {one for one in theirs if not isinstance(one, Tie)} == set(ours)
    assert {frozenset(one) for one in theirs if isinstance(one, Tie)} == (
        {frozenset(tied)} if tied else set()
    )


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_elections_of_several_stages_are_compared(seats: int) -> None:
    """What `compared` leaves out must not be all there is."""
    met: Counter[int] = Counter()
    for shift in range(40):
        votes = {tuple(OPTIONS[n:] + OPTIONS[:n]): 7 + (n + 1) * (shift + 2) % 23 for n in range(5)}
        count = elected(terms("stv", OPTIONS, seats), weighed(votes)).count
        assert isinstance(count, StvCount)
        met[len(count.stages)] += compared(count)
    assert sum(n for stages, n in met.items() if stages >= 3) > 10
