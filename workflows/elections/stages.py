"""The stages of a count by single transferable vote, as they are published."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from workflows.elections.ties import Drawn, Tie
from workflows.exact import exact_text, floor

Action = Literal["first", "surplus", "exclusion"]
By = Literal["votes", "earlier_stage", "lots"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what was done with whom (`by` what it was their turn), and how everybody stands after it.

    gained: who received votes in it. votes: what every option has at its end, the elected at least the quota (the
    surplus leaves in a stage of its own), the excluded 0. lost: all that could not be transferred so far; votes and lost
    add up to the total in every stage. reached: elected with the quota. last: elected because no more were left than seats.
    """

    number: int
    action: Action
    option: str | None
    by: By | None
    gained: Mapping[str, Fraction]
    votes: Mapping[str, Fraction]
    lost: Fraction
    reached: tuple[str, ...]
    last: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the stage, ready for JSON."""
        return {
            "number": self.number,
            "action": self.action,
            "option": self.option,
            "by": self.by,
            "gained": {option: exact_text(votes) for option, votes in self.gained.items()},
            "votes": {option: exact_text(votes) for option, votes in self.votes.items()},
            "lost": exact_text(self.lost),
            "reached": list(self.reached),
            "last": list(self.last),
        }


@dataclass(frozen=True, slots=True)
class StvCount:
    """The quota, the total of valid votes, the stages, who is elected, where the count stopped at a tie, what was drawn."""

    quota: Fraction
    total: Fraction
    stages: tuple[Stage, ...]
    elected: tuple[str, ...]
    tie: Tie | None
    drawn: tuple[Drawn, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the count, ready for JSON."""
        return {
            "quota": exact_text(self.quota),
            "total": exact_text(self.total),
            "stages": [stage.to_dict() for stage in self.stages],
        }


def cut(number: Fraction, digits: int = 5) -> str:
    """Write votes with at most `digits` decimals and a point, the rest cut off, as the Order does: `685.85714`.

    For display alone: what is counted, and what JSON holds, is the exact fraction. The number is not negative.
    """
    whole, rest = divmod(floor(number * 10**digits), 10**digits)
    decimals = f"{rest:0{digits}d}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
