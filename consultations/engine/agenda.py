"""The agenda of an assembly: written before it is convened, dealt with item by item in session."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import SYSTEM, Actor
from consultations.engine import journal
from consultations.engine.assembly_lock import led
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import assemblies
from consultations.facts import items as facts
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from workflows.assembly import ASSEMBLY
from workflows.item import ITEM, ItemState
from workflows.machine import advance

S = ItemState


def add(
    assembly_id: int, *, kind: str, titles: Mapping[str, str], motion: Mapping[str, str] | None = None,
    background: Mapping[str, str] | None = None, block: str = "", by: Actor, at: datetime,
) -> AgendaItem:  # fmt: skip
    """Put an item at the end of the agenda of a draft. Errors: Refused with every reason."""
    assembly = led(assembly_id, by, at)
    return _new(
        assembly, "add", by, at, kind=kind, titles=titles, motion=motion, background=background, block=block
    )


def move_amendment(
    item_id: int, *, titles: Mapping[str, str], motion: Mapping[str, str], by: Actor, at: datetime
) -> AgendaItem:
    """Record an amendment to an item, moved from the floor: it is voted on before what it amends."""
    amended, assembly = _with_assembly(item_id, by, at)
    return _new(
        assembly, "move_amendment", by, at, kind="decision", titles=titles, motion=motion, background={}, block="",
        amends_id=amended.id,
    )  # fmt: skip


def edit(
    item_id: int, *, kind: str, titles: Mapping[str, str], motion: Mapping[str, str], background: Mapping[str, str],
    block: str = "", by: Actor, at: datetime,
) -> AgendaItem:  # fmt: skip
    """Change an item of a draft; a vote that was prepared for its old words goes with them."""
    item, assembly = _with_assembly(item_id, by, at)
    _write(item, kind=kind, titles=titles, motion=motion, background=background, block=block)
    _move(item, assembly, "edit", by, at)
    return item


def take_off(item_id: int, *, by: Actor, at: datetime) -> AgendaItem:
    """Take an item off the agenda of a draft; it stays on record."""
    item, assembly = _with_assembly(item_id, by, at)
    if item.state != S.WITHDRAWN:
        _move(item, assembly, "take_off", by, at)
    return item


def take_up(item_id: int, *, by: Actor, at: datetime) -> AgendaItem:
    """Begin to discuss it."""
    item, assembly = _with_assembly(item_id, by, at)
    if item.state != S.DISCUSSED:
        again = assemblies.calls_of(assembly).quorum_again
        now = assemblies.as_recorded(assembly.id, at)
        met = assemblies.quorum(assembly, now).met if again and assembly.call else None
        asked = assemblies.assembly_facts(
            assembly, by=by, at=at, item=str(item.position), items_before=0, quorum_met=met
        )
        advance(ASSEMBLY, assembly.state, "take_up", by.role, asked)
        _move(item, assembly, "take_up", by, at)
        item.opened_at = item.opened_at or at
        db.session.flush()
    return item


def note(item_id: int, *, by: Actor, at: datetime) -> AgendaItem:
    """It was heard: nothing is decided on it."""
    item, assembly = _with_assembly(item_id, by, at)
    if item.state != S.DECIDED:
        _move(item, assembly, "note", by, at)
        item.decided_at = at
        db.session.flush()
    return item


def defer(item_id: int, *, reason: str, by: Actor, at: datetime) -> AgendaItem:
    """Put it off, with a reason."""
    item, assembly = _with_assembly(item_id, by, at)
    _move(item, assembly, "defer", by, at, reason=reason)
    return item


def withdraw(item_id: int, *, reason: str, by: Actor, at: datetime) -> AgendaItem:
    """Withdraw it in session, with a reason."""
    item, assembly = _with_assembly(item_id, by, at)
    _move(item, assembly, "withdraw", by, at, reason=reason)
    return item


def give_back(item_id: int, *, reason: str, by: Actor, at: datetime) -> AgendaItem:
    """After a vote without a result it is discussed again: to be put once more, put off or withdrawn."""
    item, assembly = _with_assembly(item_id, by, at)
    _move(item, assembly, "return", by, at, reason=reason)
    return item


def settle(vote_id: int, *, at: datetime) -> None:
    """A counted vote decides its items; those of a vote without a result wait for the president."""
    for item in db.session.scalars(
        select(AgendaItem).where(AgendaItem.vote_id == vote_id).order_by(AgendaItem.position)
    ):
        item = locked(AgendaItem, item.id)
        known = facts.item_facts(item, at=at)
        if item.state == S.VOTED and known.vote_settled and facts.has_result(vote_id):
            journal.move(item, ITEM, "decide", by=SYSTEM, at=at, facts=known)
            item.decided_at = at
    db.session.flush()


def in_session(vote: Vote) -> bool:
    """Whether a vote is held while people sit together, in a room or on line."""
    assembly = db.session.get(Assembly, vote.assembly_id) if vote.assembly_id else None
    return assembly is not None and assembly.form != assemblies.WRITTEN


def open_in_writing(vote: Vote, *, at: datetime) -> bool:
    """In a written procedure the items of a vote open with it; says whether it is one."""
    assembly = db.session.get(Assembly, vote.assembly_id)
    if assembly is None or assembly.form != assemblies.WRITTEN:
        return False
    for item in db.session.scalars(
        select(AgendaItem).where(AgendaItem.vote_id == vote.id).order_by(AgendaItem.position)
    ):
        item = locked(AgendaItem, item.id)
        journal.move(item, ITEM, "open_in_writing", by=SYSTEM, at=at, facts=facts.item_facts(item, at=at))
    db.session.flush()
    return True


def put_to_vote(item: AgendaItem, *, by: Actor, at: datetime) -> None:
    """The item of a vote that opens (engine/agenda_votes.py, which holds the locks). Errors: Refused."""
    journal.move(item, ITEM, "put_to_vote", by=by, at=at, facts=facts.item_facts(item, at=at))
    db.session.flush()


def _new(
    assembly: Assembly, move: str, by: Actor, at: datetime, *, amends_id: int | None = None, **said: Any
) -> AgendaItem:
    last = db.session.scalar(
        select(func.max(AgendaItem.position)).where(AgendaItem.assembly_id == assembly.id)
    )
    item = AgendaItem(assembly_id=assembly.id, position=(last or 0) + 1, amends_id=amends_id, notes={})
    _write(item, **said)
    known = facts.facts_of(item, assembly)
    journal.begin(
        item,
        ITEM,
        move,
        by=by,
        at=at,
        facts=known,
        assembly=f"assembly/{assembly.id}",
        position=item.position,
    )
    return item


def _write(item: AgendaItem, *, kind: str, titles: Any, motion: Any, background: Any, block: str) -> None:
    item.kind, item.block = kind, block.strip()
    item.titles, item.motion, item.background = _said(titles), _said(motion), _said(background)


def _said(words: Mapping[str, str] | None) -> dict[str, str]:
    return {lang: text.strip() for lang, text in (words or {}).items() if text.strip()}


def _move(
    item: AgendaItem, assembly: Assembly, name: str, by: Actor, at: datetime, *, reason: str = ""
) -> None:
    known = facts.item_facts(item, at=at, reason=reason)
    journal.move(
        item, ITEM, name, by=by, at=at, facts=known, reason=reason, assembly=f"assembly/{assembly.id}"
    )
    db.session.flush()


def _with_assembly(item_id: int, by: Actor, at: datetime) -> tuple[AgendaItem, Assembly]:
    """The assembly first, then the item, both locked. Raises NotFound, Refused."""
    assembly_id = db.session.scalar(select(AgendaItem.assembly_id).where(AgendaItem.id == item_id)) or 0
    assembly = led(assembly_id, by, at)
    return locked(AgendaItem, item_id), assembly
