"""What a vote comes to, as its rows say it now: by its rule, or by the terms of its election."""

from consultations.facts import elections, rolls, taken
from consultations.facts.votes import rule_of
from consultations.models.votes import Vote
from workflows.decisions import Decision, decide
from workflows.elections.counting import elect
from workflows.elections.results import Result
from workflows.rolls import Roll


def decided(
    vote: Vote, casting_vote: str | None = None, ballots: tuple[tuple[str, str], ...] | None = None
) -> Decision | Result:
    """The decision: pure over roll, ballots, rule and call; of an election, over its seed too, once it is revealed.

    `ballots`: those that are taken, (elector, choice); those of the counts that stand if none are given.

    Raises InputRefusedError with every reason why roll, ballots, seed or casting vote do not fit.
    """
    ballots = taken.standing(vote.id) if ballots is None else ballots
    roll = counted_roll(vote, ballots)
    if not elections.is_election(vote):
        return decide(rule_of(vote), roll, ballots, call=vote.call, casting_vote=casting_vote)
    seed, committed = vote.seed or None, vote.seed_commitment or None
    return elect(
        elections.terms_of(vote),
        roll,
        ballots,
        call=vote.call,
        seed=seed,
        committed=committed,
        casting_vote=casting_vote,
    )


def counted_roll(vote: Vote, ballots: tuple[tuple[str, str], ...]) -> Roll:
    """The frozen roll with attendance, without whoever is excluded from this vote."""
    return rolls.roll(rolls.as_counted(rolls.frozen(vote.id), {elector for elector, _ in ballots}))
