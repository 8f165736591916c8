"""Which answers led to which change of the text, and what stands alone on either side.

consultation-model.md, "Points, clusters, answers": an answer names the change it led to; and the reverse report, the
changes of the text that no comment asked for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

MECHANICAL = frozenset({"same", "renumbered"})
"""What becomes of a clause when others change: nobody has to ask for it."""


@dataclass(frozen=True)
class Causes:
    """`led_to`: for each change the places of the answers that name it; `unmade`: of answers whose clause did not change."""

    led_to: tuple[tuple[int, ...], ...]
    unmade: tuple[int, ...]

    @property
    def unexplained(self) -> tuple[int, ...]:
        """The places of the changes that no answer names."""
        return tuple(place for place, answers in enumerate(self.led_to) if not answers)


def is_of_substance(kinds: Collection[str]) -> bool:
    """Whether a change of these kinds (documents.redline.KINDS) is one that somebody must have wanted."""
    return not MECHANICAL.issuperset(kinds)


def causes(changes: Sequence[Collection[str]], answers: Sequence[str]) -> Causes:
    """Match changes, each the lasting ids of its clauses before and after, with the clauses that answers name."""
    led_to = tuple(
        tuple(place for place, clause in enumerate(answers) if clause in clauses) for clauses in changes
    )
    made = {place for places in led_to for place in places}
    return Causes(led_to, tuple(place for place in range(len(answers)) if place not in made))
