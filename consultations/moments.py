"""Instants and durations as people read them, in their language and in the declared zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
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
    return _at(at, zone, "HH:mm")


def deadline(at: datetime, zone: str) -> str:
    """A closing instant as people say it: midnight is the 23:59 of the day before.

    Minutes are enough, and who comes by them is in time; only 00:00:16 cut to 00:00 would seem to be past, or a day off.
    """
    said = deadlines.shown(deadlines.whole_second(at), zone)
    at_midnight = (said.hour, said.minute) == (0, 0)
    return _at(said, zone, "HH:mm:ss" if said.second and at_midnight else "HH:mm")


def day(at: datetime, zone: str) -> str:
    """ "Thursday 26 November 2026" in the reader's language and the declared zone."""
    return format_date(at.astimezone(ZoneInfo(zone)), "full", locale=_locale())


def long_date(of: date) -> str:
    """ "26 November 2026" in the reader's language: a day of the calendar, in no zone."""
    return format_date(of, "long", locale=_locale())


def short(at: datetime, zone: str) -> str:
    """ "26 Nov 2026, 18:05", for tables."""
    local = at.astimezone(ZoneInfo(zone))
    return (
        f"{format_date(local, 'medium', locale=_locale())}, {format_time(local, 'HH:mm', locale=_locale())}"
    )


def place(zone: str) -> str:
    """The city of a zone in the reader's language ("Managua")."""
    return get_timezone_location(ZoneInfo(zone), locale=_locale(), return_city=True).rpartition("/")[2]


def zone_name(zone: str) -> str:
    """A zone to choose: its city and, where that says more, its country ("Managua (Nicaragua)")."""
    city, code = place(zone), get_global("zone_territories").get(zone, "")
    country = _locale().territories.get(code, city)
    return city if country == city else f"{city} ({country})"


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


def _at(at: datetime, zone: str, pattern: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(at, zone)}, {format_time(local, pattern, locale=_locale())} ({place(zone)})"


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
