"""A rule of the roll tried on the members of its body as the register has them on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from consultations.facts.members import members
from workflows.refusals import Refusal, Refused
from workflows.roll_building import build
from workflows.roll_rule_reading import roll_rule_from

NEVER_KEPT = "roll_cap_unreachable"


@dataclass(frozen=True)
class Tried:
    """How many would be on the roll and how many left out; or why there can be no roll today."""

    size: int
    left_out: int
    reasons: tuple[Refusal, ...] = ()

    @property
    def never_kept(self) -> tuple[Refusal, ...]:
        """Those of the reasons that lie in the rule itself: a cap that the members of the body cannot keep."""
        return tuple(reason for reason in self.reasons if reason.code == NEVER_KEPT)


def tried(body_id: int, content: dict[str, Any], day: date) -> Tried | None:
    """What the rule makes of the members of that day; None for a body without members."""
    known = [member for _, member, _ in members(body_id, day)]
    if not known:
        return None
    try:
        built = build(roll_rule_from(content), known, day)
    except Refused as refused:
        return Tried(0, 0, refused.refusals)
    return Tried(len(built.entries), len(built.exclusions))
