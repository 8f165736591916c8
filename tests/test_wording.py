"""Refusals as people read them: an instant in the reader's own zone, as every page prints one."""

import pytest
from flask import Flask
from flask_babel import force_locale, refresh

from consultations import wording
from workflows.refusals import refusal

MIDNIGHT = "2026-11-27T06:00:00+00:00"  # where the 26th of November ends in Managua


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Managua", "Friday, 27 November 2026, 00:00 (Managua)"),
        ("Europe/Berlin", "Friday, 27 November 2026, 07:00 (Berlin)"),
    ],
)
def test_an_instant_in_a_refusal_is_said_in_the_reader_s_zone(app: Flask, zone: str, said: str) -> None:
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"zone": zone})
    refresh()  # what an earlier request of the same context has remembered
    with app.test_request_context(), force_locale("en"):
        sentence = wording.refusal(refusal("earlier_ballot_stands", cast_at=MIDNIGHT))["sentence"]
    assert sentence == f"The ballot that your organisation cast before, at {said}, stands unchanged."


@pytest.mark.parametrize(
    ("reader", "said"),
    [("es", "francés, portugués"), ("en", "French, Portuguese"), ("pt", "francês, português")],
)
def test_languages_in_a_refusal_are_named_in_the_reader_s_language(
    app: Flask, reader: str, said: str
) -> None:
    with app.test_request_context(), force_locale(reader):
        sentence = wording.refusal(refusal("languages_missing", languages="fr, pt"))["sentence"]
    assert said in sentence


def test_of_languages_that_are_not_known_none_is_named(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert (
            wording.refusal(refusal("languages_missing", languages="?"))["sentence"]
            == "The text is missing in: ?."
        )


def test_a_day_in_a_refusal_is_said_as_pages_say_days(app: Flask) -> None:
    with app.test_request_context(), force_locale("es"):
        sentence = wording.refusal(refusal("roll_member_too_recent", day="2027-06-01"))["sentence"]
    assert ("1 de junio de 2027" in sentence, "2027-06-01" in sentence) == (True, False)
