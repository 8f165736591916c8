"""The Unit writes why it changed what no comment asked for (consultation-model.md: the reverse report)."""

from datetime import datetime

from consultations.actor import Actor
from consultations.documents.reverse_report import of_round
from consultations.engine import journal
from consultations.engine.desk import check_unit, refuse_any
from consultations.engine.work import NotFound, locked
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.refusals import refusal
from workflows.round import RoundState

OVER = (RoundState.READY_FOR_VOTE, RoundState.WITHDRAWN)


def explain(round_id: int, change: str, reason: str, *, by: Actor, at: datetime) -> Event | None:
    """Write why a change that led to the text of a round was made; `change`: the hash of the report's line.

    The same reason again is none more; another takes its place, and both stay on record. Errors: Refused: another role,
    no reason, a round that is handed over or withdrawn; NotFound, also for words that are others by now.
    """
    check_unit(by, "explain", at=at)
    round_ = locked(Round, round_id)
    line = next((one for one in of_round(round_) if one.sha256 == change), None)
    if line is None:
        raise NotFound(f"Change {change} of round {round_id}")
    refuse_any(
        None if reason.strip() else refusal("reason_missing"),
        refusal("move_not_from_here", move="explain", state=round_.state) if round_.state in OVER else None,
    )
    if line.reason == reason.strip():
        return None
    return journal.record("change_explained", round_, by=by, at=at, reason=reason.strip(), change=change)
