"""The Unit's answers to comments: read, proposed, decided (by a second person where asked), returned, reversed.

Answers are append-only: a proposal, its decision and a later reversal are rows of their own, the newest number counts.
Locks: the round is shared, the comment is taken; the synopsis takes the round for itself, so nothing changes under it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import take_shared
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts.comments import (
    comment_facts,
    newest_answer,
    second_person_asked,
    second_person_policy,
)
from consultations.models.comments import Answer, Comment
from consultations.models.people import Person
from consultations.models.rounds import Round
from workflows import guards
from workflows.comment import COMMENT, CommentFacts, CommentOutcome, CommentState
from workflows.machine import objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.round import RoundFacts, RoundState

NOBODY_ENTERS = RoundFacts()  # the Unit enters nothing for an organisation


@dataclass(frozen=True)
class Reply:
    """What becomes of a comment, and what its organisation is told."""

    outcome: str
    reason: str
    response: str
    change: str = ""
    substantive: bool = False


def triage(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Take a comment up for answering; taken up before, nothing happens. Errors: Refused."""
    comment, round_ = _take(comment_id, by=by, at=at)
    if comment.state == CommentState.SUBMITTED:
        journal.move(
            comment,
            COMMENT,
            "triage",
            by=by,
            at=at,
            facts=comment_facts(comment, round_, NOBODY_ENTERS, by=by, at=at),
        )
    return comment


def propose(
    comment_id: int, *, outcome: str, reason: str, response: str, change: str = "", substantive: bool = False,
    known: int = 0, decide: bool = False, by: Actor, at: datetime,
) -> Answer:  # fmt: skip
    """Propose an answer (taking the comment up if nobody has), and decide it at once where no second person is asked.

    `known`: the number of the answer that the writer had before them (0: none). Errors: Refused with every reason;
    `answered_meanwhile` if another answer came between.
    """
    reply = Reply(outcome, reason.strip(), response.strip(), change.strip(), substantive)
    comment, round_ = _take(comment_id, by=by, at=at)
    before = newest_answer(comment_id)
    draft = _answer(comment, reply, number=before.number + 1 if before else 1, by=by, at=at)
    facts = comment_facts(
        comment,
        round_,
        NOBODY_ENTERS,
        by=by,
        at=at,
        reason=reply.reason,
        answer=draft,
        second_person=_second(draft, by),
    )
    fresh = comment.state == CommentState.SUBMITTED
    state = CommentState.TRIAGED if fresh else comment.state
    _refuse(
        _meanwhile(before, known, reply),
        objections(COMMENT, comment.state, "triage", by.role, facts) if fresh else (),
        objections(COMMENT, state, "propose", by.role, facts),
        objections(COMMENT, CommentState.PROPOSED, "decide", by.role, facts) if decide else (),
        tuple(filter(None, (guards.reason_given(facts), _outcome_unknown(reply)))),
    )
    if not decide and before and _reply(before) == reply and comment.state == CommentState.PROPOSED:
        return before
    if fresh:
        journal.move(comment, COMMENT, "triage", by=by, at=at, facts=facts)
    add(draft)
    journal.move(comment, COMMENT, "propose", by=by, at=at, facts=facts, answer=draft.number)
    return _decide(comment, draft, facts, by=by, at=at) if decide else draft


def decide(comment_id: int, *, known: int, by: Actor, at: datetime) -> Answer:
    """Decide what was proposed; decided before, nothing happens. Errors: Refused, e.g. `second_person_missing`."""
    comment, round_ = _take(comment_id, by=by, at=at)
    proposed = newest_answer(comment_id)
    if comment.state == CommentState.DECIDED and proposed and proposed.number in (known, known + 1):
        return proposed
    facts = comment_facts(
        comment, round_, NOBODY_ENTERS, by=by, at=at, answer=proposed, second_person=_second(proposed, by)
    )
    changed = proposed is not None and proposed.number != known
    _refuse(
        objections(COMMENT, comment.state, "decide", by.role, facts),
        (refusal("answered_meanwhile", name=_name(proposed.proposed_by_id)),) if proposed and changed else (),
    )
    if proposed is None:
        raise Refused(refusal("response_missing"))
    return _decide(comment, proposed, facts, by=by, at=at)


def return_(comment_id: int, reason: str, *, by: Actor, at: datetime) -> Comment:
    """Give a proposal back to be written anew, with a reason. Errors: Refused."""
    return _back(comment_id, "return", reason, by=by, at=at)


def reverse(comment_id: int, reason: str, *, by: Actor, at: datetime) -> Comment:
    """Reopen a decided answer; never by who decided it alone. Errors: Refused."""
    return _back(comment_id, "reverse", reason, by=by, at=at)


def _back(comment_id: int, move: str, reason: str, *, by: Actor, at: datetime) -> Comment:
    comment, round_ = _take(comment_id, by=by, at=at)
    facts = comment_facts(
        comment, round_, NOBODY_ENTERS, by=by, at=at, reason=reason, answer=newest_answer(comment_id)
    )
    journal.move(comment, COMMENT, move, by=by, at=at, facts=facts, reason=reason.strip())
    return comment


def _take(comment_id: int, *, by: Actor, at: datetime) -> tuple[Comment, Round]:
    comment, round_ = take_shared(comment_id, by=by, at=at)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    return comment, round_


def _decide(comment: Comment, proposed: Answer, facts: CommentFacts, *, by: Actor, at: datetime) -> Answer:
    """The decision is a row of its own: who proposed and who decided both stand on it."""
    decided = add(
        Answer(
            comment_id=comment.id, number=proposed.number + 1, outcome=proposed.outcome, reason=proposed.reason,
            response=proposed.response, change=proposed.change, substantive=proposed.substantive,
            proposed_by_id=proposed.proposed_by_id, decided_by_id=by.person_id, answered_at=at,
        )
    )  # fmt: skip
    facts = replace(facts, decided_by=str(by.person_id))
    journal.move(
        comment, COMMENT, "decide", by=by, at=at, facts=facts, answer=decided.number, outcome=decided.outcome
    )
    return decided


def _answer(comment: Comment, reply: Reply, *, number: int, by: Actor, at: datetime) -> Answer:
    return Answer(
        comment_id=comment.id, number=number, outcome=reply.outcome, reason=reply.reason, response=reply.response,
        change=reply.change, substantive=reply.substantive, proposed_by_id=by.person_id, answered_at=at,
    )  # fmt: skip


def _second(answer: Answer | None, by: Actor) -> bool:
    return second_person_asked(answer, second_person_policy(by))


def _reply(answer: Answer) -> Reply:
    return Reply(answer.outcome, answer.reason, answer.response, answer.change, answer.substantive)


def _meanwhile(before: Answer | None, known: int, reply: Reply) -> tuple[Refusal, ...]:
    """Somebody else's answer is not written over unread; the same answer twice is no quarrel."""
    if before is None or before.number == known or _reply(before) == reply:
        return ()
    return (refusal("answered_meanwhile", name=_name(before.decided_by_id or before.proposed_by_id)),)


def _outcome_unknown(reply: Reply) -> Refusal | None:
    known = not reply.outcome or reply.outcome in set(CommentOutcome)
    return None if known else refusal("value_unknown", value=reply.outcome)


def _refuse(*groups: tuple[Refusal, ...]) -> None:
    if reasons := tuple(dict.fromkeys(reason for group in groups for reason in group)):
        raise Refused(*reasons)


def _name(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else "?"
