"""Freezing the roll of a vote: who is on it from the call on, with which weight."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from consultations.extensions import db
from consultations.facts import rolls
from consultations.facts.votes import rule_of
from consultations.models.votes import RollEntry, Vote
from workflows.refusals import Refused
from workflows.rolls import roll_sha256


def freeze(vote: Vote, at: datetime) -> str:
    """Write the roll of a vote, once, from the members of its body on the day of `at`, and return its hash.

    Errors: Refused (roll_not_frozen, weights_missing, roll_unfit) with every reason; nothing is written then.
    """
    electors = rolls.members(vote.body_id, vote.weight_field, at.astimezone(ZoneInfo(vote.zone)).date())
    if reasons := rolls.objections(rule_of(vote), vote.weight_field, electors):
        raise Refused(*reasons)
    db.session.execute(
        insert(RollEntry),
        [row_of(vote, elector) for elector in electors],
    )
    return roll_sha256(rolls.roll(electors))


def row_of(vote: Vote, e: rolls.Elector) -> dict[str, Any]:
    """The columns of one entry of a vote's roll."""
    return {
        "vote_id": vote.id, "organisation_id": e.organisation_id, "elector": e.elector, "name": e.name,
        "weight": e.weight, "present": "", "excluded": "", "attributes": e.attributes,
    }  # fmt: skip
