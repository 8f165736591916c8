"""Files beside a comment: added and taken away by its organisation until closing; what was taken away stays on record.

Locks as in engine/comments.py: the round shared, the register entry, the comment.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.attached import AttachedFile
from consultations.engine import journal
from consultations.engine.approvals import against_changing
from consultations.engine.comment_entry import facts_of, refuse, round_objects, take
from consultations.engine.work import NotFound, add
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.remarks import Attachment
from workflows.refusals import Refused, refusal

MOST = 3
"""Files beside one comment."""

KEPT = 12
"""Files kept of one comment, with those that were taken away: enough to try, too few to fill a disk."""


def attach(comment_id: int, files: Sequence[AttachedFile], *, by: Actor, at: datetime) -> int:
    """Keep files beside a comment; returns how many are new. A file that is there already, by its content, is one.

    Errors: Refused: another organisation's comment, too late, approved as it stands, more than three files, or too many
    with those that were taken away; NotFound.
    """
    comment = _taken(comment_id, by=by, at=at)
    there = {row.sha256: row for row in _rows(comment_id)}
    fresh = {file.sha256: file for file in files if not _stands(there.get(file.sha256))}
    if sum(map(_stands, there.values())) + len(fresh) > MOST:
        raise Refused(refusal("attachments_full", limit=MOST))
    if len(there.keys() | fresh.keys()) > KEPT:
        raise Refused(refusal("attachments_kept", limit=KEPT))
    for digest, file in fresh.items():
        row = there.get(digest) or _new(comment, file)
        row.name, row.removed_at, row.kept_at, row.kept_by_id = file.name, None, at, by.person_id
        add(row)
        journal.record(
            "file_attached", comment, by=by, at=at, attachment=row.id, sha256=digest, size=row.size,
            media_type=row.media_type,
        )  # fmt: skip
    return len(fresh)


def remove(comment_id: int, attachment_id: int, *, by: Actor, at: datetime) -> Attachment:
    """Take a file away: nobody is offered it any more, the record stays. Taken away before, nothing happens.

    Errors: Refused as for adding, NotFound.
    """
    comment = _taken(comment_id, by=by, at=at)
    row = db.session.get(Attachment, attachment_id)
    if row is None or row.comment_id != comment_id:
        raise NotFound(f"Attachment {attachment_id}")
    if row.removed_at is None:
        row.removed_at = at
        journal.record("file_taken_away", comment, by=by, at=at, attachment=row.id)
    return row


def _taken(comment_id: int, *, by: Actor, at: datetime) -> Comment:
    comment, here = take(comment_id, exclusive=False, by=by, at=at)
    facts = facts_of(comment, here, None, by=by, at=at)
    refuse(round_objects(here, "comment", by), against_changing(comment, facts, by, words=False))
    return comment


def _rows(comment_id: int) -> Sequence[Attachment]:
    return db.session.scalars(select(Attachment).filter_by(comment_id=comment_id)).all()


def _stands(row: Attachment | None) -> bool:
    return row is not None and row.removed_at is None


def _new(comment: Comment, file: AttachedFile) -> Attachment:
    return Attachment(
        comment_id=comment.id, media_type=file.media_type, size=len(file.content), sha256=file.sha256,
        content=file.content,
    )  # fmt: skip
