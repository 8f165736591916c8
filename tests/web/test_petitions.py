"""Pages of what members send in: to send, to follow, to work through."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from werkzeug.test import TestResponse

from consultations.actor import Actor
from consultations.engine import petitions
from consultations.engine.petitions import Words
from consultations.extensions import db
from consultations.models.organisations import NetworkKind
from consultations.models.people import Person
from consultations.models.petitions import Petition
from consultations.views import navigation
from tests.browsing import post
from tests.factories import people
from tests.factories import rounds as make
from tests.web.visiting import english
from workflows.roles import Role

AT = make.START
ASKED = Words("request", "Longer deadlines", "Harvest comes first.", "en")


def get(client: FlaskClient, actor: Actor, url: str, at: object = AT) -> TestResponse:
    english(client, actor, at)  # type: ignore[arg-type]
    with time_machine.travel(at, tick=False):  # type: ignore[arg-type]
        return client.get(url)


def sent_by(actor: Actor, kind: str = "request") -> Petition:
    row = petitions.send(Words(kind, ASKED.title, ASKED.text, "en"), client_uuid="u" * 36, by=actor, at=AT)
    db.session.commit()
    return row


def test_a_delegate_sends_something_in_and_finds_it_again(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    db.session.commit()
    english(client, house.delegates[0], AT)
    with time_machine.travel(AT, tick=False):
        answer = post(client, "/requests/new", kind="request", title="Longer deadlines", text="Harvest <b>")
        assert answer.status_code == 303
        row = db.session.query(Petition).one()
        assert answer.location == f"/requests/{row.id}"
        page = client.get(answer.location).get_data(as_text=True)
        assert "Harvest &lt;b&gt;" in page
        assert "You hear from us until Thursday, 12 March 2026." in page
        assert "Longer deadlines" in client.get("/requests").get_data(as_text=True)
    assert (row.kind, row.language, row.state) == ("request", "en", "sent")


def test_what_is_missing_is_said_beside_the_field_and_on_top(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    db.session.commit()
    english(client, house.delegates[0], AT)
    with time_machine.travel(AT, tick=False):
        answer = post(client, "/requests/new", kind=None, title="", text="x")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert page.count("Fill this in.") == 2
    assert page.count("Choose one of these.") == 2
    assert db.session.query(Petition).count() == 0


@pytest.mark.parametrize(
    ("kind", "board"),
    [
        (NetworkKind.PRODUCT, True), (NetworkKind.WORKERS, True), (NetworkKind.COUNTRY, False), (None, False),
    ],
)  # fmt: skip
def test_everybody_is_offered_everything_and_told_who_reads_a_concern(
    app: Flask, client: FlaskClient, kind: NetworkKind | None, board: bool
) -> None:
    actor = people.actor(Role.NETWORK, network=people.network(kind)) if kind else people.delegate()
    db.session.commit()
    page = get(client, actor, "/requests/new").get_data(as_text=True)
    assert [f'value="{one}"' in page for one in ("request", "concern", "proposal", "remark")] == [True] * 4
    assert ("The Board and the Standards Unit read it" in page) == board


def test_a_body_sends_nothing_in(app: Flask, client: FlaskClient) -> None:
    actor = people.actor(Role.NETWORK, network=people.network())
    db.session.commit()
    assert get(client, actor, "/requests/new").status_code == 404


def test_others_do_not_find_it(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    row = sent_by(house.delegates[0])
    assert get(client, house.delegates[1], f"/requests/{row.id}").status_code == 404
    assert ASKED.title not in get(client, house.delegates[1], "/requests").get_data(as_text=True)
    assert get(client, people_of_another_body(), f"/received/{row.id}").status_code == 404


def people_of_another_body() -> Actor:
    actor = people.actor(Role.PRESIDENT, network=people.network(NetworkKind.PRODUCT))
    db.session.commit()
    return actor


def test_the_unit_finds_it_with_its_deadline_on_its_home_page(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    row = sent_by(house.delegates[0])
    home = get(client, house.unit, "/home").get_data(as_text=True)
    assert f'href="/received/{row.id}"' in home
    assert "Sent in, and not acknowledged yet." in home
    assert "12 March 2026" in home
    assert ASKED.title in get(client, house.unit, "/received").get_data(as_text=True)


def test_the_unit_acknowledges_and_answers(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    row = sent_by(house.delegates[0])
    url = f"/received/{row.id}"
    english(client, house.unit, AT)
    with time_machine.travel(AT, tick=False):
        assert post(client, f"{url}/acknowledge", page_url=url).status_code == 303
        assert post(client, f"{url}/answer", text="").status_code == 400
        assert post(client, f"{url}/answer", text="No: the law sets it.").status_code == 303
        assert post(client, f"{url}/answer", text="Another answer").status_code == 409
    assert "No: the law sets it." in get(client, house.delegates[0], f"/requests/{row.id}").get_data(
        as_text=True
    )
    assert "/received/" not in get(client, house.unit, "/home").get_data(as_text=True)


def test_a_request_becomes_a_dossier_that_names_it(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    row = sent_by(house.delegates[0])
    english(client, house.unit, AT)
    with time_machine.travel(AT, tick=False):
        answer = post(
            client, f"/received/{row.id}/take-up", code="CAFE-9", title_es="Plazos", kind="revision",
            standard_id=house.version.standard_id, body_id=house.assembly.id, objectives_es="Dar tiempo",
        )  # fmt: skip
        assert answer.status_code == 303
        dossier = client.get(answer.location).get_data(as_text=True)
    assert f'href="/received/{row.id}"' in dossier
    mine = get(client, house.delegates[0], f"/requests/{row.id}").get_data(as_text=True)
    assert "CAFE-9" in mine
    assert "/withdraw" not in mine


def test_the_sender_withdraws_after_a_page_that_says_what_it_means(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    row = sent_by(house.delegates[0])
    url = f"/requests/{row.id}"
    english(client, house.delegates[0], AT)
    with time_machine.travel(AT, tick=False):
        assert "This cannot be undone." in client.get(f"{url}/withdraw").get_data(as_text=True)
        assert post(client, f"{url}/withdraw").status_code == 303
        assert "Withdrawn" in client.get(url).get_data(as_text=True)


def test_concerns_reach_the_boards_page_and_requests_do_not(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    coffee = people.actor(Role.NETWORK, network=people.network(NetworkKind.PRODUCT))
    president = people.actor(Role.PRESIDENT, network=house.assembly)
    concern, request = sent_by(coffee, "concern"), sent_by(house.delegates[0])
    page = get(client, president, "/received").get_data(as_text=True)
    assert "For the Board" in page
    assert (f"/received/{concern.id}" in page, f"/received/{request.id}" in page) == (True, False)
    assert get(client, president, f"/received/{request.id}").status_code == 404
    assert "/take-up" not in get(client, president, f"/received/{concern.id}").get_data(as_text=True)
    assert "Concerns for the Board" in get(client, president, "/home").get_data(as_text=True)
    assert get(client, people_of_another_body(), "/received").status_code == 404


def test_a_remark_is_offered_for_a_published_matter_and_listed_with_its_dossier(
    app: Flask, client: FlaskClient
) -> None:
    house = make.house()
    matter = make.dossier(house)
    matter.state = "in_force"
    db.session.commit()
    url = f"/requests/new?about={matter.id}"
    page = get(client, house.delegates[0], url).get_data(as_text=True)
    assert f'<option selected value="{matter.id}">' in page
    with time_machine.travel(AT, tick=False):
        answer = post(client, "/requests/new", page_url=url, title="A remark", text="Too short.")
    assert answer.status_code == 303
    assert db.session.query(Petition).one().dossier_id == matter.id
    assert "A remark" in get(client, house.unit, f"/unit/dossiers/{matter.id}").get_data(as_text=True)
    later = AT + timedelta(days=100)
    assert "/received/" not in get(client, house.unit, "/home", later).get_data(as_text=True)


@pytest.mark.parametrize("number", ["0", "-1", "one", "99", "9" * 30, "9" * 5000])
def test_a_page_that_there_is_not_is_the_nearest(app: Flask, client: FlaskClient, number: str) -> None:
    house = make.house()
    sent_by(house.delegates[0])
    assert ASKED.title in get(client, house.delegates[0], f"/requests?page={number}").get_data(as_text=True)


def test_its_deadline_is_told_in_the_zone_of_who_reads_it(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    late = AT.replace(hour=3)  # still the day before in Central America, and not in Europe
    row = petitions.send(ASKED, client_uuid="u" * 36, by=house.delegates[0], at=late)
    reader = db.session.get_one(Person, house.unit.person_id)
    days = {}
    for zone in ("America/Managua", "Europe/Madrid"):
        reader.zone = zone
        db.session.commit()
        home = get(client, house.unit, "/home").get_data(as_text=True)
        assert f'href="/received/{row.id}"' in home
        days[zone] = ("11 March 2026" in home, "12 March 2026" in home)
    assert days == {"America/Managua": (True, False), "Europe/Madrid": (False, True)}


def test_what_waits_beyond_the_first_twenty_is_one_line_with_its_number(
    app: Flask, client: FlaskClient
) -> None:
    house = make.house()
    for n in range(23):
        petitions.send(ASKED, client_uuid=f"u-{n}", by=house.delegates[0], at=AT + timedelta(minutes=n))
    db.session.commit()
    home = get(client, house.unit, "/home", AT + timedelta(hours=1)).get_data(as_text=True)
    assert home.count('href="/received/') == 20
    assert "Sent in as well, and due after these: 3." in home
    assert 'href="/received"' in home


def test_who_sends_too_many_has_to_wait(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    db.session.commit()
    english(client, house.delegates[0], AT)
    with time_machine.travel(AT, tick=False):
        sent = [
            post(client, "/requests/new", kind="request", title=f"Number {n}", text="Words.").status_code
            for n in range(21)
        ]
        assert post(client, "/requests/new", kind="request", title="", text="Words.").status_code == 429
        assert client.get("/requests/new").status_code == 200
    assert sent == [303] * 20 + [429]
    assert db.session.query(Petition).count() == 20
    english(client, house.delegates[1], AT)
    with time_machine.travel(AT, tick=False):
        assert post(client, "/requests/new", kind="request", title="Mine", text="Words.").status_code == 303


@pytest.mark.parametrize(
    ("role", "endpoint", "label"),
    [
        (Role.UNIT, "petition_desk.index", "Requests received"), (Role.NETWORK, "petitions.mine", "Requests"),
        (Role.DELEGATE, "petitions.mine", "Requests"), (Role.ORGANISATION, "petitions.mine", "Requests"),
    ],
)  # fmt: skip
def test_the_menu_tells_what_is_sent_from_what_is_received(
    app: Flask, role: Role, endpoint: str, label: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        assert str(dict(navigation.entries(role))[endpoint]) == label
