"""Rows of an agenda -> what its table of moves asks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.votes import basis_of, newest_count
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from workflows.agenda import Item, amendments, before, together
from workflows.item import ItemFacts, ItemState

SETTLED = (ItemState.DECIDED, ItemState.DEFERRED, ItemState.WITHDRAWN)
LIVE = (ItemState.PLANNED, ItemState.DISCUSSED)
UNDER_WAY = ("open", "suspended", "closed")
WITHOUT_RESULT = ("no_quorum", "tied", "voided", "annulled")
WITH_RESULT = ("counted", "provisional", "contested", "final")
OVER = ("not_installed", "closed", "minutes_signed", "called_off")
DECIDED = ("adopted", "rejected", "elected", "incomplete")


def item_facts(item: AgendaItem, *, at: datetime, **known: Any) -> ItemFacts:
    """What is known of an item now; `known` adds what the act brings."""
    return replace(facts_of(item, item.assembly), **known)


def facts_of(item: AgendaItem, assembly: Assembly) -> ItemFacts:
    """The same for an item that may not be written yet."""
    agenda = of_agenda(item)
    moved = amendments(agenda, item.id or 0)
    vote = db.session.get(Vote, item.vote_id) if item.vote_id else None
    text = db.session.get(AgendaItem, item.amends_id) if item.amends_id else None
    first = assembly.language
    return ItemFacts(
        title=item.titles.get(first) or next(iter(item.titles.values()), ""), kind=item.kind,
        motion=item.motion.get(first) or next(iter(item.motion.values()), ""), block=item.block,
        agenda_frozen=assembly.state != "draft", in_session=in_session(assembly), assembly_over=is_over(assembly),
        before_it=_named(before(agenda, item.id or 0)), amendments=_named(moved),
        amendments_in_vote=_in_vote(moved), text_open=text is None or text.state in LIVE,
        vote=vote.code if vote is not None and vote.convened_at is not None else None,
        votes_open=_open(assembly.id, item.vote_id), vote_settled=vote is not None and settled(vote),
        vote_follows=vote is not None and asks_for_another(vote),
    )  # fmt: skip


def unreviewed(assembly_id: int) -> tuple[str, ...]:
    """The places on the agenda of items to be voted on whose vote is not prepared, or not reviewed: it is convened with them."""
    query = select(AgendaItem.position, Vote.state).outerjoin(Vote, AgendaItem.vote_id == Vote.id)
    query = query.where(
        AgendaItem.assembly_id == assembly_id, AgendaItem.kind != "information", AgendaItem.state == "planned"
    )
    rows = db.session.execute(query.order_by(AgendaItem.position))
    return tuple(str(position) for position, state in rows if state != "reviewed")


def in_session(assembly: Assembly) -> bool:
    """Whether items may be dealt with: it is installed, or its written procedure is under way."""
    return assembly.state in ("installed", "written")


def is_over(assembly: Assembly) -> bool:
    """Whether nothing of its agenda may change any more."""
    return assembly.state in OVER


def settled(vote: Vote) -> bool:
    """Whether nothing of a vote waits: it ended without a result, is counted with one, or leads to another vote."""
    return asks_for_another(vote) or (vote.state in WITH_RESULT and has_result(vote.id))


def asks_for_another(vote: Vote) -> bool:
    """Whether its matter may be put to another vote: it ended without a result, in a tie for a second vote, or needs a run-off."""
    if vote.state in WITHOUT_RESULT:
        return True
    count = newest_count(vote.id) if vote.state in WITH_RESULT else None
    if count is None:
        return False
    return count.status == "run_off_needed" or (
        count.status == "tie_pending" and basis_of(vote).tie == "second_vote"
    )


def has_result(vote_id: int) -> bool:
    """Whether its newest count decides something."""
    count = newest_count(vote_id)
    return count is not None and count.status in DECIDED


def of_agenda(item: AgendaItem) -> tuple[Item, ...]:
    """The agenda that an item is on, it included, as the rules of its order read it."""
    query = select(
        AgendaItem.id, AgendaItem.position, AgendaItem.amends_id, AgendaItem.block, AgendaItem.state
    ).where(AgendaItem.assembly_id == item.assembly_id, AgendaItem.id != (item.id or 0))
    rows = db.session.execute(query.order_by(AgendaItem.position))
    others = (
        Item(id, position, amends, block, state in SETTLED) for id, position, amends, block, state in rows
    )
    mine = Item(item.id or 0, item.position, item.amends_id, item.block, item.state in SETTLED)
    return (*others, mine)


def as_one(item: AgendaItem) -> list[AgendaItem]:
    """The items that are dealt with as one with this one, itself included: those of its block that are not settled."""
    ids = [one.id for one in together(of_agenda(item), item.id)]
    query = select(AgendaItem).where(AgendaItem.id.in_(ids))
    return list(db.session.scalars(query.order_by(AgendaItem.position)))


def _named(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(str(one.position) for one in items)


def _in_vote(moved: Iterable[Item]) -> tuple[str, ...]:
    """Those of some amendments that members are voting on, or whose vote has no result yet."""
    query = select(AgendaItem.position).where(
        AgendaItem.id.in_([one.id for one in moved]), AgendaItem.state == ItemState.VOTED
    )
    return tuple(str(position) for position in db.session.scalars(query.order_by(AgendaItem.position)))


def _open(assembly_id: int, own: int | None) -> int:
    query = select(Vote.id).where(
        Vote.assembly_id == assembly_id, Vote.state.in_(UNDER_WAY), Vote.id != (own or 0)
    )
    return len(db.session.scalars(query).all())
