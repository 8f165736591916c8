"""The synopsis of a round as it was frozen for CECLAC."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.rounds import Round


class Synopsis(Base):
    """Numbers computed from the data and the text written around them; a returned one stays as history."""

    __tablename__ = "synopses"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    number: Mapped[int]
    introduction: Mapped[str] = mapped_column(Text, default="")
    way_forward: Mapped[str] = mapped_column(Text, default="")
    # All other words, and those two in other languages: {"summary.es": "…", …}.
    sections: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    # What stood on its cover, and what the assembly had decided by then.
    cover: Mapped[dict[str, Any]] = mapped_column(CanonicalJson, default=dict, server_default="{}")
    # Which version of each comment was answered by which answers (facts.synopsis_annex.pins).
    decisions: Mapped[list[dict[str, Any]]] = mapped_column(
        CanonicalJson, default=list, server_default="[]", deferred=True
    )
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # None: it was returned by the Commission, or is still before it.
    published_at: Mapped[datetime | None] = mapped_column(Instant)

    round: Mapped[Round] = relationship()
