"""Counting days, time zones, ends of days. Arithmetic on dates and aware instants only; nobody asks the time.

A deadline is the first instant that is too late: the interval is [opens_at, closes_at). A day that ends at
midnight is shown as 23:59 (`shown`), as people write deadlines.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflows.refusals import Refused, refusal


class DayCount(StrEnum):
    """How days are counted; stored and shown, because sixty days were announced both ways (product.md)."""

    INCLUSIVE = "inclusive"  # the first and the last day both count
    ELAPSED = "elapsed"  # the first day is day nought


def zone_named(zone: str) -> ZoneInfo:
    """The IANA time zone `zone`; raises Refused for a name that is unknown."""
    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):  # unknown; a path; a directory such as "America"
        raise Refused(refusal("zone_unknown", zone=zone or "?")) from None


def zone_known(zone: str | None) -> bool:
    """Whether `zone` is set and names a time zone."""
    try:
        return bool(zone) and zone_named(zone or "") is not None
    except Refused:
        return False


def end_of_day(day: date, zone: str) -> datetime:
    """The first instant, in UTC, after the whole of the local `day`: what "until 23:59" closes at.

    Midnight may not exist (Santiago in spring), may come twice (Havana in autumn), or the day may come back
    after it (St John's until 2011). The answer is always the instant from which no clock shows `day` again.
    """
    tz = zone_named(zone)
    midnight = datetime.combine(day + timedelta(days=1), time(), tz)
    early, late = sorted(midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if _still(day, late - timedelta(microseconds=1), tz):
        return late
    while _still(day, early, tz):  # only where a clock jumped over midnight from 23:30 (Toronto in 1919)
        early += timedelta(seconds=1)
    return early


def start_of_day(day: date, zone: str) -> datetime:
    """The first instant of the local `day`, in UTC."""
    return end_of_day(day - timedelta(days=1), zone)


def closing(opens: date, days: int, zone: str, count: DayCount) -> datetime:
    """The deadline of a period of `days` local days that begins on `opens`; Refused for less than one day."""
    if days < 1:
        raise Refused(refusal("days_too_few"))
    last = opens + timedelta(days=days - 1 if count is DayCount.INCLUSIVE else days)
    return end_of_day(last, zone)


def days_between(opens: datetime, closes: datetime, zone: str, count: DayCount) -> int:
    """How many local days lie between both instants, counted as `count` says; the inverse of `closing`."""
    days = (_last_day(closes, zone) - _local(opens, zone).date()).days
    return days + 1 if count is DayCount.INCLUSIVE else days


def extended(old: datetime, new: datetime) -> datetime:
    """The deadline `new`, in UTC; Refused unless it is later than `old`."""
    if _utc(new) <= _utc(old):
        raise Refused(refusal("extension_not_later"))
    return _utc(new)


def reached(deadline: datetime, at: datetime) -> bool:
    """Whether `at` is too late: the deadline's own instant is."""
    return _utc(at) >= _utc(deadline)


def with_pause(closes: datetime, paused_from: datetime, resumed_at: datetime) -> datetime:
    """The deadline after a pause: exactly as much later as the pause was long, in UTC."""
    pause = _utc(resumed_at) - _utc(paused_from)
    if pause < timedelta(0):
        raise Refused(refusal("pause_backwards"))
    return _utc(closes) + pause


def whole_second(at: datetime) -> datetime:
    """The first full second at or after `at`, in UTC: nobody reads less, and what is read must not be past too early."""
    cut = _utc(at).replace(microsecond=0)
    return cut if cut == _utc(at) else cut + timedelta(seconds=1)


def reminder_instants(closes_at: datetime, days: Iterable[int] = (21, 7, 2)) -> tuple[datetime, ...]:
    """When to remind, in UTC and in order: so many times 24 hours before the deadline."""
    return tuple(sorted({_utc(closes_at) - timedelta(days=number) for number in days}))


def remaining(at: datetime, closes_at: datetime, zone: str) -> int:
    """Calendar days from `at` to the last local day that is in time: 0 is today, less than 0 is over.

    Within the last day it is 0 even after a deadline at noon: ask `reached` first.
    """
    return (_last_day(closes_at, zone) - _local(at, zone).date()).days


def days_later(old: datetime, new: datetime, zone: str) -> int:
    """By how many local days the last day moves from one deadline to another."""
    return (_last_day(new, zone) - _last_day(old, zone)).days


def shown(closes_at: datetime, zone: str) -> datetime:
    """The local time to print for a deadline: 23:59 of the last day when it closes with the day."""
    local = _local(closes_at, zone)
    last = _last_day(closes_at, zone)
    if last < local.date():
        return datetime.combine(last, time(23, 59), local.tzinfo)
    return local


def _still(day: date, instant: datetime, tz: ZoneInfo) -> bool:
    return instant.astimezone(tz).date() <= day


def _last_day(closes: datetime, zone: str) -> date:
    return _local(_utc(closes) - timedelta(microseconds=1), zone).date()


def _local(instant: datetime, zone: str) -> datetime:
    return _utc(instant).astimezone(zone_named(zone))


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise Refused(refusal("instant_without_zone", instant=instant.isoformat()))
    return instant.astimezone(UTC)
