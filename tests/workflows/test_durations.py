"""How long a rule makes the next call wait."""

from datetime import UTC, datetime

import pytest

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
