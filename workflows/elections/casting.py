"""The casting vote of an election: which of the tied options take the seats that are left."""

from workflows.elections.ties import Tie
from workflows.refusals import Refusal, refusal


def casting_refusals(text: str, tie: Tie) -> tuple[Refusal, ...]:
    """Return why this casting vote does not settle the tie.

    It must name `tie.places` of its options, joined by +, and pass over none that the ballots put before one it names.
    """
    named = text.split("+")
    if not (len(named) == tie.places and set(named) <= set(tie.options) and len(set(named)) == len(named)):
        return (refusal("casting_vote_misfit", options=", ".join(tie.options), places=tie.places),)
    if over := tie.passed_over(named):
        return (refusal("casting_vote_passes_over", options=", ".join(over)),)
    return ()
