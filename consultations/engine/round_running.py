"""A round from its opening to the answers: by the clock, or by the head of the Unit."""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.engine import journal
from consultations.engine.approvals import tell_missed, waiting
from consultations.engine.lapsing import lapse_drafts
from consultations.engine.mandates import check_mandate
from consultations.engine.notices import notify
from consultations.engine.recipients import approvers, delegates, holders, invited
from consultations.engine.repeats import just_done
from consultations.engine.round_chair import check_chair
from consultations.engine.round_dates import await_closing, await_grace, locked_with_timers
from consultations.engine.timers import clear_timers
from consultations.extensions import db
from consultations.facts.register import unsent_count
from consultations.facts.rounds import round_facts
from consultations.models.events import Event
from consultations.models.organisations import Organisation
from consultations.models.rounds import LateGrant, RegisterEntry, Round
from workflows.roles import Role
from workflows.round import ROUND, RoundState


def open_round(round_id: int, *, by: Actor, at: datetime) -> Round:
    """Open a scheduled round: by the clock at its time, or earlier by the head of the Unit.

    An early opening moves the opening, never the closing. Every delegate of the frozen register is told.
    Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    event = journal.move(round, ROUND, "open", by=by, at=at, facts=round_facts(round, by=by, at=at))
    round.opens_at = min(round.opens_at, at) if round.opens_at else at
    await_closing(round, at=at)
    notify(
        "round_opened",
        invited(round.id, at=at),
        round,
        due_at=at,
        event=event,
        closes_at=_iso(round.closes_at),
    )
    db.session.flush()
    return round


def close_round(round_id: int, *, by: Actor, at: datetime) -> Round:
    """Close at the deadline (the clock), or as soon as everybody has answered (the head of the Unit).

    The Unit is told how many drafts were not sent, and each organisation what it did not approve; they stay. Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    drafts = unsent_count(round.id)
    facts = round_facts(round, by=by, at=at)
    unapproved = waiting(round.id)
    event = journal.move(round, ROUND, "close", by=by, at=at, facts=facts, drafts_not_sent=drafts)
    await_grace(round)
    # A round that was opened again closes again: that is other news.
    once = f"{_iso(round.closes_at)}/{event.id}"
    unit = holders((Role.UNIT, Role.UNIT_HEAD), None, at=at)
    missed = {"unapproved": str(sum(unapproved.values()))} if unapproved else {}
    notify("round_closed", unit, round, due_at=at, event=event, once=once, drafts=str(drafts), **missed)
    tell_missed(round, unapproved, event=event, once=once, at=at)
    notify("round_closed", invited(round.id, at=at), round, due_at=at, event=event, once=once)
    db.session.flush()
    return round


def start_answers(round_id: int, *, by: Actor, at: datetime) -> Round:
    """Begin to answer: the Unit, or the clock when the time for offline entries is over.

    Drafts that were never sent rest from now on, and their organisations are told. While a late entry is still
    granted nobody may begin: what comes in late is answered with the rest. Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    journal.move(round, ROUND, "start_answers", by=by, at=at, facts=round_facts(round, by=by, at=at))
    clear_timers(round)
    lapse_drafts(round.id, by=SYSTEM, at=at)
    return round


def grant_late(
    round_id: int,
    *,
    organisation_id: int | None,
    until: datetime | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> LateGrant:
    """Let one organisation of the register enter until an instant; nobody else may. Its delegates are told.

    The same grant again is the one there is. Another instant takes the place of the first, earlier or later: an
    organisation has one grant in a round, and the journal keeps both. Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    named = _in_register(round.id, organisation_id)
    there = _grant(round.id, named)
    if there is not None and there.until == until:
        return there
    late = {"late_organisation": f"organisation/{named}" if named else None, "late_until": until}
    facts = round_facts(round, by=by, at=at, reason=reason, **late)
    was = {"was": _iso(there.until)} if there else {}
    event = journal.move(
        round, ROUND, "grant_late", by=by, at=at, facts=facts, reason=reason,
        granted_to=f"organisation/{named}", until=_iso(until), **was,
    )  # fmt: skip
    grant = there or LateGrant(round_id=round.id, organisation_id=named)
    grant.until, grant.reason, grant.granted_by_id = until, reason.strip(), by.person_id
    db.session.add(grant)
    db.session.flush()
    if round.state == RoundState.CLOSED:
        await_grace(round)
    _tell_late(grant, round, event, at)
    return grant


def _tell_late(grant: LateGrant, round: Round, event: Event, at: datetime) -> None:
    """The delegates of the one organisation that may enter late hear of it, and who approves what they enter; another
    instant is other news."""
    asked, once = (grant.organisation_id,), f"late-{event.id}"
    also = approvers(asked, at=at) if round.organisation_signoff else ()
    told = dict.fromkeys((*delegates(asked, at=at), *also))
    notify("round_extended", told, round, due_at=at, event=event, once=once, granted="1", reason=grant.reason)


def withdraw(round_id: int, *, reason: str, by: Actor, at: datetime) -> Round:
    """Take a round back before its end, with a reason; all who were told of it are told again.

    Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    round = locked_with_timers(round_id)
    check_chair(round, by, at=at)
    if just_done(round, "round_withdrawn", by=by, reason=reason):
        return round
    announced = round.state not in (
        RoundState.DRAFT,
        RoundState.COMMISSION_REVIEW,
        RoundState.APPROVED,
        RoundState.SCHEDULED,
    )
    facts = round_facts(round, by=by, at=at, reason=reason)
    event = journal.move(round, ROUND, "withdraw", by=by, at=at, facts=facts, reason=reason)
    clear_timers(round)
    if announced:
        told = invited(round.id, at=at)
        notify(
            "round_closed", told, round, due_at=at, event=event, once="withdrawn", withdrawn=reason.strip()
        )
    return round


def _grant(round_id: int, organisation_id: int | None) -> LateGrant | None:
    """The organisation's late entry in this round; the newest, if rows of an older version repeat it."""
    query = select(LateGrant).where(
        LateGrant.round_id == round_id, LateGrant.organisation_id == organisation_id
    )
    return db.session.scalar(query.order_by(LateGrant.id.desc()).limit(1))


def _in_register(round_id: int, organisation_id: int | None) -> int | None:
    query = select(Organisation.id).join(RegisterEntry, RegisterEntry.organisation_id == Organisation.id)
    return db.session.scalar(
        query.where(RegisterEntry.round_id == round_id, Organisation.id == organisation_id)
    )


def _iso(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
