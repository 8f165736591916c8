"""The questions as a delegate meets them: what every organisation is asked is not called optional."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from tests.factories.comments import DURING, question, scene
from tests.web.visiting import english


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.mark.parametrize(("required", "said"), [(True, ["", "optional", ""]), (False, ["optional"] * 3)])
def test_only_what_may_be_left_out_is_called_optional(
    app: Flask, client: FlaskClient, required: bool, said: list[str]
) -> None:
    here = scene()
    for number, kind in enumerate(("agree", "text"), 1):
        question(here.round, number, kind).required = required
    db.session.commit()
    page = english(client, here.delegates[0], DURING).get(f"/d/rounds/{here.round.id}/questions")
    labels = re.findall(r"(?:<legend>|<label for=\"t\d+\">)(.*?)</l", page.get_data(as_text=True))
    assert [re.sub(r".*?(?:<small>\((.*)\)</small>|$)", r"\1", label) for label in labels] == said
