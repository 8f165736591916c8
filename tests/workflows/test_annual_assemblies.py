"""When the next ordinary assembly is owed."""

from datetime import UTC, datetime, timedelta

import pytest

from workflows.annual_assemblies import Owed, next_ordinary
from workflows.calls import Annual

ZONE = "America/Managua"  # six hours behind UTC all year
YEARLY = Annual("P1Y")
SPRING = Annual("P1Y", ((1, 1), (3, 31)))
OVER_NEW_YEAR = Annual("P1Y", ((11, 1), (2, 29)))
INSTANT = timedelta(microseconds=1)


def day(year: int, month: int, number: int, hour: int = 6) -> datetime:
    return datetime(year, month, number, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("annual", "last", "expected"),
    [
        (YEARLY, day(2025, 5, 10, 15), Owed(day(2025, 5, 10, 15), day(2026, 5, 10, 15))),
        (Annual("P2Y"), day(2024, 2, 29, 15), Owed(day(2024, 2, 29, 15), day(2026, 2, 28, 15))),
        (SPRING, day(2025, 2, 10), Owed(day(2026, 1, 1), day(2026, 4, 1))),
        (SPRING, day(2025, 5, 30), Owed(day(2026, 1, 1), day(2026, 4, 1))),
        (SPRING, day(2025, 12, 31), Owed(day(2026, 1, 1), day(2026, 4, 1))),
        (Annual("P3Y", SPRING.window), day(2025, 2, 10), Owed(day(2028, 1, 1), day(2028, 4, 1))),
        (OVER_NEW_YEAR, day(2025, 1, 15), Owed(day(2025, 11, 1), day(2026, 3, 1))),
        (OVER_NEW_YEAR, day(2027, 1, 15), Owed(day(2027, 11, 1), day(2028, 3, 1))),
    ],
)
def test_when_it_is_owed(annual: Annual, last: datetime, expected: Owed) -> None:
    assert next_ordinary(annual, last, ZONE) == expected


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        (day(2026, 1, 1) - INSTANT, "not_due"),
        (day(2026, 1, 1), "due"),
        (day(2026, 4, 1) - INSTANT, "due"),
        (day(2026, 4, 1), "overdue"),
    ],
)
def test_where_one_stands(moment: datetime, standing: str) -> None:
    assert next_ordinary(SPRING, day(2025, 2, 10), ZONE).standing(moment) == standing
