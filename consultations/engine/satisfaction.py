"""Whether an answer satisfies the organisation that commented: said in time, objected with a reason, or silence."""

from dataclasses import asdict
from datetime import datetime
from functools import partial

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.answer_rows import reply_of
from consultations.engine.comment_entry import take_shared
from consultations.engine.notices import notify
from consultations.engine.recipients import delegates
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.facts.comments import comment_facts, newest_answer
from consultations.facts.objections import replies
from consultations.facts.points import FIRST, last_number
from consultations.models.comments import Answer, Comment
from consultations.models.rounds import Round
from workflows.comment import COMMENT, CommentOutcome, CommentState
from workflows.refusals import Refused, refusal
from workflows.roles import Role
from workflows.round import RoundFacts

SAID = {"satisfied": ("accept", CommentState.SATISFIED), "objects": ("object", CommentState.OBJECTED)}


def declare(comment_id: int, said: str, reason: str = "", *, by: Actor, at: datetime) -> Comment:
    """Say for the commenting organisation that the answer satisfies it ("satisfied"), or why not ("objects").

    Said before, nothing happens. Errors: Refused: another organisation's comment, the time is over, no reason.
    """
    comment, round_ = take_shared(comment_id, by=by, at=at)
    if said not in SAID:
        raise Refused(refusal("value_unknown", value=said))
    move, state = SAID[said]
    facts = comment_facts(comment, round_, RoundFacts(), by=by, at=at, reason=reason)
    if comment.state == state and facts.same_organisation:
        return comment
    journal.move(comment, COMMENT, move, by=by, at=at, facts=facts, reason=reason.strip())
    return comment


def answer_objection(
    comment_id: int,
    response: str,
    *,
    point: int = FIRST,
    outcome: str = "",
    decided_in: str = "",
    by: Actor,
    at: datetime,
) -> Answer:
    """Answer an objection in its place: another answer to the point. The same words twice are one answer.

    Arguments: `outcome` when it becomes another ("" keeps it), which is the Commission's to decide; `decided_in` the
    meeting or minute. Errors: Refused: not open to this role, no words, an outcome that is none or not theirs to change.
    """
    comment, round_ = take_shared(comment_id, by=by, at=at)
    before = newest_answer(comment_id, point)
    if before is None:
        raise Refused(refusal("response_missing"))
    if outcome and outcome not in set(CommentOutcome):
        raise Refused(refusal("value_unknown", value=outcome))
    if outcome and outcome != before.outcome and by.role is not Role.CHAIR:
        raise Refused(refusal("role_may_not", move="answer_objection", role=str(by.role)))
    if comment.state == CommentState.OBJECTED and _same(before, response, outcome, decided_in, by):
        return before
    words = {
        **asdict(reply_of(before)), "response": response.strip(), "outcome": outcome or before.outcome,
        "decided_in": decided_in.strip(),
    }  # fmt: skip
    reply = Answer(
        comment_id=comment.id, point=point, number=last_number(comment_id) + 1, proposed_by_id=by.person_id,
        decided_by_id=by.person_id, answered_at=at, **words,
    )  # fmt: skip
    facts = comment_facts(comment, round_, RoundFacts(), by=by, at=at, answer=reply)
    event = journal.move(comment, COMMENT, "answer_objection", by=by, at=at, facts=facts, answer=reply.number)
    told = delegates([comment.organisation_id], at=at)
    notify("objection_answered", told, comment, due_at=at, event=event, once=str(reply.number))
    return add(reply)


def _same(before: Answer, response: str, outcome: str, decided_in: str, by: Actor) -> bool:
    """Whether this very answer was given to the objection, by the same person: the answer objected to is none to it."""
    asked = (response.strip(), outcome or before.outcome, decided_in.strip(), by.person_id)
    return before.number in replies([before.comment_id]).get(before.comment_id, {}) and asked == (
        before.response, before.outcome, before.decided_in, before.decided_by_id,
    )  # fmt: skip


def end_window(round_id: int, *, by: Actor, at: datetime) -> int:
    """Record the silence of those who said nothing (SYSTEM); returns of how many. Run twice, the second finds none."""
    round_ = locked(Round, round_id)
    waiting = select(Comment).where(Comment.round_id == round_id, Comment.state == CommentState.ANSWERED)
    rows = db.session.scalars(waiting.order_by(Comment.id).with_for_update()).all()
    known = partial(comment_facts, round_=round_, known=RoundFacts(), by=by, at=at)
    journal.move_all(rows, COMMENT, "fall_silent", by=by, at=at, facts=known)
    return len(rows)
