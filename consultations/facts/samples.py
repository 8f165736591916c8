"""Three sample outcomes of a rule on a roll, for who reviews a vote: computed by decide(), like every other figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultations.facts.rolls import Elector, as_counted, roll
from workflows.rules import Rule
from workflows.simulator import Hall, Votes, least_in_favour, spread


@dataclass(frozen=True)
class Sample:
    """`key`: least (the fewest in favour that pass; example, if it is not known that no fewer can; nothing, if not even
    all can), one_less, tie; with the heads that vote, and the decision."""

    key: str
    favour: int
    against: int
    neutral: int
    decision: dict[str, Any]


def samples(rule: Rule, electors: Sequence[Elector], call: int) -> tuple[Sample, ...]:
    """All vote. First the fewest in favour that pass (all of them, if nothing passes), then one less, then a tie.

    In favour are those whose votes go furthest; the others, and those of the tie, are taken from every country in turn,
    as organisations are spread. Raises InputRefusedError when rule and roll do not fit.
    """
    names = spread([e.elector for e in electors], [e.attributes.get("country", "") for e in electors])
    hall = Hall(rule, roll(as_counted(electors, set(names))), call, names)
    size, reach = len(names), least_in_favour(hall)
    fewest = size if reach.number is None else reach.number
    less, half = max(fewest - 1, 0), size // 2
    key = "least" if reach.certain else "example"
    return (
        _sample("nothing" if reach.number is None else key, reach.hall, Votes(fewest, size - fewest)),
        _sample("one_less", reach.hall, Votes(less, size - less)),
        _sample("tie", hall, Votes(half, half, size - 2 * half)),
    )


def _sample(key: str, hall: Hall, votes: Votes) -> Sample:
    return Sample(key, votes.favour, votes.against, votes.neutral, hall.decide(votes).to_dict())
