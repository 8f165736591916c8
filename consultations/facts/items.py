"""Rows of an agenda -> what its table of moves asks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts.votes import basis_of, newest_count
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from workflows.item import ItemFacts, ItemState

SETTLED = (ItemState.DECIDED, ItemState.DEFERRED, ItemState.WITHDRAWN)
UNDER_WAY = ("open", "suspended", "closed")
WITHOUT_RESULT = ("no_quorum", "tied", "voided", "annulled")
WITH_RESULT = ("counted", "provisional", "contested", "final")
DECIDED = ("adopted", "rejected", "elected", "incomplete")


def item_facts(item: AgendaItem, *, at: datetime, **known: Any) -> ItemFacts:
    """What is known of an item now; `known` adds what the act brings."""
    return replace(facts_of(item, item.assembly), **known)


def facts_of(item: AgendaItem, assembly: Assembly) -> ItemFacts:
    """The same for an item that may not be written yet."""
    others = _others(item)
    vote = db.session.get(Vote, item.vote_id) if item.vote_id else None
    first = assembly.language
    return ItemFacts(
        title=item.titles.get(first) or next(iter(item.titles.values()), ""), kind=item.kind,
        motion=item.motion.get(first) or next(iter(item.motion.values()), ""),
        agenda_frozen=assembly.state != "draft", in_session=in_session(assembly),
        before_it=_before(item, others), amendments=_amendments(item, others),
        vote=vote.code if vote is not None and vote.convened_at is not None else None,
        votes_open=_open(assembly.id, item.vote_id), vote_settled=vote is not None and settled(vote),
        vote_follows=vote is not None and asks_for_another(vote),
    )  # fmt: skip


def in_session(assembly: Assembly) -> bool:
    """Whether items may be dealt with: it is installed, or its written procedure is under way."""
    return assembly.state in ("installed", "written")


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


def _others(item: AgendaItem) -> list[tuple[int, int, str, int | None]]:
    query = select(AgendaItem.id, AgendaItem.position, AgendaItem.state, AgendaItem.amends_id).where(
        AgendaItem.assembly_id == item.assembly_id, AgendaItem.id != (item.id or 0)
    )
    return [tuple(row) for row in db.session.execute(query.order_by(AgendaItem.position))]  # type: ignore[misc]


def _before(item: AgendaItem, others: list[tuple[int, int, str, int | None]]) -> tuple[str, ...]:
    """What stands before it and is not settled; what it amends, and other amendments to that, do not hold it up."""
    if item.amends_id is not None:
        return ()
    return tuple(
        str(position) for _, position, state, amends in others
        if amends is None and position < item.position and state not in SETTLED
    )  # fmt: skip


def _amendments(item: AgendaItem, others: list[tuple[int, int, str, int | None]]) -> tuple[str, ...]:
    return tuple(
        str(position)
        for _, position, state, amends in others
        if amends == item.id and item.id and state not in SETTLED
    )


def _open(assembly_id: int, own: int | None) -> int:
    query = select(Vote.id).where(
        Vote.assembly_id == assembly_id, Vote.state.in_(UNDER_WAY), Vote.id != (own or 0)
    )
    return len(db.session.scalars(query).all())
