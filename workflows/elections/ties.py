"""Ties: what must be settled, and how lots settled it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workflows.elections.lots import Lots

Why = Literal["seat", "surplus", "exclusion"]
"""What a tie is about: a seat; in stv whose surplus is transferred first, or who is excluded."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Options of which `places` are to be taken, and nothing in the ballots says which.

    `before`: pairs of them of which the ballots put the first before the second; whatever settles the tie keeps to that.
    """

    why: Why
    options: tuple[str, ...]
    places: int = 1
    before: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the tie, ready for JSON; `before` only where there is any."""
        given: dict[str, object] = {"why": self.why, "options": list(self.options), "places": self.places}
        return {**given, "before": list(map(list, self.before))} if self.before else given

    def passed_over(self, taken: Sequence[str]) -> tuple[str, ...]:
        """Which options are not among these although they are before one that is."""
        over = {first for first, second in self.before if second in taken and first not in taken}
        return tuple(option for option in self.options if option in over)


def tie_from(content: Mapping[str, Any]) -> Tie:
    """The tie of which this is the JSON, as `Tie.to_dict` wrote it."""
    before = tuple((first, second) for first, second in content.get("before", ()))
    return Tie(content["why"], tuple(content["options"]), content["places"], before)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie that lots settled, and the options that were taken."""

    tie: Tie
    taken: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return what was drawn, ready for JSON."""
        return {**self.tie.to_dict(), "taken": list(self.taken)}


def draw(tie: Tie, lots: Lots) -> Drawn:
    """Take the first of the tied in the order of lots, nobody ahead of who is before; who is excluded is the last of them."""
    left = [option for option in lots.order if option in tie.options]
    if tie.why == "exclusion":
        left.reverse()
    taken: list[str] = []
    while len(taken) < tie.places:
        taken.append(next(option for option in left if not tie.passed_over([*taken, option])))
        left.remove(taken[-1])
    return Drawn(tie, tuple(taken))


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
