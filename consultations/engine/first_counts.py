"""The count that follows a closing: at once, or when the last sheet of ballots on paper is merged or given up."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import SYSTEM
from consultations.engine import agenda, counts, journal, notices, recipients, vote_presence
from consultations.extensions import db
from consultations.facts import boards, sheets
from consultations.models.events import Event
from consultations.models.votes import RollEntry, Vote
from workflows.faults import InputRefusedError
from workflows.refusals import Refused
from workflows.vote import VoteState


def count(vote: Vote, *, at: datetime) -> bool:
    """Count a closed vote, locked with its dossier, unless sheets of it wait; says whether it is counted.

    A count that is refused (a roll that was tampered with) leaves the vote closed and the reason on record.
    """
    if vote.state != VoteState.CLOSED or sheets.waiting(vote.id):
        return False
    vote_presence.keep(vote, vote.closed_at or at)  # who was there does not change while papers are entered
    try:
        with db.session.begin_nested():  # what a refused count has written goes back; the closing stays
            counts.count(vote.id, by=SYSTEM, at=at)
    except (Refused, InputRefusedError) as refused:
        journal.record("count_refused", vote, by=SYSTEM, at=at, reason=str(refused))
        return False
    return True


def tell(vote: Vote, *, at: datetime, event: Event | None = None) -> None:
    """Tell the organisations that it is closed: whoever sits in an assembly sees it, in writing nobody does.

    While sheets wait it is not known whose paper is on them: those without a ballot are told when nothing waits any more.
    """
    if agenda.in_session(vote):
        return
    for voted in (True,) if sheets.waiting(vote.id) else (True, False):
        told = recipients.delegates(organisations(vote, voted=voted), at=at)
        notices.notify(
            "vote_closed", told, vote, due_at=at, event=event, code=vote.code, voted="1" if voted else ""
        )


def organisations(vote: Vote, *, voted: bool) -> list[int]:
    """The organisations of the roll with a ballot, or without."""
    with_ballot = {elector for elector, _ in boards.newest(vote.id)}
    rows = db.session.execute(
        select(RollEntry.organisation_id, RollEntry.elector).where(RollEntry.vote_id == vote.id)
    )
    return [organisation_id for organisation_id, elector in rows if (elector in with_ballot) is voted]
