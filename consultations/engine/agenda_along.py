"""What becomes of an agenda and its votes when their assembly is put off, stops, goes on or ends. Callers hold its lock."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import agenda_votes, counts, journal, votes
from consultations.engine.work import locked, locked_all
from consultations.extensions import db
from consultations.facts.items import item_facts
from consultations.facts.votes import noted, stops
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from workflows.item import ITEM, ItemState
from workflows.vote import VoteState

UNOPENED = (VoteState.DRAFT, VoteState.REVIEWED, VoteState.CONVENED)
UNDEALT = (ItemState.PLANNED, ItemState.DISCUSSED)


def put_off(assembly: Assembly, later: timedelta) -> None:
    """The times of its votes move with those of an assembly that is put off."""
    for vote_id in _votes(assembly, UNOPENED):
        vote = locked(Vote, vote_id)
        vote.opens_at, vote.closes_at = vote.opens_at + later, vote.closes_at + later
        vote.first_closes_at = vote.first_closes_at + later
    db.session.flush()


def suspend(assembly: Assembly, *, reason: str, by: Actor, at: datetime) -> None:
    """A vote that is open waits with its assembly. One whose time is over does not: the clock closes it."""
    for vote_id in _votes(assembly, (VoteState.OPEN, VoteState.SUSPENDED)):
        counts.hold_timers(vote_id)
        vote = locked(Vote, vote_id)
        if vote.state == VoteState.OPEN and at < vote.closes_at:
            votes.suspend(vote.id, reason=reason, with_assembly=True, by=by, at=at)


def resume(assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """A vote that was suspended with it goes on, with exactly the time it had left; one that stood still before waits on."""
    for vote_id in _votes(assembly, (VoteState.SUSPENDED,)):
        if noted(vote_id, "vote_suspended", "assembly"):
            stop = stops([db.session.get_one(Vote, vote_id)])[vote_id]
            votes.resume(vote_id, reason=stop.reason, by=by, at=at)


def end(assembly: Assembly, *, reason: str, by: Actor, at: datetime) -> None:
    """Put off what was not dealt with, and call off the votes that were not opened, with the reason; members are told.

    Errors: Refused where something is left and no reason is given.
    """
    locked_all(Vote, _votes(assembly, UNOPENED))
    query = select(AgendaItem.id).where(AgendaItem.assembly_id == assembly.id, AgendaItem.state.in_(UNDEALT))
    for item_id in db.session.scalars(query.order_by(AgendaItem.position)).all():
        item = locked(AgendaItem, item_id)
        known = item_facts(item, at=at, reason=reason)
        journal.move(
            item,
            ITEM,
            "leave_over",
            by=by,
            at=at,
            facts=known,
            reason=reason,
            assembly=f"assembly/{assembly.id}",
        )
    db.session.flush()
    agenda_votes.call_off_all(assembly, reason=reason, by=by, at=at)


def _votes(assembly: Assembly, states: Sequence[VoteState]) -> list[int]:
    query = select(Vote.id).where(Vote.assembly_id == assembly.id, Vote.state.in_(states)).order_by(Vote.id)
    return list(db.session.scalars(query))
