"""One answer for a cluster: every point gets its own, in one unit of work, and the batch says which.

Locks: the round shared, the cluster, then the comments in their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import answers, journal
from consultations.engine.answer_rows import Reply, reply_of, take_points
from consultations.engine.comment_entry import name_of
from consultations.engine.desk import check_unit, refuse_any
from consultations.engine.work import NotFound, add, locked, shared
from consultations.extensions import db
from consultations.facts.batches import Given as Made
from consultations.facts.batches import given as given_in
from consultations.facts.batches import listed, named, sample_of
from consultations.facts.clusters import members_of
from consultations.facts.points import Standing
from consultations.models.comments import Answer, Comment
from consultations.models.points import Batch, Cluster
from consultations.models.rounds import Round
from workflows.comment import CommentState
from workflows.refusals import Refusal, Refused, refusal
from workflows.round import RoundState
from workflows.sampling import SMALLEST

OPEN = (CommentState.SUBMITTED, CommentState.TRIAGED, CommentState.PROPOSED)


@dataclass(frozen=True)
class Given:
    """What came of it: the answers, and the labels of the points that were left alone, having one that is decided."""

    batch: Batch
    answers: tuple[Answer, ...]
    left: tuple[str, ...]


def answer(
    cluster_id: int, *, outcome: str, reason: str, responses: Mapping[str, str], decide: bool = False,
    known: int | None = None, seed: str = "", by: Actor, at: datetime, **more: Any,
) -> Given:  # fmt: skip
    """Answer every point of a cluster that has no decided answer; `responses` by the language of the comments.

    Every point gets an answer row and an event of its own, as if it had been answered alone. The same answer once more is
    the batch that is there. `known`: the id of the newest answer to any of them that the writer had before them (None: it
    does not matter). `seed`: a text from chance; with it, answers that are proposed wait until a second person has looked
    at a sample of them (engine.batches); more than a sample holds are not decided at once. Errors: Refused with every reason, NotFound. `more`: the other fields of Reply.
    """
    check_unit(by, "answer_cluster", at=at)
    cluster, round_ = _taken(cluster_id)
    members = take_points(round_, members_of(cluster_id), by=by)
    points = [(one.comment, one.point) for one in members]
    waiting = [(comment, point) for comment, point in points if point.state in OPEN]
    said = {language: Reply(outcome, reason, text, **more) for language, text in responses.items()}
    before = _last(cluster_id)
    there = {(one.comment_id, one.point) for one in given_in(before)} if before else set()
    asked = waiting or [(comment, point) for comment, point in points if (comment.id, point.number) in there]
    if before and _given_before(asked, said, decide):
        return Given(before, (), _labels(round_, points, asked))
    missing = sorted({comment.language for comment, _ in waiting if not _told(said, comment.language)})
    refuse_any(
        refusal("cluster_dissolved") if cluster.dissolved_at else None,
        refusal("cluster_answered") if not waiting else None,
        _meanwhile(waiting, known),
        refusal("sample_asked", most=SMALLEST) if decide and len(waiting) > SMALLEST else None,
        *(refusal("response_missing_in", language=language) for language in missing),
    )
    chosen = ((one, said[one.comment.language]) for one in members if one.point.state in OPEN)
    given = answers.propose_all(chosen, decide=decide, by=by, at=at)
    batch = _kept(cluster_id, round_, given, "" if decide else seed, by=by, at=at)
    return Given(batch, given, _labels(round_, points, waiting))


def _kept(
    cluster_id: int, round_: Round, given: tuple[Answer, ...], seed: str, *, by: Actor, at: datetime
) -> Batch:
    """The batch of these answers, with the sample that the seed draws."""
    made = [Made(one.comment_id, one.point, one.number) for one in given]
    sample = sample_of(made, seed)
    batch = add(
        Batch(
            round_id=round_.id, cluster_id=cluster_id, comments=listed(made), sample=listed(sample), seed=seed, made_at=at,
            made_by_id=by.person_id,
        )
    )  # fmt: skip
    looked_at = {"seed": seed, "sample": named(sample)} if seed else {}
    journal.record(
        "cluster_answered", round_, by=by, at=at, cluster=f"cluster/{cluster_id}", batch=f"batch/{batch.id}",
        points=len(given), **looked_at,
    )  # fmt: skip
    return batch


def _taken(cluster_id: int) -> tuple[Cluster, Round]:
    round_id = db.session.scalar(select(Cluster.round_id).where(Cluster.id == cluster_id))
    if round_id is None:
        raise NotFound(f"Cluster {cluster_id}")
    round_ = shared(Round, round_id)
    if round_.state != RoundState.ANSWERING:
        raise Refused(refusal("round_not_answering"))
    return locked(Cluster, cluster_id), round_


def _meanwhile(waiting: list[tuple[Comment, Standing]], known: int | None) -> Refusal | None:
    """A colleague's proposal to one of the points is not written over unread."""
    later = [p.answer for _, p in waiting if p.answer and known is not None and p.answer.id > known]
    return refusal("answered_meanwhile", name=name_of(later[-1].proposed_by_id)) if later else None


def _last(cluster_id: int) -> Batch | None:
    query = select(Batch).where(Batch.cluster_id == cluster_id).order_by(Batch.id.desc()).limit(1)
    return db.session.scalar(query)


def _given_before(points: list[tuple[Comment, Standing]], said: Mapping[str, Reply], decide: bool) -> bool:
    """Whether this very answer stands already at all of these points."""
    given = [
        point.answer is not None
        and not point.returned
        and reply_of(point.answer) == said.get(comment.language)
        for comment, point in points
    ]
    return all(given) and not (decide and any(point.state in OPEN for _, point in points))


def _told(said: Mapping[str, Reply], language: str) -> bool:
    return language in said and bool(said[language].response)


def _labels(
    round_: Round, points: list[tuple[Comment, Standing]], waiting: list[tuple[Comment, Standing]]
) -> tuple[str, ...]:
    """The comments of the points that were left alone."""
    answered = {(comment.id, point.number) for comment, point in waiting}
    left = (comment.public_number for comment, point in points if (comment.id, point.number) not in answered)
    return tuple(dict.fromkeys(f"R{round_.number}-{number}" for number in left))
