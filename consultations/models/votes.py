"""Votes: what is asked under which rule, and the frozen roll that answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from consultations.models.base import Base, CanonicalJson, Instant
from consultations.models.definitions import Stateful
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, Organisation
from consultations.models.rule_books import RuleVersion
from consultations.models.standards import StandardVersion

BEFORE_CONVENING = "state IN ('draft', 'reviewed')"


class Vote(Stateful, Base):
    """Bound to a text's hash and a rule; after convening nothing here but state, closes_at and counts may change.

    Its other times move with an assembly that is put off.

    The text is that of a dossier's standard, or the motion of an item of an assembly's agenda. `method` is "rule" (yes, no
    and abstain under a decision rule) or that of an election, whose terms stand in `rule` then.
    """

    __tablename__ = "votes"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("closes_at >= first_closes_at", name="never_shortened"),
        CheckConstraint(f"{BEFORE_CONVENING} OR roll_sha256 IS NOT NULL", name="roll_frozen"),
        CheckConstraint("reviewed_by_id IS NULL OR reviewed_by_id <> prepared_by_id", name="second_person"),
        CheckConstraint("(dossier_id IS NULL) = (version_id IS NULL)", name="text_of_dossier"),
        CheckConstraint("dossier_id IS NOT NULL OR assembly_id IS NOT NULL", name="of_something"),
        CheckConstraint("method IN ('rule', 'choose_one', 'approval', 'stv', 'schulze')", name="method"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("standard_versions.id"))
    # The assembly on whose agenda it stands; None: a written vote of its own.
    assembly_id: Mapped[int | None] = mapped_column(ForeignKey("assemblies.id"), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(CanonicalJson)  # of the dossier or item, as they were
    method: Mapped[str] = mapped_column(String(10), default="rule")
    reason_on_no: Mapped[bool] = mapped_column(default=False)  # whether a "no" is asked for its reason
    seed_commitment: Mapped[str] = mapped_column(
        String(64), default=""
    )  # SHA-256 of the seed that lots are drawn from
    seed: Mapped[str] = mapped_column(String(200), default="")
    body_id: Mapped[int] = mapped_column(ForeignKey("networks.id"))
    questions: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    rule: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    rule_sha256: Mapped[str] = mapped_column(String(64))
    # The version of the body's rule book that the rule was taken from, word for word.
    rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("rule_versions.id"), index=True)
    # Which named weight of the register the roll takes ("" = every organisation weighs 1).
    weight_field: Mapped[str] = mapped_column(String(60), default="")
    text_sha256: Mapped[str] = mapped_column(String(64))
    roll_sha256: Mapped[str | None] = mapped_column(String(64))
    call: Mapped[int] = mapped_column(default=1)
    zone: Mapped[str] = mapped_column(String(64))
    notice_days: Mapped[int] = mapped_column(default=0)
    contest_days: Mapped[int] = mapped_column(default=5)
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    first_closes_at: Mapped[datetime] = mapped_column(Instant)
    extensions: Mapped[int] = mapped_column(default=0)
    show_turnout: Mapped[bool] = mapped_column(default=True)
    president_may_close: Mapped[bool] = mapped_column(default=False)
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    convened_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    provisional_at: Mapped[datetime | None] = mapped_column(Instant)
    contest_until: Mapped[datetime | None] = mapped_column(Instant)

    dossier: Mapped[Dossier | None] = relationship()
    version: Mapped[StandardVersion | None] = relationship()
    body: Mapped[Network] = relationship()
    rule_version: Mapped[RuleVersion | None] = relationship()


class RollEntry(Base):
    """One elector of the frozen roll. Locked while its organisation casts, so two tabs cast one after the other."""

    __tablename__ = "roll_entries"
    __table_args__ = (
        UniqueConstraint("vote_id", "organisation_id"),
        UniqueConstraint("vote_id", "elector"),
        CheckConstraint("present IN ('', 'yes', 'proxy', 'no')", name="present"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    elector: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(300))
    weight: Mapped[str] = mapped_column(String(60))
    present: Mapped[str] = mapped_column(String(5), default="")
    attributes: Mapped[dict[str, str]] = mapped_column(CanonicalJson)
    # Why it takes no part in this vote ("interest"), "" when it does: the frozen roll keeps it, the count leaves it out.
    excluded: Mapped[str] = mapped_column(String(20), default="")

    vote: Mapped[Vote] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Contest(Base):
    """An organisation of the roll contests the result, with grounds; the committee answers.

    `group_by`, `group_value`: the group of the roll whose ballots alone are counted again; "" for all of them.
    """

    __tablename__ = "contests"
    __table_args__ = (
        CheckConstraint("length(grounds) > 0", name="grounds"),
        CheckConstraint("(resolution IS NULL) = (resolved_at IS NULL)", name="resolved_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    grounds: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(Instant)
    resolution: Mapped[str | None] = mapped_column(String(20))
    resolution_reason: Mapped[str] = mapped_column(Text, default="")
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    group_by: Mapped[str] = mapped_column(String(60), default="")
    group_value: Mapped[str] = mapped_column(String(200), default="")


class ContestFile(Base):
    """A file that bears out a contest, kept as it came. Public once the committee has answered."""

    __tablename__ = "contest_files"
    __table_args__ = (UniqueConstraint("contest_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))

    contest: Mapped[Contest] = relationship()
