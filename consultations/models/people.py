"""People, the one-time links that sign them in, and the sessions they have ended."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, Instant


class Person(Base):
    """Someone who can sign in. What they may do is in their mandates, never here."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(String(2), default="es")
    zone: Mapped[str] = mapped_column(String(64), default="America/Managua")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    # Raised at sign-out everywhere and at a password change: older sessions end.
    session_version: Mapped[int] = mapped_column(default=1)


class LoginLink(Base):
    """A single-use nonce; only its hash is kept."""

    __tablename__ = "login_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    nonce_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class EndedSession(Base):
    """A session that was signed out of: a copy of its cookie signs nobody in. Kept while such a copy could live."""

    __tablename__ = "ended_sessions"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(Instant)
