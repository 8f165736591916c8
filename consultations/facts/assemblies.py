"""Rows of an assembly -> what the rules ask: its roll, who is there, who speaks for whom, whether the quorum is met."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.rolls import ATTRIBUTES
from consultations.facts.votes import person
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.mandates import Mandate as MandateRow
from consultations.models.presence import Presence
from consultations.models.presence import Proxy as ProxyRow
from consultations.models.votes import Vote
from workflows.assembly import AssemblyFacts, AssemblyForm, AssemblyState
from workflows.attendance import Interval, effective_at
from workflows.call_reading import calls_from
from workflows.calls import CallRule, latest_start, next_call_at, notice_given
from workflows.proxies import Proxy, Times
from workflows.quorum import QuorumNow, quorum_now
from workflows.representation import Mandate, Voter, holder_in_writing, presences, who_votes
from workflows.representation_rules import RepresentationRule, representation_from
from workflows.roles import Role
from workflows.rolls import Roll, roll_of, roll_sha256

WRITTEN = "written"
RUNNING = ("open", "suspended", "closed")


def calls_of(assembly: Assembly) -> CallRule:
    """Its rule of calls and notice."""
    return calls_from(assembly.calls)


def representation_of(assembly: Assembly) -> RepresentationRule:
    """Its rule of representation."""
    return representation_from(assembly.representation)


def electors(assembly_id: int) -> tuple[AssemblyElector, ...]:
    """The frozen roll, sorted by elector (by code point)."""
    rows = db.session.scalars(select(AssemblyElector).where(AssemblyElector.assembly_id == assembly_id))
    return tuple(sorted(rows, key=lambda row: row.elector))


def roll(found: Collection[AssemblyElector]) -> Roll:
    """The Roll of the rules, presence left open. Raises InputRefusedError when nobody is on it."""
    names = sorted({*ATTRIBUTES, *(name for row in found for name in row.attributes)})
    return roll_of(
        [(e.elector, e.weight, "", *(e.attributes.get(name, "") for name in names)) for e in found], names
    )


def sha256(assembly_id: int) -> str | None:
    """The hash of the frozen rows as they stand now; None while there are none."""
    found = electors(assembly_id)
    return roll_sha256(roll(found)) if found else None


def intervals(assembly_id: int, of: Collection[int] = ()) -> tuple[Interval, ...]:
    """Every stay in the order in which it began; of some electors (by row id) only, if given."""
    query = (
        select(
            AssemblyElector.elector, Presence.entered_at, Presence.left_at, Presence.mode, Presence.person_id
        )
        .join(AssemblyElector, Presence.elector_id == AssemblyElector.id)
        .where(Presence.assembly_id == assembly_id)
        .order_by(Presence.entered_at, Presence.id)
    )
    rows = db.session.execute(query.where(Presence.elector_id.in_(of)) if of else query)
    return tuple(
        Interval(elector, came_at, left_at, mode, person(person_id))  # type: ignore[arg-type]
        for elector, came_at, left_at, mode, person_id in rows
    )


def proxies(assembly_id: int, of: Collection[int] = ()) -> tuple[Proxy, ...]:
    """Every proxy given, taken back or not; those given by some electors (by row id) only, if `of` is given."""
    principal, holder = (select(AssemblyElector.id, AssemblyElector.elector).subquery() for _ in range(2))
    query = (
        select(ProxyRow, principal.c.elector, holder.c.elector)
        .join(principal, ProxyRow.principal_id == principal.c.id)
        .join(holder, ProxyRow.holder_id == holder.c.id)
        .where(ProxyRow.assembly_id == assembly_id)
        .order_by(ProxyRow.given_at, ProxyRow.id)
    )
    rows = db.session.execute(query.where(ProxyRow.principal_id.in_(of)) if of else query)
    return tuple(_proxy(row, giver, taker) for row, giver, taker in rows)


def _proxy(row: ProxyRow, giver: str, taker: str) -> Proxy:
    return Proxy(
        proxy_id(row.id), giver, taker, row.given_at, item_id(row.item_id), row.withdrawn_at, row.instrument_sha256 or None
    )  # fmt: skip


def proxy_id(id: int) -> str:
    """The opaque id of a proxy."""
    return f"proxy/{id}"


def item_id(id: int | None) -> str | None:
    """The opaque id of an item."""
    return None if id is None else f"item/{id}"


def mandates(assembly_id: int, of: Collection[int] = ()) -> tuple[Mandate, ...]:
    """Who acts as delegate or alternate for each elector; of some electors (by row id) only, if given."""
    query = (
        select(
            MandateRow.person_id,
            AssemblyElector.elector,
            MandateRow.rank,
            MandateRow.starts_at,
            MandateRow.ends_at,
        )
        .join(AssemblyElector, AssemblyElector.organisation_id == MandateRow.organisation_id)
        .where(AssemblyElector.assembly_id == assembly_id, MandateRow.role == Role.DELEGATE)
        .order_by(MandateRow.id)
    )
    rows = db.session.execute(query.where(AssemblyElector.id.in_(of)) if of else query)
    return tuple(
        Mandate(str(person(person_id)), elector, rank, since, until)
        for person_id, elector, rank, since, until in rows
    )


def as_recorded(assembly_id: int, at: datetime) -> datetime:
    """What "now" is for those who are there: `at`, but never before an arrival or a departure on record.

    A clock that jumped back would otherwise empty the room until it has caught up (workflows.attendance.effective_at).
    """
    latest = select(func.max(Presence.entered_at), func.max(Presence.left_at)).where(
        Presence.assembly_id == assembly_id
    )
    return max([at, *(instant for instant in db.session.execute(latest).one() if instant is not None)])


def voters(assembly: Assembly, at: datetime, item: int | None = None) -> dict[str, Voter]:
    """Who may vote for each elector of the roll at `at`, on an item or for the assembly as a whole."""
    return who_votes(
        representation_of(assembly), roll(electors(assembly.id)), mandates(assembly.id), proxies(assembly.id),
        None if assembly.form == WRITTEN else intervals(assembly.id), at, item=item_id(item),
    )  # fmt: skip


def voter_of(assembly: Assembly, elector: AssemblyElector, at: datetime, item: int | None = None) -> Voter:
    """The same for one elector, read from its own rows and those of whoever holds its proxy: what a cast asks."""
    ids, rows = _with_holders(elector)
    there = None if assembly.form == WRITTEN else intervals(assembly.id, ids)
    return who_votes(
        representation_of(assembly), roll(rows), mandates(assembly.id, ids), proxies(assembly.id, ids), there,
        effective_at(there or (), at), item=item_id(item),
    )[elector.elector]  # fmt: skip


def stand_in_of(assembly: Assembly, elector: AssemblyElector, at: datetime, item: int | None = None) -> Voter:
    """Who may vote for an elector of a written procedure by its proxy, read as `voter_of` reads."""
    ids, rows = _with_holders(elector)
    return holder_in_writing(
        representation_of(assembly), roll(rows), mandates(assembly.id, ids), proxies(assembly.id, ids), at, elector.elector,
        item=item_id(item),
    )  # fmt: skip


def _with_holders(elector: AssemblyElector) -> tuple[set[int], Sequence[AssemblyElector]]:
    """Its line of the roll and those of whoever holds a proxy of it now; their ids and they."""
    holders = select(ProxyRow.holder_id).where(
        ProxyRow.principal_id == elector.id, ProxyRow.withdrawn_at.is_(None)
    )
    ids = {elector.id, *db.session.scalars(holders)}
    return ids, db.session.scalars(select(AssemblyElector).where(AssemblyElector.id.in_(ids))).all()


def presence_words(assembly: Assembly, at: datetime, item: int | None = None) -> dict[str, str]:
    """Elector -> yes, proxy or no, as the roll's column has it."""
    return presences(voters(assembly, at, item))


def quorum(assembly: Assembly, at: datetime, call: int | None = None) -> QuorumNow:
    """The quorum of a call (the present one, if none is named) at `at`."""
    number = call or max(1, assembly.call)
    return quorum_now(calls_of(assembly), number, roll(electors(assembly.id)), presence_words(assembly, at))


def times(assembly: Assembly) -> Times:
    """What deadlines of proxies are held against."""
    return Times(assembly.starts_at, assembly.installed_at, assembly.closed_at, assembly.zone)


def assembly_facts(assembly: Assembly, *, by: Actor, at: datetime, **known: Any) -> AssemblyFacts:
    """What its own rows say; `known` adds what the act brings (reason, a recomputed roll, whether quorum is met …)."""
    rule = calls_of(assembly)
    facts = AssemblyFacts(
        at=at, actor=person(by.person_id), acting=by.role, agenda=_agenda(assembly), starts_at=assembly.starts_at,
        notice_days=notice_given(rule, at, assembly.starts_at, assembly.zone), notice_days_needed=rule.notice_needed(assembly.kind),  # type: ignore[arg-type]
        conveners=rule.convened_by, form=AssemblyForm(assembly.form), forms_allowed=_forms(rule), closes_at=assembly.ends_at,
        latest_start_at=_latest(rule, assembly), roll_sha256=assembly.roll_sha256, quorum_again=rule.quorum_again,
        call=assembly.call, calls_allowed=len(rule.calls), next_call_at=_next_call(rule, assembly),
        attendance_open=assembly.attendance_open, adjourned_to=assembly.adjourned_until, votes_open=votes_running(assembly.id),
    )  # fmt: skip
    return replace(facts, **known)


def _forms(rule: CallRule) -> tuple[AssemblyForm, ...]:
    online = (AssemblyForm.ONLINE, AssemblyForm.HYBRID) if rule.online else ()
    return (AssemblyForm.IN_PERSON, *online, *((AssemblyForm.WRITTEN,) if rule.written else ()))


def _latest(rule: CallRule, assembly: Assembly) -> datetime | None:
    """The last instant to which it may be put off or, once it has begun, adjourned; None: the rule sets none."""
    ahead = assembly.state == AssemblyState.CONVENED
    since = (assembly.convened_for if ahead else None) or assembly.starts_at
    return latest_start(rule, since, assembly.zone)


def _next_call(rule: CallRule, assembly: Assembly) -> datetime | None:
    """When the next call may be made: only the last one that was made decides on it."""
    made = () if assembly.call_at is None else (assembly.call_at,) * assembly.call
    return next_call_at(rule, made, assembly.starts_at, assembly.zone)


def _agenda(assembly: Assembly) -> str:
    """The titles of its items in the language of the minutes, one under another."""
    query = select(AgendaItem.titles).where(
        AgendaItem.assembly_id == assembly.id, AgendaItem.state != "withdrawn"
    )
    titles = db.session.scalars(query.order_by(AgendaItem.position))
    return "\n".join(title.get(assembly.language) or next(iter(title.values()), "") for title in titles)


def votes_running(assembly_id: int) -> int:
    """How many of its votes are open, suspended, or closed and not counted."""
    query = select(func.count(Vote.id)).where(Vote.assembly_id == assembly_id, Vote.state.in_(RUNNING))
    return db.session.scalar(query) or 0
