"""An annulled vote: both members' reasons are told, its result no longer stands, its item may be voted on again."""

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.engine import agenda_votes, assemblies
from consultations.extensions import db
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from consultations.queries import sessions, tasks_assembly
from tests.engine.test_minutes_course import FIRST, SECOND, annulled
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories import votes as vote_factory
from tests.factories.minutes import CLOSED, LATER
from tests.web.visiting import english


def to_do(hall: make.Hall) -> list[str]:
    found = tasks_assembly.of_officer(hall.secretary, at=LATER)
    return [task.kind for task in found if task.kind in ("vote_annulled_item", "next_assembly_item")]


def test_in_session_the_item_is_discussed_and_voted_on_again(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    factory.voted(assembly, hall, "yyn")
    [item] = make.items(assembly)
    former = item.vote_id or 0
    assert (item.state, to_do(hall)) == ("decided", [])
    annulled(hall, assembly, former, LATER)
    assert (item.state, item.decided_at, to_do(hall)) == ("discussed", None, ["vote_annulled_item"])
    page = sessions.page(assembly.id, by=hall.secretary, at=LATER)
    assert page is not None
    assert "prepare_vote" in page.items[0].can
    again = agenda_votes.prepare(item.id, rule=vote_factory.rule(), by=hall.secretary, at=LATER)
    assert (again.id != former, item.vote_id, to_do(hall)) == (True, again.id, [])
    assert db.session.get_one(Vote, former).state == "annulled"


def test_after_the_assembly_the_next_one_may_take_it_up(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    [item] = make.items(assembly)
    annulled(hall, assembly, item.vote_id or 0, LATER)
    assert (item.state, to_do(hall)) == ("deferred", ["next_assembly_item"])
    later = make.prepared(hall, code="A-2", at=LATER, starts_at=LATER + 60 * 24 * make.HOUR)
    make_item = make.item(later, hall)
    assert (make_item.state, to_do(hall)) == ("planned", ["next_assembly_item"])
    assemblies.convene(later.id, by=hall.president, at=LATER)
    assert to_do(hall) == []
    assert assembly.closed_at == CLOSED


def test_page_and_mail_name_both_members_with_their_reasons(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    vote_id = make.items(assembly)[0].vote_id or 0
    names = annulled(hall, assembly, vote_id, LATER)
    db.session.commit()
    english(client, None, LATER)
    with time_machine.travel(LATER, tick=False):
        page = client.get(f"/results/{vote_id}").get_data(as_text=True)
    mail = db.session.scalars(select(Notice).where(Notice.kind == "vote_annulled")).first()
    assert mail is not None
    for words in (*names, FIRST, SECOND):
        assert words in page
        assert words in str(mail.params)
    assert "No longer stands: annulled" in page
    assert "May be contested until" in page
    assert "may contest it with grounds" not in page


def test_a_vote_closed_early_says_when_it_was_closed(app: Flask) -> None:
    from consultations.queries.vote_lines import line_of, steps

    hall = make.hall(3)
    assembly = make.installed(hall)
    vote = make.opened(assembly, hall, minutes=30)
    early = vote.opened_at + make.HOUR / 20
    make.votes.close_vote(vote.id, by=hall.president, at=early)
    at = {step.key: step.at for step in steps(vote, None)}
    assert (line_of(vote).closes_at, at["close"]) == (early, early)
    assert early < vote.closes_at
