"""What an organisation of the register does short of answering: it opens the round, or says that it will not take part."""

from datetime import datetime

from sqlalchemy import select, update

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import begin, entry_of, is_staff, refuse, round_objects
from consultations.engine.notices import notify
from consultations.engine.on_behalf import acting_for
from consultations.engine.recipients import delegates
from consultations.extensions import db
from consultations.facts.register import has_answered
from consultations.models.rounds import RegisterEntry, Round
from workflows.refusals import Refusal, refusal
from workflows.round import RoundState


def opened(round_id: int, *, by: Actor, at: datetime) -> bool:
    """Stamp that somebody of the organisation has seen the round, once, while it is open; says whether this was the time.

    One statement and no event: who looked when is nobody's business, that the organisation was reached is.
    """
    is_open = select(Round.id).where(Round.id == round_id, Round.state == RoundState.OPEN)
    entry = update(RegisterEntry).where(
        RegisterEntry.round_id == round_id, RegisterEntry.organisation_id == by.organisation_id,
        RegisterEntry.seen_at.is_(None), is_open.exists(),
    )  # fmt: skip
    made = db.session.execute(entry.values(seen_at=at), execution_options={"synchronize_session": False})
    return bool(made.rowcount)  # type: ignore[attr-defined]


def decline(
    round_id: int, *, reason: str, organisation_id: int | None = None, by: Actor, at: datetime
) -> RegisterEntry:
    """The organisation says that it does not take part in this round, and why; it is not reminded any more.

    Staff name the organisation that told them; its delegates are told, and may answer all the same. Said before, nothing happens; a comment or "no comment" afterwards counts
    as any other. Errors: Refused: no reason, answered already, not open, not asked, not their member.
    """
    acting = acting_for(organisation_id or 0, by=by, at=at) if is_staff(by) else by
    here = begin(round_id, exclusive=False, by=acting, at=at)
    if here.entry is not None and here.entry.declined_at is not None:
        return here.entry
    lacking = () if reason.strip() else (refusal("reason_missing"),)
    refuse(round_objects(here, "no_comment", acting), lacking, _answered(here.entry))
    entry = entry_of(here)
    entry.declined_at = at
    event = journal.record("participation_declined", entry, by=acting, at=at, reason=reason.strip())
    if is_staff(by):
        told = delegates([entry.organisation_id], at=at)
        notify(
            "declined_for",
            told,
            here.round,
            due_at=at,
            event=event,
            once=f"{entry.id}",
            reason=reason.strip(),
        )
    return entry


def _answered(entry: RegisterEntry | None) -> tuple[Refusal, ...]:
    if entry is None:
        return ()
    query = select(RegisterEntry.id).where(RegisterEntry.id == entry.id, has_answered())
    return (refusal("declined_after_answer"),) if db.session.scalar(query) is not None else ()
