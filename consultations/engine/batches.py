"""One answer given to many points: proposed for each, and decided once a second person has looked at a sample of them.

The sample follows from a seed that is recorded (workflows.sampling). Until it is checked nobody decides on these answers
alone, and a batch that is sent back gives every point back. Locks: the round shared, the batch, then the comments in
their order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import answers, journal
from consultations.engine.desk import check_unit, refuse_any
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, add, locked, shared
from consultations.extensions import db
from consultations.facts.answer_templates import filled
from consultations.facts.batches import (
    CONFIRMED,
    RETURNED,
    Given,
    given,
    listed,
    named,
    sample_of,
    sampled,
    unchecked,
)
from consultations.facts.points import standing
from consultations.models.comments import Comment
from consultations.models.points import Batch
from consultations.models.rounds import Round
from consultations.models.standards import Node
from consultations.wording_answering import clause_words
from workflows.comment import CommentState
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies
from workflows.round import RoundState

MOST = 200
"""Points that get one answer at once; a batch is one unit of work."""

NAMED = 5
WAITING = (CommentState.SUBMITTED, CommentState.TRIAGED)
Spot = tuple[int, int]


@dataclass(frozen=True)
class ManyReply:
    """What becomes of many points. `responses` by language; the clause and the number of each comment are filled in.

    `more`: the other fields of answer_rows.Reply, the same for all.
    """

    outcome: str
    reason: str
    responses: Mapping[str, str]
    more: Mapping[str, Any] = field(default_factory=dict)


def give(
    round_id: int, spots: Iterable[Spot], reply: ManyReply, *, seed: str, by: Actor, at: datetime
) -> Batch:
    """Propose one answer for points that have none, and draw the sample to be looked at.

    Sent twice, it is the batch that is there. `seed`: a text from chance, kept and recorded. Errors: Refused with every
    reason, for instance that a point has been answered meanwhile; NotFound.
    """
    check_unit(by, "answer_many", at=at)
    round_ = _answering(round_id)
    wanted = sorted(set(spots))
    if again := _same(round_id, wanted, by):
        return again
    rows = [_point(round_, *spot) for spot in wanted[: MOST + 1]]
    _refuse_giving(round_, rows, len(wanted), reply)
    made = [_propose(round_, comment, number, reply, by=by, at=at) for comment, number, _ in rows]
    sample = sample_of(made, seed)
    batch = add(
        Batch(
            round_id=round_id, comments=listed(made), sample=listed(sample), seed=seed, made_at=at, made_by_id=by.person_id,
        )
    )  # fmt: skip
    journal.record(
        "answers_given", round_, by=by, at=at, batch=f"batch/{batch.id}", outcome=reply.outcome, points=len(made),
        seed=seed, sample=named(sample),
    )  # fmt: skip
    return batch


def confirm(batch_id: int, seen: Iterable[Spot], *, by: Actor, at: datetime) -> Batch:
    """Decide on every answer of a batch after looking at its sample (`seen`); answers that were replaced since are left.

    Confirmed before, nothing happens. Errors: Refused: one's own batch, a point of the sample not seen; NotFound.
    """
    batch, round_ = _taken(batch_id, by=by, at=at)
    if batch.verdict == CONFIRMED:
        return batch
    unseen = len({(one.comment_id, one.point) for one in sampled(batch)} - set(seen))
    _refuse_checking(batch, by, refusal("sample_not_seen", count=unseen) if unseen else None)
    standing_ = [one for one in given(batch) if _stands(one)]
    for one in standing_:
        answers.decide(one.comment_id, known=one.answer, point=one.point, by=by, at=at)
    _close(batch, CONFIRMED, by=by, at=at)
    journal.record(
        "answers_confirmed", round_, by=by, at=at, batch=f"batch/{batch.id}", decided=len(standing_),
        left=len(batch.comments) - len(standing_),
    )  # fmt: skip
    return batch


def send_back(batch_id: int, reason: str, *, by: Actor, at: datetime) -> Batch:
    """Give every answer of a batch back, with a reason; the points wait for another.

    Sent back before, nothing happens. Errors: Refused: one's own batch, no reason; NotFound.
    """
    batch, round_ = _taken(batch_id, by=by, at=at)
    if batch.verdict == RETURNED:
        return batch
    _refuse_checking(batch, by, None if reason.strip() else refusal("reason_missing"))
    standing_ = [one for one in given(batch) if _stands(one)]
    for one in standing_:
        answers.return_(one.comment_id, reason, point=one.point, by=by, at=at)
    _close(batch, RETURNED, by=by, at=at)
    journal.record(
        "answers_sent_back", round_, by=by, at=at, reason=reason.strip(), batch=f"batch/{batch.id}",
        returned=len(standing_),
    )  # fmt: skip
    return batch


def _answering(round_id: int) -> Round:
    round_ = shared(Round, round_id)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    return round_


def _point(round_: Round, comment_id: int, number: int) -> tuple[Comment, int, CommentState]:
    comment = locked(Comment, comment_id)
    if comment.round_id == round_.id:
        for point in standing(comment):
            if point.number == number:
                return comment, number, point.state
    raise NotFound(f"Point {number} of comment {comment_id}")


def _refuse_giving(
    round_: Round, rows: list[tuple[Comment, int, CommentState]], count: int, reply: ManyReply
) -> None:
    """Say all that speaks against the answer: its words, and the points that have one."""
    taken = [f"R{round_.number}-{one.public_number}" for one, _, state in rows if state not in WAITING]
    languages = sorted(
        {one.language for one, _, _ in rows if not reply.responses.get(one.language, "").strip()}
    )
    more = "…" if len(taken) > NAMED else ""
    refuse_any(
        None if rows else refusal("many_missing"),
        refusal("many_too_many", most=MOST) if count > MOST else None,
        refusal("many_answered", labels=", ".join(dict.fromkeys(taken[:NAMED])) + more) if taken else None,
        None if reply.outcome else refusal("outcome_missing"),
        None if reply.reason.strip() else refusal("reason_missing"),
        *(refusal("response_missing_in", language=language) for language in languages),
    )


def _propose(
    round_: Round, comment: Comment, number: int, reply: ManyReply, *, by: Actor, at: datetime
) -> Given:
    """The answer to one point, its clause and number filled in; over one that was given back."""
    node = db.session.get(Node, comment.node_id) if comment.node_id else None
    known = next((point.answer for point in standing(comment) if point.number == number), None)
    places = {
        "clause": clause_words(node.number if node else "", comment.language),
        "number": f"R{round_.number}-{comment.public_number}",
    }
    made = answers.propose(
        comment.id, outcome=reply.outcome, reason=filled(reply.reason, **places), point=number,
        response=filled(reply.responses[comment.language], **places), known=known.number if known else 0, by=by, at=at,
        **reply.more,
    )  # fmt: skip
    return Given(comment.id, number, made.number)


def _same(round_id: int, wanted: list[Spot], by: Actor) -> Batch | None:
    """The batch that this very choice made before."""
    mine = (batch for batch in unchecked(round_id) if batch.made_by_id == by.person_id)
    return next(
        (one for one in mine if wanted and wanted == [(g.comment_id, g.point) for g in given(one)]), None
    )


def _taken(batch_id: int, *, by: Actor, at: datetime) -> tuple[Batch, Round]:
    check_mandate(by, at=at)
    if implies(by.role).isdisjoint({Role.UNIT, Role.CHAIR}):
        raise Refused(refusal("role_may_not", move="check_batch", role=by.role.value))
    round_id = db.session.scalar(select(Batch.round_id).where(Batch.id == batch_id, Batch.seed != ""))
    if round_id is None:
        raise NotFound(f"Batch {batch_id}")
    round_ = _answering(round_id)
    return locked(Batch, batch_id), round_


def _refuse_checking(batch: Batch, by: Actor, *more: Refusal | None) -> None:
    refuse_any(
        refusal("batch_checked") if batch.verdict else None,
        refusal("batch_own") if by.person_id == batch.made_by_id else None,
        *more,
    )


def _stands(one: Given) -> bool:
    """Whether the answer is still the one that waits for a decision."""
    comment = locked(Comment, one.comment_id)
    return any(
        point.number == one.point and point.answer is not None and point.answer.number == one.answer
        and point.state == CommentState.PROPOSED
        for point in standing(comment)
    )  # fmt: skip


def _close(batch: Batch, verdict: str, *, by: Actor, at: datetime) -> None:
    batch.verdict, batch.checked_at, batch.checked_by_id = verdict, at, by.person_id
    db.session.flush()
