"""elect(): from terms, a roll and ballots to the result of an election. Pure, exact and deterministic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.ballots import Ballot, Ballots, ballots_of, ballots_sha256
from workflows.decisions import Quorum, ask_quorum, call_faults, roll_faults
from workflows.elections.casting import casting_refusals
from workflows.elections.lots import Lots, lots, seed_refusals
from workflows.elections.papers import KINDS, Papers, election_faults, papers_of
from workflows.elections.results import Result, Status
from workflows.elections.schulze import SchulzeCount, count_schulze
from workflows.elections.scores import ScoreCount, count_scores
from workflows.elections.stages import StvCount
from workflows.elections.stv import count_stv
from workflows.elections.terms import Terms
from workflows.elections.ties import Drawn, Tie, draw
from workflows.faults import InputRefusedError
from workflows.rolls import Roll, roll_sha256


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a count says before the quorum: who is elected, the tie left, what was drawn, whether the casting vote counts."""

    elected: tuple[str, ...]
    tie: Tie | None = None
    drawn: tuple[Drawn, ...] = ()
    cast: bool = False


def elect(
    terms: Terms,
    roll: Roll,
    ballots: Ballots | Iterable[Ballot],
    *,
    call: int = 1,
    seed: str | None = None,
    committed: str | None = None,
    casting_vote: str | None = None,
) -> Result:
    """Count an election.

    `ballots` are pairs (elector, text as in choices.py). `call` picks the quorum's entry. `seed` draws lots where the
    terms settle ties by lots; with `committed`, a SHA-256 published before, the seed must fit it. `casting_vote` names
    the options that take the seats of a tie (`ana` or `ana+eva`) where the terms ask for one; it is otherwise without
    effect. Raises InputRefusedError with every reason: ballots, seed or casting vote that do not fit, attributes the
    roll lacks, a call that is not on the ladder.
    """
    given = ballots_of(ballots)
    if faults := [
        *call_faults(terms.quorum, call),
        *roll_faults(terms, roll),
        *election_faults(terms, roll, given),
        *_seed_faults(seed, committed),
    ]:
        raise InputRefusedError(faults)
    papers = papers_of(terms, roll, given)
    quorum, _ = ask_quorum(terms.quorum, call, papers.tally, ())
    drawing = lots(seed, terms.ids) if seed is not None and terms.tie == "lots" else None
    count = _count(terms, papers, drawing)
    outcome = _settled(terms, count, drawing, casting_vote)
    return _result(terms, roll, given, papers, quorum, count, outcome, drawing, casting_vote)


def _seed_faults(seed: str | None, committed: str | None) -> Iterator[str]:
    if seed is not None:
        yield from map(str, seed_refusals(seed, committed))


def _count(terms: Terms, papers: Papers, drawing: Lots | None) -> ScoreCount | StvCount | SchulzeCount:
    if terms.method == "stv":
        return count_stv(terms.ids, papers, terms.seats, drawing)
    if terms.method == "schulze":
        return count_schulze(terms.ids, papers)
    return count_scores(terms, papers)


def _settled(
    terms: Terms, count: ScoreCount | StvCount | SchulzeCount, drawing: Lots | None, casting_vote: str | None
) -> _Outcome:
    """Who is elected, with the tie settled where the terms and what is given settle it."""
    if isinstance(count, StvCount):
        return _Outcome(count.elected, count.tie, count.drawn)
    elected, tie = count.elected(terms.seats)
    if tie is None:
        return _Outcome(elected)
    if drawing is not None:
        drawn = draw(tie, drawing)
        return _Outcome((*elected, *drawn.taken), None, (drawn,))
    if casting_vote is None or terms.tie != "casting_vote":
        return _Outcome(elected, tie)
    if refusals := casting_refusals(casting_vote, tie):
        raise InputRefusedError(map(str, refusals))
    return _Outcome((*elected, *casting_vote.split("+")), None, cast=True)


def _result(
    terms: Terms,
    roll: Roll,
    ballots: Ballots,
    papers: Papers,
    quorum: Quorum,
    count: ScoreCount | StvCount | SchulzeCount,
    outcome: _Outcome,
    drawing: Lots | None,
    casting_vote: str | None,
) -> Result:
    elected = outcome.elected if quorum.met else ()
    tie = outcome.tie if quorum.met else None
    run_off = _run_off(terms, count, elected) if quorum.met and tie is None else ()
    return Result(
        status=_status(terms, quorum, elected, tie, run_off),
        method=terms.method,
        tie_rule=terms.tie,
        seats=terms.seats,
        terms_id=terms.id,
        terms_version=terms.version,
        terms_sha256=terms.sha256,
        names={option.id: option.names for option in terms.options},
        roll_sha256=roll_sha256(roll),
        ballots_sha256=ballots_sha256(ballots),
        electors=len(roll),
        heads={kind: papers.tally.heads((kind,)) for kind in KINDS},
        weight={kind: papers.tally.weight((kind,)) for kind in KINDS},
        quorum=quorum,
        elected=elected,
        tie=tie,
        run_off=run_off,
        drawn=outcome.drawn if quorum.met else (),
        lots=drawing,
        casting_vote=casting_vote,
        casting_counted=outcome.cast and quorum.met,
        count=count,
    )


def _run_off(
    terms: Terms, count: ScoreCount | StvCount | SchulzeCount, elected: tuple[str, ...]
) -> tuple[str, ...]:
    left = terms.seats - len(elected)
    if terms.majority is None or not isinstance(count, ScoreCount) or not left:
        return ()
    return count.run_off(elected, terms.majority.run_off * left)


def _status(
    terms: Terms, quorum: Quorum, elected: tuple[str, ...], tie: Tie | None, run_off: tuple[str, ...]
) -> Status:
    if not quorum.met:
        return "no_quorum"
    if tie is not None:
        return "tie_pending"
    if len(elected) == terms.seats:
        return "elected"
    return "run_off_needed" if run_off else "incomplete"
