"""How comments are worked on: their points, what belongs together, tags of the codebook, and ready-made answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.models.base import Base, CanonicalJson, Instant


class Point(Base):
    """One of several points of a comment that was split; a comment without rows here is one point, number 1."""

    __tablename__ = "points"
    __table_args__ = (UniqueConstraint("comment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Cluster(Base):
    """Points that a person has said belong together: duplicate, near_duplicate, form_letter or theme."""

    __tablename__ = "clusters"
    __table_args__ = (
        CheckConstraint("kind IN ('duplicate', 'near_duplicate', 'form_letter', 'theme')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    kind: Mapped[str] = mapped_column(String(15))
    title: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    dissolved_at: Mapped[datetime | None] = mapped_column(Instant)


class ClusterMember(Base):
    """A point in a cluster; a point stands in one cluster at a time (rows of dissolved ones stay as history)."""

    __tablename__ = "cluster_members"
    __table_args__ = (
        UniqueConstraint("cluster_id", "comment_id", "point"),
        Index("ix_cluster_members_comment", "comment_id", "point"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    point: Mapped[int] = mapped_column(default=1)


class Batch(Base):
    """One answer given to many points at once, with the sample that a second look was asked for."""

    __tablename__ = "answer_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("clusters.id"))
    # Pairs of comment and point, each with the number of the answer that was proposed for it.
    comments: Mapped[list[list[int]]] = mapped_column(CanonicalJson)
    sample: Mapped[list[list[int]]] = mapped_column(CanonicalJson)
    # What the sample was drawn with (workflows.sampling).
    seed: Mapped[str] = mapped_column(String(64), default="", server_default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # What the check came to: "confirmed" or "returned"; "" until then.
    verdict: Mapped[str] = mapped_column(String(10), default="", server_default="")


class AnswerTemplate(Base):
    """Words ready for an answer, in the Unit's body, per language."""

    __tablename__ = "answer_templates"
    __table_args__ = (UniqueConstraint("body_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    name: Mapped[str] = mapped_column(String(100))
    outcome: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text, default="")
    responses: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Tag(Base):
    """A word of the round's codebook with what it means."""

    __tablename__ = "tags"
    __table_args__ = (UniqueConstraint("round_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    code: Mapped[str] = mapped_column(String(40))
    meaning: Mapped[str] = mapped_column(Text, default="")


class TagMark(Base):
    """One coder's tag on one point; two coders on the same points give the agreement."""

    __tablename__ = "tag_marks"
    __table_args__ = (UniqueConstraint("tag_id", "comment_id", "point", "coder_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    point: Mapped[int] = mapped_column(default=1)
    coder_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    marked_at: Mapped[datetime] = mapped_column(Instant)
