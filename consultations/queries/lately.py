"""What happened lately, as far as somebody may know it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.votes import Vote
from workflows.roles import Role, implies

PUBLIC = (
    "round_opened", "round_paused", "round_resumed", "round_extended", "round_closed", "round_reopened",
    "synopsis_published", "synopsis_reissued", "text_declared_ready_for_vote", "vote_convened", "roll_amended",
    "vote_opened", "vote_suspended", "vote_resumed", "vote_extended", "vote_closed", "vote_voided", "vote_annulled", "quorum_missed",
    "tie_left_to_second_vote", "result_proclaimed", "result_contested", "result_upheld", "result_became_final", "dossier_adopted",
    "dossier_not_adopted", "position_sent", "outcome_recorded",
)  # fmt: skip
STAFF = (
    "round_submitted", "round_returned", "round_approved", "round_scheduled", "round_withdrawn",
    "synopsis_submitted", "synopsis_returned", "vote_prepared", "vote_reviewed", "vote_counted", "vote_called_off",
)  # fmt: skip
OWN = (
    "comment_submitted", "comment_withdrawn", "no_comment_declared", "questions_answered", "sheet_sent", "entries_confirmed",
    "participation_declined", "ballot_cast", "ballot_changed", "satisfaction_declared",
)  # fmt: skip
STAFF_ROLES = frozenset(
    {Role.UNIT, Role.COMMISSION, Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER, Role.AUDITOR}
)


@dataclass(frozen=True)
class Happened:
    """One event: its name, when, and on which dossier."""

    name: str
    at: datetime
    dossier_id: int
    titles: dict[str, str]


def lately(
    actor: Actor | None = None, *, dossier_id: int | None = None, most: int = 8
) -> tuple[Happened, ...]:
    """The newest events first: of one dossier or of all; to staff more, to an organisation its own as well."""
    staff = actor is not None and not STAFF_ROLES.isdisjoint(implies(actor.role))
    seen = Event.name.in_(PUBLIC + STAFF if staff else PUBLIC)
    if actor is not None and actor.organisation_id:
        seen = or_(seen, and_(Event.organisation_id == actor.organisation_id, Event.name.in_(OWN)))
    seen = or_(seen, convened_and_called_off())
    query = select(Event.name, Event.at, Dossier.id, Dossier.titles).join(
        Dossier, Event.dossier_id == Dossier.id
    )
    if dossier_id is not None:
        query = query.where(Event.dossier_id == dossier_id)
    rows = db.session.execute(query.where(seen).order_by(Event.id.desc()).limit(most))
    return tuple(Happened(*row) for row in rows)


def convened_and_called_off() -> ColumnElement[bool]:
    """A vote that was called off is public when it had been convened: of a draft nobody outside knew."""
    convened = exists().where(Vote.id == Event.subject_id, Vote.convened_at.is_not(None)).correlate(Event)
    return and_(Event.name == "vote_called_off", Event.subject_kind == "vote", convened)
