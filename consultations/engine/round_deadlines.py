"""Moving the deadline of a round: later with a reason, over a pause, or by opening it again. Never shorter.

Asked twice by one person in the same words, each of these happens once.
"""

from datetime import date, datetime

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.approvals import waiting
from consultations.engine.mandates import check_mandate
from consultations.engine.notices import notify
from consultations.engine.recipients import approvers, invited
from consultations.engine.repeats import just_done
from consultations.engine.round_chair import check_chair
from consultations.engine.round_dates import RUNNING, await_closing, locked_with_timers
from consultations.engine.timers import clear_timers
from consultations.extensions import db
from consultations.facts.rounds import after_pause, round_facts
from consultations.models.events import Event
from consultations.models.rounds import Round
from workflows.deadlines import end_of_day
from workflows.machine import objections
from workflows.refusals import Refused, refusal
from workflows.round import ROUND


def extend(round_id: int, *, closes_on: date, reason: str, by: Actor, at: datetime) -> Round:
    """Move the closing to the end of a later day: the head of the Unit once, from the second time CECLAC's chair.

    Both dates stay on record and everybody invited is told. Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    check_chair(round, by, at=at)
    was, new = round.closes_at, end_of_day(closes_on, round.zone)
    if just_done(round, "round_extended", by=by, reason=reason, closes_at=_iso(new)):
        return round
    facts = round_facts(round, by=by, at=at, reason=reason, new_closes_at=new)
    event = journal.move(
        round, ROUND, "extend", by=by, at=at, facts=facts, reason=reason, was=_iso(was), closes_at=_iso(new)
    )
    round.closes_at, round.extensions = new, round.extensions + 1
    await_closing(round, at=at)
    _tell(round, was, reason, event, at)
    return round


def pause(round_id: int, *, reason: str, by: Actor, at: datetime) -> Round:
    """Stop an open round; the time that passes is added when it goes on. Errors: Refused, NotFound."""
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    if just_done(round, "round_paused", by=by, reason=reason):
        return round
    facts = round_facts(round, by=by, at=at, reason=reason)
    journal.move(round, ROUND, "pause", by=by, at=at, facts=facts, reason=reason)
    round.paused_at = at
    clear_timers(round, *RUNNING)
    db.session.flush()
    return round


def resume(round_id: int, *, reason: str, waiver: str = "", by: Actor, at: datetime) -> Round:
    """Go on after a pause, its length added up to the end of that day, unless `waiver` says why not.

    Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    if just_done(round, "round_resumed", by=by, reason=reason):
        return round
    was = round.closes_at
    new = after_pause(round, at) if round.paused_at and was and not waiver.strip() else was
    facts = round_facts(round, by=by, at=at, reason=reason, new_closes_at=new, pause_waiver=waiver)
    event = journal.move(
        round, ROUND, "resume", by=by, at=at, facts=facts, reason=reason, was=_iso(was), closes_at=_iso(new)
    )
    round.closes_at, round.paused_at = new, None
    await_closing(round, at=at)
    if new != was:
        _tell(round, was, reason, event, at)
    return round


def reopen(round_id: int, *, closes_on: date, reason: str, by: Actor, at: datetime) -> Round:
    """Open a closed round again until the end of a day, while no answer is published: CECLAC's chair.

    Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    check_chair(round, by, at=at)
    was, new = round.closes_at, end_of_day(closes_on, round.zone)
    if just_done(round, "round_reopened", by=by, reason=reason, closes_at=_iso(new)):
        return round
    facts = round_facts(round, by=by, at=at, reason=reason, new_closes_at=new)
    if was and new < was:
        raise Refused(
            refusal("extension_not_later"), *objections(ROUND, round.state, "reopen", by.role, facts)
        )
    event = journal.move(
        round, ROUND, "reopen", by=by, at=at, facts=facts, reason=reason, was=_iso(was), closes_at=_iso(new)
    )
    round.closes_at = new
    await_closing(round, at=at)
    _tell(round, was, reason, event, at)
    return round


def _tell(round: Round, was: datetime | None, reason: str, event: Event, at: datetime) -> None:
    """Everybody invited hears of it, and who has comments to approve; the same deadline again (closed early, and opened
    again until then) is other news."""
    db.session.flush()
    told = dict.fromkeys((*invited(round.id, at=at), *approvers(waiting(round.id), at=at)))
    notify(
        "round_extended", told, round, due_at=at, event=event, once=f"{_iso(round.closes_at)}/{event.id}",
        closes_at=_iso(round.closes_at), was=_iso(was), reason=reason.strip(),
    )  # fmt: skip


def _iso(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
