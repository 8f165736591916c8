"""CECLAC's reviews of a round's draft and of its synopsis, and the members' positions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, Instant
from consultations.models.definitions import Stateful
from consultations.models.organisations import Network
from consultations.models.people import Person
from consultations.models.rounds import Round


class Review(Stateful, Base):
    """One review of one subject (`draft`, `synopsis` or `final`) of a round; a returned one stays as history."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("round_id", "subject", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    subject: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    body_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    deferrals: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[Round] = relationship()
    body: Mapped[Network] = relationship()
    positions: Mapped[list["Position"]] = relationship(back_populates="review", order_by="Position.id")


class Position(Base):
    """One member's position; append-only, the newest of a member counts."""

    __tablename__ = "positions"
    __table_args__ = (
        CheckConstraint("kind NOT IN ('block', 'recuse') OR length(reason) > 0", name="reason"),
        CheckConstraint("(lifted_at IS NULL) OR (length(lift_reason) > 0)", name="lift_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(15))
    reason: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime] = mapped_column(Instant)
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lift_seconded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lift_reason: Mapped[str] = mapped_column(Text, default="")

    review: Mapped[Review] = relationship(back_populates="positions")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
