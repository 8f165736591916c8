"""Who acts for whom, from when to when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, Instant
from consultations.models.organisations import Network, Organisation
from consultations.models.people import Person


class Mandate(Base):
    """One capacity of one person: a role for an organisation, or a role in a body, or neither (operator, auditor).

    `rank` orders those who act for one organisation: 1 is the delegate, 2 and up are alternates.
    """

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("organisation_id IS NULL OR network_id IS NULL", name="one_place"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("rank >= 1", name="rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    network: Mapped[Network | None] = relationship()
