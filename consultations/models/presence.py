"""Who is in an assembly and who speaks for whom: attendance by interval, proxies, declared interests."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.base import Base, Instant
from consultations.models.people import Person

INSIDE, STANDING, WHOLE = (
    text("left_at IS NULL"),
    text("withdrawn_at IS NULL AND item_id IS NOT NULL"),
    text("withdrawn_at IS NULL AND item_id IS NULL"),
)


class Presence(Base):
    """An organisation is there from an instant to an instant, in the room or on line, through one person."""

    __tablename__ = "presences"
    __table_args__ = (
        CheckConstraint("mode IN ('in_person', 'online')", name="mode"),
        CheckConstraint("left_at IS NULL OR left_at >= entered_at", name="left_after_entering"),
        # A person is in one place; of one organisation, delegate and alternate may be there together.
        Index(
            "uq_presences_inside",
            "assembly_id",
            "person_id",
            unique=True,
            sqlite_where=INSIDE,
            postgresql_where=INSIDE,
        ),
        Index("ix_presences_assembly", "assembly_id", "left_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assemblies.id"))
    elector_id: Mapped[int] = mapped_column(ForeignKey("assembly_electors.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    mode: Mapped[str] = mapped_column(String(10))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    admitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    assembly: Mapped[Assembly] = relationship()
    elector: Mapped[AssemblyElector] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])


class Proxy(Base):
    """One organisation lets another of the same roll vote for it: the whole assembly, or one item."""

    __tablename__ = "proxies"
    __table_args__ = (
        CheckConstraint("principal_id <> holder_id", name="another"),
        CheckConstraint(
            "(withdrawn_at IS NULL) OR (withdrawn_at >= given_at)", name="withdrawn_after_giving"
        ),
        CheckConstraint("(instrument_sha256 = '') = (instrument_name = '')", name="instrument_whole"),
        Index(
            "uq_proxies_whole",
            "assembly_id",
            "principal_id",
            unique=True,
            sqlite_where=WHOLE,
            postgresql_where=WHOLE,
        ),
        Index(
            "uq_proxies_item",
            "item_id",
            "principal_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assemblies.id"))
    principal_id: Mapped[int] = mapped_column(ForeignKey("assembly_electors.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("assembly_electors.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    request_id: Mapped[str] = mapped_column(String(36), unique=True)
    given_at: Mapped[datetime] = mapped_column(Instant)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    instrument_name: Mapped[str] = mapped_column(String(200), default="")
    instrument_type: Mapped[str] = mapped_column(String(100), default="")
    instrument_sha256: Mapped[str] = mapped_column(String(64), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    instrument: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    principal: Mapped[AssemblyElector] = relationship(foreign_keys=[principal_id])
    holder: Mapped[AssemblyElector] = relationship(foreign_keys=[holder_id])
    item: Mapped[AgendaItem | None] = relationship()


class Interest(Base):
    """An organisation has an interest of its own in an item. `excluded`: it is off the roll of that item, on both sides."""

    __tablename__ = "interests"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="words"),
        Index("uq_interests_item_elector", "item_id", "elector_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"))
    elector_id: Mapped[int] = mapped_column(ForeignKey("assembly_electors.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    excluded: Mapped[bool] = mapped_column(default=True)
    declared_at: Mapped[datetime] = mapped_column(Instant)
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    item: Mapped[AgendaItem] = relationship()
    elector: Mapped[AssemblyElector] = relationship()
