"""The agenda of an assembly: written before it is convened, dealt with item by item in session."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consultations.actor import SYSTEM, Actor
from consultations.engine import journal, notices, recipients
from consultations.engine.assembly_lock import led, led_item
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import assemblies
from consultations.facts import items as facts
from consultations.facts.likeness import unaccented
from consultations.facts.votes import vote_facts
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from workflows.assembly import ASSEMBLY
from workflows.item import ITEM, ItemState
from workflows.machine import advance
from workflows.vote import VOTE, VoteState

S = ItemState
UNOPENED = (VoteState.DRAFT, VoteState.REVIEWED, VoteState.CONVENED)


def add(
    assembly_id: int, *, kind: str, titles: Mapping[str, str], motion: Mapping[str, str] | None = None,
    background: Mapping[str, str] | None = None, block: str = "", request_id: str | None = None, by: Actor, at: datetime,
) -> AgendaItem:  # fmt: skip
    """Put an item at the end of the agenda of a draft. The same request again is answered with the item it made.

    In a block whose vote is prepared it changes what is voted on: that vote goes. Errors: Refused with every reason.
    """
    assembly = led(assembly_id, by, at)
    if there := _made(assembly, request_id):
        return there
    item = _new(
        assembly, "add", by, at, request_id=request_id, kind=kind, titles=titles, motion=motion, background=background,
        block=_spelt(block, assembly),
    )  # fmt: skip
    _drop_votes(item, facts.as_one(item), by, at)
    return item


def move_amendment(
    item_id: int, *, titles: Mapping[str, str], motion: Mapping[str, str], request_id: str | None = None, by: Actor, at: datetime
) -> AgendaItem:  # fmt: skip
    """Record an amendment to an item, moved from the floor: it is voted on before what it amends, and after those moved
    before it. The same request again is answered with the amendment it made.

    Errors: Refused: not in session, what it amends is being voted on or is settled, …; NotFound.
    """
    amended, assembly = led_item(item_id, by, at)
    if there := _made(assembly, request_id):
        return there
    return _new(
        assembly, "move_amendment", by, at, kind="decision", titles=titles, motion=motion, background={}, block="",
        amends_id=amended.id, request_id=request_id,
    )  # fmt: skip


def edit(
    item_id: int, *, kind: str, titles: Mapping[str, str], motion: Mapping[str, str], background: Mapping[str, str],
    block: str = "", by: Actor, at: datetime,
) -> AgendaItem:  # fmt: skip
    """Change an item of a draft; a vote that was prepared for its old words, or on the block it leaves or joins, goes."""
    item, assembly = led_item(item_id, by, at)
    before, left = _put(item), facts.as_one(item)
    block = _spelt(block, assembly, item)
    _write(item, kind=kind, titles=titles, motion=motion, background=background, block=block)
    _move(item, assembly, "edit", by, at)
    if _put(item) != before:
        _drop_votes(item, [*left, *facts.as_one(item)], by, at)
    return item


def take_off(item_id: int, *, by: Actor, at: datetime) -> AgendaItem:
    """Take an item off the agenda of a draft; it stays on record. A vote that was prepared on it goes."""
    item, assembly = led_item(item_id, by, at)
    if item.state != S.WITHDRAWN:
        _move(item, assembly, "take_off", by, at)
        _drop_votes(item, [item], by, at)
    return item


def take_up(item_id: int, *, by: Actor, at: datetime) -> AgendaItem:
    """Begin to discuss it; a block is taken up as one."""
    item, assembly = led_item(item_id, by, at)
    if item.state != S.DISCUSSED:
        again = assemblies.calls_of(assembly).quorum_again
        now = assemblies.as_recorded(assembly.id, at)
        met = assemblies.quorum(assembly, now).met if again and assembly.call else None
        asked = assemblies.assembly_facts(
            assembly, by=by, at=at, item=str(item.position), items_before=0, quorum_met=met
        )
        advance(ASSEMBLY, assembly.state, "take_up", by.role, asked)
        for each in facts.as_one(item):
            _move(locked(AgendaItem, each.id), assembly, "take_up", by, at)
            each.opened_at = each.opened_at or at
        db.session.flush()
    return item


def note(item_id: int, *, by: Actor, at: datetime) -> AgendaItem:
    """It was heard: nothing is decided on it."""
    item, assembly = led_item(item_id, by, at)
    if item.state != S.DECIDED:
        _move(item, assembly, "note", by, at)
        item.decided_at = at
        db.session.flush()
    return item


def defer(item_id: int, *, reason: str, by: Actor, at: datetime) -> AgendaItem:
    """Put it off, with a reason, and the amendments to it. Its vote, or that of its block, goes if nobody has opened it, and
    who was invited is told; another one is prepared on the items of a block that stay. Errors: Refused: it is being voted on, or an amendment to it is; NotFound.
    """
    item, assembly = led_item(item_id, by, at)
    _leave(item, assembly, "defer", reason, by, at)
    return item


def withdraw(item_id: int, *, reason: str, by: Actor, at: datetime) -> AgendaItem:
    """Withdraw it in session, with a reason. Amendments to it and the vote of its block as for `defer`."""
    item, assembly = led_item(item_id, by, at)
    _leave(item, assembly, "withdraw", reason, by, at)
    return item


def give_back(item_id: int, *, reason: str, by: Actor, at: datetime) -> AgendaItem:
    """After a vote without a result its items are discussed again: to be put once more, put off or withdrawn."""
    item, assembly = led_item(item_id, by, at)
    others = select(AgendaItem.id).where(
        AgendaItem.vote_id == item.vote_id, AgendaItem.state == S.VOTED, AgendaItem.id != item.id
    )
    ids = db.session.scalars(others.order_by(AgendaItem.position)).all() if item.vote_id else ()
    for each in (item, *(locked(AgendaItem, id) for id in ids)):
        _move(each, assembly, "return", by, at, reason=reason)
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


def reopen(vote_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """The items of a vote that was annulled are undecided again; over with their assembly, they wait for the next one."""
    items = select(AgendaItem.id).where(AgendaItem.vote_id == vote_id, AgendaItem.state == S.DECIDED)
    for id in db.session.scalars(items.order_by(AgendaItem.position)).all():
        item = locked(AgendaItem, id)
        known = facts.item_facts(item, at=at, reason=reason)
        move = "leave_annulled" if known.assembly_over else "reopen"
        journal.move(item, ITEM, move, by=by, at=at, facts=known, reason=reason, vote=f"vote/{vote_id}")
        item.decided_at = None
    db.session.flush()


def in_session(vote: Vote) -> bool:
    """Whether a vote is held while people sit together, in a room or on line."""
    assembly = db.session.get(Assembly, vote.assembly_id) if vote.assembly_id else None
    return assembly is not None and assembly.form != assemblies.WRITTEN


def in_break(vote: Vote) -> bool:
    """Whether a vote belongs to an assembly that is suspended."""
    state = select(Assembly.state).where(Assembly.id == vote.assembly_id)
    return vote.assembly_id is not None and db.session.scalar(state) == "suspended"


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


def _made(assembly: Assembly, request_id: str | None) -> AgendaItem | None:
    """What this request has put on the agenda before."""
    if request_id is None:
        return None
    return db.session.scalar(select(AgendaItem).filter_by(assembly_id=assembly.id, request_id=request_id))


def _leave(item: AgendaItem, assembly: Assembly, name: str, reason: str, by: Actor, at: datetime) -> None:
    """Put off or withdraw an item with its amendments: nobody votes on a change to a text that nobody votes on."""
    alone = all(one.id == item.id for one in facts.as_one(item))
    query = select(AgendaItem.id).where(AgendaItem.amends_id == item.id, AgendaItem.state.in_(facts.LIVE))
    _move(item, assembly, name, by, at, reason=reason)
    _drop_votes(item, [item], by, at, reason, keep=alone)  # a vote of its own still says what was called off
    for id in db.session.scalars(query.order_by(AgendaItem.position)).all():
        _leave(locked(AgendaItem, id), assembly, name, reason, by, at)


def _put(item: AgendaItem) -> tuple[Any, ...]:
    """What a vote on it is bound to."""
    return item.kind, item.titles, item.motion, item.block


def _drop_votes(
    item: AgendaItem,
    of: Iterable[AgendaItem],
    by: Actor,
    at: datetime,
    reason: str = "",
    *,
    keep: bool = False,
) -> None:
    """Call off the votes on these items that nobody has opened, since `item` changes what they ask; all their items are free
    for another one, unless they `keep` it. Whoever was invited is told. (What is convened is never edited: process.md.)

    The reason is that of the act; a draft's changes have none of their own, and say which item it was.
    """
    why = reason or next(iter(item.titles.values()), "")
    for vote_id in sorted({one.vote_id for one in of if one.vote_id}):
        vote = locked(Vote, vote_id)
        if vote.state not in UNOPENED:
            continue
        vote.roll_sha256 = vote.roll_sha256 or ""  # as votes.call_off: the CHECK wants it said
        known = vote_facts(vote, by=by, at=at, reason=why)
        event = journal.move(
            vote, VOTE, "call_off", by=by, at=at, facts=known, reason=why, item=f"item/{item.id}"
        )
        if vote.convened_at is not None:
            told = recipients.electors(vote.id, at=at)
            notices.notify("vote_called_off", told, vote, due_at=at, event=event, code=vote.code, reason=why)
        bound_to = select(AgendaItem).where(AgendaItem.vote_id == vote_id)
        for bound in () if keep else db.session.scalars(bound_to).all():
            bound.vote_id = None
    db.session.flush()


def _new(
    assembly: Assembly, move: str, by: Actor, at: datetime, *, amends_id: int | None = None, request_id: str | None = None,
    **said: Any,
) -> AgendaItem:  # fmt: skip
    last = db.session.scalar(
        select(func.max(AgendaItem.position)).where(AgendaItem.assembly_id == assembly.id)
    )
    item = AgendaItem(
        assembly_id=assembly.id,
        position=(last or 0) + 1,
        amends_id=amends_id,
        notes={},
        request_id=request_id,
    )
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


def _spelt(block: str, assembly: Assembly, item: AgendaItem | None = None) -> str:
    """The name of a block as the other items of the agenda spell it: whoever writes “tramite” means the block “trámite”."""
    query = select(AgendaItem.block).where(AgendaItem.assembly_id == assembly.id, AgendaItem.block != "")
    if item is not None:
        query = query.where(AgendaItem.id != item.id)
    others = db.session.scalars(query.order_by(AgendaItem.position)).all()
    name = block.strip()
    if name in others:
        return name
    return next((other for other in others if unaccented(other) == unaccented(name)), name)


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
