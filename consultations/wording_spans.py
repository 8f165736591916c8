"""Durations of rules (ISO 8601) as people say them: an hour, 30 days, 1 year, 6 months."""

from collections.abc import Iterator

from flask_babel import ngettext

from workflows.rules import DURATION


def span(duration: str) -> str:
    """The duration in the reader's language; what is none stays as it is."""
    found = DURATION.fullmatch(duration)
    return ", ".join(_parts(found.groups())) if found else duration


def _parts(groups: tuple[str | None, ...]) -> Iterator[str]:
    years, months, weeks, days, _time, hours, minutes, seconds = (_number(part) for part in groups)
    if years:
        yield ngettext("%(num)s year", "%(num)s years", years)
    if months:
        yield ngettext("%(num)s month", "%(num)s months", months)
    if weeks:
        yield ngettext("%(num)s week", "%(num)s weeks", weeks)
    if days:
        yield ngettext("%(num)s day", "%(num)s days", days)
    if hours:
        yield ngettext("%(num)s hour", "%(num)s hours", hours)
    if minutes:
        yield ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if seconds:
        yield ngettext("%(num)s second", "%(num)s seconds", seconds)


def _number(part: str | None) -> int:
    return int(part[:-1]) if part and not part.startswith("T") else 0
