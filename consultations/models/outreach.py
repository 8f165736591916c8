"""What was done to reach the members of a round: calls, visits, radio, letters; append-only."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consultations.models.base import Base, Instant


class Outreach(Base):
    """One attempt to reach an organisation, or all of a network (neither: everybody)."""

    __tablename__ = "outreach"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))
    channel: Mapped[str] = mapped_column(String(20))
    reached: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
