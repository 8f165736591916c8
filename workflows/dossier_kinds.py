"""What each kind of dossier asks for: rounds, days and gates as data (process.md, "Dossier").

The numbers are the house's defaults; where no public source gives one, it is a setting to be confirmed.
"""

from dataclasses import dataclass
from enum import StrEnum

from workflows.roles import Role


class DossierKind(StrEnum):
    """Why a dossier exists."""

    NEW_STANDARD = "new_standard"
    REVISION = "revision"
    LIMITED_REVIEW = "limited_review"
    URGENT = "urgent"
    PRICE = "price"
    SUSPENSION = "suspension"
    ADVOCACY = "advocacy"
    OWN_MATTER = "own_matter"  # of a network, under its own rules


class Gate(StrEnum):
    """What a dossier has to pass."""

    PROFILE = "profile"  # a public project profile before drafting
    COMMISSION = "commission"  # CECLAC's final review
    OUTSIDE = "outside"  # the position is sent, the outside answer recorded


@dataclass(frozen=True)
class KindRules:
    """`minimum_days` per round, in order; later rounds last at least as long as the last one given.

    `grounds`: whether the head who sets the scope writes why the matter is of this kind. `frozen_by`: who freezes the
    text where no round does (None: a round must). `network_alone`: a network decides it, not the whole body.
    `extension_days`: by so many the closing of a round moves at once, at most (product.md: rounds last 30 to 132 days).
    """

    rounds_minimum: int
    minimum_days: tuple[int, ...]
    gates: frozenset[Gate]
    grounds: bool = False
    frozen_by: Role | None = None
    network_alone: bool = False
    extension_days: int = 60

    def days_of_round(self, number: int) -> int:
        """The least length, in days, of round `number` (from 1)."""
        return self.minimum_days[min(number, len(self.minimum_days)) - 1]


_ALL = frozenset(Gate)
_QUICK = frozenset({Gate.COMMISSION, Gate.OUTSIDE})

KINDS: dict[DossierKind, KindRules] = {
    DossierKind.NEW_STANDARD: KindRules(2, (60, 30), _ALL),
    DossierKind.REVISION: KindRules(1, (60, 30), _ALL),
    DossierKind.LIMITED_REVIEW: KindRules(1, (30,), _ALL, grounds=True),
    DossierKind.URGENT: KindRules(1, (10,), _QUICK, grounds=True, extension_days=15),
    DossierKind.PRICE: KindRules(1, (30,), _QUICK),
    DossierKind.SUSPENSION: KindRules(0, (15,), _QUICK, grounds=True, frozen_by=Role.CHAIR),
    DossierKind.ADVOCACY: KindRules(0, (15,), _QUICK, frozen_by=Role.CHAIR),
    DossierKind.OWN_MATTER: KindRules(0, (15,), frozenset(), frozen_by=Role.UNIT_HEAD, network_alone=True),
}
