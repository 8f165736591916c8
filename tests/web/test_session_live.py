"""Pages that keep themselves up to date: console and projector, what they send, and what they must not say."""

import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import assemblies, nominations, votes
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.votes import Vote
from consultations.queries import screens
from consultations.security import POLICY, SCRIPTED
from consultations.views.live import Shared
from tests.browsing import post
from tests.factories import assemblies as make
from tests.factories import people
from tests.factories import votes as vote_factory
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english
from workflows.roles import Role

LATER = STARTS + 2 * HOUR
MINUTE = timedelta(minutes=1)
LIVE = {"assembly_public.screen", "session.console"}


@pytest.fixture
def hall(app: Flask) -> Hall:
    app.extensions["live"] = Shared(seconds=0)
    return make.hall(3)


@pytest.fixture
def assembly(hall: Hall) -> Assembly:
    made = make.installed(hall, titles=("Presupuesto", "Cuota"))
    db.session.commit()
    return made


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def voting(assembly: Assembly, hall: Hall) -> Vote:
    vote = make.opened(assembly, hall)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)
    vote_factory.cast(vote, hall.delegates[1], "no", at=LATER)
    db.session.commit()
    return vote


def test_only_the_pages_that_keep_themselves_up_to_date_run_a_script(app: Flask, client: FlaskClient) -> None:
    assert {name for name, view in app.view_functions.items() if getattr(view, "scripted", False)} == LIVE
    assert client.get("/").headers["Content-Security-Policy"] == POLICY
    assert "script-src" not in POLICY
    assert "script-src 'self'; connect-src 'self'" in SCRIPTED


def test_the_projector_needs_no_account_and_brings_its_own_script(
    client: FlaskClient, assembly: Assembly
) -> None:
    answer = client.get(f"/assemblies/{assembly.id}/screen?in=en")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == SCRIPTED
    assert "Set-Cookie" not in answer.headers
    assert re.findall(r'<script src="/static/live\.js\?v=\w+" defer></script>', answer.text)
    assert re.findall(r"<script(?! src)|\bon\w+=|style=", answer.text) == []
    assert 'http-equiv="refresh"' in answer.text
    assert f'data-live="/assemblies/{assembly.id}/screen/now?in=en"' in answer.text


def test_what_is_asked_again_is_answered_with_304_until_it_changes(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    url = f"/assemblies/{assembly.id}/screen/now?in=en"
    page = client.get(f"/assemblies/{assembly.id}/screen?in=en").text
    known = re.search(r'data-etag="(\w+)"', page)[1]  # type: ignore[index]
    same = client.get(url, headers={"If-None-Match": f'"{known}"'})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["X-Now"] == str(int(LATER.timestamp() * 1000))
    voting(assembly, hall)
    changed = client.get(url, headers={"If-None-Match": f'"{known}"', "Accept-Encoding": "gzip, br"})
    assert (changed.status_code, changed.headers["Content-Encoding"]) == (200, "gzip")
    assert changed.headers["ETag"] != f'"{known}"'
    again = client.get(url, headers={"If-None-Match": changed.headers["ETag"], "Accept-Encoding": "gzip, br"})
    assert again.status_code == 304


@pytest.mark.parametrize("where", ["screen?in=en", "screen/now?in=en"])
def test_nothing_of_a_result_is_on_the_wall_before_the_count(
    client: FlaskClient, hall: Hall, assembly: Assembly, where: str
) -> None:
    vote = voting(assembly, hall)
    open_ = client.get(f"/assemblies/{assembly.id}/{where}").text
    assert "2 of 3 have voted" in open_
    vote.state = "closed"
    db.session.commit()
    closed = client.get(f"/assemblies/{assembly.id}/{where}").text
    for page in (open_, closed):
        assert re.findall(r"In favour|Against|Adopted|half-title|Condition", page) == []
    assert "have voted" not in closed


def test_a_vote_that_shows_no_turnout_shows_none_on_the_wall(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    voting(assembly, hall).show_turnout = False
    db.session.commit()
    page = client.get(f"/assemblies/{assembly.id}/screen?in=en").text
    assert "Voting is open" in page
    assert "have voted" not in page


def test_the_wall_shows_the_result_as_a_half_circle_with_its_tables(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    vote = voting(assembly, hall)
    vote_factory.cast(vote, hall.delegates[2], "yes", at=LATER)
    votes.close_vote(vote.id, by=hall.president, at=LATER)
    db.session.commit()
    page = client.get(f"/assemblies/{assembly.id}/screen/now?in=en").text
    assert "Adopted" in page
    assert '<svg role="img" viewBox="0 0 1200 650" aria-labelledby="half-title half-desc">' in page
    assert '<desc id="half-desc">In favour: 2, Against: 1</desc>' in page
    assert re.findall(r'<th scope="row">(\w+) <small>(\w+)</small></th>', page) == [
        ("Guatemala", "GT"), ("Honduras", "HN"), ("Peru", "PE"),
    ]  # fmt: skip
    legend = page.partition('<p class="key"')[2].partition("</p>")[0]
    assert re.findall(r"</svg> ([\w ]+)</span>", legend) == ["In favour", "Against", "Abstain"][:2]


def test_a_suspended_vote_stands_still_on_the_wall(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    vote = voting(assembly, hall)
    votes.suspend(vote.id, reason="Luz", by=hall.secretary, at=LATER)
    db.session.commit()
    page = client.get(f"/assemblies/{assembly.id}/screen/now?in=en").text
    assert "Voting is suspended" in page
    assert "data-until" not in page


def test_before_the_first_call_the_wall_shows_the_quorum_and_when_it_is_called(
    client: FlaskClient, hall: Hall
) -> None:
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 0, at=STARTS - HOUR)
    db.session.commit()
    with time_machine.travel(STARTS - HOUR, tick=False):
        page = client.get(f"/assemblies/{assembly.id}/screen?in=en").text
    assert "to reach: 2" in page
    assert f'data-until="{STARTS.isoformat()}"' in page


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_the_wall_speaks_the_language_of_the_assembly_or_the_one_that_is_asked(
    client: FlaskClient, assembly: Assembly, language: str
) -> None:
    assert '<html lang="es">' in client.get(f"/assemblies/{assembly.id}/screen").text
    assert f'<html lang="{language}">' in client.get(f"/assemblies/{assembly.id}/screen?in={language}").text
    assert client.get(f"/assemblies/{assembly.id}/screen/now?in=xx").status_code == 404


def test_a_draft_has_no_wall(client: FlaskClient, hall: Hall) -> None:
    draft = make.prepared(hall)
    db.session.commit()
    for where in ("screen", "screen/now?in=en"):
        assert client.get(f"/assemblies/{draft.id}/{where}").status_code == 404


def test_the_president_leads_a_vote_from_the_console(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    console = f"/a/assemblies/{assembly.id}/console"
    item = make.items(assembly)[0]
    client = english(client, hall.president, LATER)
    assert f"/a/assemblies/items/{item.id}/act/take-up?from=console" in client.get(console).text
    post(client, f"/a/assemblies/items/{item.id}/act/take-up?from=console")
    answer = post(client, f"/a/assemblies/items/{item.id}/put?from=console", minutes="5")
    assert answer.location == console
    db.session.expire_all()
    vote = item.vote
    assert vote is not None
    page = client.get(console).text
    assert "0 of 3 have voted" in page
    assert "3 have not voted" in page
    steps = f"{console}/votes/{vote.id}"
    post(client, f"{steps}/extend", minutes="10", reason="Más tiempo")
    db.session.expire_all()
    assert vote.closes_at == LATER + 15 * MINUTE
    post(client, f"{steps}/suspend", reason="Luz")
    post(client, f"{steps}/resume", reason="Volvió")
    assert post(client, f"{steps}/close").location == console
    db.session.expire_all()
    assert vote.closed_at == LATER


def test_an_extension_that_is_sent_twice_is_one(client: FlaskClient, hall: Hall, assembly: Assembly) -> None:
    vote = voting(assembly, hall)
    client = english(client, hall.president, LATER)
    url = f"/a/assemblies/{assembly.id}/console/votes/{vote.id}/extend"
    shown = vote.closes_at
    for _ in range(2):
        answer = post(client, url, minutes="10", reason="Más tiempo", closes_at=shown.isoformat())
        assert answer.status_code == 303
    db.session.expire_all()
    assert (vote.closes_at, vote.extensions) == (shown + 10 * MINUTE, 1)
    again = post(client, url, minutes="10", reason="Y más")
    assert again.status_code == 409


@pytest.mark.parametrize("bad", ["", "yesterday", "2026-11-14T17:00:00"])
def test_an_extension_of_no_known_closing_is_no_request_of_ours(
    client: FlaskClient, hall: Hall, assembly: Assembly, bad: str
) -> None:
    vote = voting(assembly, hall)
    client = english(client, hall.president, LATER)
    url = f"/a/assemblies/{assembly.id}/console/votes/{vote.id}/extend"
    assert post(client, url, minutes="10", reason="-", closes_at=bad).status_code == 400


def test_the_secretary_sees_one_act_on_the_vote_and_is_told_why_not_another(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    vote = voting(assembly, hall)
    client = english(client, hall.secretary, LATER)
    console = f"/a/assemblies/{assembly.id}/console"
    page = client.get(console).text
    assert re.findall(r'id="vote-(\w+)"', page) == ["suspend"]
    assert post(client, f"{console}/votes/{vote.id}/close").status_code == 409
    assert post(client, f"{console}/votes/{vote.id}/suspend", reason="Luz").status_code == 303


def test_who_acts_sees_it_at_once_though_readings_are_shared(
    app: Flask, client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    app.extensions["live"] = Shared(seconds=3600)
    vote = voting(assembly, hall)
    client = english(client, hall.president, LATER)
    console = f"/a/assemblies/{assembly.id}/console"
    client.get(f"{console}/now")
    post(client, f"{console}/votes/{vote.id}/suspend", reason="Luz")
    assert "Suspended since" in client.get(console).text
    assert "Suspended since" in client.get(f"{console}/now").text


def test_the_quorum_has_a_page_with_its_bars_and_names(client: FlaskClient, hall: Hall) -> None:
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 0, at=STARTS)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    db.session.commit()
    page = english(client, hall.secretary, LATER).get(f"/a/assemblies/{assembly.id}/quorum").text
    assert "Quorum: missing" in page
    assert "to reach: 2" in page
    assert "Any 1 of those who are missing would give it: see them" in page
    assert f"{hall.members[1].name}" in page
    assert "This call asks for none: those who are there are enough." in page


def test_many_who_ask_at_once_are_answered_by_one_reading() -> None:
    shared, begun, gate = Shared(seconds=60), [], threading.Event()

    def read() -> str:
        begun.append(1)
        gate.wait(5)
        return "once"

    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(shared.get("a", read).body)) for _ in range(20)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join(10)
    assert (found, len(begun)) == ([b"once"] * 20, 1)


def test_while_one_renews_a_reading_the_others_get_the_one_before() -> None:
    shared, gate, reading = Shared(seconds=0), threading.Event(), threading.Event()
    shared.get("a", lambda: "old")

    def slow() -> str:
        reading.set()
        gate.wait(5)
        return "new"

    renewing = threading.Thread(target=shared.get, args=("a", slow))
    renewing.start()
    reading.wait(5)
    assert shared.get("a", slow).body == b"old"
    gate.set()
    renewing.join(10)


def test_a_reading_that_fails_is_tried_again() -> None:
    shared = Shared(seconds=60)

    def broken() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        shared.get("a", broken)
    assert shared.get("a", lambda: "well").body == b"well"


def test_no_more_parts_are_kept_than_there_is_room_for() -> None:
    shared = Shared(seconds=60)
    for n in range(1000):
        shared.get(n, lambda: "x")
    assert shared.get(0, lambda: "again").body == b"again"


def test_who_only_reads_forces_no_reading(
    app: Flask, client: FlaskClient, hall: Hall, assembly: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["live"] = Shared(seconds=3600)
    read: list[int] = []
    page = screens.page

    def counted(assembly_id: int, *, at: datetime) -> screens.Screen | None:
        read.append(assembly_id)
        return page(assembly_id, at=at)

    monkeypatch.setattr(screens, "page", counted)
    for _ in range(5):
        assert "Presupuesto" in client.get(f"/assemblies/{assembly.id}/screen?in=en").text
        client.get(f"/assemblies/{assembly.id}/screen/now?in=en")
    assert read == [assembly.id]


def test_an_auditor_is_shown_the_reading_that_is_kept(
    app: Flask, client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    app.extensions["live"] = Shared(seconds=3600)
    auditor = people.actor(Role.AUDITOR)
    db.session.commit()
    console = f"/a/assemblies/{assembly.id}/console"
    before = english(client, auditor, LATER).get(console).text
    assemblies.suspend(assembly.id, reason="Luz", by=hall.secretary, at=LATER)
    db.session.commit()
    assert "Suspended" in english(client, hall.president, LATER).get(console).text
    part = '<div class="console"'
    assert english(client, auditor, LATER).get(console).text.split(part)[1] == before.split(part)[1]


def test_what_cannot_be_read_takes_no_place() -> None:
    shared = Shared(seconds=60)
    kept = shared.get("kept", lambda: "well")

    def missing() -> str:
        raise LookupError

    for n in range(1000):
        with pytest.raises(LookupError):
            shared.get(n, missing)
    assert shared.get("kept", lambda: "anew") is kept


def test_who_waits_for_a_president_is_told_who_that_is_and_what_to_do(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    vote = voting(assembly, hall)
    assemblies.suspend(assembly.id, reason="Se fue la línea", by=hall.secretary, at=LATER)
    db.session.commit()
    console = f"/a/assemblies/{assembly.id}/console"
    assert "wait-for" not in english(client, hall.president, LATER).get(console).text
    page = english(client, hall.secretary, LATER).get(console).text
    name = db.session.get_one(Person, hall.president.person_id).name
    assert f"Only a president goes on: {name}." in page
    assert "the operator of the register appoints another one, who can act at once" in page
    operator = people.actor(Role.ADMIN)
    nominations.nominate(
        "Vera Paz",
        "vera@example.org",
        Role.PRESIDENT,
        network_id=hall.body.id,
        starts_at=LATER,
        by=operator,
        at=LATER,
    )
    db.session.commit()
    mandate = db.session.query(Mandate).join(Person).filter(Person.email == "vera@example.org").one()
    vera = Actor(Role.PRESIDENT, person_id=mandate.person_id, mandate_id=mandate.id, network_id=hall.body.id)
    page = english(client, hall.secretary, LATER).get(console).text
    assert f"Only a president goes on: {', '.join(sorted((name, 'Vera Paz')))}." in page
    post(english(client, vera, LATER), f"/a/assemblies/{assembly.id}/act/resume")
    db.session.expire_all()
    assert (assembly.state, vote.state) == ("installed", "open")
