"""Who could vote at some time while a vote of an assembly was open: what a paper asks, which is entered later than it was cast."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.blocks import item_of_vote
from consultations.models.assemblies import Assembly, AssemblyElector
from consultations.models.presence import Proxy
from consultations.models.votes import Vote
from workflows.representation import Voter, who_votes


def of_vote(vote: Vote, electors: Collection[str], at: datetime) -> dict[str, Voter]:
    """The voter of each of these electors as it was last, up to the closing or to `at`; without a person: nobody could.

    Empty for a vote without a door: there everybody on the roll may vote. In a written procedure a mandate is enough.
    """
    assembly = db.session.get(Assembly, vote.assembly_id) if vote.assembly_id else None
    if assembly is None or not electors:
        return {}
    rows = _with_holders(assembly.id, electors)
    ids, roll = {row.id for row in rows}, facts.roll(rows)
    mandates, proxies = facts.mandates(assembly.id, ids), facts.proxies(assembly.id, ids)
    stays = None if assembly.form == facts.WRITTEN else facts.intervals(assembly.id, ids)
    item = item_of_vote(vote.id)
    changes = [
        *((stay.came_at, stay.left_at) for stay in stays or ()), *((one.given_at, one.withdrawn_at) for one in proxies),
        *((one.since, one.until) for one in mandates),
    ]  # fmt: skip
    found: dict[str, Voter] = {}
    for instant in _backwards(vote, vote.closed_at or facts.as_recorded(assembly.id, at), changes):
        told = who_votes(
            facts.representation_of(assembly),
            roll,
            mandates,
            proxies,
            stays,
            instant,
            item=facts.item_id(item),
        )
        missing = [name for name in electors if name not in found or found[name].person is None]
        found |= {name: told[name] for name in missing if name not in found or told[name].person}
        if all(voter.person is not None for voter in found.values()):
            break
    return found


def share(assembly_id: int, electors: Collection[str]) -> None:
    """Share these lines of the assembly's roll, so that no proxy is taken back and nobody leaves meanwhile."""
    query = select(AssemblyElector.id).where(
        AssemblyElector.assembly_id == assembly_id, AssemblyElector.elector.in_(electors)
    )
    db.session.execute(query.order_by(AssemblyElector.id).with_for_update(read=True))


def _backwards(
    vote: Vote, until: datetime, changes: Iterable[tuple[datetime | None, datetime | None]]
) -> list[datetime]:
    """The instants at which it can have changed who may vote, from the last to the opening."""
    since = vote.opened_at or until
    inside = {one for pair in changes for one in pair if one is not None and since < one < until}
    return sorted({since, until, *inside}, reverse=True)


def _with_holders(assembly_id: int, electors: Collection[str]) -> list[AssemblyElector]:
    """The lines of these electors and of whoever holds, or held, a proxy of theirs."""
    own = select(AssemblyElector.id).where(
        AssemblyElector.assembly_id == assembly_id, AssemblyElector.elector.in_(electors)
    )
    holders = select(Proxy.holder_id).where(Proxy.assembly_id == assembly_id, Proxy.principal_id.in_(own))
    query = select(AssemblyElector).where(AssemblyElector.id.in_(own) | AssemblyElector.id.in_(holders))
    return list(db.session.scalars(query.order_by(AssemblyElector.id)))
