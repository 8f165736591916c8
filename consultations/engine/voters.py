"""Whether somebody may vote for an organisation now, asked under the lock that a ballot is cast with."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import casting
from consultations.facts.casting import ONLINE, Allowed
from consultations.models.assemblies import AssemblyElector
from workflows.refusals import refusal

__all__ = ["Allowed", "allowed"]


def allowed(vote: Any, organisation_id: int | None, standing: Any, by: Actor, at: datetime) -> Allowed:
    """Ask for one organisation. A vote without an assembly has no door: only the own organisation's mandate counts.

    `vote` and `standing` are rows of engine/ballot_statements.py. The organisation's line of the assembly's roll is
    shared, so that a proxy is not taken back, and nobody leaves, between the question and the ballot.
    """
    if vote.assembly_id is None:
        foreign = () if organisation_id == by.organisation_id else (refusal("not_your_organisation"),)
        on_paper = standing is not None and standing.channel != ONLINE
        return Allowed(
            (*foreign, *((refusal("voted_in_other_channel", names=vote.elector),) if on_paper else ()))
        )
    elector = db.session.scalar(
        select(AssemblyElector)
        .where(
            AssemblyElector.assembly_id == vote.assembly_id,
            AssemblyElector.organisation_id == organisation_id,
        )
        .with_for_update(read=True)
    )
    if elector is None:
        return Allowed()  # not on the roll: the table of moves says so
    used = standing.channel if standing is not None else None
    return casting.allowed(
        vote.assembly_id, vote.id, elector, by, excluded=vote.excluded or "", used_channel=used,
        voted_itself=standing is not None and standing.proxy_id is None, at=at,
    )  # fmt: skip
