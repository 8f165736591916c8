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
from workflows.deadlines import zone_named
from workflows.durations import wait_over
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


def latest_start(rule: CallRule, convened_for: datetime, zone: str) -> datetime | None:
    """The last instant to which the start may be put off; None: the rule sets none.

    It is measured from the start for which the assembly was convened: put off in steps, it comes no later than at once.
    """
    return None if rule.max_postponement is None else wait_over(convened_for, rule.max_postponement, zone)


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
