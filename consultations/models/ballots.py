"""Ballots, counts and the signatures under a result. Ballots are append-only: the newest revision counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.people import Person
from consultations.models.votes import RollEntry, Vote

LONGEST_CHOICE = 60  # characters, of one choice
LONGEST_BALLOT = 1000  # characters, of a ballot that names or ranks several


class Ballot(Base):
    """One cast. `request_id` comes from the form, so the same request twice is one ballot."""

    __tablename__ = "ballots"
    __table_args__ = (
        UniqueConstraint("roll_entry_id", "revision"),
        UniqueConstraint("roll_entry_id", "request_id"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("channel IN ('online', 'paper')", name="channel"),
        Index("ix_ballots_vote_entry_revision", "vote_id", "roll_entry_id", "revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"))
    roll_entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entries.id"))
    revision: Mapped[int]
    choice: Mapped[str] = mapped_column(String(LONGEST_BALLOT))
    reason: Mapped[str] = mapped_column(Text, default="")  # given with a "no" where the vote asks for it
    channel: Mapped[str] = mapped_column(String(6), default="online")
    request_id: Mapped[str] = mapped_column(String(36))
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    cast_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    proxy_id: Mapped[int | None] = mapped_column(
        ForeignKey("proxies.id")
    )  # by which another organisation cast it

    entry: Mapped[RollEntry] = relationship()
    person: Mapped[Person | None] = relationship()


class Count(Base):
    """One count of a vote: the Decision as it was computed. A recount is another row; both stay.

    `group_by`, `group_value`: of a recount of one group of the roll, which one; "" where all was counted.
    `last_ballot`: the newest ballot that was there, which later counts go by; NULL where nobody wrote it down: all.
    """

    __tablename__ = "counts"
    __table_args__ = (UniqueConstraint("vote_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    decision: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    ballots_sha256: Mapped[str] = mapped_column(String(64))
    counted_at: Mapped[datetime] = mapped_column(Instant)
    group_by: Mapped[str] = mapped_column(String(60), default="")
    group_value: Mapped[str] = mapped_column(String(200), default="")
    last_ballot: Mapped[int | None]

    vote: Mapped[Vote] = relationship()


class Signature(Base):
    """President, secretary and scrutineer each sign a count: three roles, three people."""

    __tablename__ = "signatures"
    __table_args__ = (UniqueConstraint("count_id", "role"), UniqueConstraint("count_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("counts.id"))
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
