"""Atom feeds and calendars: what is in them, who may have them, and when they change."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from consultations.engine import accounts, round_deadlines, round_running, votes
from consultations.extensions import db
from consultations.models.people import Person
from tests.factories import rounds as make
from tests.factories import votes as hall_of
from tests.web.visiting import english

ATOM = "{http://www.w3.org/2005/Atom}"
AT = make.OPENS_AT + timedelta(days=1)
ADDRESS = "http://127.0.0.1:8000"


def get(client: FlaskClient, url: str, at: datetime = AT, **headers: str) -> TestResponse:
    english(client, None, at)
    with time_machine.travel(at, tick=False):
        return client.get(url, headers=headers)


def feed(answer: TestResponse) -> ElementTree.Element:
    """The feed, held against what RFC 4287 asks of one (section 4.1)."""
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed"
    for node in (root, *root.findall(f"{ATOM}entry")):
        assert [len(node.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert all(node.findtext(ATOM + name) for name in ("id", "title"))
        assert node.findtext(f"{ATOM}id", "").startswith("tag:127.0.0.1,2026-")
        moment = datetime.strptime(node.findtext(f"{ATOM}updated", ""), "%Y-%m-%dT%H:%M:%S%z")
        assert moment <= AT
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Plenaria"
    links = {link.get("rel"): link.get("href", "") for link in root.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"}
    assert all(href.startswith(f"{ADDRESS}/") for href in links.values())
    ids = [node.findtext(f"{ATOM}id") for node in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def titles(root: ElementTree.Element) -> list[str]:
    return [node.findtext(f"{ATOM}title", "") for node in root.findall(f"{ATOM}entry")]


def events(answer: TestResponse) -> dict[str, dict[str, object]]:
    """Summary -> what a calendar program reads of each date."""
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(answer.data)
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    return {
        str(one["SUMMARY"]): {
            "uid": str(one["UID"]), "at": one["DTSTART"].dt, "sequence": int(one["SEQUENCE"]), "status": str(one["STATUS"]),
            "stamp": one["DTSTAMP"].dt,
        }
        for one in found.walk("VEVENT")
    }  # fmt: skip


def test_the_feed_of_all_matters_tells_what_is_public_and_no_more(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    opened = make.at_stage(house, "open")
    make.at_stage(house, "approved")
    db.session.commit()
    root = feed(get(client, "/feed.atom?in=en"))
    assert [one.partition(":")[0] for one in titles(root)] == ["Coffee, revision"]
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2026-04-01T06:00:00Z" == root.findtext(f"{ATOM}updated")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{ADDRESS}/public/dossiers/{opened.dossier_id}"
    again = feed(get(client, "/feed.atom?in=en", AT))
    assert again.findtext(f"{ATOM}entry/{ATOM}id") == entry.findtext(f"{ATOM}id")


def test_a_title_is_text_and_never_markup(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    round_ = make.at_stage(house, "open")
    round_.dossier.titles = {"es": "<b>Café</b> & \x0b]]> té", "en": ""}
    db.session.commit()
    (title,) = titles(feed(get(client, f"/public/dossiers/{round_.dossier_id}/feed.atom?in=es")))
    assert title.startswith("<b>Café</b> & ]]> té: ")


def test_a_feed_in_which_nothing_happened_is_a_feed(app: Flask, client: FlaskClient) -> None:
    assert titles(feed(get(client, "/feed.atom"))) == []


def test_what_is_not_public_has_neither_feed_nor_calendar(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    hidden = make.dossier(house, drafting=False)
    db.session.commit()
    for id in (hidden.id, 4711):
        assert get(client, f"/public/dossiers/{id}/feed.atom").status_code == 404
        assert get(client, f"/public/dossiers/{id}/calendar.ics").status_code == 404


@pytest.mark.parametrize("what", ["feed.atom", "calendar.ics"])
def test_who_has_it_already_is_told_so_until_it_changes(app: Flask, client: FlaskClient, what: str) -> None:
    house = make.house()
    round_ = make.at_stage(house, "open")
    db.session.commit()
    url = f"/public/dossiers/{round_.dossier_id}/{what}?in=en"
    first = get(client, url)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    same = get(client, url, AT + timedelta(hours=1), **{"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    round_deadlines.extend(
        round_.id, closes_on=make.CLOSES_ON + timedelta(days=9), reason="Cosecha.", by=house.head, at=AT
    )
    db.session.commit()
    other = get(client, url, AT + timedelta(hours=2), **{"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert other.headers["ETag"] != first.headers["ETag"]


def test_the_language_is_that_of_the_address(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    round_ = make.at_stage(house, "open")
    db.session.commit()
    url = f"/public/dossiers/{round_.dossier_id}/feed.atom"
    found = [
        titles(feed(get(client, f"{url}{query}")))[0].partition(":")[0] for query in ("", "?in=en", "?in=xx")
    ]
    assert found == ["Café, revisión", "Coffee, revision", "Café, revisión"]


def test_a_calendar_keeps_its_names_and_counts_its_changes(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    round_ = make.at_stage(house, "open")
    db.session.commit()
    url = f"/public/dossiers/{round_.dossier_id}/calendar.ics?in=en"
    closes = "Round 1: last moment to comment · Coffee, revision"
    opens = "Round 1 opens for comments · Coffee, revision"
    before = events(get(client, url))
    assert set(before) == {opens, closes}
    # 23:59 of the last day in Managua, as the page says: not the instant that is too late.
    assert before[closes]["at"] == datetime(2026, 5, 31, 5, 59, tzinfo=UTC)
    assert before[opens]["at"] == make.OPENS_AT
    assert before[closes]["stamp"] == make.OPENS_AT
    round_deadlines.extend(
        round_.id, closes_on=make.CLOSES_ON + timedelta(days=9), reason="Cosecha.", by=house.head, at=AT
    )
    db.session.commit()
    after = events(get(client, url))
    assert after[closes]["uid"] == before[closes]["uid"] != before[opens]["uid"]
    assert after[closes]["at"] == datetime(2026, 6, 9, 5, 59, tzinfo=UTC)
    assert after[closes]["sequence"] == before[closes]["sequence"] + 1  # type: ignore[operator]
    assert after[closes]["stamp"] == AT


def test_a_round_that_was_announced_and_withdrawn_is_called_off_in_the_calendar(
    app: Flask, client: FlaskClient
) -> None:
    house = make.house()
    announced, unknown = make.at_stage(house, "scheduled"), make.at_stage(house, "approved")
    for round_ in (announced, unknown):
        round_running.withdraw(round_.id, reason="Ya no.", by=house.head, at=make.START + timedelta(days=4))
    db.session.commit()
    dates = events(get(client, f"/public/dossiers/{announced.dossier_id}/calendar.ics"))
    assert {one["status"] for one in dates.values()} == {"CANCELLED"}
    assert len(dates) == 2
    assert events(get(client, f"/public/dossiers/{unknown.dossier_id}/calendar.ics")) == {}


def test_a_paused_round_will_close_later(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    round_ = make.at_stage(house, "open")
    round_deadlines.pause(round_.id, reason="Huracán.", by=house.head, at=AT)
    db.session.commit()
    dates = events(get(client, f"/public/dossiers/{round_.dossier_id}/calendar.ics?in=en"))
    assert [one["status"] for one in dates.values()] == ["CONFIRMED", "TENTATIVE"]


def test_a_vote_is_dated_once_it_is_convened(app: Flask, client: FlaskClient) -> None:
    hall = hall_of.hall(1)
    hall_of.prepared(hall)
    db.session.commit()
    url = f"/public/dossiers/{hall.dossier.id}/calendar.ics?in=en"
    assert [name for name in events(get(client, url)) if name.startswith("Vote")] == []
    other = hall_of.hall(1)
    vote = hall_of.convened(other)
    db.session.commit()
    url = f"/public/dossiers/{other.dossier.id}/calendar.ics?in=en"
    held = {name for name in events(get(client, url)) if vote.code in name}
    assert held == {
        f"Vote {vote.code} opens · {other.dossier.titles['en']}",
        f"Vote {vote.code}: last moment to vote · {other.dossier.titles['en']}",
    }
    votes.call_off(vote.id, reason="No.", by=other.president, at=hall_of.CALLED)
    db.session.commit()
    dates = events(get(client, url))
    assert {dates[name]["status"] for name in held} == {"CANCELLED"}


def own_url(app: Flask, person_id: int | None, version: int = 1) -> str:
    token = accounts.calendar_token(person_id or 0, version, app.extensions["settings"].secret())
    return f"/calendar/{token}.ics"


def test_ones_own_calendar_has_what_waits_for_oneself(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    round_ = make.at_stage(house, "open")
    person = db.session.get_one(Person, house.delegates[0].person_id)
    person.language = "en"
    db.session.commit()
    answer = get(client, own_url(app, person.id))
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    (date,) = events(answer).values()
    assert date["at"] == datetime(2026, 5, 31, 5, 59, tzinfo=UTC)
    assert f"{ADDRESS}/d/rounds/{round_.id}".encode() in answer.data.replace(b"\r\n ", b"")
    assert events(get(client, own_url(app, house.unit.person_id))) != events(answer)


def test_ones_own_calendar_ends_with_the_sessions(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    who = house.delegates[0]
    db.session.commit()
    url = own_url(app, who.person_id)
    assert get(client, url).status_code == 200
    accounts.sign_out_everywhere(by=who, at=AT)
    db.session.commit()
    assert get(client, url).status_code == 404
    assert get(client, own_url(app, who.person_id, 2)).status_code == 200
    db.session.get_one(Person, who.person_id).active = False
    db.session.commit()
    assert get(client, own_url(app, who.person_id, 2)).status_code == 404


@pytest.mark.parametrize("token", ["none", "a.b", "W10.x", ""])
def test_a_calendar_of_nobody_is_not_found(app: Flask, client: FlaskClient, token: str) -> None:
    assert get(client, f"/calendar/{token}.ics").status_code == 404


def test_a_token_for_something_else_opens_no_calendar(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    db.session.commit()
    secret = app.extensions["settings"].secret()
    token = accounts.reader_token(house.unit.person_id or 0, secret)
    assert get(client, f"/calendar/{token}.ics").status_code == 404
    assert accounts.calendar_of(accounts.calendar_token(7, 3, secret), secret) == (7, 3)
    assert accounts.calendar_of(accounts.calendar_token(7, 3, "another secret"), secret) is None


def test_the_account_page_gives_the_address_of_ones_own_calendar(app: Flask, client: FlaskClient) -> None:
    house = make.house()
    db.session.commit()
    english(client, house.unit, AT)
    with time_machine.travel(AT, tick=False):
        page = client.get("/account").get_data(as_text=True)
    assert f'href="{ADDRESS}{own_url(app, house.unit.person_id)}"' in page
