"""Conflict of interest: electors who do not vote on an item leave its roll, its bases and its count."""

from collections.abc import Collection, Iterable

from workflows.ballots import Ballot
from workflows.faults import InputRefusedError, shown
from workflows.rolls import Roll, roll_of


def without(roll: Roll, excluded: Collection[str]) -> Roll:
    """Return the roll of one item: without the excluded electors, in the same order, and to be hashed for itself.

    Every base that is taken from it (roll, present, represented, groups) is without them too. Raises InputRefusedError
    for each of them who is not on the roll, and where nobody would be left.
    """
    unknown = sorted(set(excluded) - set(roll.electors))
    faults = [f"excluded: the elector {shown(elector)} is not on the roll" for elector in unknown]
    columns = (roll.electors, roll.weight_texts(), roll.present, *roll.attributes.values())
    kept = [row for row in zip(*columns, strict=True) if row[0] not in set(excluded)]
    if not kept:
        faults.append("excluded: nobody would be left on the roll of the item")
    if faults:
        raise InputRefusedError(faults)
    return roll_of(kept, tuple(roll.attributes))


def ballots_without(ballots: Iterable[Ballot], excluded: Collection[str]) -> tuple[Ballot, ...]:
    """Return the ballots of the others: what an excluded elector cast before the exclusion is left out of the count."""
    return tuple((elector, choice) for elector, choice in ballots if elector not in excluded)
