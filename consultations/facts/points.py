"""The points of comments and the answer that stands at each: one row for each point, also of a comment never split."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, Subquery, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from consultations.extensions import db
from consultations.models.comments import Answer, AnswerReturn, Comment, CommentVersion
from consultations.models.points import Point
from workflows.comment import CommentState
from workflows.points import point_state

FIRST = 1  # the number of the only point of a comment that was not split


@dataclass(frozen=True)
class Standing:
    """A point with the newest of its answers, which stands unless it was given back (`returned`)."""

    number: int
    text: str
    state: CommentState
    answer: Answer | None
    returned: bool


@dataclass(frozen=True)
class ByState:
    """How many points wait for an answer, are proposed, and never had one."""

    waiting: int
    proposed: int
    unanswered: int


def pieces(*conditions: Any) -> Subquery:
    """(comment_id, number, text) of every point of the comments that fit; a comment without rows in `points` is one."""
    whole = (
        select(Comment.id.label("comment_id"), literal(FIRST).label("number"), CommentVersion.text.label("text"))
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .where(*conditions, ~select(Point.id).where(Point.comment_id == Comment.id).correlate(Comment).exists())
    )  # fmt: skip
    parts = select(Point.comment_id, Point.number, Point.text).join(Comment, Comment.id == Point.comment_id)
    return union_all(whole, parts.where(*conditions)).subquery()


def newest_number(comment_id: Any, point: Any = FIRST) -> ScalarSelect[Any]:
    """The number of the newest answer to a point, for joining; `comment_id` and `point` columns of the statement around."""
    given = aliased(Answer)
    newest = select(func.max(given.number)).where(given.comment_id == comment_id, given.point == point)
    return newest.correlate_except(given).scalar_subquery()


def with_answers(points: Subquery, *columns: Any) -> Select[Any]:
    """The points with what is asked of their newest answers, and whether these were given back (`returned`)."""
    newest = newest_number(points.c.comment_id, points.c.number)
    return (
        select(points.c.comment_id, points.c.number, *columns, AnswerReturn.answer_id.label("returned"))
        .select_from(points)
        .outerjoin(Answer, (Answer.comment_id == points.c.comment_id) & (Answer.number == newest))
        .outerjoin(AnswerReturn, AnswerReturn.answer_id == Answer.id)
    )


def standing(comment: Comment) -> tuple[Standing, ...]:
    """The points of one comment in their order; one select."""
    return _standings(comment, db.session.execute(_standing(), {"comment_id": comment.id}).all())


def standing_of(comments: Collection[Comment]) -> dict[int, tuple[Standing, ...]]:
    """The points of each of these comments, by its id; one select."""
    points = pieces(Comment.id.in_([comment.id for comment in comments]))
    columns = (points.c.text, Answer, Answer.id.label("answer"), Answer.decided_by_id)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(
        with_answers(points, *columns).order_by(points.c.comment_id, points.c.number)
    ):
        found[row.comment_id].append(row)
    return {comment.id: _standings(comment, found[comment.id]) for comment in comments}


def _standings(comment: Comment, rows: Sequence[Any]) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            row.number, row.text, _state_of(comment.state, len(rows) == 1, row), row.Answer, row.returned is not None
        )
        for row in rows
    )  # fmt: skip


@cache
def _standing() -> Select[Any]:
    """The statement, made once: every verb on an answer asks it."""
    points = pieces(Comment.id == bindparam("comment_id"))
    columns = (points.c.text, Answer, Answer.id.label("answer"), Answer.decided_by_id)
    return with_answers(points, *columns).order_by(points.c.number)


def points_by_state(*conditions: Any) -> ByState:
    """How many points of the comments that fit wait, are proposed, or have no answer at all; one select."""
    points = pieces(*conditions)
    query = with_answers(points, Comment.state, Answer.id.label("answer"), Answer.decided_by_id)
    rows = db.session.execute(query.join(Comment, Comment.id == points.c.comment_id)).all()
    sizes = Counter(row.comment_id for row in rows)
    states = Counter(_state_of(row.state, sizes[row.comment_id] == 1, row) for row in rows)
    return ByState(
        waiting=states[CommentState.SUBMITTED] + states[CommentState.TRIAGED],
        proposed=states[CommentState.PROPOSED],
        unanswered=sum(row.answer is None for row in rows),
    )


def last_number(comment_id: int) -> int:
    """The number of the last answer to any point of a comment, 0 for none."""
    return db.session.scalar(select(func.max(Answer.number)).where(Answer.comment_id == comment_id)) or 0


def last_numbers(comment_ids: Collection[int]) -> dict[int, int]:
    """The same of many comments, by their ids; those without an answer are not there. One select."""
    query = select(Answer.comment_id, func.max(Answer.number)).where(Answer.comment_id.in_(comment_ids))
    return dict(db.session.execute(query.group_by(Answer.comment_id)).all())


def number_before(answer: Answer) -> int:
    """The number of the answer to the same point that this one followed upon, 0 for none."""
    query = select(func.max(Answer.number)).where(
        Answer.comment_id == answer.comment_id, Answer.point == answer.point, Answer.number < answer.number
    )
    return db.session.scalar(query) or 0


def _state_of(comment: str, alone: bool, row: Any) -> CommentState:
    """Of the only point: the comment's own."""
    if alone:
        return CommentState(comment)
    answered = row.answer is not None and row.returned is None
    return point_state(comment, answered=answered, decided=answered and row.decided_by_id is not None)
