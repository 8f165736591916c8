"""What was never sent when its time was over: it rests, is told to its organisation, and stays on the report."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.engine.work import locked, locked_all
from consultations.extensions import db
from consultations.facts.comments import comment_facts, entry_facts_of
from consultations.facts.register import UNSENT
from consultations.models.comments import Comment
from consultations.models.rounds import Round
from workflows.comment import COMMENT
from workflows.machine import objections


def lapse_drafts(round_id: int, *, by: Actor, at: datetime) -> int:
    """Let drafts rest that were never sent when their time was over (SYSTEM); the report still lists them.

    Returns how many; who acts for their organisations is told, once. An organisation that may still enter late
    keeps its drafts until then.
    """
    round_ = locked(Round, round_id)
    ids = db.session.scalars(
        select(Comment.id).where(Comment.round_id == round_id, Comment.state.in_(UNSENT))
    )
    drafts = locked_all(Comment, ids.all()).values()
    known = entry_facts_of(round_, {comment.organisation_id for comment in drafts}, at=at)
    facts = {
        comment.id: comment_facts(comment, round_, known[comment.organisation_id], by=by, at=at)
        for comment in drafts
    }
    lapsing = [one for one in drafts if not objections(COMMENT, one.state, "lapse", by.role, facts[one.id])]
    for comment in lapsing:
        comment.withdrawn_at = at
    journal.move_all(lapsing, COMMENT, "lapse", by=by, at=at, facts=lambda comment: facts[comment.id])
    _tell(round_, Counter(comment.organisation_id for comment in lapsing), at)
    return len(lapsing)


def _tell(round_: Round, lapsed: Counter[int], at: datetime) -> None:
    """Those who act for each organisation, by how many drafts of it rest."""
    people = delegates(lapsed, at=at) if lapsed else ()
    for count in sorted(set(lapsed.values())):
        told = [one for one in people if lapsed[one.organisation_id or 0] == count]
        notify("round_closed", told, round_, due_at=at, once="lapsed", lapsed=str(count))
