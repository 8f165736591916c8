"""The votes that run, with how many of the roll have voted: that they did, never how."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote

RUNNING = ("convened", "open", "suspended")


@dataclass(frozen=True)
class Turnout:
    """A vote before its closing; `voted` only where the turnout may be shown."""

    vote_id: int
    state: str
    is_suspended: bool
    opens_at: datetime
    closes_at: datetime
    zone: str
    electors: int
    voted: int | None


def turnouts() -> dict[int, Turnout]:
    """The newest vote that runs of each dossier, by the dossier's id; one select."""
    on_roll = select(func.count(RollEntry.id)).where(RollEntry.vote_id == Vote.id)
    voted = (
        select(func.count(func.distinct(Ballot.roll_entry_id)))
        .join(RollEntry, RollEntry.id == Ballot.roll_entry_id)
        .where(RollEntry.vote_id == Vote.id)
    )
    query = (
        select(Vote, on_roll.correlate(Vote).scalar_subquery(), voted.correlate(Vote).scalar_subquery())
        .where(Vote.state.in_(RUNNING), Vote.dossier_id.is_not(None))
        .order_by(Vote.id)
    )
    return {
        vote.dossier_id: Turnout(
            vote.id, vote.state, vote.state == "suspended", vote.opens_at, vote.closes_at, vote.zone, electors, cast if vote.show_turnout else None
        )
        for vote, electors, cast in db.session.execute(query)
    }  # fmt: skip
