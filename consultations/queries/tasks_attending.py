"""What waits for a delegate in assemblies: those to come, those that meet, and votes for whoever gave them a proxy."""

from datetime import datetime

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.blocks import ITEM, stands_for
from consultations.models.assemblies import Assembly, AssemblyElector
from consultations.models.ballots import Ballot
from consultations.models.presence import Presence, Proxy
from consultations.models.votes import RollEntry, Vote
from consultations.queries.task import Task

COMING = ("convened", "adjourned")
MEETING = ("first_call", "second_call", "third_call", "installed", "suspended")
NAMES_SHOWN = 3


def of_delegate(actor: Actor, *, at: datetime) -> tuple[Task, ...]:
    """Assemblies, proxies held in them, and open votes by proxy; three selects."""
    return (*_assemblies(actor), *_proxies(actor, at), *_votes(actor, at))


def _assemblies(actor: Actor) -> list[Task]:
    inside = exists().where(
        Presence.assembly_id == Assembly.id, Presence.elector_id == AssemblyElector.id, Presence.left_at.is_(None)
    )  # fmt: skip
    query = (
        select(Assembly, inside)
        .join(AssemblyElector, AssemblyElector.assembly_id == Assembly.id)
        .where(
            AssemblyElector.organisation_id == actor.organisation_id, Assembly.state.in_((*COMING, *MEETING))
        )
        .order_by(Assembly.starts_at, Assembly.id)
    )
    return [_assembly(row, bool(there)) for row, there in db.session.execute(query)]


def _assembly(row: Assembly, inside: bool) -> Task:
    page = {"assembly_id": row.id}
    if row.state in COMING:
        starts = row.adjourned_until if row.state == "adjourned" and row.adjourned_until else row.starts_at
        return Task(
            "assembly_coming", "attending.assembly", page, row.titles, due_at=starts, zone=row.zone, quiet=True, begins=True
        )  # fmt: skip
    kind = "assembly_inside" if inside else "assembly_now"
    return Task(kind, "attending.assembly", page, row.titles, rank=0, quiet=inside)


def _held(actor: Actor, at: datetime) -> Select[tuple[Proxy]]:
    """The proxies that the own organisation holds now."""
    holder = aliased(AssemblyElector)
    return (
        select(Proxy)
        .join(holder, Proxy.holder_id == holder.id)
        .where(
            holder.organisation_id == actor.organisation_id, Proxy.given_at <= at,
            or_(Proxy.withdrawn_at.is_(None), Proxy.withdrawn_at > at),
        )
    )  # fmt: skip


def _proxies(actor: Actor, at: datetime) -> list[Task]:
    principal = aliased(AssemblyElector)
    query = (
        _held(actor, at)
        .join(principal, Proxy.principal_id == principal.id)
        .join(Assembly, Proxy.assembly_id == Assembly.id)
        .where(Assembly.state.in_((*COMING, *MEETING, "written")))
        .with_only_columns(Assembly.id, Assembly.titles, principal.name)
        .order_by(Assembly.id, principal.name)
    )
    found: dict[int, tuple[dict[str, str], list[str]]] = {}
    for id, titles, name in db.session.execute(query):
        names = found.setdefault(id, (titles, []))[1]
        if name not in names:
            names.append(name)
    return [
        Task(
            "proxy_held",
            "attending.assembly",
            {"assembly_id": id},
            titles,
            {"names": _named(names)},
            quiet=True,
        )
        for id, (titles, names) in found.items()
    ]


def _named(names: list[str]) -> str:
    return ", ".join(names[:NAMES_SHOWN]) + ("…" if len(names) > NAMES_SHOWN else "")


def _votes(actor: Actor, at: datetime) -> list[Task]:
    """Open votes in which somebody is voted for whose proxy, for the assembly or for this item, is held."""
    principal = aliased(AssemblyElector)
    of_item = Proxy.item_id == stands_for(ITEM.vote_id == Vote.id).scalar_subquery()
    cast = exists().where(Ballot.roll_entry_id == RollEntry.id)
    query = (
        _held(actor, at)
        .join(principal, Proxy.principal_id == principal.id)
        .join(Vote, Vote.assembly_id == Proxy.assembly_id)
        .join(
            RollEntry,
            and_(RollEntry.vote_id == Vote.id, RollEntry.organisation_id == principal.organisation_id),
        )
        .where(
            Vote.state == "open",
            Vote.closes_at > at,
            RollEntry.excluded == "",
            or_(Proxy.item_id.is_(None), of_item),
        )
        .with_only_columns(Vote, principal.organisation_id, principal.name, cast)
        .order_by(Vote.id, principal.name)
    )
    found = {(vote.id, id): (vote, id, name, done) for vote, id, name, done in db.session.execute(query)}
    return [
        Task(
            "vote_for_again" if done else "vote_for", "voting.vote", {"vote_id": vote.id, "for": id}, vote.titles, {"name": name},
            due_at=vote.closes_at, zone=vote.zone, rank=0, quiet=bool(done),
        )
        for vote, id, name, done in found.values()
    ]  # fmt: skip
