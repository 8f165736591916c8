"""One answer given to many points: proposed for each, and decided once a second person has looked at a sample of them.

The sample follows from a seed that is recorded (workflows.sampling). Until it is checked nobody decides on these answers
alone, and a batch that is sent back gives every point back. Locks: the round shared, the batch, then the comments in
their order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import answers, journal
from consultations.engine.answer_rows import Reply, Taken, reply_of, take_points
from consultations.engine.desk import check_unit, refuse_any
from consultations.engine.mandates import check_mandate
from consultations.engine.round_chair import check_chair
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
    to_look_at,
    unchecked,
)
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

    Sent twice with the same words, it is the batch that is there. `seed`: a text from chance, kept and recorded. Errors: Refused with every
    reason, for instance that a point has been answered meanwhile; NotFound.
    """
    check_unit(by, "answer_many", at=at)
    round_ = _answering(round_id)
    wanted = sorted(set(spots))
    taken = _points(round_, wanted[: MOST + 1], by)
    if again := _same(round_id, taken, reply, by):  # only now: who sent it at the same moment is done
        return again
    _refuse_giving(round_, taken, len(wanted), reply)
    replies = answers.propose_all(zip(taken, _replies(taken, reply), strict=True), by=by, at=at)
    made = [Given(one.comment_id, one.point, one.number) for one in replies]
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
    """Decide on every answer of a batch after looking at its sample (`seen`); answers that were replaced since are left,
    and others are drawn for them into the sample.

    Confirmed before, nothing happens. Errors: Refused: one's own batch, a point of the sample not seen; NotFound.
    """
    batch, round_ = _taken(batch_id, by=by, at=at)
    if batch.verdict == CONFIRMED:
        return batch
    standing = _standing(batch, round_, by)
    sample = to_look_at(batch, _given_at(standing))
    unseen = len({(one.comment_id, one.point) for one in sample} - set(seen))
    _refuse_checking(batch, by, refusal("sample_not_seen", count=unseen) if unseen else None)
    batch.sample = listed(dict.fromkeys((*sampled(batch), *sample)))
    decided = answers.decide_all(standing, by=by, at=at)
    _close(batch, CONFIRMED, by=by, at=at)
    journal.record(
        "answers_confirmed", round_, by=by, at=at, batch=f"batch/{batch.id}", decided=decided,
        left=len(batch.comments) - decided, sample=named(sample),
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
    returned = answers.return_all(_standing(batch, round_, by), reason, by=by, at=at)
    _close(batch, RETURNED, by=by, at=at)
    journal.record(
        "answers_sent_back", round_, by=by, at=at, reason=reason.strip(), batch=f"batch/{batch.id}",
        returned=returned,
    )  # fmt: skip
    return batch


def _answering(round_id: int) -> Round:
    round_ = shared(Round, round_id)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    return round_


def _points(round_: Round, spots: list[Spot], by: Actor) -> tuple[Taken, ...]:
    taken = take_points(round_, spots, by=by)
    missing = sorted(set(spots) - {(one.comment.id, one.point.number) for one in taken})
    if missing:
        raise NotFound("Point {1} of comment {0}".format(*missing[0]))
    return taken


def _refuse_giving(round_: Round, rows: tuple[Taken, ...], count: int, reply: ManyReply) -> None:
    """Say all that speaks against the answer: its words, and the points that have one."""
    taken = [_label(one) for one in rows if one.point.state not in WAITING]
    asked = {one.comment.language for one in rows}
    languages = sorted(one for one in asked if not reply.responses.get(one, "").strip())
    more = "…" if len(taken) > NAMED else ""
    refuse_any(
        None if rows else refusal("many_missing"),
        refusal("many_too_many", most=MOST) if count > MOST else None,
        refusal("many_answered", labels=", ".join(dict.fromkeys(taken[:NAMED])) + more) if taken else None,
        None if reply.outcome else refusal("outcome_missing"),
        None if reply.reason.strip() else refusal("reason_missing"),
        *(refusal("response_missing_in", language=language) for language in languages),
    )


def _replies(taken: tuple[Taken, ...], reply: ManyReply) -> Iterator[Reply]:
    """The answer to each point, its clause and number filled in; over one that was given back."""
    nodes = {one.comment.node_id for one in taken if one.comment.node_id}
    query = select(Node.id, Node.number).where(Node.id.in_(nodes))
    numbers: dict[int | None, str] = dict(db.session.execute(query).all())
    for one in taken:
        language = one.comment.language
        places = {
            "clause": clause_words(numbers.get(one.comment.node_id, ""), language), "number": _label(one)
        }  # fmt: skip
        response = filled(reply.responses[language], **places)
        yield Reply(reply.outcome, filled(reply.reason, **places), response, **reply.more)


def _label(one: Taken) -> str:
    return f"R{one.round.number}-{one.comment.public_number}"


def _same(round_id: int, taken: tuple[Taken, ...], reply: ManyReply, by: Actor) -> Batch | None:
    """The batch that this very choice made before, with these words."""
    if not taken or {one.comment.language for one in taken} - reply.responses.keys():
        return None
    now = _given_at(taken)
    mine = (batch for batch in unchecked(round_id) if batch.made_by_id == by.person_id)
    before = next((batch for batch in mine if list(given(batch)) == now), None)
    said = (one.point.answer and reply_of(one.point.answer) for one in taken)
    same = before and all(old == new for old, new in zip(said, _replies(taken, reply), strict=True))
    return before if same else None


def _taken(batch_id: int, *, by: Actor, at: datetime) -> tuple[Batch, Round]:
    check_mandate(by, at=at)
    if implies(by.role).isdisjoint({Role.UNIT, Role.CHAIR}):
        raise Refused(refusal("role_may_not", move="check_batch", role=by.role.value))
    round_id = db.session.scalar(select(Batch.round_id).where(Batch.id == batch_id, Batch.seed != ""))
    if round_id is None:
        raise NotFound(f"Batch {batch_id}")
    round_ = _answering(round_id)
    check_chair(round_, by, at=at)
    return locked(Batch, batch_id), round_


def _refuse_checking(batch: Batch, by: Actor, *more: Refusal | None) -> None:
    refuse_any(
        refusal("batch_checked") if batch.verdict else None,
        refusal("batch_own") if by.person_id == batch.made_by_id else None,
        *more,
    )


def _standing(batch: Batch, round_: Round, by: Actor) -> list[Taken]:
    """The points at which the answer is still the one that waits for a decision."""
    made = given(batch)
    taken = take_points(round_, [(one.comment_id, one.point) for one in made], by=by)
    return [one for one in taken if set(_given_at([one])) & set(made)]


def _given_at(taken: Sequence[Taken]) -> list[Given]:
    """The answers that wait at these points for a decision."""
    return [
        Given(one.comment.id, one.point.number, one.point.answer.number)
        for one in taken
        if one.point.answer is not None and one.point.state == CommentState.PROPOSED
    ]


def _close(batch: Batch, verdict: str, *, by: Actor, at: datetime) -> None:
    batch.verdict, batch.checked_at, batch.checked_by_id = verdict, at, by.person_id
    db.session.flush()
