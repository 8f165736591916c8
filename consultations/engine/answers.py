"""The Unit's answers to comments: read, proposed, decided (by a second person where asked), returned, reversed.

Each point of a comment is answered for itself (workflows.points says where the comment stands then); a comment that was
not split has one, number 1. Answers are append-only: a proposal, its decision and a later reversal are rows of their own,
the newest number of a point counts. Locks: the round is shared, the comment is taken; the synopsis takes the round for
itself, so nothing changes under it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.answer_rows import (
    Reply,
    Taken,
    decision,
    give_back,
    meanwhile,
    outcome_unknown,
    proposal,
    reply_of,
    second_asked,
    take_point,
    take_points,
)
from consultations.engine.comment_entry import name_of, refuse, take_shared
from consultations.engine.work import add, together
from consultations.facts.comments import comment_facts
from consultations.facts.points import FIRST, Standing, number_before, standing
from consultations.models.comments import Answer, Comment
from workflows import guards
from workflows.comment import COMMENT, CommentFacts, CommentState
from workflows.machine import objections
from workflows.refusals import Refused, refusal
from workflows.round import RoundFacts, RoundState

NOBODY_ENTERS = RoundFacts()  # the Unit enters nothing for an organisation


def triage(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Take a comment up for answering; taken up before, nothing happens. Errors: Refused."""
    comment, round_ = take_shared(comment_id, by=by, at=at)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    if comment.state == CommentState.SUBMITTED:
        facts = comment_facts(comment, round_, NOBODY_ENTERS, by=by, at=at)
        take_up(comment, standing(comment), facts, by=by, at=at)
    return comment


def propose(
    comment_id: int, *, outcome: str, reason: str, response: str, point: int = FIRST, known: int = 0,
    decide: bool = False, by: Actor, at: datetime, **more: Any,
) -> Answer:  # fmt: skip
    """Propose an answer to a point (taking the comment up if nobody has), and decide it at once where no second person
    is asked.

    `known`: the number of the answer that the writer had before them (0: none). `more`: the other fields of Reply.
    Errors: Refused with every reason; `answered_meanwhile` if another answer came between; NotFound.
    """
    reply = Reply(outcome, reason, response, **more)
    taken = take_point(comment_id, point, by=by, at=at)
    return _propose(taken, reply, known=known, decide=decide, by=by, at=at)


def propose_all(
    chosen: Iterable[tuple[Taken, Reply]], *, decide: bool = False, by: Actor, at: datetime
) -> tuple[Answer, ...]:
    """Propose an answer to each of many points (answer_rows.take_points), over what stands there; written together.

    Errors: Refused with every reason against the first that may not.
    """
    made: dict[int, list[Answer]] = {}
    with together():
        for one, reply in chosen:
            # A point beside it has moved: what is known of the comment is read again.
            taken = _again(one, by) if one.comment.id in made else one
            answer = _propose(taken, reply, known=_number(taken), decide=decide, by=by, at=at)
            made.setdefault(one.comment.id, []).append(answer)
    return tuple(answer for answers in made.values() for answer in answers)


def _propose(taken: Taken, reply: Reply, *, known: int, decide: bool, by: Actor, at: datetime) -> Answer:
    comment, before = taken.comment, taken.point.answer
    draft = proposal(taken, reply, by=by, at=at)
    facts = _facts(taken, draft, reason=reply.reason, by=by, at=at)
    fresh = comment.state == CommentState.SUBMITTED
    state = CommentState.TRIAGED if fresh else taken.point.state
    refuse(
        meanwhile(before, known, reply),
        objections(COMMENT, comment.state, "triage", by.role, facts) if fresh else (),
        objections(COMMENT, state, "propose", by.role, facts),
        objections(COMMENT, CommentState.PROPOSED, "decide", by.role, facts) if decide else (),
        tuple(filter(None, (guards.reason_given(facts), outcome_unknown(reply)))),
    )
    if not decide and before and reply_of(before) == reply and taken.point.state == CommentState.PROPOSED:
        return before
    if fresh:
        take_up(comment, taken.points, facts, by=by, at=at)
        taken = taken.taken_up()
    _move(taken, "propose", add(draft), facts, by=by, at=at)
    return _decide(_proposed(taken, draft), draft, "", facts, by=by, at=at) if decide else draft


def decide(
    comment_id: int, *, known: int, point: int = FIRST, decided_in: str = "", by: Actor, at: datetime
) -> Answer:
    """Decide what was proposed; decided before, nothing happens. Errors: Refused, e.g. `second_person_missing`.

    `decided_in`: in which meeting or minute, if another than the proposal says.
    """
    taken = take_point(comment_id, point, by=by, at=at)
    return _decide_on(taken, known, decided_in, by=by, at=at)


def decide_all(chosen: Iterable[Taken], *, by: Actor, at: datetime) -> int:
    """Decide what is proposed at each of many points, written together: how many. Errors: Refused (of the first)."""
    return _each(chosen, lambda one: _decide_on(one, _number(one), "", by=by, at=at), by)


def _decide_on(taken: Taken, known: int, decided_in: str, *, by: Actor, at: datetime) -> Answer:
    proposed = taken.point.answer
    if taken.point.state == CommentState.DECIDED and proposed and _is_decision_of(proposed, known):
        return proposed
    facts = _facts(taken, proposed, by=by, at=at)
    changed = proposed is not None and proposed.number != known
    refuse(
        objections(COMMENT, taken.point.state, "decide", by.role, facts),
        (refusal("answered_meanwhile", name=name_of(proposed.proposed_by_id)),)
        if proposed and changed
        else (),
    )
    if proposed is None:
        raise Refused(refusal("response_missing"))
    return _decide(taken, proposed, decided_in.strip(), facts, by=by, at=at)


def return_(comment_id: int, reason: str, *, point: int = FIRST, by: Actor, at: datetime) -> Comment:
    """Give a proposal back to be written anew, with a reason. Errors: Refused."""
    return _back(comment_id, point, "return", reason, by=by, at=at)


def reverse(comment_id: int, reason: str, *, point: int = FIRST, by: Actor, at: datetime) -> Comment:
    """Reopen a decided answer; never by who decided it alone. Errors: Refused."""
    return _back(comment_id, point, "reverse", reason, by=by, at=at)


def return_all(chosen: Iterable[Taken], reason: str, *, by: Actor, at: datetime) -> int:
    """Give back what is proposed at each of many points, written together: how many. Errors: Refused (of the first)."""
    return _each(chosen, lambda one: _give_back(one, "return", reason, by=by, at=at), by)


def take_up(
    comment: Comment, points: Sequence[Standing], facts: CommentFacts, *, by: Actor, at: datetime
) -> None:
    """Take up a locked comment that was sent; answers from before it was hidden and shown again stand no longer."""
    give_back(points, by=by, at=at)
    journal.move(comment, COMMENT, "triage", by=by, at=at, facts=facts)


def _back(comment_id: int, point: int, move: str, reason: str, *, by: Actor, at: datetime) -> Comment:
    return _give_back(take_point(comment_id, point, by=by, at=at), move, reason, by=by, at=at)


def _give_back(taken: Taken, move: str, reason: str, *, by: Actor, at: datetime) -> Comment:
    facts = _facts(taken, taken.point.answer, reason=reason, by=by, at=at)
    _move(taken, move, taken.point.answer, facts, reason=reason.strip(), by=by, at=at)
    give_back((taken.point,), by=by, at=at)
    return taken.comment


def _facts(
    taken: Taken, answer: Answer | None, *, reason: str | None = None, by: Actor, at: datetime
) -> CommentFacts:
    return comment_facts(
        taken.comment, taken.round, NOBODY_ENTERS, by=by, at=at, reason=reason, answer=answer,
        second_person=second_asked(taken, answer, by),
    )  # fmt: skip


def _move(
    taken: Taken, move: str, answer: Answer | None, facts: CommentFacts, *, by: Actor, at: datetime, **refs: Any
) -> None:  # fmt: skip
    """The point moves, and the comment with the slowest of its points."""
    if answer is not None:
        refs["answer"] = answer.number
    if len(taken.points) > 1:
        refs["point"] = taken.point.number
    journal.move_part(
        taken.comment, COMMENT, move, part=taken.point.state, whole=taken.whole, by=by, at=at, facts=facts, **refs
    )  # fmt: skip


def _decide(
    taken: Taken, proposed: Answer, decided_in: str, facts: CommentFacts, *, by: Actor, at: datetime
) -> Answer:
    decided = decision(taken, proposed, decided_in, by=by, at=at)
    facts = replace(facts, decided_by=str(by.person_id))
    _move(taken, "decide", decided, facts, outcome=decided.outcome, by=by, at=at)
    return decided


def _each(chosen: Iterable[Taken], verb: Callable[[Taken], object], by: Actor) -> int:
    """Do it with each point, whose comment is read again once a point beside it has moved."""
    acted: list[int] = []
    with together():
        for one in chosen:
            verb(_again(one, by) if one.comment.id in acted[-1:] else one)
            acted.append(one.comment.id)
    return len(acted)


def _again(taken: Taken, by: Actor) -> Taken:
    return take_points(taken.round, [(taken.comment.id, taken.point.number)], by=by)[0]


def _number(taken: Taken) -> int:
    return taken.point.answer.number if taken.point.answer else 0


def _proposed(taken: Taken, draft: Answer) -> Taken:
    """The same, its point proposed with this answer."""
    return replace(taken, point=replace(taken.point, state=CommentState.PROPOSED), last=draft.number)


def _is_decision_of(decided: Answer, known: int) -> bool:
    """Whether this answer is the one that was known, or the decision that followed upon it."""
    return known in (decided.number, number_before(decided))
