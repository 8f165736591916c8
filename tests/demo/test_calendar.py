"""Stories are played in the order of time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from consultations.demo.calendar import Calendar, play

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _story(name: str, minutes: list[int], log: list[str]) -> Iterator[datetime]:
    for minute in minutes:
        yield NOW + timedelta(minutes=minute)
        log.append(f"{name}{minute}")


def test_two_stories_are_woven(app: Flask) -> None:
    log: list[str] = []
    play((_story("a", [-9, -4, -1], log), _story("b", [-8, -7, -2], log)), NOW)
    assert log == ["a-9", "b-8", "b-7", "a-4", "b-2", "a-1"]


@pytest.mark.parametrize(
    ("minutes", "played"), [([-5, -6], ["a-5"]), ([-5, 1], ["a-5"]), ([-5, 0], ["a-5", "a0"])]
)
def test_nobody_goes_back_or_ahead(app: Flask, minutes: list[int], played: list[str]) -> None:
    log: list[str] = []
    if played[-1] == "a0":
        play((_story("a", minutes, log),), NOW)
    else:
        with pytest.raises(ValueError, match="story 0"):
            play((_story("a", minutes, log),), NOW)
    assert log == played


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2028, 3, 1, 5, 59, tzinfo=UTC), datetime(2028, 2, 28, 14, tzinfo=UTC)),
        (datetime(2028, 3, 1, 6, 0, tzinfo=UTC), datetime(2028, 2, 29, 14, tzinfo=UTC)),
    ],
)
def test_days_are_those_of_the_house(now: datetime, expected: datetime) -> None:
    assert Calendar(now).on(-1, 8) == expected
