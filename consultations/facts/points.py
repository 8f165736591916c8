"""The points of comments and the answer that stands at each: one row for each point, also of a comment never split."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, func, literal, select, union_all

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


def pieces(*conditions: Any) -> Subquery:
    """(comment_id, number, text) of every point of the comments that fit; a comment without rows in `points` is one."""
    whole = (
        select(Comment.id.label("comment_id"), literal(FIRST).label("number"), CommentVersion.text.label("text"))
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .where(*conditions, ~select(Point.id).where(Point.comment_id == Comment.id).correlate(Comment).exists())
    )  # fmt: skip
    parts = select(Point.comment_id, Point.number, Point.text).join(Comment, Comment.id == Point.comment_id)
    return union_all(whole, parts.where(*conditions)).subquery()


def newest_of_points() -> Subquery:
    """(comment_id, point, number) of the newest answer of each point, for joining."""
    return (
        select(Answer.comment_id, Answer.point, func.max(Answer.number).label("number"))
        .group_by(Answer.comment_id, Answer.point)
        .subquery()
    )


def with_answers(points: Subquery, *columns: Any) -> Select[Any]:
    """The points with what is asked of their newest answers, and whether these were given back (`returned`)."""
    newest = newest_of_points()
    return (
        select(points.c.comment_id, points.c.number, *columns, AnswerReturn.answer_id.label("returned"))
        .outerjoin(newest, (newest.c.comment_id == points.c.comment_id) & (newest.c.point == points.c.number))
        .outerjoin(Answer, (Answer.comment_id == newest.c.comment_id) & (Answer.number == newest.c.number))
        .outerjoin(AnswerReturn, AnswerReturn.answer_id == Answer.id)
    )


def standing(comment: Comment) -> tuple[Standing, ...]:
    """The points of one comment in their order; one select."""
    points = pieces(Comment.id == comment.id)
    rows = db.session.execute(with_answers(points, points.c.text, Answer).order_by(points.c.number)).all()
    return tuple(
        Standing(
            number, text, _state(comment, len(rows) == 1, answer, returned), answer, returned is not None
        )
        for _, number, text, answer, returned in rows
    )


def last_number(comment_id: int) -> int:
    """The number of the last answer to any point of a comment, 0 for none."""
    return db.session.scalar(select(func.max(Answer.number)).where(Answer.comment_id == comment_id)) or 0


def number_before(answer: Answer) -> int:
    """The number of the answer to the same point that this one followed upon, 0 for none."""
    query = select(func.max(Answer.number)).where(
        Answer.comment_id == answer.comment_id, Answer.point == answer.point, Answer.number < answer.number
    )
    return db.session.scalar(query) or 0


def _state(comment: Comment, alone: bool, answer: Answer | None, returned: int | None) -> CommentState:
    """Of the only point: the comment's own."""
    if alone:
        return CommentState(comment.state)
    decided = answer is not None and answer.decided_by_id is not None
    return point_state(comment.state, answered=answer is not None and returned is None, decided=decided)
