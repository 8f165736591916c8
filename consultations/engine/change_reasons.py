"""The Unit writes why it changed what no comment asked for (consultation-model.md: the reverse report)."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.documents.reverse_report import report
from consultations.engine import journal
from consultations.engine.desk import check_unit, refuse_any
from consultations.engine.work import NotFound, locked
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from workflows.refusals import refusal
from workflows.round import RoundState


def explain(
    round_id: int, version_id: int, change: str, reason: str, *, by: Actor, at: datetime
) -> Event | None:
    """Write why a change from the text of a round to a later version was made; `change`: the hash of the report's line.

    The same reason again is none more; another takes its place, and both stay on record. Errors: Refused: another role,
    no reason, a text that was handed over to the vote; NotFound, also for words that are others by now.
    """
    check_unit(by, "explain", at=at)
    dossier_id = db.session.scalar(select(Round.dossier_id).where(Round.id == round_id))
    version = db.session.get(StandardVersion, version_id)
    if dossier_id is None or version is None:
        raise NotFound(f"Change {change} of round {round_id}")
    locked(Dossier, dossier_id)
    round_ = locked(Round, round_id)
    line = next((one for one in report(round_, version) if one.sha256 == change), None)
    if line is None:
        raise NotFound(f"Change {change} of round {round_id}")
    over = RoundState.READY_FOR_VOTE
    handed = select(Round.id).where(Round.dossier_id == dossier_id, Round.state == over)
    refuse_any(
        None if reason.strip() else refusal("reason_missing"),
        refusal("move_not_from_here", move="explain", state=over)
        if db.session.scalar(handed.limit(1))
        else None,
    )
    if line.reason == reason.strip():
        return None
    return journal.record(
        "change_explained", round_, by=by, at=at, reason=reason.strip(), change=change,
        version=f"standardversion/{version_id}",
    )  # fmt: skip
