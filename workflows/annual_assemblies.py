"""When the next ordinary assembly is owed: every so often, or within certain days of the year (workflows.calls)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from workflows.calls import Annual, MonthDay
from workflows.deadlines import end_of_day, reached, start_of_day, zone_named
from workflows.durations import wait_over

_LAST_YEAR = 9997  # of the calendar, with its windows and zones
_YEARS_AND_MONTHS = re.compile(r"P(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?")

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
    the first one that opens after the last assembly; where `every` is several years, in the last of so many windows. So
    one held late in May does not move the next one out of January to March, and one held within a window is followed by
    one in the next. A window that runs over New Year belongs to the year in which it begins.
    """
    if annual.window is None:
        return Owed(last_at, wait_over(last_at, annual.every, zone))
    first, last = annual.window
    this = last_at.astimezone(zone_named(zone)).year
    next_one = this if start_of_day(_day(this, first), zone) > last_at else this + 1
    year = min(next_one + (whole_years(annual.every) or 1) - 1, _LAST_YEAR)
    ends = year + 1 if first > last else year
    return Owed(start_of_day(_day(year, first), zone), end_of_day(_day(ends, last), zone))


def whole_years(every: str) -> int | None:
    """How many years a duration is, written in years, in months (P12M) or in both; None where it is no whole number."""
    found = _YEARS_AND_MONTHS.fullmatch(every)
    months = 12 * int(found["years"] or 0) + int(found["months"] or 0) if found else 0
    return months // 12 if months and months % 12 == 0 else None


def _day(year: int, wanted: MonthDay) -> date:
    """That day of the year; 29 February is the 28th where there is none."""
    month, day = wanted
    return date(year, month, min(day, monthrange(year, month)[1]))
