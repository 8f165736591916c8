"""What verbs on answers share: the words of an answer, the point it belongs to, and its rows, which are append-only."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from consultations.actor import Actor
from consultations.engine.comment_entry import name_of, take_shared
from consultations.engine.work import NotFound, add, locked_all
from consultations.facts.batches import Given, waiting
from consultations.facts.comments import second_person_asked, second_person_policy, would_vote_no
from consultations.facts.points import Standing, last_numbers, standing_of
from consultations.models.comments import Answer, AnswerReturn, Comment
from consultations.models.rounds import Round
from workflows.comment import CommentOutcome, CommentState
from workflows.points import comment_state
from workflows.refusals import Refusal, Refused, refusal
from workflows.round import RoundState


@dataclass(frozen=True)
class Reply:
    """What becomes of a point, and what its organisation is told.

    `change`: what it changed in the text, "" for no change; where `change_clause` (a stable id), `change_before` and
    `change_after` say it, these are its words too. `decided_in`: the meeting or minute.
    """

    outcome: str
    reason: str
    response: str
    change: str = ""
    substantive: bool = False
    decided_in: str = ""
    change_clause: str = ""
    change_before: str = ""
    change_after: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, value.strip())


@dataclass(frozen=True)
class Asking:
    """What says whether a second person is asked, read once for however many points.

    `policy`: of the actor's body; `waiting`: answers whose sample is not checked; `vote_no`: comments that would make
    their organisations vote no.
    """

    policy: str
    waiting: frozenset[Given]
    vote_no: frozenset[int]


@dataclass(frozen=True)
class Taken:
    """A locked comment of a round that is being answered, with all its points; `point` is the one to act on.

    `last`: the number of its last answer; numbers run over all points.
    """

    comment: Comment
    round: Round
    points: tuple[Standing, ...]
    point: Standing
    last: int
    asking: Asking

    def taken_up(self) -> "Taken":
        """The same comment once it is taken up: every point waits for its answer."""
        points = tuple(replace(point, state=CommentState.TRIAGED) for point in self.points)
        point = replace(self.point, state=CommentState.TRIAGED)
        return replace(self, points=points, point=point)

    def whole(self, state: str) -> str:
        """Where the comment stands once this point stands in `state`."""
        others = [other.state for other in self.points if other.number != self.point.number]
        return comment_state((state, *others)) if others else state


def take_point(comment_id: int, point: int, *, by: Actor, at: datetime) -> Taken:
    """The comment locked with its round shared, in a round that is answering. Errors: Refused, NotFound (point)."""
    comment, round_ = take_shared(comment_id, by=by, at=at)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    taken = _taken(round_, {comment_id: comment}, [(comment_id, point)], by)
    if not taken:
        raise NotFound(f"Point {point} of comment {comment_id}")
    return taken[0]


def take_points(round_: Round, spots: Sequence[tuple[int, int]], *, by: Actor) -> tuple[Taken, ...]:
    """Those of the points that there are in a round that is held and answering, their comments locked in their order.

    A constant number of selects. Who asks has checked the mandate.
    """
    comments = locked_all(Comment, {comment_id for comment_id, _ in spots})
    here = {id: comment for id, comment in comments.items() if comment.round_id == round_.id}
    return _taken(round_, here, spots, by)


def _taken(
    round_: Round, comments: dict[int, Comment], spots: Sequence[tuple[int, int]], by: Actor
) -> tuple[Taken, ...]:
    points, last = standing_of(comments.values()), last_numbers(comments)
    asking = Asking(second_person_policy(by), waiting(round_.id), would_vote_no(comments))
    return tuple(
        Taken(comments[id], round_, points[id], one, last.get(id, 0), asking)
        for id, number in spots
        for one in points.get(id, ())
        if one.number == number
    )


def proposal(taken: Taken, reply: Reply, *, by: Actor, at: datetime) -> Answer:
    """A row that says what is proposed; not yet added."""
    return Answer(
        comment_id=taken.comment.id, point=taken.point.number, number=taken.last + 1, proposed_by_id=by.person_id,
        answered_at=at, **asdict(reply),
    )  # fmt: skip


def decision(taken: Taken, proposed: Answer, decided_in: str, *, by: Actor, at: datetime) -> Answer:
    """The decision is a row of its own: who proposed and who decided both stand on it."""
    words = {**asdict(reply_of(proposed)), **({"decided_in": decided_in} if decided_in else {})}
    return add(
        Answer(
            comment_id=taken.comment.id, point=taken.point.number, number=taken.last + 1,
            proposed_by_id=proposed.proposed_by_id, decided_by_id=by.person_id, answered_at=at, **words,
        )
    )  # fmt: skip


def give_back(points: Sequence[Standing], *, by: Actor, at: datetime) -> None:
    """The answers that stand at these points stand no longer."""
    for point in points:
        if point.answer is not None and not point.returned:
            add(AnswerReturn(answer_id=point.answer.id, returned_at=at, returned_by_id=by.person_id))


def reply_of(answer: Answer) -> Reply:
    """The words of an answer."""
    return Reply(**{field.name: getattr(answer, field.name) for field in fields(Reply)})


def second_asked(taken: Taken, answer: Answer | None, by: Actor) -> bool:
    """Whether a second person must decide on this answer: by the actor's body's rule, or as one of many unchecked.

    Nor does whoever gave an answer to many get round the look at its sample by giving it once more to one of them.
    """
    before = taken.point.answer
    own = before if before is not None and before.proposed_by_id == by.person_id else None
    return second_person_asked(
        answer, taken.asking.policy, would_vote_no=taken.comment.id in taken.asking.vote_no,
        in_batch=any(_unchecked(taken, one) for one in (answer, own)),
    )  # fmt: skip


def _unchecked(taken: Taken, answer: Answer | None) -> bool:
    return (
        answer is not None and Given(answer.comment_id, answer.point, answer.number) in taken.asking.waiting
    )


def meanwhile(before: Answer | None, known: int, reply: Reply) -> tuple[Refusal, ...]:
    """Somebody else's answer is not written over unread; the same answer twice is no quarrel."""
    if before is None or before.number == known or reply_of(before) == reply:
        return ()
    return (refusal("answered_meanwhile", name=name_of(before.decided_by_id or before.proposed_by_id)),)


def outcome_unknown(reply: Reply) -> Refusal | None:
    """An outcome that is no outcome."""
    known = not reply.outcome or reply.outcome in set(CommentOutcome)
    return None if known else refusal("value_unknown", value=reply.outcome)
