"""Days, zones and closing instants."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines import (
    DayCount,
    closing,
    days_between,
    end_of_day,
    extended,
    reached,
    remaining,
    reminder_instants,
    shown,
    start_of_day,
    whole_second,
    with_pause,
    zone_known,
    zone_named,
)
from workflows.refusals import Refused

IN, EL = DayCount.INCLUSIVE, DayCount.ELAPSED
MGA = "America/Managua"
INSTANT = timedelta(microseconds=1)
ZONES = st.sampled_from(
    [
        MGA,
        "America/Santiago",
        "America/Havana",
        "America/Asuncion",
        "America/Sao_Paulo",
        "Europe/Berlin",
        "UTC",
    ]
)
DATES = st.dates(date(2000, 1, 1), date(2036, 12, 31))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-22T06:00", "2026-11-22T06:00"),
        ("2026-11-22T06:00:00.000001", "2026-11-22T06:00:01"),
        ("2026-11-22T06:00:59", "2026-11-22T06:00:59"),
        ("2026-12-31T23:59:59.999999", "2027-01-01T00:00"),
    ],
)
def test_a_whole_second_is_never_earlier(at: str, expected: str) -> None:
    assert whole_second(utc(at)) == utc(expected)


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2026, 11, 26), MGA, "2026-11-27T06:00"),
        (date(2026, 11, 26), "UTC", "2026-11-27T00:00"),
        (date(2026, 12, 31), "Asia/Tokyo", "2026-12-31T15:00"),
        # Spring forward at midnight: 00:00 does not exist, the next day begins at 01:00.
        (date(2026, 9, 5), "America/Santiago", "2026-09-06T04:00"),
        (date(2026, 3, 7), "America/Havana", "2026-03-08T05:00"),
        (date(2023, 9, 30), "America/Asuncion", "2023-10-01T04:00"),
        # Autumn at midnight: 23:00 comes twice, and the day has 25 hours.
        (date(2026, 4, 4), "America/Santiago", "2026-04-05T04:00"),
        (date(2024, 3, 23), "America/Asuncion", "2024-03-24T04:00"),
        # Autumn at one o'clock: midnight comes twice, the day ends at the first.
        (date(2026, 10, 31), "America/Havana", "2026-11-01T04:00"),
        # The clock jumped from 00:01 back to 23:01: the day came back, and ends at the second midnight.
        (date(2010, 11, 6), "America/St_Johns", "2010-11-07T03:30"),
        # The clock jumped from 23:30 over midnight to 00:30.
        (date(1919, 3, 30), "America/Toronto", "1919-03-31T04:30"),
        # A day that was left out.
        (date(2011, 12, 29), "Pacific/Apia", "2011-12-30T10:00"),
        (date(2011, 12, 30), "Pacific/Apia", "2011-12-30T10:00"),
    ],
)
def test_the_end_of_a_day(day, zone, expected):
    assert end_of_day(day, zone) == utc(expected)
    assert end_of_day(day, zone).tzinfo is UTC


@given(DATES, ZONES)
def test_a_day_ends_exactly_once(day, zone):
    end, tz = end_of_day(day, zone), zone_named(zone)
    assert (end - INSTANT).astimezone(tz).date() == day
    assert end.astimezone(tz).date() == day + timedelta(days=1)
    assert start_of_day(day + timedelta(days=1), zone) == end
    assert timedelta(hours=23) <= end - start_of_day(day, zone) <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("days", "count", "last"),
    [
        (60, IN, date(2026, 4, 29)),
        (60, EL, date(2026, 4, 30)),
        (1, IN, date(2026, 3, 1)),
        (1, EL, date(2026, 3, 2)),
    ],
)
def test_closing_counts_as_it_says(days, count, last):
    assert closing(date(2026, 3, 1), days, MGA, count) == end_of_day(last, MGA)


@given(DATES, st.integers(1, 400), ZONES, st.sampled_from(DayCount))
def test_days_between_is_the_inverse_of_closing(opens, days, zone, count):
    assert days_between(start_of_day(opens, zone), closing(opens, days, zone, count), zone, count) == days


@given(DATES, st.integers(1, 400), ZONES)
def test_elapsed_is_one_day_more_than_inclusive(opens, days, zone):
    assert closing(opens, days, zone, EL) == closing(opens, days + 1, zone, IN)


def test_a_round_within_one_day_is_one_day_inclusive_and_none_elapsed():
    opens, closes = utc("2026-03-01T14:00"), utc("2026-03-01T20:00")
    assert (days_between(opens, closes, MGA, IN), days_between(opens, closes, MGA, EL)) == (1, 0)


@pytest.mark.parametrize("days", [0, -1])
def test_less_than_a_day_is_refused(days):
    with pytest.raises(Refused, match="The period is shorter than one day"):
        closing(date(2026, 3, 1), days, MGA, IN)


CLOSES = utc("2026-11-27T06:00")


@pytest.mark.parametrize(
    ("at", "expected"), [(CLOSES - INSTANT, False), (CLOSES, True), (CLOSES + INSTANT, True)]
)
def test_reached_at_the_instant_itself(at, expected):
    assert reached(CLOSES, at) is expected
    assert reached(CLOSES, at.astimezone(ZoneInfo("Asia/Tokyo"))) is expected


@pytest.mark.parametrize("new", [CLOSES - INSTANT, CLOSES, CLOSES.astimezone(ZoneInfo(MGA))])
def test_never_shorter(new):
    with pytest.raises(Refused, match="not later"):
        extended(CLOSES, new)


def test_extended_is_the_new_instant_in_utc():
    new = datetime(2026, 12, 1, tzinfo=ZoneInfo(MGA))
    assert (extended(CLOSES, new), extended(CLOSES, new).tzinfo) == (utc("2026-12-01T06:00"), UTC)


@given(INSTANTS, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_pause_is_given_back_exactly(closes, paused_from, pause):
    assert with_pause(closes, paused_from, paused_from + pause) - closes == pause


def test_a_pause_does_not_run_backwards():
    with pytest.raises(Refused, match="ends before it begins"):
        with_pause(CLOSES, CLOSES, CLOSES - INSTANT)


def test_reminders_in_order():
    expected = tuple(utc(text) for text in ("2026-11-06T06:00", "2026-11-20T06:00", "2026-11-25T06:00"))
    assert reminder_instants(CLOSES) == expected
    assert reminder_instants(CLOSES, (2, 7, 21, 7)) == expected
    assert reminder_instants(CLOSES, ()) == ()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-24T05:59", 3),  # still the 23rd in Managua
        ("2026-11-24T06:00", 2),
        ("2026-11-26T06:00", 0),
        ("2026-11-27T05:59", 0),
        ("2026-11-27T06:00", -1),
    ],
)
def test_closes_in_so_many_days(at, expected):
    assert remaining(utc(at), CLOSES, MGA) == expected


@pytest.mark.parametrize(
    ("closes", "zone", "expected"),
    [
        (CLOSES, MGA, "2026-11-26 23:59"),
        (CLOSES - timedelta(hours=8), MGA, "2026-11-26 16:00"),
        (CLOSES, "America/Bogota", "2026-11-27 01:00"),
        (utc("2026-09-06T04:00"), "America/Santiago", "2026-09-05 23:59"),
    ],
)
def test_a_day_is_shown_to_end_at_23_59(closes, zone, expected):
    assert shown(closes, zone).strftime("%Y-%m-%d %H:%M") == expected


@pytest.mark.parametrize(
    "zone", ["", "Managua", "America", "../etc/passwd", "/etc/passwd", "America/Nowhere", "\0"]
)
def test_an_unknown_zone_is_refused(zone):
    assert zone_known(zone) is False
    with pytest.raises(Refused) as refused:
        end_of_day(date(2026, 1, 1), zone)
    assert [answer.code for answer in refused.value.refusals] == ["zone_unknown"]


def test_a_known_zone_is_known():
    assert (zone_known(MGA), zone_known(None)) == (True, False)


def test_an_instant_without_zone_is_refused():
    with pytest.raises(Refused, match="2026-11-27T06:00:00 has no time zone"):
        reached(CLOSES, CLOSES.replace(tzinfo=None))
