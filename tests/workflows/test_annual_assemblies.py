"""When the next ordinary assembly is owed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.annual_assemblies import Owed, next_ordinary, whole_years
from workflows.calls import Annual

ZONE = "America/Managua"  # six hours behind UTC all year
YEARLY = Annual("P1Y")
SPRING = Annual("P1Y", ((1, 1), (3, 31)))
OVER_NEW_YEAR = Annual("P1Y", ((11, 1), (2, 29)))
DECEMBER = Annual("P1Y", ((12, 1), (1, 31)))
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
        # Held in the December of a window: the next is that of the December after, whichever side of New Year it was held.
        (DECEMBER, day(2025, 12, 15), Owed(day(2026, 12, 1), day(2027, 2, 1))),
        (DECEMBER, day(2026, 1, 15), Owed(day(2026, 12, 1), day(2027, 2, 1))),
        (DECEMBER, day(2026, 2, 1), Owed(day(2026, 12, 1), day(2027, 2, 1))),
        (DECEMBER, day(2025, 12, 1) - INSTANT, Owed(day(2025, 12, 1), day(2026, 2, 1))),
        (DECEMBER, day(2025, 12, 1), Owed(day(2026, 12, 1), day(2027, 2, 1))),
        (Annual("P2Y", DECEMBER.window), day(2025, 12, 15), Owed(day(2027, 12, 1), day(2028, 2, 1))),
        (Annual("P2Y", DECEMBER.window), day(2026, 1, 15), Owed(day(2027, 12, 1), day(2028, 2, 1))),
        (Annual("P12M", DECEMBER.window), day(2025, 12, 15), Owed(day(2026, 12, 1), day(2027, 2, 1))),
        (Annual("P36M", SPRING.window), day(2025, 2, 10), Owed(day(2028, 1, 1), day(2028, 4, 1))),
        (Annual("P1Y12M", SPRING.window), day(2025, 2, 10), Owed(day(2027, 1, 1), day(2027, 4, 1))),
        (Annual("P9999Y", DECEMBER.window), day(2025, 2, 10), Owed(day(9997, 12, 1), day(9998, 2, 1))),
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


month_days = st.tuples(st.integers(1, 12), st.integers(1, 28))


@given(
    st.tuples(month_days, month_days),
    st.integers(1, 4),
    st.datetimes(datetime(2001, 1, 1), datetime(2060, 1, 1)),
)
def test_what_is_owed_opens_after_the_last_one_and_within_so_many_years(
    window: tuple[tuple[int, int], tuple[int, int]], years: int, last: datetime
) -> None:
    """No assembly is owed in the window in which one was held, nor later than so many years and a window after it."""
    held = last.replace(tzinfo=UTC)
    owed = next_ordinary(Annual(f"P{years}Y", window), held, ZONE)
    assert held < owed.opens_at < owed.due_at
    assert (
        timedelta(days=365 * (years - 1)) - timedelta(days=1)
        < owed.opens_at - held
        < timedelta(days=366 * years + 1)
    )
    assert next_ordinary(Annual(f"P{12 * years}M", window), held, ZONE) == owed


@pytest.mark.parametrize(
    ("every", "years"),
    [
        ("P1Y", 1),
        ("P12M", 1),
        ("P24M", 2),
        ("P1Y12M", 2),
        ("P6M", None),
        ("P18M", None),
        ("P0Y", None),
        ("P365D", None),
    ],
)
def test_years_are_whole_however_written(every: str, years: int | None) -> None:
    assert whole_years(every) == years
