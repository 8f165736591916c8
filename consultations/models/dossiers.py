"""Dossiers: one standard, one change, from request to what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.definitions import Stateful
from consultations.models.organisations import Network
from consultations.models.standards import Standard


class Dossier(Stateful, Base):
    """`body` is where it will be decided (CLAC's assembly, a product network's …)."""

    __tablename__ = "dossiers"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    titles: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    kind: Mapped[str] = mapped_column(String(30))
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    objectives: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    archived: Mapped[bool] = mapped_column(default=False)

    standard: Mapped[Standard] = relationship()
    body: Mapped[Network] = relationship()


class Dispatch(Base):
    """The position as it was sent, and the outside answer recorded later, apart from it."""

    __tablename__ = "dispatches"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (outcome_at IS NULL)", name="outcome_dated"),
        CheckConstraint("(outcome IS NULL) OR (length(outcome_note) > 0)", name="outcome_explained"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), unique=True)
    recipient: Mapped[str] = mapped_column(String(300))
    letter: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str | None] = mapped_column(String(30))
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    outcome_at: Mapped[datetime | None] = mapped_column(Instant)

    dossier: Mapped[Dossier] = relationship()
