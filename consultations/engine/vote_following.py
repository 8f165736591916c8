"""A vote of an agenda that leads to another one: it ends, or waits for its signatures, and its items are discussed again."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import counts, journal
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import items as facts
from consultations.facts.votes import newest_count, noted
from consultations.models.assemblies import AgendaItem
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.item import ITEM, ItemState


def let_go(item: AgendaItem, second: str, *, by: Actor, at: datetime) -> None:
    """Before `second` (a code) takes the place of the item's vote: end a tie, and put its items back into discussion.

    Nothing happens where the item has no vote yet. Errors: Refused: its vote asks for no further one.
    """
    before = db.session.get(Vote, item.vote_id) if item.vote_id else None
    if before is None:
        return
    for each in _items(before.id):
        each = locked(AgendaItem, each.id)
        if each.state == ItemState.VOTED:
            journal.move(each, ITEM, "vote_again", by=by, at=at, facts=facts.item_facts(each, at=at))
    before = locked(Vote, before.id)
    if before.state == "counted" and not counts.leave_tied(before, None, second, at=at):
        _ask_for_signatures(before, at)
    db.session.flush()


def casting_vote(vote: Vote) -> str | None:
    """The casting vote that was given, if any."""
    return noted(vote.id, "tie_broken", "casting_vote")


def _items(vote_id: int) -> list[AgendaItem]:
    query = select(AgendaItem).where(AgendaItem.vote_id == vote_id)
    return list(db.session.scalars(query.order_by(AgendaItem.position)))


def _ask_for_signatures(vote: Vote, at: datetime) -> None:
    """Whom an election elected beside a tie can be proclaimed now."""
    counted = newest_count(vote.id)
    counted_event = select(Event).where(
        Event.subject_kind == "vote", Event.subject_id == vote.id, Event.name == "vote_counted"
    )
    event = db.session.scalar(counted_event.order_by(Event.id.desc()).limit(1))
    if counted is not None and counted.status == "tie_pending":
        counts.ask_signatures(vote, counted, at, event)
