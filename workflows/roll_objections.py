"""What speaks against a rule on a roll that parts electors into fractions (roll_parts)."""

from workflows.decisions import Asking
from workflows.refusals import Refusal, refusal
from workflows.roll_parts import counted_by_heads
from workflows.rolls import Roll


def objections_to_parting(rule: Asking, roll: Roll) -> tuple[Refusal, ...]:
    """Name every condition of a rule that would count the parts of one elector as several heads."""
    return tuple(
        refusal("roll_parts_counted_by_heads", condition=condition.id, attribute=attribute)
        for condition, attribute in counted_by_heads(rule.conditions(), roll)
    )
