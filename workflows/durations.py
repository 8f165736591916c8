"""Durations as rules write them: ISO 8601 such as PT1H, P1D or P1M2DT30M; whole numbers, no fractions."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from workflows.deadlines import zone_named
from workflows.rules import DURATION

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # far enough from the last instant to be shown in every zone
_ALWAYS = datetime(2, 1, 1, tzinfo=UTC)  # as far from the first


def wait_over(since: datetime, duration: str | None, zone: str) -> datetime:
    """The first instant, in UTC, at which `duration` has passed since `since`; None is no wait.

    Years, months, weeks and days are those of the calendar in `zone` (a month after 31 January is the last day of
    February); hours, minutes and seconds pass as they do on any clock. What lies beyond the calendar's end never comes.
    Errors: ValueError for what is no such duration; Refused `zone_unknown`.
    """
    found = DURATION.fullmatch(duration or "PT0S")
    if found is None:
        raise ValueError(f"no duration: {duration!r}")
    tz = zone_named(zone)
    try:
        years, months, weeks, days, _, hours, minutes, seconds = (_number(part) for part in found.groups())
        day = _days_later(since, 12 * years + months, timedelta(weeks=weeks, days=days), tz)
        over = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (OverflowError, ValueError):
        return _NEVER
    return min(over, _NEVER)


def wait_before(until: datetime, duration: str, zone: str) -> datetime:
    """The instant, in UTC, that lies `duration` before `until`: the deadline of what must be done so long before.

    Hours, minutes and seconds are taken off first, as any clock runs; then days, weeks, months and years by the
    calendar in `zone` (a month before 31 March is the last day of February). What lies before the calendar's begin
    was never. Errors: ValueError for what is no such duration; Refused `zone_unknown`.
    """
    found = DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"no duration: {duration!r}")
    tz = zone_named(zone)
    try:
        years, months, weeks, days, _, hours, minutes, seconds = (_number(part) for part in found.groups())
        hour = until.astimezone(UTC) - timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return max(_days_later(hour, -12 * years - months, -timedelta(weeks=weeks, days=days), tz), _ALWAYS)
    except (OverflowError, ValueError):
        return _ALWAYS


def _number(part: str | None) -> int:
    return int(part[:-1]) if part and not part.startswith("T") else 0


def _days_later(instant: datetime, months: int, days: timedelta, tz: ZoneInfo) -> datetime:
    """The same time of day so many months and days later (or, below nought, earlier), in UTC.

    Without any it is the same instant: the clock of `tz` alone would not say which, in an hour that it shows twice.
    """
    if not months and not days:
        return instant.astimezone(UTC)
    return (_months_later(instant.astimezone(tz), months) + days).astimezone(UTC)


def _months_later(local: datetime, months: int) -> datetime:
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    return local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))
