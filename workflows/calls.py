"""The rule of calls and notice: who convenes, how long before, which calls follow one another, and when it is due.

    {"id": "…", "version": 1, "title": {"es": "…"}, "cites": "Estatutos, art. 20",
     "convened_by": ["president"], "on_request": "1/10",
     "notice_days": {"ordinary": 30, "extraordinary": 15}, "clear_days": false,
     "calls": [{"call": 1, "all": [COND, …]}, {"call": 2, "after": "PT1H", "all": [COND, …]}],
     "quorum_again": false, "online": true, "written": false,
     "max_postponement": "P30D", "annual": {"every": "P1Y", "window": {"from": "01-01", "to": "03-31"}}}

The waiting time of a call runs from the call before it. Notice is the number of dates from the one to the other, the day
of convening being day nought; `clear_days` leaves out the assembly's own day too (Companies Act 2006, s. 360). `online`:
whoever attends online counts as there. `annual` null: no yearly assembly is owed (`annual_assemblies`). Reading is in
`call_reading`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from workflows.conditions import Condition
from workflows.deadlines import reached, zone_named
from workflows.durations import wait_over
from workflows.guards import enough_notice
from workflows.refusals import Refusal, refusal
from workflows.roles import Role
from workflows.rule_headings import Heading
from workflows.rules import Call

Kind = Literal["ordinary", "extraordinary"]
KINDS: tuple[Kind, ...] = ("ordinary", "extraordinary")
MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Annual:
    """How often an ordinary assembly is owed (ISO 8601), and within which days of the year, both included."""

    every: str
    window: tuple[MonthDay, MonthDay] | None = None


@dataclass(frozen=True, slots=True)
class CallRule:
    """Calls and notice of one body. `calls` are numbered 1, 2, … without a gap."""

    heading: Heading
    convened_by: tuple[Role, ...]
    on_request: Fraction | None
    notice_days: tuple[int, int]  # ordinary, extraordinary
    clear_days: bool
    calls: tuple[Call, ...]
    quorum_again: bool
    online: bool
    written: bool
    max_postponement: str | None
    annual: Annual | None

    @property
    def sha256(self) -> str:
        """The hash of the rule as it was given."""
        return self.heading.sha256

    def call(self, number: int) -> Call | None:
        """The call with this number, if the rule has one."""
        return next((call for call in self.calls if call.number == number), None)

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of every call."""
        return tuple(condition for call in self.calls for condition in call.require.conditions())

    def notice_needed(self, kind: Kind) -> int:
        """The days of notice that an assembly of this kind needs."""
        return self.notice_days[KINDS.index(kind)]


def notice_given(rule: CallRule, convened_at: datetime, starts_at: datetime, zone: str) -> int:
    """The days of notice between convening and beginning, by the dates in `zone`; less than 0 for a past beginning."""
    tz = zone_named(zone)
    days = (starts_at.astimezone(tz).date() - convened_at.astimezone(tz).date()).days
    return days - 1 if rule.clear_days else days


def objections_to_convening(
    rule: CallRule, kind: Kind, by: Role, convened_at: datetime, starts_at: datetime, zone: str
) -> tuple[Refusal, ...]:
    """Everything in the rule of calls that speaks against `by` convening now for `starts_at`."""
    needed = rule.notice_needed(kind)
    found = (
        None if by in rule.convened_by else refusal("convener_not_allowed", role=by.value),
        enough_notice(notice_given(rule, convened_at, starts_at, zone), needed) if needed else None,
        refusal("start_not_ahead") if reached(starts_at, convened_at) else None,
    )
    return tuple(reason for reason in found if reason is not None)


def objections_to_postponement(
    rule: CallRule, starts_at: datetime, new_starts_at: datetime, zone: str
) -> tuple[Refusal, ...]:
    """Everything that speaks against moving the start: never earlier, never further than the rule lets it."""
    if new_starts_at <= starts_at:
        return (refusal("postponement_not_later"),)
    latest = None if rule.max_postponement is None else wait_over(starts_at, rule.max_postponement, zone)
    if latest is not None and new_starts_at > latest:
        return (refusal("postponement_too_long", latest_at=latest.isoformat()),)
    return ()


def schedule(rule: CallRule, starts_at: datetime, zone: str) -> tuple[datetime, ...]:
    """When each call is made at the earliest, if every one before it is made at its time."""
    times: list[datetime] = []
    for call in rule.calls:
        times.append(wait_over(times[-1] if times else starts_at, call.after if times else None, zone))
    return tuple(times)


def next_call_at(rule: CallRule, made: Sequence[datetime], starts_at: datetime, zone: str) -> datetime | None:
    """The first instant at which the next call may be made; None when there is no further call.

    `made` are the instants at which the calls before were made, in order: a call that came late makes the next wait.
    """
    if len(made) >= len(rule.calls):
        return None
    return (
        wait_over(made[-1], rule.calls[len(made)].after, zone) if made else wait_over(starts_at, None, zone)
    )


def call_current(times: Sequence[datetime], at: datetime) -> int:
    """The number of the call that is current at `at`, given when the calls were, or are to be, made; 0 before the first."""
    return sum(1 for instant in times if reached(instant, at))


def waiting_over(
    rule: CallRule, made: Sequence[datetime], starts_at: datetime, at: datetime, zone: str
) -> bool:
    """Whether the next call may be made at `at`."""
    due = next_call_at(rule, made, starts_at, zone)
    return due is not None and reached(due, at)
