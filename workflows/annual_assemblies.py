"""When the next ordinary assembly is owed: every so often, or within certain days of the year (workflows.calls)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from workflows.calls import Annual, MonthDay
from workflows.deadlines import end_of_day, reached, start_of_day, zone_named
from workflows.durations import wait_over

Standing = Literal["not_due", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class Owed:
    """The time in which an ordinary assembly is owed, in UTC: [opens_at, due_at)."""

    opens_at: datetime
    due_at: datetime

    def standing(self, at: datetime) -> Standing:
        """Where one stands at `at`: before the time, within it, or after it without an assembly held."""
        if reached(self.due_at, at):
            return "overdue"
        return "due" if reached(self.opens_at, at) else "not_due"


def next_ordinary(annual: Annual, last_at: datetime, zone: str) -> Owed:
    """When the next ordinary assembly is owed after the one held at `last_at` (or after the body was founded).

    Without a window it is owed until `every` has passed, and may be held at any time before. With a window it is owed in
    the window of the year in which `every` ends: one held late in May does not move the next one out of January to
    March. A window that runs over New Year belongs to the year in which it ends.
    """
    due = wait_over(last_at, annual.every, zone)
    if annual.window is None:
        return Owed(last_at, due)
    first, last = annual.window
    year = due.astimezone(zone_named(zone)).year
    begins = _day(year - 1 if first > last else year, first)
    return Owed(start_of_day(begins, zone), end_of_day(_day(year, last), zone))


def _day(year: int, wanted: MonthDay) -> date:
    """That day of the year; 29 February is the 28th where there is none."""
    month, day = wanted
    return date(year, month, min(day, monthrange(year, month)[1]))
