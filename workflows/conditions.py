"""What a condition of a rule is (decision-rules.md, "COND"): frozen data and its vocabulary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Measure = Literal["heads", "weight", "groups"]
EmptyGroup = Literal["ignored", "not_passed"]

BLANK = "blank"
INVALID = "invalid"
NOT_VOTED = "not_voted"
COUNTS = ("voted", "present", "represented")
BASES = ("voted", "valid", "present", "represented", "roll")
GROUP_BASES = ("groups_on_roll", "groups_with_votes")


@dataclass(frozen=True, slots=True)
class GroupTest:
    """How groups are made (`by`), what each must meet, what each weighs, and what an empty one does."""

    by: str
    passes: "Condition"
    weights: tuple[tuple[str, Fraction], ...] = ()
    empty: EmptyGroup = "not_passed"


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: count cmp share x base, and count at least `at_least`.

    `count` is a tuple of choices or one of COUNTS; `base` is a tuple of choices, one of BASES or GROUP_BASES, or a
    Fraction (a fixed base). `groups` is set when, and only when, the measure is groups.
    """

    id: str
    measure: Measure
    count: tuple[str, ...] | str
    base: tuple[str, ...] | str | Fraction
    cmp: str
    share: Fraction
    at_least: Fraction | None = None
    where: tuple[tuple[str, str], ...] = ()
    groups: GroupTest | None = None

    def attributes(self) -> frozenset[str]:
        """Return the roll attributes this condition reads."""
        own = {name for name, _ in self.where}
        inner = {self.groups.by} | self.groups.passes.attributes() if self.groups else set()
        return frozenset(own | inner)


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions that must all pass, or of which any must."""

    kind: Literal["all", "any"]
    parts: tuple["Condition | Branch", ...]

    def conditions(self) -> Iterator[Condition]:
        """Yield the conditions in the order of the rule, however nested."""
        for part in self.parts:
            if isinstance(part, Condition):
                yield part
            else:
                yield from part.conditions()

    def holds(self, passes: Mapping[str, bool]) -> bool:
        """Say whether the branch is met, given which condition (by id) passes."""
        met = (passes[part.id] if isinstance(part, Condition) else part.holds(passes) for part in self.parts)
        return all(met) if self.kind == "all" else any(met)
