"""Standards, their versions, and the tree of each version."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant


class Standard(Base):
    """A standard over all its versions."""

    __tablename__ = "standards"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    titles: Mapped[dict[str, str]] = mapped_column(CanonicalJson)


class StandardVersion(Base):
    """One draft or published text. Frozen (hashed) when CECLAC approves the round that carries it."""

    __tablename__ = "standard_versions"
    __table_args__ = (
        UniqueConstraint("standard_id", "label"),
        CheckConstraint("(text_sha256 IS NULL) = (frozen_at IS NULL)", name="frozen_with_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    label: Mapped[str] = mapped_column(String(40))
    reference_language: Mapped[str] = mapped_column(String(2))
    # The version that this one was drawn up from; None for the first.
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("standard_versions.id"))
    source_name: Mapped[str | None] = mapped_column(String(300))
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text_sha256: Mapped[str | None] = mapped_column(String(64))
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)

    standard: Mapped[Standard] = relationship()
    nodes: Mapped[list["Node"]] = relationship(back_populates="version", order_by="Node.position")


class Node(Base):
    """A chapter, section, requirement, annex or definition; `stable_id` survives renumbering."""

    __tablename__ = "nodes"
    __table_args__ = (
        UniqueConstraint("version_id", "stable_id"),
        UniqueConstraint("version_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"))
    stable_id: Mapped[str] = mapped_column(String(36))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"), index=True)
    position: Mapped[int]
    depth: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(60), default="")
    requirement_kind: Mapped[str | None] = mapped_column(String(20))
    years: Mapped[str | None] = mapped_column(String(60))
    applies_to: Mapped[str] = mapped_column(String(300), default="")

    version: Mapped[StandardVersion] = relationship(back_populates="nodes")
    texts: Mapped[list["NodeText"]] = relationship(back_populates="node")


class NodeText(Base):
    """The words of a node in one language."""

    __tablename__ = "node_texts"
    __table_args__ = (UniqueConstraint("node_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("nodes.id"))
    language: Mapped[str] = mapped_column(String(2))
    heading: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    guidance: Mapped[str] = mapped_column(Text, default="")
    # The hash of the reference words that these were written from; None: not known. Fresh while it is still theirs.
    translates_sha256: Mapped[str | None] = mapped_column(String(64))

    node: Mapped[Node] = relationship(back_populates="texts")
