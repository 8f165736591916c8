"""An assembly: prepared, convened on a frozen roll, called, installed or not, adjourned, closed (process.md)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import (
    agenda_along,
    agenda_votes,
    assembly_rolls,
    attendance,
    journal,
    notices,
    recipients,
    timers,
)
from consultations.engine.assembly_lock import led
from consultations.engine.officers import check_office
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.rules_in_force import is_in_force
from consultations.facts.rules_of_assemblies import rules_bind
from consultations.models.assemblies import Assembly
from consultations.models.events import Event
from consultations.models.organisations import Network
from consultations.models.rule_books import RuleVersion
from workflows.assembly import ASSEMBLY, AssemblyState
from workflows.call_reading import calls_from
from workflows.deadlines import zone_known
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role

S = AssemblyState
CALLS = {0: "first_call", 1: "second_call", 2: "third_call"}


@dataclass(frozen=True)
class Terms:
    """Everything of a draft that may be edited; the three rules are versions of the body's book, by their ids."""

    titles: Mapping[str, str]
    kind: str
    form: str
    zone: str
    starts_at: datetime
    calls: int
    representation: int
    roll_rule: int
    place: str = ""
    link: str = ""
    language: str = "es"
    ends_at: datetime | None = None


def prepare(body_id: int, *, code: str, by: Actor, at: datetime, **terms: Any) -> Assembly:
    """Write down an assembly of a body. Asked again with a code under which this person has prepared one, answers with it.

    Arguments: `terms` as in Terms. Errors: InputRefusedError with every fault of the rules; Refused with every reason.
    """
    # Of two that come at once the second waits, and finds what the first has written.
    locked(Network, body_id)
    check_office(body_id, by=by, at=at)
    there = db.session.scalar(select(Assembly).where(Assembly.code == code))
    if there is not None:
        if there.prepared_by_id != by.person_id:
            raise Refused(refusal("assembly_code_taken", code=code))
        return there
    assembly = Assembly(
        code=code, body_id=body_id, prepared_by_id=by.person_id, call=0, attendance_open=False
    )
    with db.session.no_autoflush:
        _bind(assembly, Terms(**terms))
        known = facts.assembly_facts(assembly, by=by, at=at, agenda="-", votes_open=0)
        journal.begin(assembly, ASSEMBLY, "prepare", by=by, at=at, facts=known, **_hashes(assembly))
    return assembly


def edit(assembly_id: int, *, by: Actor, at: datetime, **terms: Any) -> Assembly:
    """Change a draft. Errors as for `prepare`."""
    assembly = led(assembly_id, by, at)
    known = facts.assembly_facts(assembly, by=by, at=at, agenda="-")
    with db.session.no_autoflush:
        journal.move(assembly, ASSEMBLY, "edit", by=by, at=at, facts=known)
        _bind(assembly, Terms(**terms))
    db.session.flush()
    return assembly


def convene(assembly_id: int, *, by: Actor, at: datetime) -> Assembly:
    """Call the members: roll frozen and hashed, agenda fixed, its reviewed votes convened with it, who is on it told.

    Errors: Refused: too little notice, no agenda, nobody on the roll, a vote that nobody reviewed; nothing is frozen then.
    """
    assembly = led(assembly_id, by, at)
    if assembly.state == S.CONVENED:
        return assembly
    if assembly.state == S.DRAFT:
        if not rules_bind(assembly):
            raise Refused(refusal("rule_not_in_force"))
        assembly.roll_sha256 = assembly_rolls.freeze(assembly, at)
    size = len(facts.electors(assembly.id))
    event = _move(
        assembly, "convene", by, at, {"electors": size, "roll_sha256": str(assembly.roll_sha256), **_hashes(assembly)},
        roll_size=size,
    )  # fmt: skip
    assembly.convened_at, assembly.convened_for = at, assembly.starts_at
    db.session.flush()
    agenda_votes.convene_all(assembly, by=by, at=at)
    if assembly.form == facts.WRITTEN:
        timers.set_timer("open_written", assembly, assembly.starts_at)
    _tell("assembly_convened", assembly, event, at, place=assembly.place, link=assembly.link)
    return assembly


def call_off(assembly_id: int, *, reason: str, by: Actor, at: datetime) -> Assembly:
    """It will not take place; its items are put off, its votes called off with it, and who was convened is told why."""
    timers.hold_timers("assembly", assembly_id)
    assembly = led(assembly_id, by, at)
    event = _move(assembly, "call_off", by, at, reason=reason)
    db.session.flush()
    agenda_along.end(assembly, reason=reason, by=by, at=at)
    timers.clear_timers(assembly)
    if assembly.convened_at is not None:
        _tell("assembly_called_off", assembly, event, at, reason=reason.strip())
    return assembly


def postpone(assembly_id: int, *, starts_at: datetime, reason: str, by: Actor, at: datetime) -> Assembly:
    """It begins later, as far as the rule of calls lets it; everybody on the roll is told.

    The window of a written procedure and its votes move along, so that it is open as long as it was to be.
    """
    timers.hold_timers("assembly", assembly_id)
    assembly = led(assembly_id, by, at)
    later = starts_at - assembly.starts_at
    ends_at = assembly.ends_at + later if assembly.ends_at else None
    told = {"starts_at": starts_at.isoformat(), **({"ends_at": ends_at.isoformat()} if ends_at else {})}
    event = _move(assembly, "postpone", by, at, told, reason=reason, new_starts_at=starts_at)
    assembly.starts_at, assembly.ends_at = starts_at, ends_at
    db.session.flush()
    agenda_along.put_off(assembly, later)
    if assembly.form == facts.WRITTEN:
        timers.reset_timer("open_written", assembly, starts_at)
    _tell("assembly_postponed", assembly, event, at, once=str(event.id), reason=reason.strip())
    return assembly


def call_next(assembly_id: int, *, call: int | None = None, by: Actor, at: datetime) -> Assembly:
    """Make the first call at its hour, or the next one when the wait is over and the quorum is still missing.

    `call`: which one is meant. The one that was made last is not made again; another than the next is refused
    (`call_is_another`). None: whichever comes next.
    """
    assembly = led(assembly_id, by, at)
    if call is not None and call == assembly.call:
        return assembly
    if call is not None and call != assembly.call + 1:
        raise Refused(refusal("call_is_another", made=assembly.call))
    name = CALLS.get(assembly.call, "third_call")
    _move(assembly, name, by, at, {"call": assembly.call + 1}, quorum_met=_met(assembly, at))
    assembly.call, assembly.call_at = assembly.call + 1, at
    db.session.flush()
    return assembly


def install(assembly_id: int, *, by: Actor, at: datetime) -> Assembly:
    """Declare that the quorum of this call is there; how many were there, and how many by proxy, is in the event."""
    assembly = led(assembly_id, by, at)
    if assembly.state == S.INSTALLED:
        return assembly
    _move(assembly, "install", by, at, _there(assembly, at), quorum_met=_met(assembly, at))
    assembly.installed_at = at
    db.session.flush()
    return assembly


def not_install(assembly_id: int, *, reason: str = "", by: Actor, at: datetime) -> Assembly:
    """Record that the last call missed its quorum: its items are put off and its votes called off, with the reason.

    Errors: Refused, also where something is left on the agenda and no reason is given.
    """
    assembly = led(assembly_id, by, at)
    if assembly.state != S.NOT_INSTALLED:
        there, met = _there(assembly, at), _met(assembly, at)
        _move(assembly, "not_install", by, at, there, reason=reason, quorum_met=met)
        db.session.flush()
        agenda_along.end(assembly, reason=reason, by=by, at=at)
    return assembly


def suspend(assembly_id: int, *, reason: str, by: Actor, at: datetime) -> Assembly:
    """A break: nothing is taken up until it goes on, and a vote that is open waits with it."""
    assembly = led(assembly_id, by, at)
    _move(assembly, "suspend", by, at, reason=reason)
    db.session.flush()
    agenda_along.suspend(assembly, reason=reason, by=by, at=at)
    return assembly


def adjourn(assembly_id: int, *, until: datetime, reason: str, by: Actor, at: datetime) -> Assembly:
    """Stop until another day: every stay ends, the doors close, and whoever is on the roll is told when it goes on.

    Who comes on that day is recorded anew, and the quorum is asked of them alone.
    """
    assembly = led(assembly_id, by, at)
    event = _move(
        assembly, "adjourn", by, at, {"until": until.isoformat()}, reason=reason, adjourned_to=until
    )
    assembly.adjourned_until, assembly.attendance_open = until, False
    attendance.empty(assembly, by=by, at=at)
    db.session.flush()
    _tell("assembly_adjourned", assembly, event, at, once=str(event.id), reason=reason.strip())
    return assembly


def resume(assembly_id: int, *, by: Actor, at: datetime) -> Assembly:
    """Go on after a break or an adjournment; after the latter the quorum of the call is asked of those who came again."""
    assembly = led(assembly_id, by, at)
    if assembly.state != S.INSTALLED:
        _move(assembly, "resume", by, at, _there(assembly, at), quorum_met=_met(assembly, at))
        assembly.adjourned_until = None
        db.session.flush()
        agenda_along.resume(assembly, by=by, at=at)
    return assembly


def close(assembly_id: int, *, reason: str = "", by: Actor, at: datetime) -> Assembly:
    """End it: every stay that still runs ends with it, what was not dealt with is put off, its votes are called off.

    Errors: Refused, also where something is left on the agenda and no reason is given.
    """
    assembly = led(assembly_id, by, at)
    if assembly.closed_at is not None:
        return assembly
    _move(assembly, "close", by, at, reason=reason)
    assembly.closed_at, assembly.attendance_open = at, False
    attendance.empty(assembly, by=by, at=at)
    db.session.flush()
    agenda_along.end(assembly, reason=reason, by=by, at=at)
    return assembly


def open_written(assembly_id: int, *, by: Actor, at: datetime) -> bool:
    """The window of a written procedure opens, with all its votes; says whether there was something to do.

    The clock does it at the hour that was set; where the clock is late, an officer does it by hand.
    """
    if by.role is not Role.SYSTEM:
        timers.hold_timers("assembly", assembly_id)
    assembly = led(assembly_id, by, at)
    if assembly.state != S.CONVENED or assembly.form != facts.WRITTEN:
        return False
    _move(assembly, "open_written", by, at)
    assembly.installed_at = at
    db.session.flush()
    timers.clear_timers(assembly, "open_written")
    agenda_votes.open_all(assembly, at=at)  # first, so that their timers fire before that of the window
    timers.set_timer("close_written", assembly, closing_of(assembly))
    return True


def close_written(assembly_id: int, *, by: Actor, at: datetime) -> bool:
    """The window is over and its votes are counted. While one of them is not, it is tried again."""
    assembly = locked(Assembly, assembly_id)
    if assembly.state != S.WRITTEN:
        return False
    _move(assembly, "close_written", by, at)
    assembly.closed_at = at
    db.session.flush()
    return True


def closing_of(assembly: Assembly) -> datetime:
    """When the window of a written procedure ends."""
    assert assembly.ends_at is not None  # the CHECK written_window
    return assembly.ends_at


def _move(
    assembly: Assembly, name: str, by: Actor, at: datetime, refs: Mapping[str, Any] | None = None, *, reason: str = "",
    **known: Any,
) -> Event:  # fmt: skip
    told = facts.assembly_facts(assembly, by=by, at=at, reason=reason, **known)
    return journal.move(assembly, ASSEMBLY, name, by=by, at=at, facts=told, reason=reason, **(refs or {}))


def _there(assembly: Assembly, at: datetime) -> dict[str, int]:
    """Who is there, in figures for the journal."""
    words = list(facts.presence_words(assembly, facts.as_recorded(assembly.id, at)).values())
    return {"call": assembly.call, "present": words.count("yes"), "represented": words.count("proxy")}


def _tell(
    kind: str, assembly: Assembly, event: Event, at: datetime, *, once: str = "", **params: str
) -> None:
    told = recipients.delegates([row.organisation_id for row in facts.electors(assembly.id)], at=at)
    notices.notify(kind, told, assembly, due_at=at, event=event, once=once, code=assembly.code, **params)


def _met(assembly: Assembly, at: datetime) -> bool | None:
    """Whether the quorum of the present call is met; before the first nobody asks."""
    return facts.quorum(assembly, facts.as_recorded(assembly.id, at)).met if assembly.call else None


def _bind(assembly: Assembly, asked: Terms) -> None:
    taken = {kind: _version(assembly.body_id, kind, id) for kind, id in _named(asked).items()}
    calls = calls_from(taken["calls"].content)
    if reasons := (*_objections(asked, calls), *_out_of_force(asked, taken.values())):
        raise Refused(*reasons)
    assembly.titles = {lang: text.strip() for lang, text in asked.titles.items() if text.strip()}
    assembly.kind, assembly.form, assembly.zone, assembly.language = (
        asked.kind,
        asked.form,
        asked.zone,
        asked.language,
    )
    assembly.place, assembly.link = asked.place.strip(), asked.link.strip()
    assembly.starts_at, assembly.ends_at = asked.starts_at, asked.ends_at
    assembly.calls, assembly.calls_sha256 = taken["calls"].content, taken["calls"].sha256
    assembly.representation, assembly.representation_sha256 = (
        taken["representation"].content,
        taken["representation"].sha256,
    )
    assembly.roll_rule, assembly.roll_rule_sha256 = taken["roll"].content, taken["roll"].sha256


def _named(asked: Terms) -> dict[str, int]:
    return {"calls": asked.calls, "representation": asked.representation, "roll": asked.roll_rule}


def _version(body_id: int, kind: str, id: int) -> RuleVersion:
    row = db.session.get(RuleVersion, id)
    if row is None or row.body_id != body_id or row.kind != kind or row.approved_at is None:
        raise Refused(refusal("rule_not_in_book"))
    return row


def _out_of_force(asked: Terms, taken: Iterable[RuleVersion]) -> Iterator[Refusal]:
    """Its rules are those in force on the day it begins."""
    if zone_known(asked.zone):
        day = asked.starts_at.astimezone(ZoneInfo(asked.zone)).date()
        if not all(is_in_force(row, day) for row in taken):
            yield refusal("rule_not_in_force")


def _objections(asked: Terms, calls: Any) -> Iterator[Refusal]:
    if not asked.titles.get(asked.language, "").strip():
        yield refusal("assembly_title_missing")
    if not zone_known(asked.zone):
        yield refusal("zone_missing")
    if asked.form in ("online", "hybrid") and not calls.online:
        yield refusal("online_not_allowed")
    if asked.form == "written" and not calls.written:
        yield refusal("written_not_allowed")
    if asked.form == "written" and (asked.ends_at is None or asked.ends_at <= asked.starts_at):
        yield refusal("window_missing")
    if asked.form in ("in_person", "hybrid") and not asked.place.strip():
        yield refusal("assembly_place_missing")


def _hashes(assembly: Assembly) -> dict[str, str]:
    return {
        "calls_sha256": assembly.calls_sha256, "representation_sha256": assembly.representation_sha256,
        "roll_rule_sha256": assembly.roll_rule_sha256,
    }  # fmt: skip
