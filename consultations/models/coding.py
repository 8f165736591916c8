"""How points are tagged by people who do not see each other's tags: samples, who has coded what, and what was settled."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.models.base import Base, CanonicalJson, Instant


class CodingSample(Base):
    """Points that two people code, each alone; finished when both have coded all of them."""

    __tablename__ = "coding_samples"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    number: Mapped[int]
    # What it was drawn with: the same seed, points and size give the same sample (workflows.sampling).
    seed: Mapped[str] = mapped_column(String(64))
    # Pairs of comment and point; the codes (ids of tags) that stood in the codebook when it was drawn.
    points: Mapped[list[list[int]]] = mapped_column(CanonicalJson)
    codes: Mapped[list[int]] = mapped_column(CanonicalJson)
    first_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Coding(Base):
    """Somebody has coded a point: the codes are their marks; without marks no code fits."""

    __tablename__ = "codings"
    __table_args__ = (
        UniqueConstraint("comment_id", "point", "coder_id"),
        Index("ix_codings_sample", "sample_id", "coder_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    point: Mapped[int] = mapped_column(default=1)
    coder_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    # The sample it belongs to; None where one person coded a point alone.
    sample_id: Mapped[int | None] = mapped_column(ForeignKey("coding_samples.id"))
    coded_at: Mapped[datetime] = mapped_column(Instant)


class SettledMark(Base):
    """What two coders who differed on a code for a point agreed on afterwards."""

    __tablename__ = "settled_marks"
    __table_args__ = (UniqueConstraint("tag_id", "comment_id", "point"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    point: Mapped[int] = mapped_column(default=1)
    applies: Mapped[bool]
    settled_at: Mapped[datetime] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # By the other coder: until then it is a proposal.
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
