"""How long a rule makes the next call wait."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.durations import wait_before, wait_over

NIGHT = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "zone", "expected"),
    [
        (None, "UTC", NIGHT),
        ("PT1H", "UTC", datetime(2026, 1, 31, 23, 30, tzinfo=UTC)),
        ("PT90M30S", "UTC", datetime(2026, 2, 1, 0, 0, 30, tzinfo=UTC)),
        ("P1D", "UTC", datetime(2026, 2, 1, 22, 30, tzinfo=UTC)),
        ("P2W", "UTC", datetime(2026, 2, 14, 22, 30, tzinfo=UTC)),
        ("P1M", "UTC", datetime(2026, 2, 28, 22, 30, tzinfo=UTC)),
        ("P2Y1M1DT1H", "UTC", datetime(2028, 3, 1, 23, 30, tzinfo=UTC)),
        ("P11M", "America/Managua", datetime(2026, 12, 31, 22, 30, tzinfo=UTC)),
        # Two months on, Santiago's clock is still an hour ahead of where it will be in April.
        ("P3M", "America/Santiago", datetime(2026, 4, 30, 23, 30, tzinfo=UTC)),
        ("P99999Y", "UTC", NEVER),
        ("P8000Y", "UTC", NEVER),
        ("PT" + "9" * 40 + "H", "UTC", NEVER),
    ],
)
def test_the_wait_ends(duration: str | None, zone: str, expected: datetime) -> None:
    assert wait_over(NIGHT, duration, zone) == expected


@pytest.mark.parametrize("duration", ["1h", "P", "PT", "P1H", "-P1D", "P1.5D", "pt1h"])
def test_what_is_no_duration_is_refused(duration: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        wait_over(NIGHT, duration, "UTC")


@pytest.mark.parametrize(
    ("duration", "zone", "expected"),
    [
        ("PT24H", "UTC", datetime(2026, 1, 30, 22, 30, tzinfo=UTC)),
        ("P1W", "UTC", datetime(2026, 1, 24, 22, 30, tzinfo=UTC)),
        ("P2M", "UTC", datetime(2025, 11, 30, 22, 30, tzinfo=UTC)),
        ("P1Y1DT30M", "UTC", datetime(2025, 1, 30, 22, tzinfo=UTC)),
        # In November Santiago's clock is where it is in January; in July it is an hour behind.
        ("P6M", "America/Santiago", datetime(2025, 7, 31, 23, 30, tzinfo=UTC)),
        ("P9999Y", "UTC", datetime(2, 1, 1, tzinfo=UTC)),
        ("PT" + "9" * 40 + "H", "UTC", datetime(2, 1, 1, tzinfo=UTC)),
    ],
)
def test_so_long_before(duration: str, zone: str, expected: datetime) -> None:
    assert wait_before(NIGHT, duration, zone) == expected


def test_what_is_no_duration_is_refused_backwards_too() -> None:
    with pytest.raises(ValueError, match="no duration"):
        wait_before(NIGHT, "24h", "UTC")


TWICE = datetime(
    2026, 4, 5, 3, 30, tzinfo=UTC
)  # half past eleven in Santiago, for the second time that night


def test_in_an_hour_that_the_clock_shows_twice_nothing_is_early() -> None:
    santiago = "America/Santiago"
    assert wait_over(TWICE, None, santiago) == TWICE
    assert wait_over(TWICE, "PT1H", santiago) == datetime(2026, 4, 5, 4, 30, tzinfo=UTC)
    assert wait_before(TWICE, "PT0S", santiago) == TWICE
    assert wait_before(datetime(2026, 4, 5, 4, 30, tzinfo=UTC), "PT1H", santiago) == TWICE
    assert wait_over(TWICE, "P1D", santiago) == datetime(2026, 4, 6, 3, 30, tzinfo=UTC)


ZONES = st.sampled_from(sorted(available_timezones()))
CHANGES = st.sampled_from(["2026-03-29", "2026-04-05", "2026-10-25", "2026-11-01"]).map(
    datetime.fromisoformat
)
NEAR_A_CHANGE = st.builds(
    lambda day, minutes: day.replace(tzinfo=UTC) + timedelta(minutes=minutes),
    CHANGES,
    st.integers(-1440, 1440),
)
INSTANTS = NEAR_A_CHANGE | st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(INSTANTS, st.integers(0, 100), ZONES)
def test_hours_pass_exactly_in_every_zone(instant: datetime, hours: int, zone: str) -> None:
    assert wait_over(instant, f"PT{hours}H", zone) - instant == timedelta(hours=hours)
    assert instant - wait_before(instant, f"PT{hours}H", zone) == timedelta(hours=hours)
    assert wait_over(instant, None, zone) == instant


@given(INSTANTS, st.sampled_from(["P1D", "P2W", "P1M", "P1DT1H"]), ZONES)
def test_a_wait_of_days_ends_later_than_it_began(instant: datetime, duration: str, zone: str) -> None:
    assert wait_over(instant, duration, zone) > instant > wait_before(instant, duration, zone)
