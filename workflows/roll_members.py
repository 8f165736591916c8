"""Members as the register has them, and what building a roll makes of them: entries, exclusions, exemptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from workflows.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the register has it on the day. `fields` holds exact texts; `primary` maps product and network."""

    elector: str
    name: str = ""
    kind: str = ""
    country: str = ""
    networks: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    primary: Mapping[str, str] = field(default_factory=dict)  # "product" or "network" -> the one declared
    fields: Mapping[str, str] = field(default_factory=dict)
    good_standing: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reasoned exception: this member is on the roll although the rule would leave it out (weight and groups apart)."""

    elector: str
    reason: str
    decided_on: date
    by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the roll. `attributes` are pairs sorted by name."""

    elector: str
    name: str
    weight: Fraction
    attributes: tuple[tuple[str, str], ...] = ()
    exemption: Exemption | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is not on the roll, since which day, and every reason."""

    elector: str
    name: str
    on: date
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A roll built by a rule: entries and exclusions sorted by elector."""

    entries: tuple[Entry, ...]
    exclusions: tuple[Exclusion, ...]
