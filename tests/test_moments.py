"""Days and places as people read them, in their language."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from consultations import moments
from consultations.forms.zones import ZONES, zones


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("America/Managua", "es", "Managua (Nicaragua)"),
        ("America/Mexico_City", "es", "Ciudad de México (México)"),
        ("America/Mexico_City", "en", "Mexico City (Mexico)"),
        ("America/Port-au-Prince", "fr", "Port-au-Prince (Haïti)"),
        ("America/Sao_Paulo", "pt", "São Paulo (Brasil)"),
        ("America/Argentina/Buenos_Aires", "es", "Buenos Aires (Argentina)"),
        ("America/Guatemala", "es", "Guatemala"),
        ("UTC", "es", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city_and_country(app: Flask, zone: str, language: str, said: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert moments.zone_name(zone) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "1 de septiembre de 2023"), ("pt", "1 de setembro de 2023"), ("en", "1 September 2023"), ("fr", "1 septembre 2023")],
)  # fmt: skip
def test_a_day_of_the_calendar_is_said_in_words(app: Flask, language: str, said: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert moments.long_date(date(2023, 9, 1)) == said


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        ("06:00", "Saturday, 21 November 2026, 23:59 (Managua)"),
        ("06:00:16", "Sunday, 22 November 2026, 00:00:16 (Managua)"),
        ("06:00:00.000001", "Sunday, 22 November 2026, 00:00:01 (Managua)"),
        ("05:59:59.999999", "Saturday, 21 November 2026, 23:59 (Managua)"),
        ("05:58:30", "Saturday, 21 November 2026, 23:58 (Managua)"),
        ("06:01:16", "Sunday, 22 November 2026, 00:01 (Managua)"),
        ("18:05", "Sunday, 22 November 2026, 12:05 (Managua)"),
    ],
)
def test_a_deadline_is_said_to_the_minute_and_on_its_own_day(app: Flask, closes_at: str, said: str) -> None:
    at = datetime.fromisoformat(f"2026-11-22T{closes_at}").replace(tzinfo=UTC)
    with app.test_request_context(), force_locale("en"):
        assert moments.deadline(at, "America/Managua") == said


@pytest.mark.parametrize(
    ("present", "first"),
    [("", ZONES[0]), ("America/Lima", ZONES[0]), ("Asia/Tokyo", "Asia/Tokyo"), ("Nowhere/City", ZONES[0]), ("../x", ZONES[0])],
)  # fmt: skip
def test_a_zone_of_one_s_own_is_offered_first_and_only_if_it_is_one(present: str, first: str) -> None:
    offered = [choice.value for choice in zones(present)]
    assert (offered[0], len(offered)) == (first, len(ZONES) + (first not in ZONES))
