"""A comment is split into points, each answered for itself, and merged again while nothing is answered.

What was received stays one comment: points count beside it, never instead of it. Locks: the round is shared, the
comment is taken.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.answer_rows import Taken, take_point
from consultations.engine.answers import NOBODY_ENTERS, take_up
from consultations.engine.comment_entry import newest, refuse
from consultations.engine.desk import check_unit
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.clusters import cluster_of
from consultations.facts.comments import comment_facts
from consultations.facts.points import FIRST
from consultations.models.coding import Coding
from consultations.models.comments import Comment, CommentVersion
from consultations.models.points import Point
from workflows.comment import COMMENT, CommentState
from workflows.machine import objections
from workflows.points import ANSWERING
from workflows.refusals import Refusal, refusal


def split(comment_id: int, texts: Sequence[str], *, by: Actor, at: datetime) -> Comment:
    """Split a comment into points with these words of its own, in this order, taking it up if nobody has.

    Split so before, nothing happens; split otherwise, these take the place of the points before. Errors: Refused with
    every reason, NotFound.
    """
    taken, words = _taken(comment_id, "split_comment", by=by, at=at), [text.strip() for text in texts]
    if len(taken.points) > 1 and [point.text for point in taken.points] == words:
        return taken.comment
    few = len(words) < 2 or not all(words)
    strange = [number for number, text in enumerate(words, FIRST) if not _stands(text, newest(taken.comment))]
    facts = comment_facts(taken.comment, taken.round, NOBODY_ENTERS, by=by, at=at)
    fresh = taken.comment.state == CommentState.SUBMITTED
    refuse(
        (refusal("points_few"),) if few else (),
        tuple(refusal("point_not_in_comment", number=number) for number in strange),
        _against(taken),
        objections(COMMENT, taken.comment.state, "triage", by.role, facts) if fresh else (),
    )
    if fresh:
        take_up(taken.comment, taken.points, facts, by=by, at=at)
    _forget(comment_id)
    for number, text in enumerate(words, FIRST):
        add(Point(comment_id=comment_id, number=number, text=text, made_at=at, made_by_id=by.person_id))
    journal.record("comment_split", taken.comment, by=by, at=at, points=len(words))
    return taken.comment


def merge(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    """Make one point of a comment again; not split, nothing happens. Errors: Refused with every reason, NotFound."""
    taken = _taken(comment_id, "merge_points", by=by, at=at)
    if len(taken.points) == 1:
        return taken.comment
    refuse(_against(taken))
    _forget(comment_id)
    journal.record("points_merged", taken.comment, by=by, at=at, points=len(taken.points))
    return taken.comment


def _taken(comment_id: int, move: str, *, by: Actor, at: datetime) -> Taken:
    check_unit(by, move, at=at)
    return take_point(comment_id, FIRST, by=by, at=at)


def _stands(text: str, said: CommentVersion) -> bool:
    """Whether these words stand in the comment so, whatever blanks and line ends lie between them: nobody puts words into
    an organisation's mouth."""
    return any(
        " ".join(text.split()) in " ".join(own.split())
        for own in (said.text, said.justification, said.proposal)
    )


def _against(taken: Taken) -> tuple[Refusal, ...]:
    """What speaks against other points than there are: an answer, a cluster, a code, or that two are coding one of them."""
    comment = taken.comment
    if comment.state not in (CommentState.SUBMITTED, *ANSWERING):
        return (refusal("move_not_from_here", move="split_comment", state=comment.state),)
    waiting = (CommentState.SUBMITTED, CommentState.TRIAGED)
    answered = any(point.state not in waiting for point in taken.points)
    titles = {cluster.title for point in taken.points if (cluster := cluster_of(comment.id, point.number))}
    running = coding.open_sample(taken.round.id)
    drawn = running if running and any(id == comment.id for id, _ in coding.spots(running)) else None
    coded = db.session.scalar(select(Coding.id).where(Coding.comment_id == comment.id).limit(1))
    return (
        *((refusal("comment_has_answers"),) if answered else ()),
        *(refusal("point_in_cluster", title=title) for title in sorted(titles)),
        *((refusal("points_coded"),) if coded else ()),
        *((refusal("points_sampled", sample=drawn.number),) if drawn and not coded else ()),
    )


def _forget(comment_id: int) -> None:
    db.session.execute(delete(Point).where(Point.comment_id == comment_id))
