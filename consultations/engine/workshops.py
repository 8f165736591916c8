"""Workshops of a round: where members were heard in person, and who came (consultation-model.md, "Workshops and paper").

Locks: the round shared, then the workshop.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from babel import Locale
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import is_staff
from consultations.engine.mandates import check_mandate
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.work import add, locked, shared
from consultations.extensions import db
from consultations.facts.memberships import is_member
from consultations.facts.workshops import entered_of, is_standing
from consultations.models.organisations import Network
from consultations.models.rounds import RegisterEntry, Round
from consultations.models.workshops import Attendance, Workshop
from workflows.deadlines import shown, zone_named
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role
from workflows.round import RoundState

HEARING = (RoundState.OPEN, RoundState.PAUSED, RoundState.CLOSED, RoundState.ANSWERING)


@dataclass(frozen=True)
class Session:
    """What is known of a workshop; `network_id` whose it was, None for one of the Unit's own."""

    place: str
    country: str
    held_on: date
    facilitator: str
    method: str = ""
    notes: str = ""
    network_id: int | None = None


def hold(round_id: int, session: Session, *, by: Actor, at: datetime) -> Workshop:
    """Record a workshop; a network's are always its own. Errors: Refused with every reason, NotFound."""
    round = _round(round_id, by=by, at=at)
    told = _told(session, by)
    _check(round, told, at)
    workshop = add(Workshop(round_id=round.id, made_at=at, made_by_id=by.person_id, **asdict(told)))
    journal.record("workshop_recorded", workshop, by=by, at=at, round=f"round/{round.id}")
    return workshop


def change(
    workshop_id: int, session: Session, *, known: int | None = None, by: Actor, at: datetime
) -> Workshop:
    """Correct what is known of a workshop. `known`: its last event when the form was shown. The same again changes
    nothing. Errors: Refused (`edited_meanwhile` among others), NotFound."""
    workshop, round = _taken(workshop_id, by=by, at=at)
    told = _told(session, by)
    _check(round, told, at)
    differing = {name: value for name, value in asdict(told).items() if getattr(workshop, name) != value}
    if differing:
        check_unchanged(workshop, known)
        for name, value in differing.items():
            setattr(workshop, name, value)
        journal.record("workshop_changed", workshop, by=by, at=at)
    return workshop


def attend(
    workshop_id: int, organisation_id: int, *, women: int, men: int, others: int = 0, by: Actor, at: datetime
) -> Attendance | None:
    """Record how many people of an organisation came, in place of what was recorded before; none at all takes it out.

    Errors: Refused: another network's member, not in the round's register, numbers below nought; NotFound.
    """
    workshop, round = _taken(workshop_id, by=by, at=at)
    _check_attendance(round, organisation_id, (women, men, others), by=by, at=at)
    there = db.session.scalar(
        select(Attendance).filter_by(workshop_id=workshop.id, organisation_id=organisation_id)
    )
    if (women, men, others) == ((there.women, there.men, there.others) if there else (0, 0, 0)):
        return there
    row = there or Attendance(workshop_id=workshop.id, organisation_id=organisation_id)
    row.women, row.men, row.others = women, men, others
    row.confirmed_at = row.confirmed_by_id = None
    if women + men + others:
        add(row)
    else:
        db.session.delete(row)
    journal.record(
        "attendance_recorded", workshop, by=by, at=at, attending=f"organisation/{organisation_id}",
        women=women, men=men, others=others,
    )  # fmt: skip
    return row if women + men + others else None


def take_back(workshop_id: int, *, reason: str, by: Actor, at: datetime) -> Workshop:
    """Take away a workshop that was recorded by mistake; it stays on record with the reason and is counted nowhere.

    Errors: Refused: no reason, something entered of it stands, done before; NotFound.
    """
    round_id = db.session.scalar(select(Workshop.round_id).where(Workshop.id == workshop_id))
    locked(Round, round_id or 0)  # nothing is entered of it meanwhile
    workshop, _ = _taken(workshop_id, by=by, at=at)
    entered = entered_of(workshop.id)
    wrong = [
        None if reason.strip() else refusal("reason_missing"),
        refusal("workshop_has_entries", count=entered) if entered else None,
    ]
    if reasons := [one for one in wrong if one is not None]:
        raise Refused(*reasons)
    for attendance in db.session.scalars(select(Attendance).filter_by(workshop_id=workshop.id)):
        db.session.delete(attendance)
    journal.record("workshop_taken_back", workshop, by=by, at=at, reason=reason.strip())
    return workshop


def _round(round_id: int, *, by: Actor, at: datetime) -> Round:
    check_mandate(by, at=at)
    if not is_staff(by):
        raise Refused(refusal("role_may_not", move="record_workshop", role=by.role.value))
    round = shared(Round, round_id)
    if round.state not in HEARING:
        raise Refused(refusal("round_not_hearing"))
    return round


def _taken(workshop_id: int, *, by: Actor, at: datetime) -> tuple[Workshop, Round]:
    round_id = db.session.scalar(select(Workshop.round_id).where(Workshop.id == workshop_id))
    round = _round(round_id or 0, by=by, at=at)
    workshop = locked(Workshop, workshop_id)
    foreign = by.role is Role.NETWORK and workshop.network_id != by.network_id
    if foreign or not is_standing(workshop_id):
        raise Refused(refusal("workshop_missing"))
    return workshop, round


def _told(session: Session, by: Actor) -> Session:
    network_id = by.network_id if by.role is Role.NETWORK else session.network_id
    return Session(
        session.place.strip(), session.country, session.held_on, session.facilitator.strip(), session.method.strip(),
        session.notes.strip(), network_id,
    )  # fmt: skip


def _check(round: Round, session: Session, at: datetime) -> None:
    no_network = session.network_id is not None and db.session.get(Network, session.network_id) is None
    wrong: list[Refusal | None] = [
        None if session.place else refusal("place_missing"),
        None if session.facilitator else refusal("facilitator_missing"),
        None if session.country in Locale("en").territories and len(session.country) == 2
        else refusal("value_unknown", value=session.country),
        refusal("value_unknown", value=str(session.network_id)) if no_network else None,
        _impossible_day(round, session.held_on, at),
    ]  # fmt: skip
    if reasons := [reason for reason in wrong if reason is not None]:
        raise Refused(*reasons)


def _impossible_day(round: Round, day: date, at: datetime) -> Refusal | None:
    """A workshop of a round is held while it runs, and recorded afterwards."""
    if round.opens_at is None or round.closes_at is None:
        return None
    zone = zone_named(round.zone)
    if day > at.astimezone(zone).date():
        return refusal("workshop_ahead")
    if round.opens_at.astimezone(zone).date() <= day <= shown(round.closes_at, round.zone).date():
        return None
    dates = {"opens_at": round.opens_at.isoformat(), "closes_at": round.closes_at.isoformat()}
    return refusal("workshop_outside_round", **dates)


def _check_attendance(
    round: Round, organisation_id: int, people: tuple[int, int, int], *, by: Actor, at: datetime
) -> None:
    asked = select(RegisterEntry.id).filter_by(round_id=round.id, organisation_id=organisation_id)
    outside = by.role is Role.NETWORK and not is_member(organisation_id, by.network_id, at=at)
    wrong = [
        refusal("organisation_not_registered") if db.session.scalar(asked) is None else None,
        refusal("not_own_member") if outside else None,
        refusal("attendance_negative") if min(people) < 0 else None,
    ]
    if reasons := [reason for reason in wrong if reason is not None]:
        raise Refused(*reasons)
