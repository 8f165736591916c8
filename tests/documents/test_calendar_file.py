"""A calendar file holds what was typed as text: no line, no property and no character that it may not have."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from consultations.documents.calendar_file import Date, written

AT = datetime(2026, 3, 2, tzinfo=UTC)


def file_of(text: str) -> bytes:
    return written(text, (Date("u", text, AT, 0, AT, "https://example.org/1", text),))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Café; té, mate", "Café; té, mate"),
        ("a\nEND:VCALENDAR", "a END:VCALENDAR"),
        ("a\r\nX-EVIL:1", "a X-EVIL:1"),
        ("a\rX-EVIL:1", "a X-EVIL:1"),
        ("a\u2028b", "a b"),
        ("a\x00\x07\x0b\x1b\x7f\x85b", "ab"),
        ("half \ud800 a character", "half a character"),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_what_is_typed_stays_text(typed: str, read: str) -> None:
    found = Calendar.from_ical(file_of(typed))
    (event,) = found.walk("VEVENT")
    names = [
        re.sub(r"\\(.)", r"\1", found[name]) for name in ("NAME", "X-WR-CALNAME")
    ]  # the library reads them raw
    assert (names, str(event["SUMMARY"])) == ([read, read], read)
    assert "X-EVIL" not in found
    assert "X-EVIL" not in event


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_breaks_the_lines_of_the_file(typed: str) -> None:
    lines = file_of(typed).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any((byte < 0x20 and byte != 0x09) or byte == 0x7F for line in lines for byte in line)
    assert [line for line in lines if line.startswith((b"BEGIN:", b"END:"))] == [
        b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR",
    ]  # fmt: skip
