"""Whether somebody may vote for an organisation in an assembly now: who is there, and who holds its proxy."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.blocks import ITEM, item_of_vote, stands_for
from consultations.facts.votes import person
from consultations.models.assemblies import Assembly, AssemblyElector
from consultations.models.presence import Proxy
from workflows.refusals import Refusal, refusal
from workflows.representation import objections_to_casting, objections_to_standing_in

ONLINE = "online"


@dataclass(frozen=True)
class Allowed:
    """What speaks against it, and the proxy by which it is done (None: for one's own organisation)."""

    against: tuple[Refusal, ...] = ()
    proxy_id: int | None = None


def allowed(
    assembly_id: int, vote_id: int, elector: AssemblyElector, by: Actor, *, excluded: str, used_channel: str | None,
    voted_itself: bool, at: datetime,
) -> Allowed:  # fmt: skip
    """Ask for one organisation of the roll. `used_channel`: where its ballot is already (None: it has none); `voted_itself`:
    that ballot was not cast by proxy. In a written procedure a proxy stands until then: nobody comes and nobody leaves.
    """
    assembly = db.session.get_one(Assembly, assembly_id)
    item = item_of_vote(vote_id)
    voter, standing_in = facts.voter_of(assembly, elector, at, item), ()
    if assembly.form == facts.WRITTEN and elector.organisation_id != by.organisation_id:
        holder = facts.stand_in_of(assembly, elector, at, item)
        if holder.person is not None:
            voter = holder
            standing_in = objections_to_standing_in(elector.elector, voted_itself=voted_itself)
    against = objections_to_casting(
        {elector.elector: voter},
        elector.elector,
        str(person(by.person_id)),
        channel=ONLINE,
        used_channel=used_channel,
    )
    interest = (refusal("interest_excludes"),) if excluded else ()
    return Allowed(
        (*interest, *against, *standing_in), int(voter.proxy.rpartition("/")[2]) if voter.proxy else None
    )


def represented(
    assembly_id: int, by: Actor, at: datetime, vote_id: int | None = None
) -> tuple[AssemblyElector, ...]:
    """The organisations whose proxy the own one holds now, for the assembly or for what this vote is about."""
    item = stands_for(ITEM.vote_id == vote_id).scalar_subquery()
    holder = select(AssemblyElector.id).where(
        AssemblyElector.assembly_id == assembly_id, AssemblyElector.organisation_id == by.organisation_id
    )
    query = (
        select(AssemblyElector)
        .join(Proxy, Proxy.principal_id == AssemblyElector.id)
        .where(
            Proxy.assembly_id == assembly_id, Proxy.holder_id.in_(holder), Proxy.given_at <= at,
            Proxy.withdrawn_at.is_(None) | (Proxy.withdrawn_at > at), Proxy.item_id.is_(None) | (Proxy.item_id == item),
        )
        .order_by(AssemblyElector.name, AssemblyElector.id)
    )  # fmt: skip
    return tuple(db.session.scalars(query))
