"""What gathers round a comment: support, replies, attachments, redactions, and its place on a later version."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from consultations.models.base import Base, Instant


class Support(Base):
    """An organisation stands behind another's comment as it was in a version; one each, and it can be taken back."""

    __tablename__ = "supports"
    __table_args__ = (UniqueConstraint("comment_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Reply(Base):
    """A word of another organisation, or of the Unit, under a comment; append-only but for being hidden."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("comment_id", "client_uuid"),
        CheckConstraint("(hidden_at IS NULL) OR (length(hidden_reason) > 0)", name="hidden_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    client_uuid: Mapped[str] = mapped_column(String(36))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)
    hidden_reason: Mapped[str] = mapped_column(Text, default="")


class Redaction(Base):
    """Words of one version of a comment that the public does not read, and why; the original stays."""

    __tablename__ = "redactions"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    version: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Attachment(Base):
    """A file beside a comment, or the answer to a question that asks for one, kept as it came with its hash.

    `removed_at` hides it and keeps the record.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        UniqueConstraint("comment_id", "sha256"),
        UniqueConstraint("question_answer_id"),
        CheckConstraint("(comment_id IS NULL) <> (question_answer_id IS NULL)", name="one_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    question_answer_id: Mapped[int | None] = mapped_column(ForeignKey("question_answers.id"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime] = mapped_column(Instant)
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class Placement(Base):
    """Where a comment stands on a later version; without a node it is an orphan that a person must place."""

    __tablename__ = "placements"
    __table_args__ = (UniqueConstraint("comment_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"), index=True)
    node_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    # stable_id, clause_map, quote, similar, person, orphaned
    how: Mapped[str] = mapped_column(String(15))
    placed_at: Mapped[datetime] = mapped_column(Instant)
    placed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
