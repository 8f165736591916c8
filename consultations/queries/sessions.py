"""An assembly as its officers see it: agenda, who is there, the quorum of its call, what may be done and what speaks against it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.blocks import Motion
from consultations.facts.here import Here, here
from consultations.facts.items import SETTLED, WITH_RESULT, facts_of, unreviewed
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.votes import Vote
from consultations.queries.vote_lines import VoteLine, lines_of
from workflows.assembly import ASSEMBLY, AssemblyState
from workflows.faults import InputRefusedError
from workflows.item import ITEM, ItemState
from workflows.machine import allowed, objections, possible
from workflows.quorum import QuorumNow
from workflows.refusals import Refusal, refusal
from workflows.roles import Role

S = AssemblyState
MEETING = (S.CONVENED, S.FIRST_CALL, S.SECOND_CALL, S.THIRD_CALL, S.INSTALLED, S.SUSPENDED, S.ADJOURNED)
CALLED = (S.FIRST_CALL, S.SECOND_CALL, S.THIRD_CALL)
LIVE = (ItemState.PLANNED, ItemState.DISCUSSED)
BEFORE_OPENING = ("draft", "reviewed", "convened")
ASKED = ("convene", "first_call", "second_call", "third_call", "install", "not_install", "resume", "close")
"""Moves whose objections a page tells before they are tried."""


@dataclass(frozen=True)
class AssemblyLine:
    """One assembly in a list."""

    id: int
    code: str
    titles: dict[str, str]
    kind: str
    form: str
    state: str
    starts_at: datetime
    zone: str


@dataclass(frozen=True)
class ItemLine:
    """One item of an agenda; `amends` is the position of what it amends, `can` what this officer may do with it now.

    `beside`: the other items that are dealt with as one with it, or were put to its vote.
    """

    id: int
    position: int
    kind: str
    titles: dict[str, str]
    motion: dict[str, str]
    background: dict[str, str]
    state: str
    block: str
    amends: int | None
    vote: VoteLine | None
    can: frozenset[str]
    beside: tuple[Motion, ...] = ()


@dataclass(frozen=True)
class SessionPage:
    """One assembly for an officer. `there`: how many attend themselves; `represented`: how many by proxy."""

    line: AssemblyLine
    body: dict[str, str]
    body_id: int
    place: str
    link: str
    language: str
    ends_at: datetime | None
    call: int
    call_at: datetime | None
    next_call_at: datetime | None
    adjourned_until: datetime | None
    attendance_open: bool
    roll_size: int
    roll_sha256: str
    there: int
    represented: int
    quorum: QuorumNow | None
    items: tuple[ItemLine, ...]
    can: frozenset[str]
    against: dict[str, tuple[Refusal, ...]]

    @property
    def meets(self) -> bool:
        """Whether it has a door."""
        return self.line.form != facts.WRITTEN


def left_over(page: SessionPage) -> bool:
    """Whether something would be left of its agenda if it ended now: an item, or a vote that was not opened."""
    return any(
        item.state in LIVE or (item.vote is not None and item.vote.state in BEFORE_OPENING)
        for item in page.items
    )


def line_of(row: Assembly) -> AssemblyLine:
    """An assembly in a list."""
    return AssemblyLine(row.id, row.code, row.titles, row.kind, row.form, row.state, row.starts_at, row.zone)


def of_body(by: Actor) -> tuple[AssemblyLine, ...]:
    """The assemblies of the body somebody acts in, newest first; an auditor reads those of every body."""
    query = select(Assembly).order_by(Assembly.starts_at.desc(), Assembly.id.desc())
    if by.role is not Role.AUDITOR:
        query = query.where(Assembly.body_id == by.network_id)
    return tuple(line_of(row) for row in db.session.scalars(query))


def page(assembly_id: int, *, by: Actor, at: datetime) -> SessionPage | None:
    """One assembly for an officer of its body (an auditor sees every body's); None for anybody else."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or (row.body_id != by.network_id and by.role is not Role.AUDITOR):
        return None
    return of(row, here(row, at) if meets(row) else None, by=by, at=at)


def meets(row: Assembly) -> bool:
    """Whether people come together in it now, so that a quorum is measured."""
    return row.state in MEETING and row.form != facts.WRITTEN


def of(row: Assembly, there: Here | None, *, by: Actor, at: datetime) -> SessionPage:
    """The same, of an assembly that the caller may show; `there`: who is there, where it meets."""
    words = there.words if there else {}
    quorum = _quorum(there) if there else None
    told = facts.assembly_facts(row, by=by, at=at, **_assumed(row, quorum, at))
    mine = row.body_id == by.network_id
    return SessionPage(
        line=line_of(row), body=row.body.names, body_id=row.body_id, place=row.place, link=row.link, language=row.language,
        ends_at=row.ends_at, call=row.call, call_at=row.call_at, next_call_at=told.next_call_at if row.state in CALLED else None,
        adjourned_until=row.adjourned_until if row.state == S.ADJOURNED else None, attendance_open=row.attendance_open, roll_size=told.roll_size,
        roll_sha256=row.roll_sha256 or "", there=list(words.values()).count("yes"),
        represented=list(words.values()).count("proxy"), quorum=quorum, items=_items(row, by if mine else None),
        can=_may(row, by, told) if mine else frozenset(), against=_against(row, by, told) if mine else {},
    )  # fmt: skip


def _may(row: Assembly, by: Actor, told: Any) -> frozenset[str]:
    """What succeeds: a draft is changed before anything is on its agenda, and convened once every vote of it is reviewed."""
    names = set(allowed(ASSEMBLY, row.state, by.role, told))
    if row.state == S.DRAFT:
        names |= {"edit"} & set(allowed(ASSEMBLY, row.state, by.role, replace(told, agenda="-")))
        names -= {"convene"} if unreviewed(row.id) else set()
    return frozenset(names)


def _quorum(there: Here) -> QuorumNow | None:
    """The quorum of the present call, or of the first before it is made; None where the roll lacks what it asks."""
    try:
        return there.quorum()
    except InputRefusedError:
        return None


def _assumed(row: Assembly, quorum: QuorumNow | None, at: datetime) -> dict[str, Any]:
    """What a form will bring, taken as given, so that a page offers exactly what can succeed."""
    return {
        "reason": "-", "roll_size": _size(row) if row.state != S.DRAFT else 1, "roll_sha256": row.roll_sha256 or "-",
        "quorum_met": quorum.met if quorum is not None and row.call else None, "new_starts_at": row.starts_at + timedelta(days=1),
        "adjourned_to": row.adjourned_until or at + timedelta(days=1), "item": "-", "items_before": 0,
    }  # fmt: skip


def _size(row: Assembly) -> int:
    query = select(func.count(AssemblyElector.id)).where(AssemblyElector.assembly_id == row.id)
    return db.session.scalar(query) or 0


def _against(row: Assembly, by: Actor, told: Any) -> dict[str, tuple[Refusal, ...]]:
    found = {
        name: objections(ASSEMBLY, row.state, name, by.role, told)
        for name in possible(ASSEMBLY, row.state, by.role)
        if name in ASKED
    }
    if row.state == S.DRAFT and (left := unreviewed(row.id)):  # told to whoever prepares it, too
        found["convene"] = (
            *found.get("convene", ()),
            refusal("item_votes_unreviewed", items=", ".join(left)),
        )
    # That a quorum is there speaks against the next call, and that it is missing against installing: both are told by the
    # quorum itself, and only what stands in the way of the one that is due is a reason to read.
    return {
        name: reasons
        for name, reasons in found.items()
        if reasons and name not in ("install", "not_install", "close") and _may_come(name, told)
    }


def _may_come(name: str, told: Any) -> bool:
    """A further call is one that the rule has, and is made because the quorum is missed: else nothing stands in its way."""
    number = {"second_call": 2, "third_call": 3}.get(name)
    return number is None or (number <= told.calls_allowed and told.quorum_met is not True)


def _items(row: Assembly, by: Actor | None) -> tuple[ItemLine, ...]:
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.assembly_id == row.id).order_by(AgendaItem.position)
    ).all()
    votes = _votes(rows)
    places = {item.id: item.position for item in rows}
    return tuple(
        ItemLine(
            item.id, item.position, item.kind, item.titles, item.motion, item.background, item.state, item.block,
            places.get(item.amends_id or 0), votes.get(item.vote_id or 0),
            _can(item, row, votes.get(item.vote_id or 0), by), _beside(item, rows),
        )
        for item in rows
    )  # fmt: skip


def _beside(item: AgendaItem, rows: Iterable[AgendaItem]) -> tuple[Motion, ...]:
    return tuple(
        Motion(one.position, one.titles, one.motion) for one in rows
        if one is not item and (
            (item.vote_id is not None and one.vote_id == item.vote_id)
            or (item.block and one.block == item.block and not {item.state, one.state} & {*SETTLED})
        )
    )  # fmt: skip


def _votes(rows: Iterable[AgendaItem]) -> dict[int, VoteLine]:
    ids = {item.vote_id for item in rows if item.vote_id}
    found = db.session.scalars(select(Vote).where(Vote.id.in_(ids))).all() if ids else []
    return {line.id: line for line in lines_of(found)}


def _can(item: AgendaItem, row: Assembly, vote: VoteLine | None, by: Actor | None) -> frozenset[str]:
    """The moves of the item's table, what is prepared for it, and `put`: convene its vote if that is still to do, and open it."""
    if by is None:
        return frozenset()
    told = replace(facts_of(item, row), reason="-")
    names = set(allowed(ITEM, item.state, by.role, told))
    live = item.state in LIVE
    if live and item.amends_id is None:
        names |= {"move_amendment"} & set(allowed(ITEM, None, by.role, told))
    if by.role is Role.SECRETARY and item.kind != "information" and not told.assembly_over:
        names |= _to_prepare(item, vote, told, live)
    ready = vote is not None and vote.state in ("reviewed", "convened")
    if ready and "put_to_vote" in allowed(
        ITEM, item.state, by.role, replace(told, vote=vote.code if vote else None)
    ):
        names.add("put")
    return frozenset(names)


def _to_prepare(item: AgendaItem, vote: VoteLine | None, told: Any, live: bool) -> set[str]:
    """`prepare_vote`, `prepare_next` where an election asks for another vote, `record_interest` until its vote opens."""
    follows = vote is not None and told.vote_follows
    again = follows and item.state in (ItemState.VOTED, ItemState.DISCUSSED)
    names = {"record_interest"} if live and (vote is None or vote.state in BEFORE_OPENING) else set()
    if again and vote is not None and vote.is_election and vote.state in WITH_RESULT:
        return names | {"prepare_next"}
    if again or (live and (vote is None or follows or vote.state == "draft")):
        names.add("prepare_vote")
    return names


def item_page(item_id: int, *, by: Actor, at: datetime) -> tuple[SessionPage, ItemLine] | None:
    """One item with its assembly; None for anybody but an officer of its body."""
    assembly_id = db.session.scalar(select(AgendaItem.assembly_id).where(AgendaItem.id == item_id))
    found = page(assembly_id, by=by, at=at) if assembly_id else None
    if found is None:
        return None
    return found, next(line for line in found.items if line.id == item_id)
