"""Ties: what must be settled, and how lots settled it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workflows.elections.lots import Lots

Why = Literal["seat", "surplus", "exclusion"]
"""What a tie is about: a seat; in stv whose surplus is transferred first, or who is excluded."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Options of which `places` are to be taken, and nothing in the ballots says which."""

    why: Why
    options: tuple[str, ...]
    places: int = 1

    def to_dict(self) -> dict[str, object]:
        """Return the tie, ready for JSON."""
        return {"why": self.why, "options": list(self.options), "places": self.places}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie that lots settled, and the options that were taken."""

    tie: Tie
    taken: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return what was drawn, ready for JSON."""
        return {**self.tie.to_dict(), "taken": list(self.taken)}


def draw(tie: Tie, lots: Lots) -> Drawn:
    """Take the first of the tied in the order of lots; who is excluded is the last of them."""
    ordered = [option for option in lots.order if option in tie.options]
    if tie.why == "exclusion":
        ordered.reverse()
    return Drawn(tie, tuple(ordered[: tie.places]))


def fill(tiers: Sequence[tuple[str, ...]], seats: int) -> tuple[tuple[str, ...], Tie | None]:
    """Fill seats from tiers, the best first: the options that are elected, and the tie that is left, if any.

    A tier is elected whole while there are seats for all of it; a tier that is too large is a tie.
    """
    elected: list[str] = []
    for tier in tiers:
        left = seats - len(elected)
        if len(tier) > left:
            return tuple(elected), Tie("seat", tier, left) if left else None
        elected += tier
    return tuple(elected), None
