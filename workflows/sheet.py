"""A count sheet of ballots on paper: entered twice by two people, its differences resolved, merged with those on line."""

from dataclasses import dataclass
from enum import StrEnum

from workflows import guards
from workflows.guards import reason_given
from workflows.machine import SAME, Move, Workflow
from workflows.refusals import Refusal, refusal
from workflows.roles import Role


class SheetState(StrEnum):
    """Where a sheet is."""

    OPENED = "opened"
    ENTERED = "entered"
    DIFFERENT = "different"
    AGREED = "agreed"
    MERGED = "merged"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class SheetFacts:
    """What is known at the instant of the act; persons by opaque ids."""

    actor: str | None = None
    reason: str | None = None
    serial: str | None = None
    counters: tuple[str, ...] = ()  # who counted the papers
    first_reader: str | None = None
    lines: int | None = None  # papers that this reading has
    used: int | None = None  # papers that were handed out and came back used
    differences: int | None = None  # between the two readings
    elsewhere: tuple[str, ...] | None = (
        None  # electors of it whose ballot is in another channel or on another sheet
    )
    absent: tuple[str, ...] | None = (
        None  # electors of it who could not vote at any time while the vote was open
    )
    taking_ballots: bool | None = None  # the vote is open, or closed and not yet counted


def numbered(facts: SheetFacts) -> Refusal | None:
    """It has a serial number."""
    return guards.unless(bool((facts.serial or "").strip()), "sheet_unnumbered")


def two_counters(facts: SheetFacts) -> Refusal | None:
    """Two different people counted its papers."""
    named = {name.strip().casefold() for name in facts.counters if name.strip()}
    return guards.unless(len(named) == 2, "sheet_counters_missing")


def second_reader(facts: SheetFacts) -> Refusal | None:
    """Somebody else enters it the second time."""
    return guards.unless(guards.different(facts.actor, facts.first_reader), "sheet_same_reader")


def adds_up(facts: SheetFacts) -> Refusal | None:
    """As many papers are entered as were used."""
    if facts.lines is not None and facts.lines == facts.used:
        return None
    return refusal("sheet_does_not_add_up", lines=facts.lines or 0, used=facts.used or 0)


def none_added(facts: SheetFacts) -> Refusal | None:
    """No more papers are on it than were used; those taken out are set aside, and stay on record."""
    if facts.lines is not None and facts.used is not None and facts.lines <= facts.used:
        return None
    return refusal("sheet_does_not_add_up", lines=facts.lines or 0, used=facts.used or 0)


def readings_agree(facts: SheetFacts) -> Refusal | None:
    """Both readings say the same of every paper."""
    return guards.none_left(facts.differences, "sheet_differs")


def readings_differ(facts: SheetFacts) -> Refusal | None:
    """The readings differ, so that there is something to resolve."""
    return guards.unless((facts.differences or 0) > 0, "sheet_agrees")


def all_there(facts: SheetFacts) -> Refusal | None:
    """Everybody on it was there or represented while the vote was open (decision-rules.md, "Proxies and presence")."""
    if facts.absent == ():
        return None
    return refusal("sheet_voters_absent", names=", ".join(facts.absent or ("?",)))


def one_channel(facts: SheetFacts) -> Refusal | None:
    """No organisation of it has a ballot in another channel (decision-rules.md: one voter, one ballot)."""
    if facts.elsewhere == ():
        return None
    return refusal("sheet_votes_elsewhere", names=", ".join(facts.elsewhere or ("?",)))


def taking_ballots(facts: SheetFacts) -> Refusal | None:
    """Nothing is added to a vote that is counted."""
    return guards.unless(facts.taking_ballots is True, "sheet_vote_over")


S, R = SheetState, Role
_DESK = (R.SECRETARY, R.SCRUTINEER)

SHEET = Workflow(
    name="sheet",
    states=SheetState,
    initial=S.OPENED,
    terminal=frozenset({S.MERGED, S.CANCELLED}),
    moves=(
        Move("open", None, S.OPENED, _DESK, (numbered, two_counters, taking_ballots), event="sheet_opened"),
        Move("enter", S.OPENED, S.ENTERED, _DESK, (adds_up, taking_ballots), event="sheet_entered"),
        Move("enter_again", S.ENTERED, S.AGREED, _DESK, (second_reader, adds_up, readings_agree, taking_ballots), event="sheet_entered_again"),
        Move("find_different", S.ENTERED, S.DIFFERENT, _DESK, (second_reader, adds_up, readings_differ, taking_ballots), event="sheet_found_different"),
        Move("resolve", S.DIFFERENT, S.AGREED, _DESK, (reason_given, adds_up, taking_ballots), event="sheet_resolved"),
        Move("correct", S.AGREED, SAME, _DESK, (reason_given, none_added, taking_ballots), event="sheet_corrected"),
        Move("merge", S.AGREED, S.MERGED, _DESK, (all_there, one_channel, taking_ballots), event="sheet_merged"),
        Move("cancel", (S.OPENED, S.ENTERED, S.DIFFERENT, S.AGREED), S.CANCELLED, _DESK, (reason_given,), event="sheet_cancelled"),
    ),
    version=3,
)  # fmt: skip
