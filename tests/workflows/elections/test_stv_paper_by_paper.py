"""STV once more, written as the Order reads: every paper by itself, with its value, handed from pile to pile.

It covers what votelib cannot be asked: papers that name nobody further, two surpluses that wait together, and ties that
an earlier stage settles. Nothing is shared with the count under test.
"""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.elections.voting import elected, terms
from workflows.elections.stages import StvCount

OPTIONS = "abcdef"
RANKING = st.permutations(OPTIONS).flatmap(lambda order: st.integers(1, 6).map(lambda n: "".join(order[:n])))


class TiedError(Exception):
    """Only lots could go on."""


def by_hand(papers: list[str], seats: int) -> tuple[list[str], list[dict[str, Fraction]]]:
    """Who is elected, and how everybody stands after each stage. Raises TiedError where lots would be drawn."""
    quota = len(papers) // (seats + 1) + 1
    values = [Fraction(1)] * len(papers)
    holders: list[str | None] = [ranking[0] for ranking in papers]
    kept = dict.fromkeys(OPTIONS, Fraction(0))  # what an elected option keeps when its papers have gone on
    winners: list[str] = []
    out: list[str] = []
    transferred: set[str] = set()
    history: list[dict[str, Fraction]] = []

    def pick(candidates: list[str], sign: int) -> str:
        def standing(option: str) -> list[Fraction]:
            return [sign * stage[option] for stage in reversed(history)]

        first, *rest = sorted(candidates, key=standing)
        if rest and standing(rest[0]) == standing(first):
            raise TiedError
        return first

    while True:
        votes = {o: kept[o] + sum(v for v, h in zip(values, holders, strict=True) if h == o) for o in OPTIONS}
        history.append(votes)
        running = [o for o in OPTIONS if o not in winners and o not in out]
        winners += sorted((o for o in running if votes[o] >= quota), key=lambda o: -votes[o])
        running = [o for o in running if o not in winners]
        if len(running) <= seats - len(winners):
            winners += sorted(running, key=lambda o: -votes[o])
        if len(winners) >= min(seats, len(OPTIONS)):
            return winners, history
        surplus = [o for o in winners if votes[o] > quota and o not in transferred]
        who = pick(surplus, -1) if surplus else pick(running, 1)
        if surplus:
            transferred.add(who)
            kept[who] = Fraction(quota)
        else:
            out.append(who)
        for n, ranking in enumerate(papers):
            if holders[n] == who:
                values[n] *= (votes[who] - quota) / votes[who] if surplus else 1
                holders[n] = next((o for o in ranking if o not in winners and o not in out), None)


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(RANKING, st.integers(1, 12), min_size=1, max_size=10), st.integers(1, 4))
def test_the_same_stages_and_the_same_elected(votes: dict[str, int], seats: int) -> None:
    count = elected(
        terms("stv", OPTIONS, seats), {(">".join(ranking), str(n)): 1 for ranking, n in votes.items()}
    ).count
    assert isinstance(count, StvCount)
    try:
        winners, history = by_hand([ranking for ranking, n in votes.items() for _ in range(n)], seats)
    except TiedError:
        assert count.tie is not None
        return
    assert count.tie is None
    assert list(count.elected) == winners
    assert [dict(stage.votes) for stage in count.stages] == history
