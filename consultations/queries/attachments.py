"""The files beside a comment and under answers, for those who may read what they stand beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.readers import READS_ALL, visible_to
from consultations.facts.register import UNSENT
from consultations.facts.removals import READS_ORIGINALS
from consultations.models.comments import Comment
from consultations.models.remarks import Attachment, Redaction
from consultations.models.rounds import Question, QuestionAnswer, RegisterEntry, Round
from workflows.comment import CommentState
from workflows.roles import implies

_NOT_OTHERS = (*UNSENT, CommentState.WITHDRAWN)


@dataclass(frozen=True)
class FileLine:
    """A file on a list: its name, its size in whole kilobytes (at least one), its hash."""

    id: int
    name: str
    kilobytes: int
    sha256: str
    kept_at: datetime


@dataclass(frozen=True)
class AnswerFile:
    """A file that answers a question, with the organisation that gave it."""

    line: FileLine
    position: int
    organisation: str


@dataclass(frozen=True)
class Download:
    """A file to hand on as it came."""

    name: str
    media_type: str
    content: bytes


def of_comments(comment_ids: Iterable[int], *, by: Actor) -> dict[int, tuple[FileLine, ...]]:
    """{comment: its files, in the order of adding} of those comments whose files this viewer may fetch; one select."""
    query = (
        select(Attachment, Attachment.comment_id)
        .join(Comment, Comment.id == Attachment.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .where(Attachment.comment_id.in_(list(comment_ids)), Attachment.removed_at.is_(None), _readable(by))
        .order_by(Attachment.kept_at, Attachment.id)
    )
    found: dict[int, tuple[FileLine, ...]] = {}
    for row, comment_id in db.session.execute(query):
        found[int(comment_id)] = (*found.get(int(comment_id), ()), _line(row))
    return found


def download(attachment_id: int, *, by: Actor) -> Download | None:
    """The file, if this viewer may read what it stands beside; None for any other."""
    of_comment = (
        select(Attachment)
        .join(Comment, Comment.id == Attachment.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .where(_readable(by))
    )
    of_answer = _of_answers().where(_answers_readable(by)).with_only_columns(Attachment)
    for query in (of_comment, of_answer):
        standing = query.where(Attachment.id == attachment_id, Attachment.removed_at.is_(None))
        if row := db.session.scalar(standing):
            return Download(row.name, row.media_type, row.content)
    return None


def own_answers(round_id: int, organisation_id: int | None) -> dict[int, FileLine]:
    """{question: the file that stands as its answer} of one organisation."""
    query = _of_answers().where(
        Question.round_id == round_id, QuestionAnswer.organisation_id == organisation_id,
        _newest_revision() == Attachment.sha256,
    )  # fmt: skip
    rows = db.session.execute(query.order_by(QuestionAnswer.revision, Attachment.id))
    return {question.id: _line(file) for file, question, _, _ in rows}


def given_answers(round_id: int, *, by: Actor) -> tuple[AnswerFile, ...]:
    """Every file that stands as an answer on a sheet that was sent, for the Unit, the Commission and auditors."""
    if READS_ALL.isdisjoint(implies(by.role)):
        return ()
    query = _of_answers().where(
        Question.round_id == round_id, RegisterEntry.sheet_sent_at.is_not(None),
        _newest_revision() == Attachment.sha256,
    )  # fmt: skip
    rows = db.session.execute(query.order_by(Question.position, RegisterEntry.name, Attachment.id))
    # A file that was replaced and given again is kept twice, and is one answer.
    standing = {
        (question.id, organisation_id): AnswerFile(_line(file), question.position, name)
        for file, question, organisation_id, name in rows
    }
    return tuple(standing.values())


def _readable(by: Actor) -> ColumnElement[bool]:
    """The condition, on Comment with its Round, that this viewer may fetch its files.

    Nobody can black out words inside a file, nor a name in it or in what it is called: beside a comment with words
    removed, or hidden, only those who keep the original fetch it; beside one that bears no name, only those who read
    whose it is. Who acts for no organisation reads comments once their round is published, and files no earlier.
    """
    sent = Comment.state.not_in(_NOT_OTHERS)
    if not READS_ORIGINALS.isdisjoint(implies(by.role)):
        return sent
    removed = exists().where(Redaction.comment_id == Comment.id)
    others = and_(sent, Comment.hidden_at.is_(None), ~removed, visible_to(by))
    if not READS_ALL.isdisjoint(implies(by.role)):
        return others
    others = and_(others, Comment.consent_to_name)
    if by.organisation_id is None:
        return and_(others, Round.published_at.is_not(None))
    return or_(Comment.organisation_id == by.organisation_id, others)


def _of_answers() -> Select[Any]:
    return (
        select(Attachment, Question, QuestionAnswer.organisation_id, RegisterEntry.name)
        .join(QuestionAnswer, QuestionAnswer.id == Attachment.question_answer_id)
        .join(Question, Question.id == QuestionAnswer.question_id)
        .join(
            RegisterEntry,
            (RegisterEntry.round_id == Question.round_id)
            & (RegisterEntry.organisation_id == QuestionAnswer.organisation_id),
        )
    )


def _answers_readable(by: Actor) -> ColumnElement[bool]:
    if by.person_id is None:
        return false()
    # Who enters a sheet from paper sees what they have just added.
    own = or_(QuestionAnswer.organisation_id == by.organisation_id, Attachment.kept_by_id == by.person_id)
    # What was replaced before or after sending is the organisation's own business.
    sent = and_(RegisterEntry.sheet_sent_at.is_not(None), _newest_revision() == Attachment.sha256)
    return or_(own, sent) if not READS_ALL.isdisjoint(implies(by.role)) else own


def _newest_revision() -> ColumnElement[str]:
    """The value of the newest answer to the same question by the same organisation."""
    newer = QuestionAnswer.__table__.alias("newer")
    query = select(newer.c.value).where(
        newer.c.question_id == QuestionAnswer.question_id,
        newer.c.organisation_id == QuestionAnswer.organisation_id,
    )
    return query.order_by(newer.c.revision.desc()).limit(1).correlate(QuestionAnswer).scalar_subquery()


def _line(row: Attachment) -> FileLine:
    return FileLine(row.id, row.name, max(1, -(-row.size // 1024)), row.sha256, row.kept_at)
