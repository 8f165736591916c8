"""The door through its pages: searched without a script, let in by a button or a code, badges, a delegate's own code."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import assemblies, attendance
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.presence import Presence
from tests.browsing import post
from tests.factories import assemblies as make
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english


@pytest.fixture
def hall(app: Flask) -> Hall:
    made = make.hall(3)
    for member, name in zip(made.members, ("Café Ángel", "Miel del Sur", "Cacao Alto"), strict=True):
        member.name = name
    return made


@pytest.fixture
def assembly(hall: Hall) -> Assembly:
    made = make.convened(hall)
    attendance.open_doors(made.id, by=hall.secretary, at=STARTS)
    db.session.commit()
    return made


def opened(client: FlaskClient, by: Actor, url: str, at: datetime = STARTS, status: int = 200) -> str:
    with time_machine.travel(at, tick=False):
        answer = english(client, by, at).get(url, follow_redirects=True)
    assert answer.status_code == status, answer.text
    return answer.text


def sent(client: FlaskClient, by: Actor, page: str, url: str, at: datetime = STARTS, **data: object) -> str:
    with time_machine.travel(at, tick=False):
        answer = post(english(client, by, at), url, page_url=page, follow=True, **data)
    db.session.expire_all()
    return answer.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("angel", ["Café Ángel"]), ("MIEL sur", ["Miel del Sur"]), ("Honduras", ["Miel del Sur"]), ("gt", ["Café Ángel"]),
        ("ca", ["Cacao Alto", "Café Ángel"]), ("nobody", []), ("  ", []),
    ],
)  # fmt: skip
def test_the_roll_is_searched_by_name_code_and_country(
    client: FlaskClient, hall: Hall, assembly: Assembly, asked: str, found: list[str]
) -> None:
    page = opened(client, hall.scrutineer, f"/a/assemblies/{assembly.id}/door?q={asked}")
    assert re.findall(r"<li><div><b>(.*?)</b>", page) == found


def test_a_person_is_let_in_and_seen_off_by_buttons(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    door = f"/a/assemblies/{assembly.id}/door"
    line = make.elector(assembly, 0, hall).id
    page = f"{door}?q=angel"
    assert "Let in: " in sent(client, hall.scrutineer, page, f"{door}/{line}/admit")
    assert db.session.query(Presence).one().person_id == make.person(hall, 0)
    stays = opened(client, hall.president, f"{door}/stays")
    assert "1 person is inside." in stays
    assert "Seen off: " in sent(client, hall.secretary, page, f"{door}/{line}/see-off", at=STARTS + HOUR)
    assert db.session.query(Presence).one().left_at == STARTS + HOUR


def test_a_second_delegate_of_the_house_may_read_the_door_but_not_work_it(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    page = opened(client, hall.president, f"/a/assemblies/{assembly.id}/door?q=angel")
    assert "Let in" not in page
    assert "Check-in code" not in page


def test_closed_doors_are_told_before_anybody_presses(client: FlaskClient, hall: Hall) -> None:
    assembly = make.convened(hall)
    db.session.commit()
    page = opened(client, hall.secretary, f"/a/assemblies/{assembly.id}/door?q=angel")
    assert "Nobody can be let in now" in page
    assert "Open the doors" in page


def code_of(page: str) -> tuple[str, str]:
    """The address in the QR code cannot be read here: the token is asked of the engine; the short code is on the page."""
    found = re.search(r"<code>([0-9A-Z]{4}-[0-9A-Z]{4})</code>", page)
    assert found
    return found[1], page


def test_a_code_is_typed_and_gives_a_page_with_one_button(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    own = opened(client, hall.delegates[0], f"/v/assemblies/{assembly.id}/check-in")
    assert "<svg" in own
    code, _ = code_of(own)
    door = f"/a/assemblies/{assembly.id}/door"
    page = opened(client, hall.secretary, f"{door}/code?code={code.lower().replace('-', '')}")
    assert page.count(">Let in<") == 1
    assert "Café Ángel" in page
    assert db.session.query(Presence).count() == 0  # looking lets nobody in
    line = make.elector(assembly, 0, hall).id
    sent(client, hall.secretary, f"{door}/code?code={code}", f"{door}/{line}/admit")
    assert db.session.query(Presence).count() == 1
    again = opened(client, hall.secretary, f"{door}/code?code={code}")
    assert "inside since" in again
    assert ">Let in<" not in again


def test_a_scanned_address_leads_to_the_same_page(
    app: Flask, client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    from consultations.facts.door_codes import CheckIn, token_of

    secret = app.extensions["settings"].secret()
    token = token_of(CheckIn(assembly.id, make.elector(assembly, 1, hall).id, make.person(hall, 1)), secret)
    door = f"/a/assemblies/{assembly.id}/door"
    for url in (f"{door}/with/{token}", f"{door}/code?code=http://localhost{door}/with/{token}"):
        page = opened(client, hall.secretary, url)
        assert "Miel del Sur" in page
        assert page.count(">Let in<") == 1


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "1.2.3.nothing", "x" * 500])
def test_a_code_that_is_nobodys_says_what_to_do(
    client: FlaskClient, hall: Hall, assembly: Assembly, code: str
) -> None:
    page = opened(client, hall.secretary, f"/a/assemblies/{assembly.id}/door/code?code={code}", status=404)
    assert "No delegate of this assembly has this code." in page


def test_a_code_of_another_assembly_is_nobodys_here(
    app: Flask, client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    other = make.convened(hall, code="A-2", titles=("Otro",))
    db.session.commit()
    code, _ = code_of(opened(client, hall.delegates[0], f"/v/assemblies/{other.id}/check-in"))
    opened(client, hall.secretary, f"/a/assemblies/{assembly.id}/door/code?code={code}", status=404)


def test_the_code_of_a_mandate_that_has_ended_lets_nobody_in(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    code, _ = code_of(opened(client, hall.delegates[0], f"/v/assemblies/{assembly.id}/check-in"))
    db.session.get_one(Mandate, hall.delegates[0].mandate_id).ends_at = STARTS + HOUR
    db.session.commit()
    door = f"/a/assemblies/{assembly.id}/door"
    assert ">Let in<" in opened(client, hall.secretary, f"{door}/code?code={code}", at=STARTS)
    opened(client, hall.secretary, f"{door}/code?code={code}", at=STARTS + HOUR, status=404)


def test_badges_are_printed_for_everybody_who_may_come(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    page = opened(client, hall.secretary, f"/a/assemblies/{assembly.id}/door/badges")
    assert page.count('class="qr"') == 3
    assert len(set(re.findall(r"<code>([0-9A-Z-]{9})</code>", page))) == 3


def test_who_is_not_on_the_roll_has_no_code(client: FlaskClient, hall: Hall, assembly: Assembly) -> None:
    stranger = make.hall(1).delegates[0]
    db.session.commit()
    opened(client, stranger, f"/v/assemblies/{assembly.id}/check-in", status=404)


def test_officers_of_another_body_find_no_door(client: FlaskClient, hall: Hall, assembly: Assembly) -> None:
    other = make.hall(1)
    line = make.elector(assembly, 0, hall).id
    db.session.commit()
    for url in ("door?q=a", "door/stays", "door/badges", "quorum", "console", "console/now"):
        opened(client, other.secretary, f"/a/assemblies/{assembly.id}/{url}", status=404)
    with time_machine.travel(STARTS, tick=False):
        client = english(client, other.secretary, STARTS)
        page = client.get("/account").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]  # type: ignore[index]
        answer = client.post(
            f"/a/assemblies/{assembly.id}/door/{line}/admit",
            data={"csrf_token": token, "person": make.person(hall, 0)},
        )
    assert answer.status_code == 404
    assert db.session.query(Presence).count() == 0


def test_whoever_comes_to_the_second_sitting_is_let_in_before_it_goes_on(
    client: FlaskClient, hall: Hall
) -> None:
    assembly = make.installed(hall, form="hybrid", link="https://example.org/sala")
    again = STARTS + timedelta(days=7)
    assemblies.adjourn(assembly.id, until=again, reason="Luz", by=hall.president, at=STARTS + 2 * HOUR)
    db.session.commit()
    door, early = f"/a/assemblies/{assembly.id}/door", again - HOUR
    line = make.elector(assembly, 0, hall).id
    shut = opened(client, hall.secretary, f"{door}?q=angel", at=early)
    assert ("0 organisations are there" in shut, "act/open-doors" in shut) == (True, True)
    own = f"/v/assemblies/{assembly.id}"
    assert f"{own}/join" not in opened(client, hall.delegates[1], own, at=early)
    step = f"/a/assemblies/{assembly.id}/act/open-doors"
    assert "The doors are open." in sent(client, hall.secretary, step, step, at=early)
    assert "Let in: " in sent(client, hall.secretary, f"{door}?q=angel", f"{door}/{line}/admit", at=early)
    assert f"{own}/join" in opened(client, hall.delegates[1], own, at=early)
    console = opened(client, hall.president, f"/a/assemblies/{assembly.id}/console", at=again)
    assert ("1 organisation is there" in console, "Quorum: missing" in console) == (True, True)
    assert "act/resume" not in console


def test_the_desk_reads_whom_it_let_in_and_the_next_code_is_scanned_at_once(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    door = f"/a/assemblies/{assembly.id}/door"
    line = make.elector(assembly, 0, hall).id
    person_id = make.person(hall, 0)
    name = db.session.get_one(Person, person_id).name
    said = sent(client, hall.scrutineer, f"{door}?q=angel", f"{door}/{line}/admit", person=person_id)
    assert f"Let in: {name}." in said
    assert " autofocus>" in opened(client, hall.scrutineer, door)


def test_the_door_of_an_assembly_that_is_over_says_so(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    assemblies.call_off(assembly.id, reason="Huracán.", by=hall.president, at=STARTS)
    db.session.commit()
    page = opened(client, hall.scrutineer, f"/a/assemblies/{assembly.id}/door")
    assert ("The assembly is over." in page, "Reload the page" in page) == (True, False)


@pytest.mark.parametrize(("asked", "found"), [("cafe", 1), ("del", 1), ("", 3), ("nadie", 0)])
def test_badges_of_some_are_looked_for(
    client: FlaskClient, hall: Hall, assembly: Assembly, asked: str, found: int
) -> None:
    page = opened(client, hall.secretary, f"/a/assemblies/{assembly.id}/door/badges?of={asked}")
    assert page.count('class="qr"') == found
