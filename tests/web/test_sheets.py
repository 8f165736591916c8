"""Paper through its pages: registered, entered by two people, resolved, merged; the second reads nothing of the first."""

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import sheets
from consultations.extensions import db
from consultations.forms.sheets import read
from consultations.models.sheets import CountSheet
from consultations.models.votes import Vote
from consultations.queries import tasks
from tests.browsing import post
from tests.conftest import signed_in
from tests.engine.test_sheets import agreed, opened
from tests.engine.test_sheets import read as reading
from tests.factories import votes as make
from tests.factories.votes import OPENS, Hall
from tests.web.visiting import english


@pytest.fixture
def hall(app: Flask) -> Hall:
    return make.hall(2)


@pytest.fixture
def vote(hall: Hall) -> Vote:
    made = make.opened(hall)
    db.session.commit()
    return made


def sent(client: FlaskClient, by: Actor, url: str, **data: str) -> str:
    with time_machine.travel(OPENS, tick=False):
        answer = post(signed_in(client, by), url, follow=True, **data)
    return answer.text


def test_a_sheet_goes_through_two_hands_and_its_difference_is_resolved(
    client: FlaskClient, hall: Hall, vote: Vote
) -> None:
    desk = f"/a/votes/{vote.id}/sheets"
    one, two = (member.code for member in hall.members)
    sent(
        client,
        hall.secretary,
        f"{desk}/new",
        serial="0001",
        first_counter="Ana",
        second_counter="Luis",
        issued="2",
    )
    sheet = db.session.query(CountSheet).one()
    sent(client, hall.secretary, f"{desk}/{sheet.id}/enter", lines=f"{one} yes\n{two} a favor")
    with time_machine.travel(OPENS, tick=False):
        seen = signed_in(client, hall.scrutineer).get(f"{desk}/{sheet.id}").text
        entering = signed_in(client, hall.scrutineer).get(f"{desk}/{sheet.id}/enter").text
    assert (one in seen, one in entering) == (False, False)
    sent(client, hall.scrutineer, f"{desk}/{sheet.id}/enter", lines=f"{one} yes\n{two} no")
    db.session.expire_all()
    assert sheet.state == "different"
    sent(
        client,
        hall.scrutineer,
        f"{desk}/{sheet.id}/resolve",
        lines=f"{two} no",
        reason="La papeleta dice no.",
    )
    sent(client, hall.scrutineer, f"{desk}/{sheet.id}/merge")
    db.session.expire_all()
    assert (sheet.state, sheet.merged_at) == ("merged", OPENS)


@pytest.mark.parametrize(
    ("text", "lines", "faults"),
    [
        ("GT-1 yes", {"GT-1": "yes"}, 0),
        ("GT-1;no\n\nGT-2,\tyes", {"GT-1": "no", "GT-2": "yes"}, 0),
        ("GT-1 A  FAVOR", {"GT-1": "yes"}, 0),
        (
            "GT-1 Sí\nGT-2 si\nGT-3 NO\nGT-4 abstencion",
            {"GT-1": "yes", "GT-2": "yes", "GT-3": "no", "GT-4": "abstain"},
            0,
        ),
        ("GT-1 quizás\nGT-2\nGT-3 sí\nGT-4 tal vez", {"GT-3": "yes"}, 3),
        ("GT-1", {}, 1),
        ("GT-1 maybe", {}, 1),
        ("GT-1 yes\nGT-1 no", {"GT-1": "yes"}, 1),
        ("=1+1 yes", {"=1+1": "yes"}, 0),
    ],
)
def test_a_line_is_a_code_and_a_vote(app: Flask, text: str, lines: dict[str, str], faults: int) -> None:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        found = read(text, ("yes", "no", "abstain"))
    assert (found.lines, len(found.faults)) == (lines, faults)


def test_nothing_typed_is_lost_when_a_line_cannot_be_read(
    client: FlaskClient, hall: Hall, vote: Vote
) -> None:
    desk = f"/a/votes/{vote.id}/sheets"
    sent(
        client,
        hall.secretary,
        f"{desk}/new",
        serial="0001",
        first_counter="Ana",
        second_counter="Luis",
        issued="1",
    )
    sheet = db.session.query(CountSheet).one()
    page = sent(client, hall.secretary, f"{desk}/{sheet.id}/enter", lines="XX-1 quizás")
    assert page.count("XX-1 quizás") == 2


def test_officers_of_another_body_see_no_sheet(client: FlaskClient, hall: Hall, vote: Vote) -> None:
    other = make.hall(2)
    db.session.commit()
    assert signed_in(client, other.secretary).get(f"/a/votes/{vote.id}/sheets/").status_code == 404


def test_a_sheet_that_agrees_is_corrected_on_its_page_before_it_is_merged(
    client: FlaskClient, hall: Hall, vote: Vote
) -> None:
    one, two = (member.code for member in hall.members)
    sheet = agreed(hall, vote, "yes", "no")
    make.cast(vote, hall.delegates[0], "no")
    db.session.commit()
    url = f"/a/votes/{vote.id}/sheets/{sheet.id}"
    refused = sent(english(client, hall.secretary, OPENS), hall.secretary, f"{url}/merge")
    assert "correct this sheet: take the line out" in refused
    page = sent(
        english(client, hall.scrutineer, OPENS),
        hall.scrutineer,
        f"{url}/correct",
        lines=one,
        reason="Votó en línea.",
    )
    assert [f"{url}/{name}" in page for name in ("correct", "merge", "cancel")] == [True] * 3
    assert re.findall(r"Corrected: [^<]*|Papers set aside</dt>\s*<dd>[^<]*", page) == [
        page[page.index("Papers set aside") :].partition("</dd>")[0],
        page[page.index("Corrected: ") :].partition("<")[0],
    ]
    assert (page.index("Votó en línea.") > 0, two in page) == (True, False)


@pytest.mark.parametrize("language", ["es", "pt", "fr", "en"])
@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("SÍ", "yes"),
        ("sim", "yes"),
        ("não", "no"),
        ("en blanco", "blank"),
        ("Em  Branco", "blank"),
        ("nulo", "invalid"),
    ],
)
def test_a_vote_is_written_as_people_say_it(app: Flask, language: str, typed: str, choice: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert read(f"GT-1 {typed}", ("yes", "no", "abstain", "blank", "invalid")).lines == {"GT-1": choice}


def test_every_line_that_cannot_be_read_is_named_with_its_number(
    client: FlaskClient, hall: Hall, vote: Vote
) -> None:
    sheet = opened(hall, vote)
    db.session.commit()
    page = sent(
        english(client, hall.secretary, OPENS), hall.secretary, f"/a/votes/{vote.id}/sheets/{sheet.id}/enter",
        lines=f"{hall.members[0].code} maybe\nXX-1 perhaps\nXX-2 yes",
    )  # fmt: skip
    assert [f"Line {n}:" in page for n in (1, 2)] == [True, True]
    assert "not on the roll: XX-2" in page


def test_a_sheet_that_was_entered_once_says_that_a_second_person_enters_it(
    client: FlaskClient, hall: Hall, vote: Vote
) -> None:
    sheet = opened(hall, vote)
    sheets.enter(sheet.id, lines=reading(hall, "yes", "no"), by=hall.secretary, at=OPENS)
    db.session.commit()
    said = "A second person of the desk must enter it again"
    with time_machine.travel(OPENS, tick=False):
        before = english(client, hall.secretary, OPENS).get(f"/a/votes/{vote.id}/sheets/{sheet.id}").text
    of = {
        by.role: [task.params for task in tasks.waiting(by, at=OPENS) if task.kind == "enter_sheet_again"]
        for by in (hall.secretary, hall.scrutineer, hall.president)
    }
    assert said in before
    assert list(of.values()) == [[], [{"code": vote.code, "serial": "0001"}], []]
    sheets.enter(sheet.id, lines=reading(hall, "yes", "no"), by=hall.scrutineer, at=OPENS)
    left = tasks.waiting(hall.scrutineer, at=OPENS)
    assert [task for task in left if task.kind == "enter_sheet_again"] == []


def test_a_blank_sheet_scrolls_inside_its_own_region(client: FlaskClient, hall: Hall, vote: Vote) -> None:
    with time_machine.travel(OPENS, tick=False):
        page = english(client, hall.secretary, OPENS).get(f"/a/votes/{vote.id}/sheets/blank").text
    assert page.count('<div class="scroll" role="region"') == page.count("<table") == 1
