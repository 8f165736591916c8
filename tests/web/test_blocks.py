"""A block of an agenda through the pages, from the draft to the proclaimed result; what is sent twice; what is taken back."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM, Actor
from consultations.engine import counts, votes
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.votes import Vote
from consultations.views.live import Shared
from tests.browsing import forms, post
from tests.factories import assemblies as make
from tests.factories import rules
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english

LATER = STARTS + 2 * HOUR
BOTH = ("Approve the accounts of 2025.", "The fee stays at 100.")
ITEMS = (("Accounts", BOTH[0]), ("Fee", BOTH[1]))


@pytest.fixture
def hall(app: Flask) -> Hall:
    app.extensions["live"] = Shared(seconds=0)
    return make.hall(3)


def sent(client: FlaskClient, by: Actor, url: str, at: datetime = CALLED, **data: str) -> str:
    """The form of this page, sent by this officer; answers with what the page says in the end."""
    english(client, by, at)
    with time_machine.travel(at, tick=False):
        answer = post(client, url, follow=True, **data)
    assert answer.status_code == 200, answer.text
    return answer.text


def read(client: FlaskClient, by: Actor | None, url: str, at: datetime = LATER) -> str:
    english(client, by, at)
    with time_machine.travel(at, tick=False):
        answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.text


def agenda_of(assembly_id: int) -> list[AgendaItem]:
    db.session.expire_all()
    return make.items(db.session.get_one(Assembly, assembly_id))


def with_items(client: FlaskClient, hall: Hall, **more: str) -> tuple[int, list[int]]:
    assembly_id = make.prepared(hall).id
    db.session.commit()
    for title, motion in ITEMS:
        said = {"title_es": title, "title_en": title, "motion_es": motion, "motion_en": motion}
        sent(
            client, hall.secretary, f"/a/assemblies/{assembly_id}/items/new", kind="decision", **said, **more
        )
    return assembly_id, [item.id for item in agenda_of(assembly_id)]


def test_a_block_goes_from_the_draft_to_the_proclaimed_result_as_one(client: FlaskClient, hall: Hall) -> None:
    rule = rules.in_book(hall.body, vote_factory.rule()).id
    assembly_id, (first, second) = with_items(client, hall, block="A")
    desk, item = f"/a/assemblies/{assembly_id}", f"/a/assemblies/items/{first}"
    sent(client, hall.secretary, f"{item}/vote", rule=str(rule), contest_days="5")
    vote_id = agenda_of(assembly_id)[1].vote_id or 0
    sent(client, hall.scrutineer, f"/a/votes/{vote_id}/review")
    sent(client, hall.president, f"{desk}/act/convene")
    make.arrive(db.session.get_one(Assembly, assembly_id), hall, 0, 1, 2)
    db.session.commit()
    for name in ("first-call", "install"):
        sent(client, hall.president, f"{desk}/act/{name}", STARTS)
    assert "Together with the other items of its block: 2." in read(
        client, hall.president, f"{item}/act/take-up", STARTS
    )
    sent(client, hall.president, f"{item}/act/take-up", LATER)
    pages = {
        f"/a/assemblies/items/{second}": hall.secretary, f"{desk}/console": hall.president, f"{item}/put": hall.president,
        f"/assemblies/{assembly_id}/screen": None,
    }  # fmt: skip
    for url, by in pages.items():
        page = read(client, by, url)
        assert all(words in page for words in BOTH), url
    sent(client, hall.president, f"{item}/put", LATER, minutes="5")
    assert [row.state for row in agenda_of(assembly_id)] == ["voted", "voted"]
    for url, by in ((f"/v/{vote_id}", hall.delegates[0]), (f"/assemblies/{assembly_id}/screen", None)):
        page = read(client, by, url)
        assert all(words in page for words in BOTH), url
    vote = db.session.get_one(Vote, vote_id)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)
    votes.close_vote(vote_id, by=SYSTEM, at=vote.closes_at)
    for by in (hall.secretary, hall.president, hall.scrutineer):
        counts.sign(vote_id, by=by, at=LATER + HOUR)
    db.session.commit()
    assert [row.state for row in agenda_of(assembly_id)] == ["decided", "decided"]
    assert "Accounts; Fee" in read(client, None, f"/assemblies/{assembly_id}/screen", LATER + HOUR)
    for url in (f"/results/{vote_id}", f"/results/{vote_id}/minutes"):
        page = read(client, None, url, LATER + HOUR)
        assert all(words in page for words in (*BOTH, "Accounts; Fee")), url
    sent(client, hall.president, f"{desk}/act/close", LATER + HOUR)
    sent(client, hall.secretary, f"{desk}/minutes/edit", LATER + HOUR)
    page = read(client, hall.secretary, f"{desk}/minutes", LATER + HOUR)
    assert "Put to the vote together with item 1." in page
    assert all(words in page for words in BOTH)


def test_who_puts_off_an_item_of_a_block_reads_that_its_vote_goes(client: FlaskClient, hall: Hall) -> None:
    assembly_id, (_, second) = with_items(client, hall, block="A")
    page = read(client, hall.secretary, f"/a/assemblies/items/{second}/act/take-off", CALLED)
    assert "prepare another one on the items that stay, 1." in page
    assert len(agenda_of(assembly_id)) == 2


def test_a_form_of_the_agenda_that_is_sent_twice_is_one_item(client: FlaskClient, hall: Hall) -> None:
    assembly = make.installed(hall, titles=("Presupuesto",))
    draft = make.prepared(hall, code="A-2")
    db.session.commit()
    item = make.items(assembly)[0].id
    said = {"title_es": "Informe", "motion_es": "Diez menos.", "kind": "information"}
    for url, id in (
        (f"/a/assemblies/{draft.id}/items/new", draft.id),
        (f"/a/assemblies/items/{item}/amendment", assembly.id),
    ):
        english(client, hall.secretary, LATER)
        before = len(agenda_of(id))
        with time_machine.travel(LATER, tick=False):
            form = next(form for form in forms(client.get(url).text) if "title_es" in form.fields)
            for _ in range(2):
                assert client.post(url, data={**form.fields, **said}).status_code == 303
        assert len(agenda_of(id)) == before + 1


def test_of_a_closed_assembly_no_page_offers_a_vote(client: FlaskClient, hall: Hall) -> None:
    assembly = make.installed(hall, titles=("Presupuesto",))
    vote = make.opened(assembly, hall)
    vote.state = "voided"
    make.assemblies.close(assembly.id, by=hall.president, at=LATER)
    item = make.items(assembly)[0].id
    rule = rules.in_book(hall.body, vote_factory.rule()).id
    db.session.commit()
    assert "Prepare the vote" not in read(client, hall.secretary, f"/a/assemblies/items/{item}")
    english(client, hall.secretary, LATER)
    with time_machine.travel(LATER, tick=False):
        answer = post(client, f"/a/assemblies/items/{item}/vote", rule=str(rule), contest_days="5")
    assert answer.status_code == 409
    assert "Put the matter on the agenda of the next assembly." in answer.text


def test_blocks_of_the_agenda_are_offered_and_one_written_without_its_accent_is_the_same(
    client: FlaskClient, hall: Hall
) -> None:
    assembly_id, (first, second) = with_items(client, hall, block="trámite")
    page = read(client, hall.secretary, f"/a/assemblies/{assembly_id}/items/new", CALLED)
    assert '<datalist id="blocks"><option value="trámite"></option></datalist>' in page
    assert ("Block of items" in page, 'list="blocks"' in page) == (True, True)
    sent(client, hall.secretary, f"/a/assemblies/items/{second}/edit", block="Tramite")
    assert [item.block for item in agenda_of(assembly_id)] == ["trámite", "trámite"]
    sent(client, hall.secretary, f"/a/assemblies/items/{second}/edit", block="otro")
    sent(client, hall.secretary, f"/a/assemblies/items/{first}/edit", block="Trámite")
    assert [item.block for item in agenda_of(assembly_id)] == ["Trámite", "otro"]


def test_a_field_that_is_needed_in_some_cases_says_when_and_is_not_called_optional(
    client: FlaskClient, hall: Hall
) -> None:
    assembly_id = make.prepared(hall).id
    db.session.commit()
    desk = f"/a/assemblies/{assembly_id}"
    for url, label, when in (
        (f"{desk}/edit", "Place", "Necessary if it meets in a room"),
        (f"{desk}/items/new", "Motion in Spanish", "Necessary if something is decided or elected"),
    ):
        page = read(client, hall.secretary, url, CALLED)
        assert (f">{label}</label>" in page, when in page) == (True, True)
