"""What speaks against a move of an assembly (process.md, "Assembly and vote")."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows import guards
from workflows.refusals import Refusal, refusal
from workflows.roles import Role
from workflows.vote_facts import Signer
from workflows.vote_guards import covered


class AssemblyForm(StrEnum):
    """How an assembly is held: in a room, online, both at once, or by a vote in writing within a window."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    WRITTEN = "written"


MODES_OF: dict[AssemblyForm, tuple[str, ...]] = {
    AssemblyForm.IN_PERSON: ("in_person", "proxy"),
    AssemblyForm.ONLINE: ("online", "proxy"),
    AssemblyForm.HYBRID: ("in_person", "online", "proxy"),
}
MEETINGS = frozenset(MODES_OF)


@dataclass(frozen=True)
class AssemblyFacts:
    """What is known at the instant of the act. Hashes are hex text, ids opaque, instants aware."""

    at: datetime | None = None
    actor: str | None = None
    second_person: str | None = None
    reason: str | None = None
    agenda: str | None = None
    starts_at: datetime | None = None
    notice_days: int | None = None
    notice_days_needed: int | None = None
    new_starts_at: datetime | None = None
    latest_start_at: datetime | None = None  # by the rule of calls; None: no bound is known
    acting: Role | None = None  # in which capacity
    conveners: tuple[Role, ...] = ()  # by the rule of calls
    form: AssemblyForm | None = None
    forms_allowed: tuple[AssemblyForm, ...] = ()  # by the rule of calls
    closes_at: datetime | None = None  # of a written procedure
    roll_size: int = 0
    roll_sha256: str | None = None
    new_roll_sha256: str | None = None
    roll_change_published: bool = False
    needs_exception: bool | None = (
        None  # whether the rule leaves this member out, and no exception is decided or waits
    )
    quorum_met: bool | None = None  # of the present call
    quorum_again: bool | None = None  # whether it is asked again for every item
    call: int = 0  # the present one: 1, 2, 3; 0 before the first
    calls_allowed: int | None = None  # by the statutes
    next_call_at: datetime | None = None
    on_roll: bool = False
    present: bool | None = None  # whether this organisation takes part already
    mode: str | None = None  # how it is to take part: in_person, online, proxy
    attends_elsewhere: bool | None = (
        None  # it, or who comes for it, takes part in another way at the same time
    )
    attendance_open: bool | None = None
    adjourned_to: datetime | None = None
    item: str | None = None
    items_before: int | None = None  # of the agenda, that have to be dealt with first
    votes_open: int | None = None
    minutes_sha256: str | None = None
    signers: tuple[Signer, ...] = ()


def agenda_written(facts: AssemblyFacts) -> Refusal | None:
    """The call says what will be dealt with."""
    return guards.unless(bool((facts.agenda or "").strip()), "agenda_missing")


def start_ahead(facts: AssemblyFacts) -> Refusal | None:
    """It begins after it is convened."""
    return guards.still_ahead(facts.starts_at, facts.at, "start_not_ahead")


def start_reached(facts: AssemblyFacts) -> Refusal | None:
    """Its hour has come."""
    return guards.reached_or_refused(facts.starts_at, facts.at, "start_not_reached")


def notice_long_enough(facts: AssemblyFacts) -> Refusal | None:
    """The call gives at least the notice that the statutes ask for."""
    return guards.enough_notice(facts.notice_days, facts.notice_days_needed)


def roll_frozen(facts: AssemblyFacts) -> Refusal | None:
    """The roll is frozen, hashed and names somebody."""
    return guards.unless(facts.roll_size > 0 and facts.roll_sha256 is not None, "roll_not_frozen")


def second_person_signs(facts: AssemblyFacts) -> Refusal | None:
    """Somebody else signs it too."""
    return guards.unless(guards.different(facts.actor, facts.second_person), "second_signature_missing")


def exception_needed(facts: AssemblyFacts) -> Refusal | None:
    """A member whom the rule leaves out, without an exception yet."""
    return guards.unless(facts.needs_exception is True, "exception_not_needed")


def roll_newly_hashed(facts: AssemblyFacts) -> Refusal | None:
    """The amended roll has a hash of its own."""
    return guards.unless(guards.different(facts.new_roll_sha256, facts.roll_sha256), "roll_hash_not_new")


def quorum_present(facts: AssemblyFacts) -> Refusal | None:
    """The quorum of this call is in the room."""
    return guards.unless(facts.quorum_met is True, "quorum_missing")


def quorum_absent(facts: AssemblyFacts) -> Refusal | None:
    """The quorum of this call was asked and is not in the room."""
    return guards.unless(facts.quorum_met is False, "quorum_not_missed")


def another_call_allowed(facts: AssemblyFacts) -> Refusal | None:
    """The statutes allow one more call."""
    allowed = facts.calls_allowed or 0
    return None if 0 < facts.call < allowed else refusal("calls_used_up", allowed=allowed)


def calls_used_up(facts: AssemblyFacts) -> Refusal | None:
    """The statutes allow no further call."""
    ok = facts.calls_allowed is not None and facts.call >= max(1, facts.calls_allowed)
    return guards.unless(ok, "calls_left")


def next_call_due(facts: AssemblyFacts) -> Refusal | None:
    """The wait between two calls is over."""
    return guards.reached_or_refused(facts.next_call_at, facts.at, "next_call_not_due")


def not_present(facts: AssemblyFacts) -> Refusal | None:
    """It is not in the room yet."""
    return guards.unless(facts.present is False, "already_present")


def in_the_room(facts: AssemblyFacts) -> Refusal | None:
    """It is in the room."""
    return guards.unless(facts.present is True, "not_present")


def no_vote_open(facts: AssemblyFacts) -> Refusal | None:
    """Every vote of the assembly is closed."""
    return guards.none_left(facts.votes_open, "votes_open")


def convener_allowed(facts: AssemblyFacts) -> Refusal | None:
    """The statutes let this capacity convene."""
    if facts.acting is not None and facts.acting in facts.conveners:
        return None
    return refusal("convener_not_allowed", role="?" if facts.acting is None else facts.acting.value)


def form_allowed(facts: AssemblyFacts) -> Refusal | None:
    """The statutes know an assembly of this form."""
    return guards.unless(facts.form is not None and facts.form in facts.forms_allowed, "form_not_allowed")


def people_meet(facts: AssemblyFacts) -> Refusal | None:
    """It is a meeting, in a room or online."""
    return guards.unless(facts.form in MEETINGS, "assembly_does_not_meet")


def in_writing(facts: AssemblyFacts) -> Refusal | None:
    """It is a written procedure."""
    return guards.unless(facts.form is AssemblyForm.WRITTEN, "assembly_meets")


def not_begun(facts: AssemblyFacts) -> Refusal | None:
    """Its hour has not come."""
    return guards.still_ahead(facts.starts_at, facts.at, "assembly_begun")


def new_start_later(facts: AssemblyFacts) -> Refusal | None:
    """It is put off, not brought forward."""
    old, new = facts.starts_at, facts.new_starts_at
    return guards.unless(old is not None and new is not None and new > old, "postponement_not_later")


def new_start_in_time(facts: AssemblyFacts) -> Refusal | None:
    """It is put off no further than the statutes let it."""
    return _not_beyond(facts.new_starts_at, facts.latest_start_at)


def roll_change_published(facts: AssemblyFacts) -> Refusal | None:
    """The change of the roll is public."""
    return guards.unless(facts.roll_change_published, "roll_change_not_published")


def attendance_is_open(facts: AssemblyFacts) -> Refusal | None:
    """Arrivals are being recorded."""
    return guards.unless(facts.attendance_open is True, "attendance_closed")


def attendance_is_closed(facts: AssemblyFacts) -> Refusal | None:
    """Arrivals are not being recorded."""
    return guards.unless(facts.attendance_open is False, "attendance_open_already")


def mode_of_the_form(facts: AssemblyFacts) -> Refusal | None:
    """One takes part as the assembly is held: online only where it is held online too."""
    modes = MODES_OF.get(facts.form, ()) if facts.form is not None else ()
    return guards.unless(facts.mode in modes, "mode_not_of_form")


def in_one_way_only(facts: AssemblyFacts) -> Refusal | None:
    """One organisation takes part in one way, one person for one organisation."""
    return guards.unless(facts.attends_elsewhere is False, "attends_elsewhere")


def item_named(facts: AssemblyFacts) -> Refusal | None:
    """It is said which item of the agenda is meant."""
    return guards.unless(bool(facts.item), "item_missing")


def items_in_order(facts: AssemblyFacts) -> Refusal | None:
    """What has to be dealt with before the item has been."""
    return guards.none_left(facts.items_before, "items_before")


def quorum_known(facts: AssemblyFacts) -> Refusal | None:
    """The quorum was measured."""
    return guards.unless(facts.quorum_met is not None, "quorum_not_measured")


def quorum_if_asked_again(facts: AssemblyFacts) -> Refusal | None:
    """Where the statutes ask it for every item, the quorum is there now."""
    return guards.unless(facts.quorum_again is False or facts.quorum_met is True, "quorum_missing")


def goes_on_at_a_date(facts: AssemblyFacts) -> Refusal | None:
    """It is said when it goes on, and that is ahead."""
    return guards.still_ahead(facts.adjourned_to, facts.at, "adjourned_without_date")


def goes_on_in_time(facts: AssemblyFacts) -> Refusal | None:
    """It goes on no later than the statutes let it."""
    return _not_beyond(facts.adjourned_to, facts.latest_start_at)


def adjourned_date_come(facts: AssemblyFacts) -> Refusal | None:
    """The time to which it was adjourned has come."""
    return guards.reached_or_refused(facts.adjourned_to, facts.at, "adjourned_date_ahead")


def window_set(facts: AssemblyFacts) -> Refusal | None:
    """A written procedure begins and ends at set instants, in this order."""
    ok = facts.starts_at is not None and facts.closes_at is not None and facts.starts_at < facts.closes_at
    return guards.unless(ok, "window_missing")


def window_not_over(facts: AssemblyFacts) -> Refusal | None:
    """There is time left to vote in."""
    return guards.still_ahead(facts.closes_at, facts.at, "window_past")


def window_over(facts: AssemblyFacts) -> Refusal | None:
    """The time of the written procedure is over."""
    return guards.deadline_reached(facts)


def minutes_made(facts: AssemblyFacts) -> Refusal | None:
    """The minutes were made from the data."""
    return guards.unless(facts.minutes_sha256 is not None, "minutes_missing")


def not_signed_before(facts: AssemblyFacts) -> Refusal | None:
    """One person signs once, whatever their capacities."""
    if facts.actor is None:
        return refusal("signer_unknown")
    return guards.unless(facts.actor not in {person for _, person in facts.signers}, "signed_before")


def signed_by_president_and_secretary(facts: AssemblyFacts) -> Refusal | None:
    """President and secretary signed, as two persons."""
    both = frozenset({Role.PRESIDENT, Role.SECRETARY})
    return guards.unless(covered(both, facts.signers), "minutes_signatures_missing")


def _not_beyond(new: datetime | None, latest: datetime | None) -> Refusal | None:
    if new is None:
        return refusal("new_time_missing")
    if latest is None or new <= latest:
        return None
    return refusal("postponement_too_long", latest_at=latest.isoformat())
