"""The rule books of bodies: versions of their rules, each in force from a day to a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.definitions import Stateful
from consultations.models.organisations import Network

LONGEST_KEY = 60
KINDS = ("decision", "representation", "calls", "roll", "election")


class RuleVersion(Stateful, Base):
    """One version of one rule of one body. Once approved, what it says never changes: the database refuses it too.

    It is in force on a day when it was approved, begins on that day or earlier, and `in_force_until` (the first day
    it is no longer) is not reached. `sha256` is of the canonical JSON of `content`.
    """

    __tablename__ = "rule_versions"
    __table_args__ = (
        UniqueConstraint("body_id", "kind", "key", "version"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(cites) > 0", name="cites"),
        CheckConstraint("in_force_until IS NULL OR in_force_until >= in_force_from", name="period"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> written_by_id", name="second_person"),
        CheckConstraint("state = 'withdrawn' OR (state = 'draft') = (approved_at IS NULL)", name="approved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    version: Mapped[int]
    titles: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    cites: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    sha256: Mapped[str] = mapped_column(String(64))
    in_force_from: Mapped[date]
    in_force_until: Mapped[date | None]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)

    body: Mapped[Network] = relationship()
