"""One line of a decision: what a condition asked, what there was, and what was missing."""

from dataclasses import dataclass
from fractions import Fraction

from workflows.comparisons import CEILINGS, STRICT, bound, compare
from workflows.conditions import Condition
from workflows.exact import ceil, exact_text


@dataclass(frozen=True, slots=True)
class Line:
    """A condition measured. Amounts are in `unit`: heads, weight or groups.

    needed is the least amount that passes with this base (for < and <= the most that is allowed); missing is how much
    more is needed (for < and <=: how much is too much), 0 when the condition passes.
    """

    condition: Condition
    have: Fraction
    base: Fraction
    needed: Fraction
    missing: Fraction
    passes: bool

    @property
    def id(self) -> str:
        """The condition's id."""
        return self.condition.id

    @property
    def unit(self) -> str:
        """heads, weight or groups."""
        return self.condition.measure

    @property
    def threshold(self) -> Fraction:
        """Share x base: the amount that is compared with."""
        return self.condition.share * self.base

    @property
    def tied(self) -> bool:
        """Fails by exact equality under a strict comparison, and by nothing else (decision-rules.md, `tie`)."""
        floor_met = self.condition.at_least is None or self.have >= self.condition.at_least
        return floor_met and self.condition.cmp in STRICT and self.have == self.threshold

    def to_dict(self) -> dict[str, object]:
        """Return the LINE of decision-rules.md."""
        return {
            "id": self.id,
            "unit": self.unit,
            "have": exact_text(self.have),
            "base": exact_text(self.base),
            "cmp": self.condition.cmp,
            "share": exact_text(self.condition.share),
            "needed": exact_text(self.needed),
            "missing": exact_text(self.missing),
            "passes": self.passes,
        }


def measured(condition: Condition, have: Fraction, base: Fraction, grid: int) -> Line:
    """Compare what there is with what is asked; amounts come in steps of 1/grid."""
    threshold = condition.share * base
    needed = bound(condition.cmp, threshold, grid)
    least = condition.at_least if condition.at_least is not None else Fraction(0)
    least = Fraction(ceil(least * grid), grid)
    passes = compare(have, condition.cmp, threshold) and have >= least
    if condition.cmp in CEILINGS:
        missing = have - needed if have > needed else least - have
    else:
        needed = max(needed, least)
        missing = needed - have
    return Line(condition, have, base, needed, Fraction(0) if passes else missing, passes)
