"""What speaks against a move of a dossier (process.md, "Dossier")."""

from dataclasses import dataclass
from datetime import datetime

from workflows import guards
from workflows.dossier_kinds import KINDS, DossierKind, Gate
from workflows.refusals import Refusal, refusal


@dataclass(frozen=True)
class DossierFacts:
    """What is known at the instant of the act; ids are opaque."""

    at: datetime | None = None
    reason: str | None = None
    kind: DossierKind | None = None
    title: str | None = None
    assessment: str | None = None
    profile_public: bool = False
    standard: str | None = None
    rounds_held: int = 0  # rounds that ended and were published
    rounds_unfinished: int | None = None
    round_id: str | None = None  # the round that begins
    commission_approved: bool = False  # the final review
    text_sha256: str | None = None
    vote_state: str | None = None  # of the dossier's vote: final, annulled, voided, no_quorum, tied, ...
    vote_status: str | None = None  # of its Decision: adopted, rejected
    position: str | None = None
    outcome: str | None = None
    outcome_accepts: bool = False  # the outside body took it over
    effective_at: datetime | None = None
    review_at: datetime | None = None
    postponed_from: str | None = None


def _asks(facts: DossierFacts, gate: Gate) -> bool:
    """Whether the dossier's kind asks for `gate`; an unknown kind asks for everything."""
    return facts.kind is None or gate in KINDS[facts.kind].gates


def titled(facts: DossierFacts) -> Refusal | None:
    """The request has a title."""
    return guards.unless(bool((facts.title or "").strip()), "title_missing")


def kind_chosen(facts: DossierFacts) -> Refusal | None:
    """It is known which kind of matter it is."""
    return guards.unless(facts.kind is not None, "kind_missing")


def assessment_written(facts: DossierFacts) -> Refusal | None:
    """The Unit has written what it thinks of the request."""
    return guards.unless(bool((facts.assessment or "").strip()), "assessment_missing")


def profile_is_public(facts: DossierFacts) -> Refusal | None:
    """The project profile is public, where the kind asks for one."""
    return guards.unless(facts.profile_public or not _asks(facts, Gate.PROFILE), "profile_not_public")


def standard_exists(facts: DossierFacts) -> Refusal | None:
    """The standard that is to be changed is in the register of standards."""
    return guards.unless(facts.standard is not None, "standard_missing")


def round_exists(facts: DossierFacts) -> Refusal | None:
    """There is a round that begins."""
    return guards.unless(facts.round_id is not None, "round_missing")


def no_round_unfinished(facts: DossierFacts) -> Refusal | None:
    """No round is under way."""
    return guards.none_left(facts.rounds_unfinished, "round_unfinished")


def enough_rounds(facts: DossierFacts) -> Refusal | None:
    """As many rounds were held as the kind asks for."""
    if facts.kind is None:
        return refusal("kind_missing")
    needed = KINDS[facts.kind].rounds_minimum
    if facts.rounds_held >= needed:
        return None
    return refusal("rounds_too_few", held=facts.rounds_held, needed=needed)


def commission_approved(facts: DossierFacts) -> Refusal | None:
    """CECLAC approved the final text, where the kind asks for it."""
    ok = facts.commission_approved or not _asks(facts, Gate.COMMISSION)
    return guards.unless(ok, "final_review_not_approved")


def text_frozen(facts: DossierFacts) -> Refusal | None:
    """The text that is voted on is frozen and hashed."""
    return guards.unless(facts.text_sha256 is not None, "text_not_bound")


def vote_final(facts: DossierFacts) -> Refusal | None:
    """The vote's contest window is over."""
    return guards.unless(facts.vote_state == "final", "vote_not_final")


def vote_adopted(facts: DossierFacts) -> Refusal | None:
    """The assembly adopted."""
    return guards.unless(facts.vote_status == "adopted", "vote_did_not_adopt")


def vote_rejected(facts: DossierFacts) -> Refusal | None:
    """The assembly did not adopt."""
    return guards.unless(facts.vote_status == "rejected", "vote_did_not_reject")


def vote_without_result(facts: DossierFacts) -> Refusal | None:
    """The vote ended without a result."""
    fallen = facts.vote_state in ("annulled", "voided", "no_quorum", "tied")
    return guards.unless(fallen, "vote_has_result")


def goes_outside(facts: DossierFacts) -> Refusal | None:
    """The kind has an outside body to send a position to."""
    known = facts.kind is not None
    return guards.unless(known and _asks(facts, Gate.OUTSIDE), "nothing_to_send")


def stays_inside(facts: DossierFacts) -> Refusal | None:
    """The kind is decided by the assembly alone."""
    return guards.unless(not _asks(facts, Gate.OUTSIDE), "outside_decides")


def position_written(facts: DossierFacts) -> Refusal | None:
    """The position to send is written."""
    return guards.unless(bool((facts.position or "").strip()), "position_text_missing")


def outcome_written(facts: DossierFacts) -> Refusal | None:
    """The outside answer is written down."""
    return guards.unless(bool((facts.outcome or "").strip()), "outside_outcome_missing")


def outcome_accepts(facts: DossierFacts) -> Refusal | None:
    """The outside body took it over."""
    return guards.unless(facts.outcome_accepts, "outside_did_not_accept")


def effective_date_reached(facts: DossierFacts) -> Refusal | None:
    """The day from which it applies has come."""
    return guards.reached_or_refused(facts.effective_at, facts.at, "effective_date_not_reached")


def review_date_reached(facts: DossierFacts) -> Refusal | None:
    """The day of its next review has come."""
    return guards.reached_or_refused(facts.review_at, facts.at, "review_date_not_reached")
