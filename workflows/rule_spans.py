"""Times as a form says them, a number of one unit, to and from the ISO 8601 durations of rules; others are richer."""

from typing import NamedTuple

from workflows.rule_builder import RicherError

_ISO = {
    "minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D", "weeks": "P{}W", "months": "P{}M", "years": "P{}Y",
}  # fmt: skip
UNITS = tuple(_ISO)


class Span(NamedTuple):
    """So many of a unit; "" is no time at all: no bound, no wait."""

    number: str = ""
    unit: str = "days"


NO_HOURS, NO_DAYS, NO_MONTHS, NO_YEARS = (Span("", unit) for unit in ("hours", "days", "months", "years"))


def span_json(span: Span) -> str | None:
    """The duration, or None where none is given."""
    return _ISO[span.unit].format(span.number) if span.number else None


def span_said(duration: str | None, unit: str = "days") -> Span:
    """The number and unit of a duration; `unit` where there is none. Raises RicherError for one of several units."""
    if duration is None:
        return Span("", unit)
    for name, form in _ISO.items():
        head, tail = form.split("{}")
        number = duration.removeprefix(head).removesuffix(tail)
        if duration == form.format(number) and number.isdecimal() and number.isascii():
            return Span(number, name)
    raise RicherError


def is_nothing(duration: str | None) -> bool:
    """Whether a duration is given and is no time: PT0S, P0D."""
    return duration is not None and not any(digit in duration for digit in "123456789")
