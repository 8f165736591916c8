"""What a colleague proposed and waits for a second person: single answers to decide, and samples to be looked at."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.batches import Given, given
from consultations.facts.comments import second_person_asked, second_person_policy
from consultations.facts.points import pieces, with_answers
from consultations.models.comments import Answer, AnswerReturn, Comment, CommentVersion
from consultations.models.points import Batch
from consultations.models.rounds import Round
from consultations.queries.task import Task
from workflows.comment import CommentState
from workflows.round import RoundState

PROPOSED_IN = (CommentState.TRIAGED, CommentState.PROPOSED)


def to_decide(actor: Actor, *, quiet: bool = False) -> tuple[Task, ...]:
    """Per round that is answered, how many proposed answers this person may decide, and the samples they may look at.

    Whoever proposed does not decide where a second person is asked (process.md, "Comment"), nor check a sample of their
    own answers. `quiet`: may, not must. Four selects however many there are.
    """
    answering = select(Round).where(Round.state == RoundState.ANSWERING).options(joinedload(Round.dossier))
    rounds = {round.id: round for round in db.session.scalars(answering.order_by(Round.id))}
    if not rounds:
        return ()
    open_ = db.session.scalars(_unchecked(rounds)).all()
    counts = _proposals(actor, rounds, frozenset(one for batch in open_ for one in given(batch)))
    samples = Counter(batch.round_id for batch in open_ if batch.made_by_id != actor.person_id)
    return (
        *(_task("decide_answers", rounds[id], number, quiet) for id, number in counts.items()),
        *(_task("check_samples", rounds[id], number, quiet) for id, number in samples.items()),
    )


def _proposals(actor: Actor, rounds: Iterable[int], together: frozenset[Given]) -> Counter[int]:
    """Round -> proposals that this person may decide one by one."""
    policy, counts = second_person_policy(actor), Counter[int]()
    for round_id, would_vote_no, answer in db.session.execute(_proposed(rounds)):
        own = answer.proposed_by_id == actor.person_id
        alone = not second_person_asked(answer, policy, would_vote_no=would_vote_no)
        if Given(answer.comment_id, answer.point, answer.number) not in together and (alone or not own):
            counts[round_id] += 1
    return counts


def _proposed(rounds: Iterable[int]) -> Select[tuple[int, bool, Answer]]:
    points = pieces(Comment.round_id.in_(list(rounds)), Comment.state.in_(PROPOSED_IN))
    return (
        with_answers(points)
        .with_only_columns(Comment.round_id, CommentVersion.would_vote_no, Answer)
        .join(Comment, Comment.id == points.c.comment_id)
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .where(Answer.id.is_not(None), AnswerReturn.answer_id.is_(None), Answer.decided_by_id.is_(None))
        .order_by(Comment.round_id)
    )  # fmt: skip


def _unchecked(rounds: Iterable[int]) -> Select[tuple[Batch]]:
    return select(Batch).where(Batch.round_id.in_(list(rounds)), Batch.checked_at.is_(None), Batch.seed != "")


def _task(kind: str, round: Round, number: int, quiet: bool) -> Task:
    return Task(
        kind, "deciding.index", {"round_id": round.id}, round.dossier.titles, {"number": round.number, "count": number},
        zone=round.zone, quiet=quiet,
    )  # fmt: skip
