"""What is known of a consultation round when somebody acts on it (process.md, "Consultation round")."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RoundFacts:
    """What is known at the instant of the act. Hashes are hex text, ids opaque, instants aware."""

    at: datetime | None = None
    actor: str | None = None
    author: str | None = None
    reason: str | None = None
    # the draft and its form
    standard: str | None = None
    draft_version: str | None = None
    clauses_unnumbered: int | None = None
    clauses_repeated: tuple[str, ...] | None = None  # their numbers
    questions_invalid: int | None = None
    languages_missing: tuple[str, ...] | None = None
    languages_waiver: str | None = None
    objectives: str | None = None
    register_size: int = 0
    # CECLAC
    positions_taken: int | None = None
    positions_needed: int | None = None
    blocks: int | None = None
    synopsis_approved: bool = False
    # dates
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str | None = None
    days: int | None = None  # as deadlines.days_between counts them
    minimum_days: int | None = None
    new_closes_at: datetime | None = None
    extensions: int | None = None
    extensions_allowed: int = 0
    extension_days: int | None = None  # by so many the deadline moves at once, at most
    paused_from: datetime | None = None
    pause_waiver: str | None = None
    grace_until: datetime | None = None  # for entries made without a connection
    # the text
    text_sha256: str | None = None
    frozen_sha256: str | None = None
    # who takes part
    registered: bool = False
    late_organisation: str | None = None
    late_until: datetime | None = None
    drafted_at: datetime | None = None
    organisations_missing: int | None = None
    # answers
    imports_pending: int | None = None
    answers_published: int | None = None
    points_without_outcome: int | None = None
    points_without_response: int | None = None
    anchors_pending: int | None = None
    second_person_pending: int | None = None
    consents_missing: int | None = None
    small_cells: int | None = None
    # afterwards
    new_version: str | None = None
    redline: bool = False
    satisfaction_until: datetime | None = None
    objections_unanswered: int | None = None
    voted_sha256: str | None = None
    changes_unexplained: int | None = None
