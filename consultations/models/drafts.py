"""How a text came to read as it does: every revision, the dates it applies from, and which clause became which."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.models.base import Base, Instant


class NodeRevision(Base):
    """The words of a node in one language as they were until they were changed; append-only."""

    __tablename__ = "node_revisions"
    __table_args__ = (UniqueConstraint("node_id", "language", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("nodes.id"))
    language: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    heading: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    guidance: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class EffectiveDate(Base):
    """From when a requirement applies to a cohort; append-only: a postponement is a later row with its reason."""

    __tablename__ = "effective_dates"
    __table_args__ = (
        CheckConstraint("cohort IN ('before', 'after')", name="cohort"),
        Index("ix_effective_dates_clause", "standard_id", "stable_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    stable_id: Mapped[str] = mapped_column(String(36))
    # Certified before or after the publication of the version (consultation-model.md, "Draft standard").
    cohort: Mapped[str] = mapped_column(String(10))
    applies_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    set_at: Mapped[datetime] = mapped_column(Instant)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ClauseLink(Base):
    """One line of the clause map between two versions as a person put it: this clause became that one.

    Without `to_node_id` the clause was deleted, without `from_node_id` it was added. Several lines from one clause
    are a split, several lines to one clause a merger. What no line says, the stable ids say.
    """

    __tablename__ = "clause_links"
    __table_args__ = (
        UniqueConstraint(
            "from_version_id", "to_version_id", "from_node_id", "to_node_id", name="uq_clause_links_line"
        ),
        CheckConstraint("from_node_id IS NOT NULL OR to_node_id IS NOT NULL", name="links_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"))
    from_node_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    to_node_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
