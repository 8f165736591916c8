"""Dates as an iCalendar file (RFC 5545), times in UTC: every program shows them in its reader's own zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vText

MIMETYPE = "text/calendar"
REFRESH = timedelta(hours=6)
# What no text may hold (RFC 5545, section 3.3.11): control characters; and halves of characters, which no file can.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Date:
    """One date. `uid` never changes; `sequence` grows whenever the date does; `changed_at` when it last did.

    `status`: CONFIRMED, TENTATIVE (it stands still and will move), CANCELLED.
    """

    uid: str
    summary: str
    at: datetime
    sequence: int
    changed_at: datetime
    url: str = ""
    description: str = ""
    status: str = "CONFIRMED"


def uid(house: str, what: str) -> str:
    """A UUID that is the same for ever (RFC 7986, section 5.3): of this house, by its address, and of this date."""
    return str(uuid5(NAMESPACE_URL, f"{house}/{what}"))


def written(name: str, dates: tuple[Date, ...]) -> bytes:
    """The file; the same values give the same bytes, so that a program that asks again is told that nothing changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Plenaria//Plenaria//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for told in ("name", "x-wr-calname"):  # which the library would write as they come, line breaks and all
        calendar.add(told, vText(_line(name)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for date in dates:
        calendar.add_component(_event(date))
    return bytes(calendar.to_ical())


def _event(date: Date) -> Event:
    event = Event()
    event.add("uid", date.uid)
    event.add("dtstamp", _whole(date.changed_at))
    event.add("last-modified", _whole(date.changed_at))
    event.add("dtstart", _whole(date.at))
    event.add("summary", _line(date.summary))
    event.add("sequence", date.sequence)
    event.add("status", date.status)
    event.add("transp", "TRANSPARENT")
    if date.description:
        event.add("description", _NOT_TEXT.sub("", date.description))
    if date.url:
        event.add("url", date.url)
    return event


def _line(text: str) -> str:
    """The text as one line that may stand in the file: what is typed in one field may come with line breaks."""
    return " ".join(_NOT_TEXT.sub("", text).split())


def _whole(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
