"""A dossier's page once its vote runs: the vote is there, who has voted is not, and the position can be sent."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.engine import dispatches, votes
from consultations.extensions import db
from tests.conftest import signed_in
from tests.factories import people
from tests.factories import votes as make
from workflows.roles import Role

DURING = make.OPENS + timedelta(hours=2)
LATER = make.CLOSES + timedelta(days=30)


def words(client: FlaskClient, actor: people.Actor, hall: make.Hall) -> str:
    db.session.commit()
    with client.session_transaction() as session:
        session["language"] = "en"
    answer = signed_in(client, actor).get(f"/unit/dossiers/{hall.dossier.id}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_vote_is_on_the_page_and_who_has_voted_is_not(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    vote = make.opened(hall)
    make.cast(vote, hall.delegates[0], "yes")
    with time_machine.travel(DURING, tick=False):
        page = words(client, people.actor(Role.UNIT), hall)
    assert f"/results/{vote.id}" in page
    assert "The vote was opened." in page
    assert "Ballot" not in page


@pytest.mark.parametrize("convened", [False, True])
def test_a_vote_that_was_called_off_says_when_and_why_and_leads_only_where_there_is_a_page(
    app: Flask, client: FlaskClient, convened: bool
) -> None:
    hall = make.hall(1)
    vote = make.convened(hall) if convened else make.prepared(hall)
    votes.call_off(vote.id, reason="The text has to be mended.", by=hall.president, at=make.CALLED)
    with time_machine.travel(DURING, tick=False):
        page = words(client, people.actor(Role.UNIT), hall)
    assert "Called off on Sunday, 1 November 2026, 09:00 (Managua)." in page
    assert "Reason given: The text has to be mended." in page
    assert (f"/results/{vote.id}" in page, "21 November" in page) == (convened, False)


def test_a_suspended_vote_names_no_closing_on_the_dossier_nor_on_the_board(
    app: Flask, client: FlaskClient
) -> None:
    hall, unit = make.hall(1), people.actor(Role.UNIT)
    vote = make.opened(hall)
    votes.suspend(vote.id, reason="The line is down.", by=hall.president, at=make.OPENS + timedelta(hours=1))
    with time_machine.travel(DURING, tick=False):
        page = words(client, unit, hall)
        board = client.get("/unit/dossiers").get_data(as_text=True)
    assert "Suspended since Monday, 16 November 2026, 01:00 (Managua)." in page
    assert '<span class="tag late">Suspended</span>' in board
    assert "0 of 1 have voted" in board
    assert ["Closes" in text or "21 November" in text for text in (page, board)] == [False, False]


@pytest.mark.parametrize(
    ("role", "state", "leads"),
    [
        (Role.UNIT_HEAD, "final", ["position"]),
        (Role.UNIT, "final", []),
        (Role.UNIT_HEAD, "open", []),
        (Role.UNIT_HEAD, "sent", ["outcome"]),
        (Role.UNIT, "sent", ["outcome"]),
    ],
)
def test_the_page_leads_to_the_position_and_then_to_its_answer(
    app: Flask, client: FlaskClient, role: Role, state: str, leads: list[str]
) -> None:
    hall, head = make.hall(3), people.actor(Role.UNIT_HEAD)
    make.opened(hall) if state == "open" else make.final(hall, "yyn")
    with time_machine.travel(DURING if state == "open" else LATER, tick=False):
        if state == "sent":
            dispatches.send_position(
                hall.dossier.id, recipient="The outside body", letter="We adopt it.", by=head, at=LATER
            )
        page = words(client, head if role is Role.UNIT_HEAD else people.actor(role), hall)
    links = [
        name for name in ("position", "outcome") if f"/results/dossiers/{hall.dossier.id}/{name}" in page
    ]
    assert links == leads
