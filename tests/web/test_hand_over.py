"""From the last answers to the vote: who waits for whom is told on every page, and nothing is offered too early."""

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import dossiers, satisfaction, synopses, votes
from consultations.extensions import db
from consultations.models.reviews import Review
from consultations.queries import tasks, vote_drafts
from tests.engine.refusals import refused_with
from tests.factories import people, rules
from tests.factories.comments import AFTER, Scene, answered, answering, comment, scene
from tests.factories.votes import terms
from tests.web.visiting import english
from workflows.roles import Role


@pytest.fixture
def here(app: Flask) -> Scene:
    """A round whose answers were published a moment ago, on a dossier in its final review."""
    made = scene(organisations=3)
    made.round.dossier.body.settings = {"commission": made.body.code}
    said = comment(made)
    answering(made)
    answered(made, said)
    synopses.submit(made.round.id, "Se preguntó.", "Sigue el voto.", by=made.unit, at=AFTER)
    db.session.scalars(select(Review)).one().state = "approved"
    synopses.publish(made.round.id, by=made.head, at=AFTER)
    dossiers.advance_dossier(made.round.dossier_id, "start_final_review", by=made.head, at=AFTER)
    version = made.round.version
    version.text_sha256, version.frozen_at = made.round.text_sha256, AFTER
    db.session.commit()
    return made


def read(client: FlaskClient, by: Actor, url: str) -> str:
    english(client, by, AFTER)
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(url)
    assert answer.status_code == 200, url
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_the_chair_is_told_of_the_hand_over_while_members_may_still_object(
    client: FlaskClient, here: Scene
) -> None:
    waiting = tasks.waiting(here.chair, at=AFTER)
    assert [(one.kind, one.endpoint, one.due_at) for one in waiting] == [
        ("declare_ready_later", "desk.ready", here.round.satisfaction_until)
    ]
    for url in (f"/unit/dossiers/{here.round.dossier_id}", f"/unit/rounds/{here.round.id}"):
        page = read(client, here.chair, url)
        assert ("Declare the text ready for the vote" in page, "Objections without an answer: 0." in page) == (True, True)  # fmt: skip
        assert re.search(r"Until [^.]* organisations may say whether the answers satisfy them\.", page)
    assert "Until " in read(client, here.chair, f"/desk/rounds/{here.round.id}/ready")


def test_the_head_reads_what_the_final_review_still_waits_for(client: FlaskClient, here: Scene) -> None:
    page = read(client, here.head, f"/unit/dossiers/{here.round.dossier_id}")
    assert "Then the chair of the Commission declares the text ready for the vote" in page
    assert "Declare the text ready for the vote" not in page


def test_nothing_is_ready_for_the_vote_before_the_chair_says_so(app: Flask, here: Scene) -> None:
    dossier = here.round.dossier
    secretary = people.actor(Role.SECRETARY, network=dossier.body)
    assert (vote_drafts.ready(secretary), tasks.waiting(secretary, at=AFTER)) == ((), ())
    rules.shipped(dossier.body)
    with refused_with("text_not_handed_over"):
        votes.prepare(dossier.id, here.round.version_id, dossier.body_id, by=secretary, at=AFTER, **terms())


def test_once_the_chair_has_said_so_it_is(app: Flask, here: Scene) -> None:
    dossier, later = here.round.dossier, here.round.satisfaction_until
    secretary = people.actor(Role.SECRETARY, network=dossier.body)
    satisfaction.end_window(here.round.id, by=people.actor(Role.SYSTEM), at=later)
    synopses.ready_for_vote(here.round.id, by=here.chair, at=later)
    assert [id for id, *_ in vote_drafts.ready(secretary)] == [dossier.id]
    assert [one.kind for one in tasks.waiting(secretary, at=later)] == ["prepare_vote"]
    assert tasks.waiting(here.chair, at=later) == ()


def test_the_page_before_the_final_review_says_what_is_still_missing(
    client: FlaskClient, here: Scene
) -> None:
    here.round.dossier.state = "in_round"
    db.session.commit()
    page = read(client, here.head, f"/unit/dossiers/{here.round.dossier_id}/acts/start_final_review")
    assert "organisations may say whether the answers satisfy them" in page


@pytest.mark.parametrize(
    ("state", "leads"), [("answering", ["", "synopsis"]), ("synopsis_review", ["publish"])]
)
def test_the_page_of_a_round_has_the_button_of_its_next_step(
    client: FlaskClient, here: Scene, state: str, leads: list[str]
) -> None:
    here.round.state, here.round.published_at = state, None
    db.session.commit()
    english(client, here.head, AFTER)
    with time_machine.travel(AFTER, tick=False):
        page = client.get(f"/unit/rounds/{here.round.id}").get_data(as_text=True)
    buttons = re.findall(rf'class="btn[^"]*" href="/desk/rounds/{here.round.id}/?([^"]*)"', page)
    assert buttons == leads
