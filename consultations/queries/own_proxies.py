"""The proxies of one organisation in an assembly: given and held; to whom one may be given, and what speaks against it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import undefer

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.blocks import standing_for, titles
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.presence import Proxy as Row
from workflows.proxies import Proxy, objections_to_proxy, objections_to_taking_back
from workflows.refusals import Refusal
from workflows.representation_rules import ProxyRule
from workflows.rolls import Roll

MOST_FOUND = 20
STORED = "0" * 64  # stands for an instrument that the form will bring


@dataclass(frozen=True)
class ProxyLine:
    """One proxy, seen from one of its ends: `other` is who stands at the other. `item`: what it is for, "" for all."""

    id: int
    assembly_id: int
    other: str
    other_id: int
    item: dict[str, str]
    given_at: datetime
    withdrawn_at: datetime | None
    instrument: str
    may_take_back: bool


@dataclass(frozen=True)
class Holder:
    """An organisation of the roll to whom a proxy may be given; `against`: why not for the whole assembly."""

    id: int
    elector: str
    name: str
    country: str
    against: tuple[Refusal, ...]


@dataclass(frozen=True)
class Offer:
    """A proxy that is about to be given: to whom, for what it can be, and what its rule says."""

    holder: Holder
    scopes: tuple[tuple[int, dict[str, str]], ...]
    rule: ProxyRule
    starts_at: datetime
    zone: str


@dataclass(frozen=True)
class Instrument:
    """The signed instrument as it came."""

    name: str
    media_type: str
    content: bytes


def own_proxies(
    row: Assembly, mine: AssemblyElector, *, by: Actor, at: datetime
) -> tuple[tuple[ProxyLine, ...], tuple[ProxyLine, ...]]:
    """Those given (taken back ones too) and those held that stand, oldest first."""
    query = select(Row).where(
        Row.assembly_id == row.id, or_(Row.principal_id == mine.id, Row.holder_id == mine.id)
    )
    rows = db.session.scalars(query.order_by(Row.given_at, Row.id)).all()
    given = tuple(
        _line(one, one.holder, _may_take_back(row, one, mine, at))
        for one in rows
        if one.principal_id == mine.id
    )
    held = (one for one in rows if one.holder_id == mine.id and one.withdrawn_at is None)
    return given, tuple(_line(one, one.principal, False) for one in held)


def found(assembly_id: int, mine: AssemblyElector, text: str, *, at: datetime) -> tuple[Holder, ...]:
    """Organisations of the roll whose name or code holds what was typed, by name; nothing was typed: none."""
    if not (words := text.strip().lower()):
        return ()
    like = f"%{words.replace('%', '').replace('_', '')}%"
    query = select(AssemblyElector).where(
        AssemblyElector.assembly_id == assembly_id, AssemblyElector.id != mine.id,
        or_(func.lower(AssemblyElector.name).like(like), func.lower(AssemblyElector.elector).like(like)),
    )  # fmt: skip
    rows = db.session.scalars(query.order_by(AssemblyElector.name).limit(MOST_FOUND)).all()
    row = db.session.get_one(Assembly, assembly_id)
    known = _Known(row)
    return tuple(_holder(one, known.against(mine, one, None, at)) for one in rows)


def offer(assembly_id: int, mine: AssemblyElector, holder_id: int, *, at: datetime) -> Offer | None:
    """A proxy to one organisation of the roll; None for one that is not on it, and for oneself."""
    holder = db.session.get(AssemblyElector, holder_id)
    if holder is None or holder.assembly_id != assembly_id or holder.id == mine.id:
        return None
    row = db.session.get_one(Assembly, assembly_id)
    rule, known = facts.representation_of(row).proxies, _Known(row)
    scopes = [(0, {})] if "assembly" in rule.scope else []
    return Offer(
        _holder(holder, known.against(mine, holder, None, at) if scopes else ()), (*scopes, *_items(row, rule)), rule,
        row.starts_at, row.zone,
    )  # fmt: skip


def taken_back(proxy_id: int, *, by: Actor, at: datetime) -> ProxyLine | None:
    """A proxy that the own organisation gave."""
    one = db.session.get(Row, proxy_id)
    if one is None or one.principal.organisation_id != by.organisation_id:
        return None
    row = db.session.get_one(Assembly, one.assembly_id)
    return _line(one, one.holder, _may_take_back(row, one, one.principal, at))


def instrument(proxy_id: int, *, by: Actor) -> Instrument | None:
    """The signed instrument, for both ends and the officers of the body."""
    one = db.session.scalar(select(Row).where(Row.id == proxy_id).options(undefer(Row.instrument)))
    if one is None or one.instrument is None:
        return None
    body_id = db.session.scalar(select(Assembly.body_id).where(Assembly.id == one.assembly_id))
    ends = (one.principal.organisation_id, one.holder.organisation_id)
    if by.organisation_id not in ends and (by.network_id is None or by.network_id != body_id):
        return None
    return Instrument(one.instrument_name, one.instrument_type, one.instrument)


class _Known:
    """What objections to a proxy are asked of, read once for many holders."""

    def __init__(self, row: Assembly) -> None:
        self.rule, self.times = facts.representation_of(row), facts.times(row)
        self.roll: Roll = facts.roll(facts.electors(row.id))
        self.proxies = facts.proxies(row.id)

    def against(
        self, principal: AssemblyElector, holder: AssemblyElector, item_id: int | None, at: datetime
    ) -> tuple[Refusal, ...]:
        """Why this one cannot be given, the instrument taken as given."""
        proposed = Proxy("new", principal.elector, holder.elector, at, facts.item_id(item_id), None, STORED)
        return objections_to_proxy(self.rule, self.roll, self.proxies, proposed, at, self.times)


def _items(row: Assembly, rule: ProxyRule) -> tuple[tuple[int, dict[str, str]], ...]:
    """The items that a proxy may be for: those that are still to be decided, a block as one."""
    if "item" not in rule.scope:
        return ()
    query = select(AgendaItem).where(
        AgendaItem.assembly_id == row.id, AgendaItem.kind != "information", AgendaItem.state.in_(("planned", "discussed"))
    )  # fmt: skip
    found = {
        standing_for(item.id) or item.id: item
        for item in db.session.scalars(query.order_by(AgendaItem.position.desc()))
    }
    return tuple((id, titles(item, row.language)) for id, item in reversed(found.items()))


def _holder(one: AssemblyElector, against: tuple[Refusal, ...]) -> Holder:
    return Holder(one.id, one.elector, one.name, one.attributes.get("country", ""), against)


def _line(one: Row, other: AssemblyElector, may_take_back: bool) -> ProxyLine:
    return ProxyLine(
        one.id, one.assembly_id, other.name, other.organisation_id, titles(one.item, one.item.assembly.language) if one.item else {}, one.given_at,
        one.withdrawn_at, one.instrument_name, may_take_back,
    )  # fmt: skip


def _may_take_back(row: Assembly, one: Row, mine: AssemblyElector, at: datetime) -> bool:
    proxy = Proxy(
        facts.proxy_id(one.id),
        one.principal.elector,
        one.holder.elector,
        one.given_at,
        None,
        one.withdrawn_at,
    )
    return not objections_to_taking_back(
        facts.representation_of(row), proxy, mine.elector, at, facts.times(row)
    )
