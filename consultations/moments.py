"""Instants and durations as people read them, in their language and in the declared zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from flask_babel import get_locale, gettext, ngettext

from workflows import deadlines


@dataclass(frozen=True)
class Moment:
    """What a page prints of an instant: "closes in 3 days", "Thursday 26 November 23:59 (Managua)", ISO."""

    relative: str
    absolute: str
    iso: str


def instant(at: datetime, zone: str) -> str:
    """ "Thursday 26 November 2026, 18:05 (Managua)" in the reader's language."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(at, zone)}, {format_time(local, 'HH:mm', locale=_locale())} ({place(zone)})"


def deadline(at: datetime, zone: str) -> str:
    """A closing instant as people say it: midnight is the 23:59 of the day before."""
    return instant(deadlines.shown(at, zone), zone)


def day(at: datetime, zone: str) -> str:
    """ "Thursday 26 November 2026" in the reader's language and the declared zone."""
    return format_date(at.astimezone(ZoneInfo(zone)), "full", locale=_locale())


def calendar_day(on: date) -> str:
    """ "26 November 2026" of a day that stands in no zone, as people say it."""
    return format_date(on, "long", locale=_locale())


def short(at: datetime, zone: str) -> str:
    """ "26 Nov 2026, 18:05", for tables."""
    local = at.astimezone(ZoneInfo(zone))
    return (
        f"{format_date(local, 'medium', locale=_locale())}, {format_time(local, 'HH:mm', locale=_locale())}"
    )


def place(zone: str) -> str:
    """The city of a zone in the reader's language ("Managua")."""
    return get_timezone_location(ZoneInfo(zone), locale=_locale(), return_city=True)


def closing(at: datetime, closes_at: datetime, zone: str) -> Moment:
    """A deadline seen from now: how long it is away, and when it is."""
    return Moment(_until(at, closes_at, zone), deadline(closes_at, zone), closes_at.isoformat())


def opening(at: datetime, opens_at: datetime, zone: str) -> Moment:
    """An opening seen from now."""
    days = deadlines.remaining(at, opens_at + timedelta(microseconds=1), zone)
    if opens_at <= at:
        text = gettext("Open")
    elif days == 0:
        text = gettext("Opens today")
    else:
        text = ngettext("Opens tomorrow", "Opens in %(num)d days", days)
    return Moment(text, instant(opens_at, zone), opens_at.isoformat())


def _until(at: datetime, closes_at: datetime, zone: str) -> str:
    if at >= closes_at:
        return gettext("Closed")
    left = closes_at - at
    if left < timedelta(hours=1):
        return ngettext(
            "Closes in one minute", "Closes in %(num)d minutes", max(1, int(left.total_seconds() // 60))
        )
    days = deadlines.remaining(at, closes_at, zone)
    if days == 0:
        return gettext("Closes today")
    return ngettext("Closes tomorrow", "Closes in %(num)d days", days)


def _locale() -> Locale:
    """The reader's locale; English dates are written day first, as everywhere in the region."""
    locale = get_locale() or Locale("es")
    return Locale("en", "GB") if locale.language == "en" else locale
