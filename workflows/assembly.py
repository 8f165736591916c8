"""An assembly: convened, called up to three times, installed or not, closed, its minutes signed (process.md)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows import guards
from workflows.guards import organisation_on_roll, reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.refusals import Refusal, refusal
from workflows.roles import Role
from workflows.vote_facts import Signer
from workflows.vote_guards import covered


class AssemblyState(StrEnum):
    """Where an assembly is."""

    DRAFT = "draft"
    CONVENED = "convened"
    FIRST_CALL = "first_call"
    SECOND_CALL = "second_call"
    THIRD_CALL = "third_call"
    INSTALLED = "installed"
    NOT_INSTALLED = "not_installed"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    MINUTES_SIGNED = "minutes_signed"


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
    roll_size: int = 0
    roll_sha256: str | None = None
    new_roll_sha256: str | None = None
    quorum_met: bool | None = None  # of the present call
    call: int = 0  # the present one: 1, 2, 3; 0 before the first
    calls_allowed: int | None = None  # by the statutes
    next_call_at: datetime | None = None
    on_roll: bool = False
    present: bool | None = None  # whether this organisation is in the room
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


S, R = AssemblyState, Role
_TABLE = (R.PRESIDENT, R.SECRETARY)
_DOOR = (R.SECRETARY, R.SCRUTINEER)
_CALLS = (S.FIRST_CALL, S.SECOND_CALL, S.THIRD_CALL)
_NEXT_CALL = (quorum_absent, another_call_allowed, next_call_due)

ASSEMBLY = Workflow(
    name="assembly",
    states=AssemblyState,
    initial=S.DRAFT,
    terminal=frozenset({S.MINUTES_SIGNED}),
    moves=(
        Move("prepare", None, S.DRAFT, R.SECRETARY, (agenda_written,), event="assembly_prepared"),
        Move("edit", S.DRAFT, SAME, R.SECRETARY, (agenda_written,), event="assembly_edited"),
        Move(
            "convene",
            S.DRAFT,
            S.CONVENED,
            R.PRESIDENT,
            (agenda_written, start_ahead, notice_long_enough, roll_frozen),
            event="assembly_convened",
        ),
        Move(
            "amend_roll",
            S.CONVENED,
            SAME,
            R.SECRETARY,
            (reason_given, second_person_signs, roll_newly_hashed),
            event="assembly_roll_amended",
        ),
        Move("first_call", S.CONVENED, S.FIRST_CALL, _TABLE, (start_reached,), event="first_call_made"),
        Move("second_call", S.FIRST_CALL, S.SECOND_CALL, _TABLE, _NEXT_CALL, event="second_call_made"),
        Move("third_call", S.SECOND_CALL, S.THIRD_CALL, _TABLE, _NEXT_CALL, event="third_call_made"),
        Move("install", _CALLS, S.INSTALLED, R.PRESIDENT, (quorum_present,), event="assembly_installed"),
        Move(
            "not_install",
            _CALLS,
            S.NOT_INSTALLED,
            R.PRESIDENT,
            (quorum_absent, calls_used_up),
            event="assembly_not_installed",
        ),
        Move(
            "admit",
            (*_CALLS, S.INSTALLED),
            SAME,
            _DOOR,
            (organisation_on_roll, not_present),
            event="arrival_recorded",
        ),
        Move("see_off", (*_CALLS, S.INSTALLED), SAME, _DOOR, (in_the_room,), event="departure_recorded"),
        Move(
            "adjourn",
            S.INSTALLED,
            S.ADJOURNED,
            R.PRESIDENT,
            (no_vote_open, reason_given),
            event="assembly_adjourned",
        ),
        Move("resume", S.ADJOURNED, S.INSTALLED, R.PRESIDENT, (quorum_present,), event="assembly_resumed"),
        Move(
            "close",
            (S.INSTALLED, S.NOT_INSTALLED, S.ADJOURNED),
            S.CLOSED,
            R.PRESIDENT,
            (no_vote_open,),
            event="assembly_closed",
        ),
        Move(
            "sign",
            S.CLOSED,
            SAME,
            (*_TABLE, R.SCRUTINEER),
            (minutes_made, not_signed_before),
            event="minutes_signature_given",
        ),
        Move(
            "sign_minutes",
            S.CLOSED,
            S.MINUTES_SIGNED,
            _TABLE,
            (minutes_made, signed_by_president_and_secretary),
            event="minutes_signed",
        ),
    ),
    version=1,
)
