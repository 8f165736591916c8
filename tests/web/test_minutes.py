"""The minutes through their pages: the secretary writes, two sign, everybody reads and fetches a tagged PDF."""

import io

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from pypdf import PdfReader
from sqlalchemy import update

from consultations.actor import SYSTEM, Actor
from consultations.documents.minutes_vote import roll_call
from consultations.documents.synopsis_blocks import Paragraph
from consultations.engine import assemblies, interests, votes
from consultations.engine import assembly_amendments as amendments
from consultations.extensions import db
from consultations.facts.minutes_votes import of_vote
from consultations.models.assemblies import Assembly
from consultations.models.votes import RollEntry
from consultations.queries.minutes_check import check
from consultations.queries.minutes_standing import Standing
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import assemblies as make
from tests.factories import elections as election_factory
from tests.factories import minutes as factory
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.factories.minutes import CLOSED, LATER
from tests.factories.votes import Hall


@pytest.fixture
def hall(app: Flask) -> Hall:
    return make.hall(4)


@pytest.fixture
def assembly(hall: Hall) -> Assembly:
    made = factory.held(hall, "yyn")
    db.session.commit()
    return made


def sent(client: FlaskClient, by: Actor, url: str, status: int = 200, **data: str) -> str:
    with time_machine.travel(LATER, tick=False):
        answer = post(signed_in(client, by), url, follow=True, **data)
    assert answer.status_code == status, answer.text
    return answer.text


def test_the_secretary_writes_two_sign_and_everybody_reads(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    desk = f"/a/assemblies/{assembly.id}/minutes"
    before = client.get(f"/assemblies/{assembly.id}/minutes", headers={"Accept-Language": "en"})
    assert "has not written the minutes yet" in before.text
    sent(client, hall.secretary, f"{desk}/edit", introduction="Buenos días.", **{"item-1": "Se debatió."})
    page = sent(client, hall.secretary, f"{desk}/sign", number="1")
    assert "Buenos días." in page
    with time_machine.travel(LATER, tick=False):
        asked = signed_in(client, hall.president).get(f"{desk}/sign").text
    assert "se aprueba" in asked.lower()
    sent(client, hall.president, f"{desk}/sign", number="1")
    db.session.expire_all()
    assert assembly.state == "minutes_signed"
    public = client.get(f"/assemblies/{assembly.id}/minutes", headers={"Accept-Language": "pt"}).text
    assert '<p lang="es">Se debatió.</p>' in public
    file = client.get(f"/assemblies/{assembly.id}/minutes.pdf").data
    found = check(file)
    assert (found.differing, found.standing) == ((), Standing("", ()))
    assert found.made_at is not None


def test_the_pdf_is_tagged_in_the_language_asked_for_with_its_title_and_figures(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    sent(client, hall.secretary, f"/a/assemblies/{assembly.id}/minutes/edit", closing="Fin.")
    for language in ("es", "fr"):
        answer = client.get(f"/assemblies/{assembly.id}/minutes.pdf?in={language}")
        root = PdfReader(io.BytesIO(answer.data)).trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == (
            language,
            True,
            True,
        )
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        assert f"A-1-minutes-1-{language}.pdf" in answer.headers["Content-Disposition"]


def test_an_old_version_is_not_signed_and_its_page_says_so(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    desk = f"/a/assemblies/{assembly.id}/minutes"
    sent(client, hall.secretary, f"{desk}/edit", closing="Uno.")
    sent(client, hall.secretary, f"{desk}/edit", closing="Dos.", known="1")
    refused = sent(client, hall.president, f"{desk}/sign", 409, number="1")
    assert 'role="alert"' in refused
    older = client.get(f"/assemblies/{assembly.id}/minutes?version=1")
    assert "Uno." in older.text
    assert client.get(f"/assemblies/{assembly.id}/minutes?version=7").status_code == 404
    kept = sent(
        client, hall.secretary, f"{desk}/edit", 409, closing="Tres, escrito sobre la primera.", known="1"
    )
    assert "Tres, escrito sobre la primera." in kept


def test_there_is_nothing_before_closing_and_nothing_for_another_body(
    client: FlaskClient, hall: Hall
) -> None:
    running = make.installed(hall)
    other = make.hall(2)
    db.session.commit()
    assert client.get(f"/assemblies/{running.id}/minutes").status_code == 404
    assert client.get(f"/assemblies/{running.id}/minutes.pdf").status_code == 404
    with time_machine.travel(LATER, tick=False):
        client = signed_in(client, other.secretary)
        assert client.get(f"/a/assemblies/{running.id}/minutes").status_code == 404
        assert client.get(f"/a/assemblies/{running.id}/minutes/edit").status_code == 404


def test_a_vote_has_its_minutes_as_a_pdf(client: FlaskClient, hall: Hall, assembly: Assembly) -> None:
    vote_id = make.items(assembly)[0].vote_id
    with time_machine.travel(LATER, tick=False):
        answer = client.get(f"/results/{vote_id}/minutes.pdf?in=es")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    found = check(answer.data)
    assert (found.differing, found.made_at) == ((), LATER)
    assert found.standing == Standing("", ("president", "scrutineer", "secretary"))
    assert client.get("/results/987654/minutes.pdf").status_code == 404


def test_the_minutes_are_there_when_who_declared_an_interest_was_taken_off_the_roll(
    client: FlaskClient, hall: Hall
) -> None:
    running = make.convened(hall)
    item, gone = make.items(running)[0], make.elector(running, 3, hall)
    interests.declare(item.id, gone.id, words="Es su caja.", by=hall.delegates[3], at=CALLED)
    make.proxy(running, hall, 2, 3)
    hall.members[3].good_standing = False
    db.session.flush()
    roll = amendments.propose(
        running.id, organisations=[hall.members[3].id], reason="No está al día.", by=hall.secretary, at=CALLED + HOUR
    )  # fmt: skip
    amendments.confirm(running.id, roll_sha256=roll, by=hall.scrutineer, at=CALLED + HOUR)
    make.arrive(running, hall, 0, 1, 2)
    assemblies.call_next(running.id, by=hall.president, at=STARTS)
    assemblies.install(running.id, by=hall.president, at=STARTS)
    db.session.commit()
    pages = ["", "/door", "/door/stays", "/quorum", "/roll", "/console", "/console/now"]
    with time_machine.travel(STARTS + HOUR, tick=False):
        desk = signed_in(client, hall.secretary)
        answers = {page: desk.get(f"/a/assemblies/{running.id}{page}").status_code for page in pages}
        assert set(answers.values()) == {200}
        assert "Es su caja." in desk.get(f"/a/assemblies/items/{item.id}").text
    factory.voted(running, hall, "yyn")
    assemblies.close(running.id, by=hall.president, at=CLOSED)
    db.session.commit()
    sent(client, hall.secretary, f"/a/assemblies/{running.id}/minutes/edit", closing="Fin.")
    public = client.get(f"/assemblies/{running.id}/minutes")
    assert (public.status_code, hall.members[3].name in public.text) == (200, True)
    assert check(client.get(f"/assemblies/{running.id}/minutes.pdf").data).differing == ()


def test_the_roll_call_of_an_election_names_the_options_before_who_chose_none(app: Flask, hall: Hall) -> None:
    vote = election_factory.opened(hall)
    hall.members[0].name = "Prodecoop R.L."
    first, second = (option["id"] for option in vote.rule["options"][:2])
    election_factory.cast(vote, hall, second, first, "blank")
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    with force_locale("es"):
        told = [
            block.words
            for block in roll_call(of_vote(vote, vote.closes_at), 1)
            if isinstance(block, Paragraph)
        ]
    assert [words.partition(" (")[0] for words in told] == ["Eva Luz", "Sin voto", "Ana Pérez", "En blanco"]


def test_a_name_that_ends_in_a_stop_gets_no_second_one_and_the_version_is_printed(
    client: FlaskClient, hall: Hall, assembly: Assembly
) -> None:
    vote_id = make.items(assembly)[0].vote_id
    db.session.execute(update(RollEntry).where(RollEntry.vote_id == vote_id).values(name="Prodecoop R.L."))
    db.session.commit()
    sent(client, hall.secretary, f"/a/assemblies/{assembly.id}/minutes/edit", closing="Fin.")
    page = client.get(f"/assemblies/{assembly.id}/minutes", headers={"Accept-Language": "es"}).text
    assert "R.L.." not in page
    assert "A-1 · Versión 1" in page
