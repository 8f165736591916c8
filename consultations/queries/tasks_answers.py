"""Answers that a colleague proposed and that wait for a second person to decide."""

from collections import Counter

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.comments import second_person_asked, second_person_policy
from consultations.models.comments import Answer, Comment
from consultations.models.rounds import Round
from consultations.queries.task import Task
from workflows.comment import CommentState
from workflows.round import RoundState


def to_decide(actor: Actor, *, quiet: bool = False) -> tuple[Task, ...]:
    """Per round that is answered, how many proposed answers this person may decide; two selects however many there are.

    Whoever proposed does not decide where a second person is asked (process.md, "Comment"). `quiet`: may, not must.
    """
    policy, rounds, counts = second_person_policy(actor), {}, Counter[int]()
    for round, answer in db.session.execute(_proposed()):
        if answer.proposed_by_id != actor.person_id or not second_person_asked(answer, policy):
            rounds[round.id] = round
            counts[round.id] += 1
    return tuple(_task(rounds[id], number, quiet) for id, number in counts.items())


def _proposed() -> Select[tuple[Round, Answer]]:
    newest = (
        select(func.max(Answer.number))
        .where(Answer.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    return (
        select(Round, Answer)
        .join(Comment, Comment.round_id == Round.id)
        .join(Answer, (Answer.comment_id == Comment.id) & (Answer.number == newest))
        .where(Round.state == RoundState.ANSWERING, Comment.state == CommentState.PROPOSED)
        .options(joinedload(Round.dossier))
        .order_by(Round.id)
    )


def _task(round: Round, number: int, quiet: bool) -> Task:
    return Task(
        "decide_answers", "desk.queue", {"round_id": round.id, "state": str(CommentState.PROPOSED)},
        round.dossier.titles, {"number": round.number, "count": number}, zone=round.zone, quiet=quiet,
    )  # fmt: skip
