"""The desk of an assembly: prepared, convened, called, installed, an item put to the vote, all through its pages."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.engine import assemblies
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.queries import sessions
from tests.browsing import post
from tests.conftest import signed_in
from tests.factories import assemblies as make
from tests.factories import rules
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.factories.votes import Hall
from tests.web.visiting import english

TERMS = {
    "title_es": "Asamblea general", "kind": "ordinary", "form": "in_person", "place": "Managua", "zone": "America/Managua",
    "starts_on": "2026-11-14", "starts_time": "09:00",
}  # fmt: skip


@pytest.fixture
def hall(app: Flask) -> Hall:
    made = make.hall(3)
    for rule, kind in (
        (make.calls_rule(), "calls"),
        (make.representation_rule(), "representation"),
        (make.roll_rule(), "roll"),
    ):
        rules.in_book(made.body, rule, kind=kind)
    db.session.commit()
    return made


def sent(client: FlaskClient, by: Actor, url: str, at: object = CALLED, **data: str) -> str:
    """The form of this page, sent by this officer at an instant; answers with what the page says in the end."""
    with time_machine.travel(at, tick=False):  # type: ignore[arg-type]
        answer = post(signed_in(client, by), url, follow=True, **data)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_an_assembly_is_prepared_convened_called_and_votes(client: FlaskClient, hall: Hall) -> None:
    taken = {
        name: str(rules.in_book(hall.body, rule, kind=kind).id)
        for name, rule, kind in (
            ("calls", make.calls_rule(), "calls"), ("representation", make.representation_rule(), "representation"),
            ("roll_rule", make.roll_rule(), "roll"),
        )
    }  # fmt: skip
    sent(client, hall.secretary, "/a/assemblies/new", **TERMS, **taken)
    assembly = db.session.query(Assembly).one()
    desk = f"/a/assemblies/{assembly.id}"
    sent(
        client,
        hall.secretary,
        f"{desk}/items/new",
        title_es="Secretaría",
        kind="decision",
        motion_es="Se nombra a Ana.",
    )
    item = db.session.query(AgendaItem).one()
    simple = rules.in_book(hall.body, make.vote_factory.rule()).id
    sent(client, hall.secretary, f"/a/assemblies/items/{item.id}/vote", rule=str(simple), contest_days="5")
    db.session.expire_all()
    sent(client, hall.scrutineer, f"/a/votes/{item.vote_id}/review")
    assert "Convocada" in sent(client, hall.president, f"{desk}/act/convene")
    make.arrive(assembly, hall, 0, 1)
    db.session.commit()
    sent(client, hall.president, f"{desk}/act/first-call", STARTS)
    sent(client, hall.president, f"{desk}/act/install", STARTS)
    sent(client, hall.president, f"/a/assemblies/items/{item.id}/act/take-up", STARTS)
    sent(client, hall.president, f"/a/assemblies/items/{item.id}/put", STARTS, minutes="5")
    db.session.expire_all()
    assert (assembly.state, item.state, item.vote.state) == ("installed", "voted", "open")
    assert item.vote.closes_at == STARTS + timedelta(minutes=5)


def test_a_missing_quorum_says_how_many_are_missing_and_what_to_do(client: FlaskClient, hall: Hall) -> None:
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 0)
    make.assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    db.session.commit()
    with time_machine.travel(STARTS + HOUR / 2, tick=False):
        page = signed_in(client, hall.president).get(f"/a/assemblies/{assembly.id}").text
    assert "1 presentes o representadas, y hacen falta 2: faltan 1." in page
    assert f"/a/assemblies/{assembly.id}/act/install" not in page


def test_officers_of_another_body_see_nothing_of_it(client: FlaskClient, hall: Hall) -> None:
    assembly = make.convened(hall)
    other = make.hall(2)
    db.session.commit()
    client = signed_in(client, other.president)
    assert client.get(f"/a/assemblies/{assembly.id}").status_code == 404
    item = make.items(assembly)[0]
    assert client.get(f"/a/assemblies/items/{item.id}").status_code == 404
    assert client.get(f"/a/assemblies/{assembly.id}/act/call_off").status_code == 404


def test_a_written_procedure_is_put_off_and_opened_by_hand(client: FlaskClient, hall: Hall) -> None:
    assembly = make.convened(hall, form="written", ends_at=STARTS + timedelta(days=7), place="")
    db.session.commit()
    desk = f"/a/assemblies/{assembly.id}"
    said = sent(
        client, hall.secretary, f"{desk}/act/postpone", day="2026-11-24", hour="09:00", reason="Textos"
    )
    assert "Convocada" in said
    opens = STARTS + timedelta(days=10)
    with time_machine.travel(opens - HOUR, tick=False):
        assert "act/open-written" not in signed_in(client, hall.president).get(desk).text
    with time_machine.travel(opens + HOUR, tick=False):
        assert f"{desk}/act/open-written" in signed_in(client, hall.president).get(desk).text
    sent(client, hall.president, f"{desk}/act/open-written", opens + HOUR)
    db.session.expire_all()
    vote = make.items(assembly)[0].vote
    assert vote is not None
    assert (assembly.state, vote.state, vote.closes_at) == ("written", "open", opens + timedelta(days=7))


def test_an_empty_draft_offers_its_first_item_and_says_what_is_missing_until_every_vote_is_reviewed(
    client: FlaskClient, hall: Hall
) -> None:
    assembly = make.prepared(hall)
    db.session.commit()
    desk = f"/a/assemblies/{assembly.id}"

    def seen(by: Actor) -> str:
        with time_machine.travel(CALLED, tick=False):
            return english(client, by, CALLED).get(desk).text

    assert [f"{desk}/{name}" in seen(hall.secretary) for name in ("edit", "items/new")] == [True, True]
    assert f"{desk}/items/new" not in seen(hall.president)
    make.item(assembly, hall, reviewed=False)
    db.session.commit()
    for officer in (hall.secretary, hall.president):
        page = seen(officer)
        assert "not prepared, or not reviewed by a second person: 1." in page
        assert f"{desk}/act/convene" not in page


def test_what_stands_in_the_way_of_a_further_call_is_told_only_where_one_may_come(hall: Hall) -> None:
    there = make.convened(hall)
    make.arrive(there, hall, 0, 1)
    assemblies.call_next(there.id, by=hall.president, at=STARTS)
    shown = sessions.page(there.id, by=hall.president, at=STARTS)
    assert shown is not None
    assert (shown.quorum is not None and shown.quorum.met, shown.against) == (True, {})


@pytest.mark.parametrize("here", [0, 1])
def test_after_the_last_call_there_is_no_further_one_to_speak_of(hall: Hall, here: int) -> None:
    calls = {**make.calls_rule(), "calls": [{"call": 1, "all": [make.HALF]}]}
    assembly = make.convened(hall, calls=calls)
    if here:
        make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    shown = sessions.page(assembly.id, by=hall.president, at=STARTS)
    assert shown is not None
    assert [name for name in shown.against if name.endswith("_call")] == []


def test_a_change_that_is_kept_says_so(client: FlaskClient, hall: Hall) -> None:
    assembly = make.prepared(hall)
    db.session.commit()
    page = sent(
        english(client, hall.secretary, CALLED),
        hall.secretary,
        f"/a/assemblies/{assembly.id}/edit",
        place="León",
    )
    assert ("Saved." in page, assembly.place) == (True, "León")
