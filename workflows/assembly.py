"""An assembly: convened, called up to three times, installed or not, closed, its minutes signed (process.md).

A written procedure is convened in the same way, stands open for a window instead of meeting, and closes with it.
"""

from enum import StrEnum

from workflows.assembly_guards import (
    AssemblyFacts,
    AssemblyForm,
    adjourned_date_come,
    agenda_written,
    another_call_allowed,
    attendance_is_closed,
    attendance_is_open,
    calls_used_up,
    convener_allowed,
    exception_needed,
    form_allowed,
    goes_on_at_a_date,
    goes_on_in_time,
    in_one_way_only,
    in_the_room,
    in_writing,
    item_named,
    items_in_order,
    minutes_made,
    mode_of_the_form,
    new_start_in_time,
    new_start_later,
    next_call_due,
    no_vote_open,
    not_begun,
    not_present,
    not_signed_before,
    notice_long_enough,
    people_meet,
    quorum_absent,
    quorum_if_asked_again,
    quorum_known,
    quorum_present,
    roll_change_published,
    roll_frozen,
    roll_newly_hashed,
    second_person_signs,
    signed_by_president_and_secretary,
    start_ahead,
    start_reached,
    window_not_over,
    window_over,
    window_set,
)
from workflows.guards import organisation_on_roll, reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.roles import Role

__all__ = ["ASSEMBLY", "AssemblyFacts", "AssemblyForm", "AssemblyState"]


class AssemblyState(StrEnum):
    """Where an assembly is."""

    DRAFT = "draft"
    CONVENED = "convened"
    FIRST_CALL = "first_call"
    SECOND_CALL = "second_call"
    THIRD_CALL = "third_call"
    INSTALLED = "installed"
    SUSPENDED = "suspended"
    NOT_INSTALLED = "not_installed"
    ADJOURNED = "adjourned"
    WRITTEN = "written"
    CLOSED = "closed"
    MINUTES_SIGNED = "minutes_signed"
    CALLED_OFF = "called_off"


S, R = AssemblyState, Role
_TABLE = (R.PRESIDENT, R.SECRETARY)
_SIGNATORIES = (*_TABLE, R.SCRUTINEER)
_DOOR = (R.SECRETARY, R.SCRUTINEER)
_CALLS = (S.FIRST_CALL, S.SECOND_CALL, S.THIRD_CALL)
_SITTING = (*_CALLS, S.INSTALLED)
# People come before the first call is made, come and go in a break, and come before an adjourned assembly goes on: the
# quorum that is asked then is that of whoever has come again.
_DOOR_OPEN = (S.CONVENED, *_SITTING, S.SUSPENDED, S.ADJOURNED)
_NEXT_CALL = (quorum_absent, another_call_allowed, next_call_due)

_CONVENING = (
    Move("prepare", None, S.DRAFT, R.SECRETARY, (agenda_written,), event="assembly_prepared"),
    Move("edit", S.DRAFT, SAME, R.SECRETARY, (agenda_written,), event="assembly_edited"),
    Move(
        "convene",
        S.DRAFT,
        S.CONVENED,
        (*_TABLE, R.COMMITTEE),
        (agenda_written, convener_allowed, form_allowed, start_ahead, notice_long_enough, roll_frozen),
        event="assembly_convened",
    ),
    # Whom the rule leaves out is let in all the same by two people, with a reason, before the roll is frozen.
    Move(
        "propose_exception",
        S.DRAFT,
        SAME,
        R.SECRETARY,
        (reason_given, exception_needed),
        event="roll_exception_proposed",
    ),
    Move(
        "confirm_exception",
        S.DRAFT,
        SAME,
        _SIGNATORIES,
        (reason_given, second_person_signs),
        event="roll_exception_confirmed",
    ),
    Move("drop_exception", S.DRAFT, SAME, _SIGNATORIES, (reason_given,), event="roll_exception_dropped"),
    Move(
        "propose_roll",
        S.CONVENED,
        SAME,
        R.SECRETARY,
        (not_begun, reason_given, roll_newly_hashed),
        event="assembly_roll_proposed",
    ),
    Move(
        "amend_roll",
        S.CONVENED,
        SAME,
        _SIGNATORIES,
        (not_begun, reason_given, second_person_signs, roll_change_published, roll_newly_hashed),
        event="assembly_roll_amended",
    ),
    Move(
        "postpone",
        S.CONVENED,
        SAME,
        _TABLE,
        (not_begun, reason_given, new_start_later, new_start_in_time),
        event="assembly_postponed",
    ),
    Move(
        "call_off",
        (S.DRAFT, S.CONVENED),
        S.CALLED_OFF,
        R.PRESIDENT,
        (reason_given, no_vote_open),
        event="assembly_called_off",
    ),
)

_ATTENDING = (
    Move(
        "open_attendance",
        _DOOR_OPEN,
        SAME,
        _DOOR,
        (people_meet, attendance_is_closed),
        event="attendance_opened",
    ),
    Move("close_attendance", _DOOR_OPEN, SAME, _DOOR, (attendance_is_open,), event="attendance_closed"),
    Move(
        "admit",
        _DOOR_OPEN,
        SAME,
        _DOOR,
        (organisation_on_roll, attendance_is_open, not_present, mode_of_the_form, in_one_way_only),
        event="arrival_recorded",
    ),
    # On line a delegate comes and goes by themselves, for their own organisation.
    Move(
        "attend",
        _DOOR_OPEN,
        SAME,
        R.DELEGATE,
        (organisation_on_roll, attendance_is_open, not_present, mode_of_the_form, in_one_way_only),
        event="online_arrival_recorded",
    ),
    Move("leave", _DOOR_OPEN, SAME, R.DELEGATE, (in_the_room,), event="online_departure_recorded"),
    # Who goes is recorded whether or not others may still come.
    Move("see_off", _DOOR_OPEN, SAME, _DOOR, (in_the_room,), event="departure_recorded"),
)

_MEETING = (
    Move(
        "first_call", S.CONVENED, S.FIRST_CALL, _TABLE, (people_meet, start_reached), event="first_call_made"
    ),
    Move("second_call", S.FIRST_CALL, S.SECOND_CALL, _TABLE, _NEXT_CALL, event="second_call_made"),
    Move("third_call", S.SECOND_CALL, S.THIRD_CALL, _TABLE, _NEXT_CALL, event="third_call_made"),
    Move("ask_quorum", _SITTING, SAME, _TABLE, (quorum_known,), event="quorum_asked"),
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
        "take_up",
        S.INSTALLED,
        SAME,
        R.PRESIDENT,
        (item_named, items_in_order, quorum_if_asked_again),
        event="item_taken_up",
    ),
    # A break decides nothing, so the secretary may call it when the president is out of reach; going on is the president's.
    Move("suspend", S.INSTALLED, S.SUSPENDED, _TABLE, (reason_given,), event="assembly_suspended"),
    Move("resume", S.SUSPENDED, S.INSTALLED, R.PRESIDENT, (quorum_if_asked_again,), event="assembly_resumed"),
    Move(
        "adjourn",
        (S.INSTALLED, S.SUSPENDED),
        S.ADJOURNED,
        R.PRESIDENT,
        (no_vote_open, reason_given, goes_on_at_a_date, goes_on_in_time),
        event="assembly_adjourned",
    ),
    Move(
        "resume",
        S.ADJOURNED,
        S.INSTALLED,
        R.PRESIDENT,
        (adjourned_date_come, quorum_present),
        event="assembly_resumed",
    ),
)

_WRITING = (
    Move(
        "open_written",
        S.CONVENED,
        S.WRITTEN,
        (R.SYSTEM, *_TABLE),  # by hand where the clock is late: at the hour that was set, or after it
        (in_writing, window_set, start_reached, window_not_over),
        event="written_procedure_opened",
    ),
    Move(
        "close_written",
        S.WRITTEN,
        S.CLOSED,
        (R.SYSTEM, R.PRESIDENT),
        (window_over, no_vote_open),
        event="written_procedure_closed",
    ),
)

_AFTERWARDS = (
    Move(
        "close",
        (S.INSTALLED, S.SUSPENDED, S.NOT_INSTALLED, S.ADJOURNED),
        S.CLOSED,
        R.PRESIDENT,
        (no_vote_open,),
        event="assembly_closed",
    ),
    # Figures are computed; the secretary writes the words around them, as often as it takes, until both have signed.
    Move("make_minutes", S.CLOSED, SAME, R.SECRETARY, (minutes_made,), event="minutes_made"),
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
)

ASSEMBLY = Workflow(
    name="assembly",
    states=AssemblyState,
    initial=S.DRAFT,
    terminal=frozenset({S.MINUTES_SIGNED, S.CALLED_OFF}),
    moves=_CONVENING + _ATTENDING + _MEETING + _WRITING + _AFTERWARDS,
    version=3,
)
