"""Consultation rounds: dates, questions, the frozen register, and who answered what."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.definitions import Stateful
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Organisation
from consultations.models.standards import Node, StandardVersion


class Round(Stateful, Base):
    """One round on one version. `closes_at` is the first instant that is too late; `first_closes_at` never moves."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("closes_at >= first_closes_at", name="never_shortened"),
        CheckConstraint(
            "state IN ('draft', 'commission_review', 'withdrawn') OR text_sha256 IS NOT NULL", name="frozen"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"))
    number: Mapped[int]
    objectives: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    zone: Mapped[str] = mapped_column(String(64))
    day_count: Mapped[str] = mapped_column(String(10))
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    first_closes_at: Mapped[datetime | None] = mapped_column(Instant)
    extensions: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    languages: Mapped[list[str]] = mapped_column(CanonicalJson)
    # Languages asked for that the text lacks, each waived with its reason: {"fr": "…"}.
    waived_languages: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    text_sha256: Mapped[str | None] = mapped_column(String(64))
    register_sha256: Mapped[str | None] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    satisfaction_until: Mapped[datetime | None] = mapped_column(Instant)
    last_public_number: Mapped[int] = mapped_column(default=0)
    # The words around the figures while they are written; empty once a synopsis is frozen.
    draft_introduction: Mapped[str] = mapped_column(Text, default="")
    draft_way_forward: Mapped[str] = mapped_column(Text, default="")
    # The other parts of the synopsis while they are written: {"summary.es": "…", …}.
    draft_sections: Mapped[dict[str, str]] = mapped_column(CanonicalJson, default=dict)
    # The figures named in these words as they were when somebody last took them: {"silent": [3, 20], …}.
    draft_figures: Mapped[dict[str, Any]] = mapped_column(CanonicalJson, default=dict, server_default="{}")
    # The kinds of comment offered; empty: all of them.
    comment_types: Mapped[list[str]] = mapped_column(CanonicalJson, default=list)
    # Whether an organisation's approver releases what its delegates write.
    organisation_signoff: Mapped[bool] = mapped_column(default=False)

    dossier: Mapped[Dossier] = relationship()
    version: Mapped[StandardVersion] = relationship()
    questions: Mapped[list["Question"]] = relationship(back_populates="round", order_by="Question.position")


class Question(Base):
    """A question of the round (facts.questions.KINDS). `texts` is per language."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    texts: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    # For `single`, `multiple` and `ranking`: [{"es": "…", "en": "…"}, …].
    options: Mapped[list[dict[str, str]]] = mapped_column(CanonicalJson, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    # For `scale` and `number`: the least and the most that may be given.
    lowest: Mapped[int | None]
    highest: Mapped[int | None]
    # Asked only when the question at this position was answered with one of these values.
    asked_if: Mapped[dict[str, Any] | None] = mapped_column(CanonicalJson)
    # "consulted": how did you consult your members? Asked of every organisation.
    purpose: Mapped[str] = mapped_column(String(15), default="")
    node_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))

    round: Mapped[Round] = relationship(back_populates="questions")
    node: Mapped[Node | None] = relationship()


class RegisterEntry(Base):
    """The register as it stood when the round was approved: who is asked, with the axes they are counted by."""

    __tablename__ = "register_entries"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    country: Mapped[str] = mapped_column(String(2))
    kind: Mapped[str] = mapped_column(String(20))
    networks: Mapped[list[str]] = mapped_column(CanonicalJson, default=list)
    products: Mapped[list[str]] = mapped_column(CanonicalJson, default=list)
    members_count: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2), default="es")
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    bounced_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    declined_at: Mapped[datetime | None] = mapped_column(Instant)
    # When it sent its answers to the questions: one sheet for each organisation.
    sheet_sent_at: Mapped[datetime | None] = mapped_column(Instant)
    no_comment_at: Mapped[datetime | None] = mapped_column(Instant)
    no_comment_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    round: Mapped[Round] = relationship()
    organisation: Mapped[Organisation] = relationship()


class QuestionAnswer(Base):
    """An organisation's answer to a question; the newest revision counts, all stay."""

    __tablename__ = "question_answers"
    __table_args__ = (UniqueConstraint("question_id", "organisation_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    revision: Mapped[int]
    # Several values (multiple, ranking) are joined by a blank.
    value: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class LateGrant(Base):
    """One named organisation may enter until an instant after closing, for a reason."""

    __tablename__ = "late_grants"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    until: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
