"""How many were asked and how many answered, of several rounds or votes at once, as far as it may be published."""

from collections.abc import Sequence

from sqlalchemy import case, func, select

from consultations.extensions import db
from consultations.facts.register import has_answered
from consultations.facts.small_cells import hidden
from consultations.models.rounds import RegisterEntry
from consultations.models.votes import RollEntry


def in_rounds(round_ids: Sequence[int]) -> dict[int, tuple[int, int | None]]:
    """How many organisations each round's register has, and how many answered where that may be published."""
    spoke = func.sum(case((has_answered(), 1), else_=0))
    query = select(RegisterEntry.round_id, func.count(), spoke).where(RegisterEntry.round_id.in_(round_ids))
    rows = db.session.execute(query.group_by(RegisterEntry.round_id))
    return {
        id: (asked, None if hidden({"answered": (answered,), "silent": (asked - answered,)}) else answered)
        for id, asked, answered in rows
    }


def electors(vote_ids: Sequence[int]) -> dict[int, int]:
    """How many organisations are on the roll of each vote."""
    query = select(RollEntry.vote_id, func.count()).where(RollEntry.vote_id.in_(vote_ids))
    return dict(db.session.execute(query.group_by(RollEntry.vote_id)).all())
