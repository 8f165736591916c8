"""Ballots on paper: numbered sheets with two counters, entered twice by two people, differences resolved on record."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, Instant
from consultations.models.definitions import Stateful
from consultations.models.votes import RollEntry, Vote

FIRST, SECOND, RESOLVED = 1, 2, 3  # and upwards: each time that a sheet which agreed was corrected


class CountSheet(Stateful, Base):
    """One sheet of a vote by its serial number; used, spoilt and unused ballots make up what was handed out."""

    __tablename__ = "count_sheets"
    __table_args__ = (
        UniqueConstraint("vote_id", "serial"),
        CheckConstraint("first_counter <> second_counter", name="two_counters"),
        CheckConstraint("issued >= 0 AND spoilt >= 0 AND unused >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"))
    serial: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200), default="")
    first_counter: Mapped[str] = mapped_column(String(200))
    second_counter: Mapped[str] = mapped_column(String(200))
    issued: Mapped[int]
    spoilt: Mapped[int] = mapped_column(default=0)
    unused: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    merged_at: Mapped[datetime | None] = mapped_column(Instant)

    vote: Mapped[Vote] = relationship()


class SheetEntry(Base):
    """One reading of a sheet: the first, the second by another person, or how it was resolved or corrected since."""

    __tablename__ = "sheet_entries"
    __table_args__ = (
        UniqueConstraint("sheet_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("number < 3 OR length(reason) > 0", name="resolved_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("count_sheets.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    sheet: Mapped[CountSheet] = relationship()


class SheetLine(Base):
    """What one organisation's paper says, as one reading has it."""

    __tablename__ = "sheet_lines"
    __table_args__ = (UniqueConstraint("entry_id", "roll_entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("sheet_entries.id"))
    roll_entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entries.id"))
    choice: Mapped[str] = mapped_column(String(1000))

    entry: Mapped[SheetEntry] = relationship()
    roll_entry: Mapped[RollEntry] = relationship()
