"""A rule tried on a roll: on the members of the body as they are, or on as many electors as asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from consultations.extensions import db
from consultations.facts.rolls import members, roll
from consultations.models.organisations import Network
from workflows.faults import InputRefusedError
from workflows.made_up_rolls import roll_of_size
from workflows.presets import preset, preset_names
from workflows.rules import rule_from
from workflows.simulator import Simulation, simulate

LARGEST = 500
"""The most electors that a made-up roll has: every figure is computed anew by counting ballots."""


@dataclass(frozen=True)
class Trial:
    """What came out, or `faults`: why the rule cannot be tried on the real roll. `real`: on the body's members."""

    simulation: Simulation | None
    real: bool
    size: int
    faults: tuple[str, ...] = ()


def trial(body_id: int, content: dict[str, Any], *, size: int | None, call: int, at: datetime) -> Trial:
    """Try a decision rule. `size`: that many made-up electors, who all weigh 1; None: the body's members today.

    A body without members is tried with 100. Errors: InputRefusedError: the content cannot be read.
    """
    rule = rule_from(content)
    body = db.session.get_one(Network, body_id)
    there = () if size else members(body_id, "", at.astimezone(ZoneInfo(body.zone)).date())
    size = len(there) or min(size or 100, LARGEST)
    try:
        tried_on = roll(there) if there else roll_of_size(size, [rule, *map(preset, preset_names())])
        return Trial(simulate(rule, tried_on, call=call), real=bool(there), size=size)
    except InputRefusedError as refused:
        return Trial(None, real=bool(there), size=size, faults=refused.faults)
