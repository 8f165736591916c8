"""Three sample outcomes of an election's terms on a roll, for who reviews its vote: computed by elect(), like every result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultations.facts.rolls import Elector, as_counted, roll
from workflows.elections.counting import elect
from workflows.elections.terms import Terms


@dataclass(frozen=True)
class ElectionSample:
    """`key`: agreed (all for the first option), halves (half for each of two), empty (nobody names an option)."""

    key: str
    decision: dict[str, Any]


def election_samples(terms: Terms, electors: Sequence[Elector], call: int) -> tuple[ElectionSample, ...]:
    """All of the roll vote. Raises InputRefusedError when terms and roll do not fit."""
    names = [elector.elector for elector in electors]
    counted = roll(as_counted(electors, set(names)))
    first, second = terms.ids[0], terms.ids[min(1, len(terms.ids) - 1)]
    half = len(names) // 2
    said = {
        "agreed": [first] * len(names),
        "halves": [first] * half + [second] * half,
        "empty": ["blank" if terms.allow_blank else "invalid"] * len(names),
    }
    return tuple(
        ElectionSample(key, elect(terms, counted, list(zip(names, given, strict=False)), call=call).to_dict())
        for key, given in said.items()
    )
