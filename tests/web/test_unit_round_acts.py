"""Acts on a running round in the browser: what each page says, the banner of a pause, and who is refused."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import rounds
from consultations.extensions import db
from consultations.models.rounds import Round
from tests import browsing
from tests.factories import rounds as make
from tests.web.test_unit_drafts import english, read

OPEN_DAY = make.OPENS_AT + timedelta(days=10)
WHY = "Se cayó la red en tres países."


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    monkeypatch.setattr("consultations.clock.now", lambda: OPEN_DAY)
    return make.house()


def started(house: make.House, stage: str = "open") -> Round:
    made = make.at_stage(house, stage)
    db.session.commit()
    return made


def test_a_pause_stands_at_the_top_of_every_page_of_the_round_with_its_reason(
    house: make.House, client: FlaskClient
) -> None:
    made = started(house)
    pages = [f"/d/rounds/{made.id}", f"/d/rounds/{made.id}/whole", f"/d/rounds/{made.id}/comments"]
    delegate = english(client, house.delegates[0])
    assert not any("This round is paused" in read(delegate, page) for page in pages)
    head = english(client, house.head)
    assert browsing.post(head, f"/unit/rounds/{made.id}/acts/pause", reason=WHY).status_code == 303
    page = read(head, f"/unit/rounds/{made.id}/acts/resume")
    assert "Paused since" in page
    assert "Would close with the pause added" in page
    delegate = english(client, house.delegates[0])
    for one in pages:
        page = read(delegate, one)
        assert "This round is paused" in page
        assert WHY in page


SENTENCES = [
    ("extend", "open", "head", "both dates stay on record", "from the second time the chair"),
    ("pause", "open", "head", "Nobody can comment until the round goes on.", "at the top of every page"),
    ("grant_late", "open", "head", "Code or name of the organisation", "Find"),
    ("withdraw", "open", "head", "The round ends here.", "What was written stays on record."),
    ("withdraw", "open", "chair", "The round ends here.", "Everybody who was invited is told"),
    ("reopen", "closed", "chair", "The round is open again until", "only while no answer is published"),
]


@pytest.mark.parametrize(("move", "stage", "who", "sentence", "consequence"), SENTENCES)
def test_each_page_says_what_will_happen(
    house: make.House, client: FlaskClient, move: str, stage: str, who: str, sentence: str, consequence: str
) -> None:
    made = started(house, stage)
    page = read(english(client, getattr(house, who)), f"/unit/rounds/{made.id}/acts/{move}")
    assert sentence in page
    assert consequence in page
    assert f"/acts/{move}" in read(client, f"/unit/rounds/{made.id}")


def test_a_second_extension_is_offered_to_the_chair_and_refused_to_the_head(
    house: make.House, client: FlaskClient
) -> None:
    made = make.at_stage(house, "open")
    rounds.extend(
        made.id, closes_on=make.CLOSES_ON + timedelta(days=9), reason=WHY, by=house.head, at=OPEN_DAY
    )
    db.session.commit()
    here, day = f"/unit/rounds/{made.id}/acts/extend", str(make.CLOSES_ON + timedelta(days=20))
    head = english(client, house.head)
    assert here not in read(head, f"/unit/rounds/{made.id}")
    answer = browsing.post(head, here, closes_on=day, reason=WHY)
    assert answer.status_code == 409
    assert "A further one is for the chair of the Commission." in answer.get_data(as_text=True)
    chair = english(client, house.chair)
    assert here in read(chair, f"/unit/rounds/{made.id}")
    for _ in range(2):
        assert browsing.post(chair, here, closes_on=day, reason=WHY, sure=day).status_code == 303
    db.session.refresh(made)
    assert made.extensions == 2


def test_an_extension_is_shown_in_full_before_it_is_made_and_a_slip_in_the_year_is_refused(
    house: make.House, client: FlaskClient
) -> None:
    made = make.at_stage(house, "open")
    db.session.commit()
    here, head = f"/unit/rounds/{made.id}/acts/extend", english(client, house.head)
    slip = browsing.post(head, here, closes_on="2100-06-10", reason=WHY)
    assert slip.status_code == 409
    assert "at most 60 are possible at once. " in slip.get_data(as_text=True)
    asked = browsing.post(head, here, closes_on="2026-06-10", reason=WHY)
    said = " ".join(re.sub(r"<[^>]+>", " ", asked.get_data(as_text=True)).split())
    assert asked.status_code == 200
    assert "New closing Wednesday, 10 June 2026, 23:59 (Managua) Longer by 11 days" in said
    other = browsing.post(head, here, closes_on="2026-06-11", reason=WHY, sure="2026-06-10")
    assert (other.status_code, db.session.get(type(made), made.id).extensions) == (200, 0)
    assert browsing.post(head, here, closes_on="2026-06-11", reason=WHY, sure="2026-06-11").status_code == 303


@pytest.mark.parametrize(
    ("move", "stage", "who", "whose"),
    [
        ("pause", "open", "unit", "head of the Standards Unit"),
        ("extend", "open", "unit", "head of the Standards Unit, chair of the Standards Commission"),
        ("grant_late", "open", "unit", "head of the Standards Unit"),
        ("pause", "open", "chair", "head of the Standards Unit"),
    ],
)
def test_who_may_not_take_a_step_reads_so_before_anything_is_filled_in(
    house: make.House, client: FlaskClient, move: str, stage: str, who: str, whose: str
) -> None:
    made = started(house, stage)
    page = read(english(client, getattr(house, who)), f"/unit/rounds/{made.id}/acts/{move}")
    assert f"Who may take this step: {whose}." in page
    assert ("This step is not open to you" in page, 'name="reason"' in page, 'name="q"' in page) == (
        True, False, False,
    )  # fmt: skip
    head = read(english(client, house.head), f"/unit/rounds/{made.id}/acts/{move}")
    assert "Who may take this step" not in head
