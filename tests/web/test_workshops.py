"""Workshops and paper in the browser: recorded, entered, confirmed; forms out and back; a network keeps to its members."""

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.comments import Comment
from consultations.models.mandates import Mandate
from consultations.models.organisations import NetworkKind
from consultations.models.rounds import QuestionAnswer, RegisterEntry
from consultations.models.workshops import Attendance, Workshop
from tests.browsing import post, token
from tests.factories import people
from tests.factories.comments import DURING, Scene, question, scene
from tests.web.visiting import english
from workflows.roles import Role

STYLES = Path("consultations/static/plenaria.css")
HELD = {"place": "Salón comunal", "country": "GT", "held_on": "2026-11-05", "facilitator": "Una facilitadora"}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    question(made.round, 1, "agree")
    question(made.round, 2, "ranking", ("Agua", "Luz"))
    db.session.commit()
    return made


def network(here: Scene, *members: int) -> Actor:
    belonging = tuple(here.organisations[n] for n in members)
    made = people.actor(Role.NETWORK, network=people.network(NetworkKind.COUNTRY, members=belonging))
    db.session.commit()
    return made


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["unit", "network"])
def test_a_workshop_from_its_record_to_the_organisation_s_confirmation(
    client: FlaskClient, here: Scene, who: str
) -> None:
    by = here.unit if who == "unit" else network(here, 0)
    id, organisation = here.round.id, here.organisations[0].id
    english(client, by, DURING)
    base = f"/{who}/rounds/{id}"
    kept = post(client, f"{base}/workshops/new", **HELD)
    held = db.session.scalars(select(Workshop)).one()
    assert (kept.location, held.network_id) == (
        f"/{who}/workshops/{held.id}",
        by.network_id if who == "network" else None,
    )
    post(client, f"/{who}/workshops/{held.id}", organisation_id=str(organisation), women="12", men="7")
    assert db.session.scalars(select(Attendance.women)).all() == [12]
    assert "12 women, 7 men" in text(client, f"/{who}/workshops/{held.id}")
    found = text(client, f"{base}/entries?workshop={held.id}&q={here.organisations[0].code}")
    assert f"{base}/entries/{organisation}?workshop={held.id}" in found
    one = f"{base}/entries/{organisation}"
    post(
        client,
        f"{one}/comment?workshop={held.id}",
        stance="against",
        text="No alcanza.",
        node_id=str(here.clauses[0].id),
    )
    made = db.session.scalars(select(Comment)).one()
    assert (made.channel, made.workshop_id, made.state) == ("workshop", held.id, "submitted")
    post(client, f"/{who}/entries/{made.id}", text="No alcanza el agua.")
    post(client, f"{one}/answers?workshop={held.id}", **answers("agree"))
    english(client, here.delegates[0], DURING)
    assert "Something was entered for your organisation" in text(client, f"/d/rounds/{id}")
    page = text(client, f"/d/rounds/{id}/entered")
    assert "No alcanza el agua." in page
    assert "We agree" in page
    assert post(client, f"/d/rounds/{id}/entered").status_code == 303
    db.session.expire_all()
    assert (made.confirmed_at, db.session.scalars(select(Attendance.confirmed_at)).one()) == (DURING, DURING)
    assert "Confirm it" not in text(client, f"/d/rounds/{id}/entered")


def answers(value: str) -> dict[str, str]:
    """What the form of the first question of any round is sent."""
    from consultations.models.rounds import Question

    id = db.session.scalars(select(Question.id).order_by(Question.id)).first()
    return {f"v{id}": value, "go": "send"}


def test_a_network_does_not_reach_another_s_members_or_workshops(client: FlaskClient, here: Scene) -> None:
    english(client, network(here, 0), DURING)
    post(client, f"/network/rounds/{here.round.id}/workshops/new", **HELD)
    held = db.session.scalars(select(Workshop)).one()
    english(client, network(here, 1), DURING)
    base, other = f"/network/rounds/{here.round.id}", here.organisations[0].id
    for url in (
        f"/network/workshops/{held.id}", f"/network/workshops/{held.id}/edit", f"{base}/entries/{other}", f"{base}/entries/{other}/comment",
        f"{base}/entries/{other}/answers", f"{base}/entries/{other}/form", f"{base}/form.xlsx?organisation={other}",
    ):  # fmt: skip
        text(client, url, 404)
    assert "Salón comunal" not in text(client, f"{base}/workshops")
    assert here.organisations[0].name not in text(client, f"{base}/entries?q={here.organisations[0].code}")
    sent = client.post(
        f"{base}/entries/{other}/no-comment", data={"csrf_token": token(client, f"{base}/workshops/new")}
    )
    assert sent.status_code == 404
    assert db.session.scalar(select(func.count()).where(RegisterEntry.no_comment_at.is_not(None))) == 0


def test_a_form_goes_out_and_comes_back_through_a_dry_run(client: FlaskClient, here: Scene) -> None:
    english(client, here.unit, DURING)
    base = f"/unit/rounds/{here.round.id}"
    sent = client.get(f"{base}/form.xlsx?organisation={here.organisations[0].id}")
    assert (sent.status_code, sent.mimetype) == (
        200,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    book = load_workbook(BytesIO(sent.data))
    book.worksheets[1]["F4"], book.worksheets[1]["D4"] = "No alcanza.", "3. Against"
    target = BytesIO()
    book.save(target)
    asked = token(client, f"{base}/forms")
    read = client.post(
        f"{base}/forms", data={"csrf_token": asked, "file": (BytesIO(target.getvalue()), "form.xlsx")}
    )
    assert read.status_code == 303
    page = text(client, read.location)
    assert "One row is entered" in page
    assert db.session.scalar(select(func.count(Comment.id))) == 0
    assert post(client, read.location).status_code == 303
    assert db.session.scalars(select(Comment.channel)).all() == ["paper"]
    again = client.post(
        f"{base}/forms", data={"csrf_token": asked, "file": (BytesIO(target.getvalue()), "form.xlsx")}
    )
    assert "Nothing would be other than before." in text(client, again.location)
    wrong = client.post(
        f"{base}/forms", data={"csrf_token": asked, "file": (BytesIO(b"%PDF-1.7"), "form.xlsx")}
    )
    assert wrong.status_code == 409
    other = scene()
    db.session.commit()
    elsewhere = f"/unit/rounds/{other.round.id}/forms"
    answer = client.post(
        elsewhere, data={"csrf_token": asked, "file": (BytesIO(target.getvalue()), "form.xlsx")}
    )
    assert (answer.status_code, "belongs to another round" in answer.get_data(as_text=True)) == (409, True)


def test_the_form_to_print_has_every_clause_and_question_and_the_code(
    client: FlaskClient, here: Scene
) -> None:
    english(client, here.unit, DURING)
    page = text(client, f"/unit/rounds/{here.round.id}/entries/{here.organisations[0].id}/form")
    for part in (here.organisations[0].code, "1.1", "2.1", "Pregunta 1", "Agua", "☐"):
        assert part in page


def test_the_form_to_print_names_dossier_and_round_as_people_do(client: FlaskClient, here: Scene) -> None:
    here.round.number = 7
    db.session.commit()
    english(client, here.unit, DURING)
    page = text(client, f"/unit/rounds/{here.round.id}/entries/{here.organisations[0].id}/form")
    code = here.round.dossier.code
    assert f"<b>{here.organisations[0].code}</b> · {code} · Round 7</p>" in page


def test_who_enters_for_an_organisation_without_a_delegate_reads_that_nobody_can_confirm(
    client: FlaskClient, here: Scene
) -> None:
    english(client, here.unit, DURING)
    url = f"/unit/rounds/{here.round.id}/entries/{here.organisations[0].id}"
    assert "nobody can confirm" not in text(client, url)
    db.session.execute(
        update(Mandate).where(Mandate.organisation_id == here.organisations[0].id).values(ends_at=DURING)
    )
    db.session.commit()
    page = text(client, url)
    assert "This organisation has no delegate: nobody can confirm what is entered for it." in page
    assert "Ask the operator of the register, through the Standards Unit" in page
    post(client, f"{url}/comment", stance="for", text="Bien.", node_id=str(here.clauses[0].id))
    page = text(client, url)
    assert "The organisation has no delegate to confirm it." in page
    assert ("Nobody can confirm it" in page, "Waits for its delegate" in page) == (True, False)


def test_a_delegate_s_sheet_is_refused_with_links_to_what_it_lacks_and_what_was_answered_is_kept(
    client: FlaskClient, here: Scene
) -> None:
    from consultations.models.rounds import Question

    one, two = db.session.scalars(select(Question).order_by(Question.position))
    one.required = two.required = True
    db.session.commit()
    english(client, here.delegates[0], DURING)
    url = f"/d/rounds/{here.round.id}/questions"
    answer = post(client, url, **{f"v{one.id}": "agree", "go": "send"})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, 'href="#q2"' in page, 'href="#q1"' in page) == (409, True, False)
    assert db.session.scalars(select(QuestionAnswer.value)).all() == ["agree"]
    wrong = post(client, url, **{f"r{two.id}_0": "1", f"r{two.id}_1": "1", "go": "send"})
    assert (wrong.status_code, "different place" in wrong.get_data(as_text=True)) == (200, True)
    done = post(client, url, **{f"r{two.id}_0": "2", f"r{two.id}_1": "1", "go": "send"})
    assert done.status_code == 303
    assert db.session.scalars(
        select(RegisterEntry.sheet_sent_at).where(RegisterEntry.sheet_sent_at.is_not(None))
    ).all() == [DURING]
    assert "Save the changes" in text(client, url)


def test_a_long_sheet_fits_in_fourteen_kilobytes(client: FlaskClient, here: Scene) -> None:
    for position, kind in enumerate(
        ("agree", "single", "multiple", "ranking", "number", "date", "text", "scale") * 3, 3
    ):
        row = question(here.round, position, kind, ("Primera opción", "Segunda opción", "Tercera opción"))
        row.lowest, row.highest = (1, 5) if kind == "scale" else (None, None)
    db.session.commit()
    english(client, here.delegates[0], DURING)
    page = text(client, f"/d/rounds/{here.round.id}/questions")
    assert len(gzip.compress(page.encode(), 6)) + len(gzip.compress(STYLES.read_bytes(), 6)) <= 14 * 1024
    assert len(re.findall("<fieldset", page)) > 10


def test_results_are_shown_with_shares_that_total_a_hundred(client: FlaskClient, here: Scene) -> None:
    english(client, here.unit, DURING)
    page = text(client, f"/unit/rounds/{here.round.id}/results")
    assert "Pregunta 1" in page
    assert "Only sheets that were sent count." in page
