"""Workshops: where members were heard in person, who came, and what their organisations said of the notes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.models.base import Base, Instant


class Workshop(Base):
    """One session of a round."""

    __tablename__ = "workshops"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))
    place: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    held_on: Mapped[date]
    facilitator: Mapped[str] = mapped_column(String(200))
    method: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Attendance(Base):
    """How many people of an organisation came, by gender, and whether it confirmed what was entered for it."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("workshop_id", "organisation_id"),
        CheckConstraint("women >= 0 AND men >= 0 AND others >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    others: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
