"""Who stands behind a comment as it is now: support is for what was said, and ends where something else is said."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from consultations.extensions import db
from consultations.models.comments import Comment, CommentVersion
from consultations.models.remarks import Support


def counted(comment_ids: Collection[int]) -> dict[int, int]:
    """{comment: how many organisations stand behind it as it is}; one select."""
    query = select(Support.comment_id, func.count(Support.id)).where(
        Support.comment_id.in_(comment_ids), stands()
    )
    return dict(db.session.execute(query.group_by(Support.comment_id)).all())


def given_by(organisation_id: int | None, comment_ids: Collection[int]) -> dict[int, bool]:
    """{comment that this organisation supports: whether as it is now, or an earlier version}; one select."""
    query = select(Support.comment_id, stands()).where(
        Support.comment_id.in_(comment_ids), Support.organisation_id == organisation_id
    )
    return dict(db.session.execute(query).all())


def stands() -> ColumnElement[bool]:
    """On Support: that the comment still says what was supported: its text, its stance, what it proposes."""
    then, now = aliased(CommentVersion), aliased(CommentVersion)
    same = (
        select(Comment.id)
        .join(then, then.comment_id == Comment.id)
        .join(now, (now.comment_id == Comment.id) & (now.number == Comment.version))
        .where(
            Comment.id == Support.comment_id, then.number == Support.version, then.text == now.text,
            then.stance == now.stance, then.proposal == now.proposal,
        )
    )  # fmt: skip
    return same.exists()
