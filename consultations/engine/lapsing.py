"""What was never sent when its time was over: it rests, is told to its organisation, and stays on the report."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.comments import comment_facts, entry_facts
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
    drafts = (
        select(Comment.id).where(Comment.round_id == round_id, Comment.state.in_(UNSENT)).order_by(Comment.id)
    )
    lapsed: Counter[int] = Counter()
    for comment_id in db.session.scalars(drafts).all():
        comment = locked(Comment, comment_id)
        facts = comment_facts(
            comment, round_, entry_facts(round_, organisation_id=comment.organisation_id, at=at), by=by, at=at
        )
        if not objections(COMMENT, comment.state, "lapse", by.role, facts):
            comment.withdrawn_at = at
            journal.move(comment, COMMENT, "lapse", by=by, at=at, facts=facts)
            lapsed[comment.organisation_id] += 1
    for organisation_id, count in lapsed.items():
        told = delegates((organisation_id,), at=at)
        notify("round_closed", told, round_, due_at=at, once="lapsed", lapsed=str(count))
    return lapsed.total()
