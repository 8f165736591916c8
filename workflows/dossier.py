"""A dossier: one standard, one change, from the request to the next review (process.md, "Dossier")."""

from collections.abc import Callable
from enum import StrEnum

from workflows import guards
from workflows.dossier_guards import (
    DossierFacts,
    assessment_written,
    commission_approved,
    effective_date_reached,
    enough_rounds,
    goes_outside,
    kind_chosen,
    no_round_unfinished,
    outcome_accepts,
    outcome_written,
    position_written,
    profile_is_public,
    review_date_reached,
    round_exists,
    standard_exists,
    stays_inside,
    text_frozen,
    titled,
    vote_adopted,
    vote_final,
    vote_rejected,
    vote_without_result,
)
from workflows.dossier_kinds import KINDS, DossierKind, Gate, KindRules
from workflows.guards import reason_given
from workflows.machine import Move, Workflow
from workflows.refusals import Refusal
from workflows.roles import Role

__all__ = ["DOSSIER", "KINDS", "DossierFacts", "DossierKind", "DossierState", "Gate", "KindRules"]


class DossierState(StrEnum):
    """Where a dossier is."""

    REQUESTED = "requested"
    ASSESSED = "assessed"
    SCOPED = "scoped"
    DRAFTING = "drafting"
    IN_ROUND = "in_round"
    FINAL_REVIEW = "final_review"
    CONVENED = "convened"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    SENT = "sent"
    OUTCOME_RECORDED = "outcome_recorded"
    IN_FORCE = "in_force"
    REVIEW_DUE = "review_due"
    WITHDRAWN_BY_UNIT = "withdrawn_by_unit"
    WITHDRAWN_BY_COMMISSION = "withdrawn_by_commission"
    POSTPONED = "postponed"


def _postponed_from(state: DossierState) -> Callable[[DossierFacts], Refusal | None]:
    """A guard named after `state`: the dossier was postponed there, and goes back to it."""

    def guard(facts: DossierFacts) -> Refusal | None:
        return guards.unless(facts.postponed_from == state, "postponed_elsewhere")

    guard.__name__ = f"postponed_from_{state.value}"
    guard.__doc__ = f"It was postponed when it was {state.value}."
    return guard


S, R = DossierState, Role
_BEFORE_CALL = (S.REQUESTED, S.ASSESSED, S.SCOPED, S.DRAFTING, S.IN_ROUND, S.FINAL_REVIEW)
_REQUESTERS = (R.UNIT, R.COMMISSION, R.NETWORK, R.ORGANISATION, R.DELEGATE)

_PREPARING = (
    Move("request", None, S.REQUESTED, _REQUESTERS, (titled, kind_chosen), event="dossier_requested"),
    Move("assess", S.REQUESTED, S.ASSESSED, R.UNIT, (assessment_written,), event="dossier_assessed"),
    Move("scope", S.ASSESSED, S.SCOPED, R.UNIT_HEAD, (profile_is_public,), event="dossier_scoped"),
    Move("draft", S.SCOPED, S.DRAFTING, R.UNIT, (standard_exists,), event="drafting_started"),
    Move(
        "enter_round",
        (S.DRAFTING, S.IN_ROUND),
        S.IN_ROUND,
        (R.UNIT, R.SYSTEM),
        (round_exists, no_round_unfinished),
        event="consultation_entered",
    ),
    Move(
        "redraft",
        (S.IN_ROUND, S.FINAL_REVIEW),
        S.DRAFTING,
        (R.UNIT_HEAD, R.CHAIR),
        (no_round_unfinished, reason_given),
        event="dossier_redrafted",
    ),
    Move(
        "start_final_review",
        (S.DRAFTING, S.IN_ROUND),
        S.FINAL_REVIEW,
        R.UNIT_HEAD,
        (enough_rounds, no_round_unfinished),
        event="final_review_started",
    ),
)

_DECIDING = (
    Move(
        "convene",
        S.FINAL_REVIEW,
        S.CONVENED,
        (R.PRESIDENT, R.SYSTEM),
        (commission_approved, text_frozen),
        event="dossier_convened",
    ),
    Move("adopt", S.CONVENED, S.ADOPTED, R.SYSTEM, (vote_final, vote_adopted), event="dossier_adopted"),
    Move(
        "not_adopt",
        S.CONVENED,
        S.NOT_ADOPTED,
        R.SYSTEM,
        (vote_final, vote_rejected),
        event="dossier_not_adopted",
    ),
    # A vote that fell leaves the text where it was: it may be convened again, redrafted or withdrawn.
    Move(
        "call_again",
        S.CONVENED,
        S.FINAL_REVIEW,
        (R.SYSTEM, R.PRESIDENT),
        (vote_without_result,),
        event="vote_without_result_recorded",
    ),
    Move(
        "send",
        (S.ADOPTED, S.NOT_ADOPTED),
        S.SENT,
        R.UNIT_HEAD,
        (goes_outside, position_written),
        event="position_sent",
    ),
    Move("record_outcome", S.SENT, S.OUTCOME_RECORDED, R.UNIT, (outcome_written,), event="outcome_recorded"),
    Move(
        "enter_force",
        S.OUTCOME_RECORDED,
        S.IN_FORCE,
        (R.UNIT, R.SYSTEM),
        (outcome_accepts, effective_date_reached),
        event="entered_into_force",
    ),
    Move(
        "enter_force",
        S.ADOPTED,
        S.IN_FORCE,
        (R.UNIT, R.SYSTEM),
        (stays_inside, effective_date_reached),
        event="entered_into_force",
    ),
    # Also what was refused comes up again at its review date.
    Move(
        "come_due",
        (S.IN_FORCE, S.OUTCOME_RECORDED, S.NOT_ADOPTED),
        S.REVIEW_DUE,
        R.SYSTEM,
        (review_date_reached,),
        event="review_came_due",
    ),
)

_STOPPING = (
    Move("postpone", _BEFORE_CALL, S.POSTPONED, R.UNIT_HEAD, (reason_given,), event="dossier_postponed"),
    *(
        Move(
            "resume",
            S.POSTPONED,
            state,
            R.UNIT_HEAD,
            (_postponed_from(state), reason_given),
            event="dossier_resumed",
        )
        for state in _BEFORE_CALL
    ),
    Move(
        "withdraw",
        (*_BEFORE_CALL, S.POSTPONED),
        S.WITHDRAWN_BY_UNIT,
        R.UNIT_HEAD,
        (reason_given,),
        event="dossier_withdrawn_by_unit",
    ),
    Move(
        "withdraw",
        (*_BEFORE_CALL, S.POSTPONED),
        S.WITHDRAWN_BY_COMMISSION,
        R.CHAIR,
        (reason_given,),
        event="dossier_withdrawn_by_commission",
    ),
)

DOSSIER = Workflow(
    name="dossier",
    states=DossierState,
    initial=S.REQUESTED,
    terminal=frozenset({S.REVIEW_DUE, S.WITHDRAWN_BY_UNIT, S.WITHDRAWN_BY_COMMISSION}),
    moves=_PREPARING + _DECIDING + _STOPPING,
    version=1,
)
