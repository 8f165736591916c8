"""Days and places as people read them, in their language."""

from datetime import date

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
    ("present", "first"),
    [("", ZONES[0]), ("America/Lima", ZONES[0]), ("Asia/Tokyo", "Asia/Tokyo"), ("Nowhere/City", ZONES[0]), ("../x", ZONES[0])],
)  # fmt: skip
def test_a_zone_of_one_s_own_is_offered_first_and_only_if_it_is_one(present: str, first: str) -> None:
    offered = [choice.value for choice in zones(present)]
    assert (offered[0], len(offered)) == (first, len(ZONES) + (first not in ZONES))
