"""Deadlines that the runner must act on, and notices it must send: rows of the transaction that causes them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.people import Person


class Timer(Base):
    """Fired in due order; effective at its due time even when fired late (process.md, Timers)."""

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("kind", "subject_kind", "subject_id", "due_at"),
        Index("ix_timers_open", "fired_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(Instant)
    fired_at: Mapped[datetime | None] = mapped_column(Instant)
    effective_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


class Notice(Base):
    """One mail to one person. `key` makes a second row for the same news impossible."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_notices_unsent", "sent_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    params: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    due_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    # Not sent and never to be sent: what it announced is no longer so (e.g. a reminder after answering).
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person] = relationship()
