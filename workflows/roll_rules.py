"""The rule of the roll: which members are on it, with which weight, in which groups; versioned, hashed data.

    {"id": "…", "version": 1, "title": {"es": "…"}, "cites": "Estatutos, art. 12",
     "kinds": ["spo", "workers"], "networks": ["RP-CAFE"], "good_standing": true, "minimum_membership": "P6M",
     "weight": {"by": "one"} | {"by": "field", "field": "members"}
             | {"by": "bands", "field": "members", "bands": [{"from": 1, "to": 50, "weight": "1"}, …]},
     "cap": {"share": "1/20"} | {"most": "10"} | {"share": "3/10", "most": "5"} | null,
     "groups": [{"attribute": "country", "by": "country"}, {"attribute": "product", "by": "product",
                 "several": "primary" | "fractional"}]}

`kinds` and `networks` null or left out: all. Of several networks one is enough. A band reaches from `from` to `to`, both
included, and `to` null is without end. Reading is in `roll_rule_reading`, building in `roll_building`.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from workflows.rule_headings import Heading

WeightBy = Literal["one", "field", "bands"]
GroupBy = Literal["country", "kind", "product", "network"]
Several = Literal["primary", "fractional"]

WEIGHTS: tuple[WeightBy, ...] = ("one", "field", "bands")
GROUPS: tuple[GroupBy, ...] = ("country", "kind", "product", "network")
MANY: tuple[GroupBy, ...] = ("product", "network")  # those of which a member may have several
SEVERAL: tuple[Several, ...] = ("primary", "fractional")


@dataclass(frozen=True, slots=True)
class Band:
    """Who has a value in [first, last] weighs `weight`; last None is without end."""

    first: Fraction
    last: Fraction | None
    weight: Fraction

    def holds(self, value: Fraction) -> bool:
        """Whether the value falls into the band."""
        return self.first <= value and (self.last is None or value <= self.last)


@dataclass(frozen=True, slots=True)
class Weighing:
    """How a member's weight is found: one each, a field of the register, or the band into which the field falls."""

    by: WeightBy
    field: str | None = None
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that one elector may weigh: a share of the total after capping, an absolute weight, or the lower of both."""

    share: Fraction | None = None
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class GroupRule:
    """An attribute of the roll that parts it into groups. `several` says what becomes of who is in more than one."""

    attribute: str
    by: GroupBy
    several: Several | None = None


@dataclass(frozen=True, slots=True)
class RollRule:
    """Who is on the roll of a body. None: no condition."""

    heading: Heading
    kinds: tuple[str, ...] | None
    networks: tuple[str, ...] | None
    good_standing: bool
    minimum_membership: str | None
    weight: Weighing
    cap: Cap | None
    groups: tuple[GroupRule, ...]

    @property
    def sha256(self) -> str:
        """The hash of the rule as it was given."""
        return self.heading.sha256
