"""A delegate votes in the browser: question, check, receipt; what is refused says why and what stands."""

import gzip
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.config import HOME
from consultations.engine import votes
from consultations.extensions import db
from consultations.models.ballots import Ballot
from consultations.models.mandates import Mandate
from consultations.models.people import Person
from consultations.models.votes import Vote
from tests.browsing import forms, post
from tests.factories import people
from tests.factories import votes as make
from tests.web import visiting
from workflows.roles import Role

HOUR = timedelta(hours=1)
AFTER = make.CLOSES + HOUR
BUDGET = 14 * 1024


def english(client: FlaskClient, actor: Actor, at: datetime = make.OPENS + HOUR) -> FlaskClient:
    return visiting.english(client, actor, at)


@pytest.fixture
def hall(app: Flask) -> make.Hall:
    made = make.hall(3)
    made.members[0].name = "Flor del Valle"
    return made


@pytest.fixture
def vote(hall: make.Hall) -> Vote:
    made = make.opened(hall)
    db.session.commit()
    return made


def ballots() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(row.revision, row.choice) for row in db.session.query(Ballot).order_by(Ballot.id)]


def checked(client: FlaskClient, vote: Vote, choice: str) -> dict[str, str]:
    """What the check page would send."""
    page = sure(client, vote, choice)
    return next(form for form in forms(page) if form.action == f"/v/{vote.id}/cast").fields


def sure(client: FlaskClient, vote: Vote, choice: str) -> str:
    """The check page, which the choice leads to."""
    answer = post(client, f"/v/{vote.id}/check", page_url=f"/v/{vote.id}", choice=choice)
    assert (answer.status_code, answer.location) == (303, f"/v/{vote.id}/check")
    return client.get(answer.location).get_data(as_text=True)


def test_the_whole_way_from_the_question_to_the_receipt(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    english(client, hall.delegates[0])
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        asked = client.get(f"/v/{vote.id}").get_data(as_text=True)
        assert "Do you approve the position?" in asked
        assert "The vote of Flor del Valle" in asked
        assert "checked" not in asked
        assert "You are about to vote “In favour” for Flor del Valle." in sure(client, vote, "yes")
        assert ballots() == []
        fields = checked(client, vote, "yes")
        receipt = client.post(f"/v/{vote.id}/cast", data=fields, follow_redirects=True).get_data(as_text=True)
    (row,) = db.session.query(Ballot).all()
    assert row.receipt in receipt
    assert "In favour" in receipt
    assert ballots() == [(1, "yes")]


def test_sending_the_same_page_again_says_so_and_counts_once(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    english(client, hall.delegates[0])
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        fields = checked(client, vote, "no")
        first = client.post(f"/v/{vote.id}/cast", data=fields, follow_redirects=True).get_data(as_text=True)
        again = client.post(f"/v/{vote.id}/cast", data=fields, follow_redirects=True).get_data(as_text=True)
    words = "nothing was counted twice"
    assert (words in first, words in again) == (False, True)
    assert ballots() == [(1, "no")]


def test_a_vote_is_changed_and_the_check_page_says_what_it_replaces(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    make.cast(vote, hall.delegates[0], "no")
    db.session.commit()
    english(client, hall.delegates[0], make.OPENS + 2 * HOUR)
    with time_machine.travel(make.OPENS + 2 * HOUR, tick=False):
        page = sure(client, vote, "abstain")
        assert "This takes the place of the vote that stands: Against." in page
        client.post(f"/v/{vote.id}/cast", data=checked(client, vote, "abstain"))
    assert ballots() == [(1, "no"), (2, "abstain")]


@pytest.mark.parametrize(
    ("voted", "told"),
    [
        (True, "stands unchanged"),
        (False, "No ballot of your organisation was received"),
    ],
)
def test_a_ballot_at_the_closing_instant_is_refused_and_says_what_stands(
    client: FlaskClient, hall: make.Hall, vote: Vote, voted: bool, told: str
) -> None:
    if voted:
        make.cast(vote, hall.delegates[0], "no")
        db.session.commit()
    english(client, hall.delegates[0], make.CLOSES - HOUR / 2)
    with time_machine.travel(make.CLOSES - HOUR / 2, tick=False):
        fields = checked(client, vote, "yes")
    with time_machine.travel(make.CLOSES, tick=False):
        answer = client.post(f"/v/{vote.id}/cast", data=fields)
    assert answer.status_code == 409
    assert "Your vote was not taken" in answer.get_data(as_text=True)
    assert told in answer.get_data(as_text=True)
    assert ballots() == ([(1, "no")] if voted else [])


def test_after_closing_the_page_says_whether_the_organisation_was_counted(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    make.cast(vote, hall.delegates[0], "yes")
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)
    db.session.commit()
    with time_machine.travel(AFTER, tick=False):
        mine = english(client, hall.delegates[0], AFTER).get(f"/v/{vote.id}").get_data(as_text=True)
        theirs = english(client, hall.delegates[1], AFTER).get(f"/v/{vote.id}").get_data(as_text=True)
    assert "It is counted." in mine
    assert "did not vote: no vote of yours is counted." in theirs


def test_a_vote_from_another_tab_is_not_replaced_before_it_was_seen(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    english(client, hall.delegates[0])
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        first, second = checked(client, vote, "yes"), checked(client, vote, "no")
        assert client.post(f"/v/{vote.id}/cast", data=first).status_code == 303
        asked = client.post(f"/v/{vote.id}/cast", data=second)
        page = asked.get_data(as_text=True)
        assert (asked.status_code, ballots()) == (409, [(1, "yes")])
        assert "Your organisation already voted “In favour” since this page was opened" in page
        assert "This takes the place of the vote that stands: In favour." in page
        assert client.post(f"/v/{vote.id}/cast", data=first).location.endswith("/receipt")
        again = next(form for form in forms(page) if form.action == f"/v/{vote.id}/cast").fields
        assert client.post(f"/v/{vote.id}/cast", data=again).status_code == 303
    assert ballots() == [(1, "yes"), (2, "no")]


def test_the_check_page_is_shown_again_by_back_and_reload_and_its_button_counts_once(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    english(client, hall.delegates[0])
    check = f"/v/{vote.id}/check"
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        before = client.get(check)
        assert (before.status_code, before.location) == (303, f"/v/{vote.id}")
        fields = checked(client, vote, "no")
        again = next(
            form for form in forms(client.get(check).get_data(as_text=True)) if form.action.endswith("/cast")
        )
        assert again.fields == fields
        client.post(f"/v/{vote.id}/cast", data=fields)
        after = client.get(check)
    assert (after.status_code, after.location) == (303, f"/v/{vote.id}")
    assert ballots() == [(1, "no")]


def test_a_choice_made_for_one_organisation_is_not_shown_for_another(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    first = hall.delegates[0]
    people.mandate(
        Role.DELEGATE, by=db.session.get_one(Person, first.person_id), organisation=hall.members[1]
    )
    db.session.commit()
    english(client, first)
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        mine = checked(client, vote, "no")
        second = db.session.scalars(select(Mandate.id).order_by(Mandate.id.desc())).first()
        post(client, "/capacity", mandate=second)
        shown = client.get(f"/v/{vote.id}/check")
        sent = client.post(f"/v/{vote.id}/cast", data=mine)
    assert (shown.status_code, shown.location) == (303, f"/v/{vote.id}")
    assert (sent.status_code, ballots()) == (400, [])


def test_the_choice_is_in_no_address_and_goes_with_the_session(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    english(client, hall.delegates[0])
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        answer = post(client, f"/v/{vote.id}/check", page_url=f"/v/{vote.id}", choice="abstain")
        assert "abstain" not in (answer.location or "") + answer.get_data(as_text=True)
        post(client, "/sign-out", page_url=f"/v/{vote.id}")
        with client.session_transaction() as session:
            assert "checked_vote" not in session


def test_a_check_page_opened_after_closing_leads_to_what_became_of_the_vote(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    english(client, hall.delegates[0], make.CLOSES - HOUR / 2)
    with time_machine.travel(make.CLOSES - HOUR / 2, tick=False):
        sure(client, vote, "yes")
    with time_machine.travel(make.CLOSES, tick=False):
        assert client.get(f"/v/{vote.id}/check").location == f"/v/{vote.id}"


def test_no_choice_is_asked_for_again(client: FlaskClient, hall: make.Hall, vote: Vote) -> None:
    english(client, hall.delegates[0])
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        answer = post(client, f"/v/{vote.id}/check", page_url=f"/v/{vote.id}")
    assert answer.status_code == 422
    assert "Choose how your organisation votes." in answer.get_data(as_text=True)


NOTHING_CHOSEN, MADE_UP = "Choose how your organisation votes.", "Go back to the vote and choose again."


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"choice": "maybe"}, 409, ()),
        ({"choice": "y" * 1000}, 409, ()),
        ({"choice": ""}, 422, (NOTHING_CHOSEN,)),
        ({"choice": " "}, 422, (NOTHING_CHOSEN,)),
        ({"request_id": ""}, 422, (MADE_UP,)),
        ({"request_id": "x"}, 422, (MADE_UP,)),
        ({"request_id": "{6f1f2f0e-0f4b-4c58-9a53-0a4a3b1c2d3e}"}, 422, (MADE_UP,)),
        ({"request_id": "6f1f2f0e0f4b4c589a530a4a3b1c2d3e"}, 422, (MADE_UP,)),
        ({"choice": "", "request_id": "x"}, 422, (NOTHING_CHOSEN, MADE_UP)),
        ({"csrf_token": ""}, 400, ()),
    ],
)
def test_an_unknown_choice_or_a_made_up_request_is_refused(
    client: FlaskClient, hall: make.Hall, vote: Vote, changed: dict[str, str], status: int, said: tuple[str, ...]
) -> None:  # fmt: skip
    english(client, hall.delegates[0])
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        answer = client.post(f"/v/{vote.id}/cast", data=checked(client, vote, "yes") | changed)
    assert answer.status_code == status
    page = answer.get_data(as_text=True)
    assert tuple(words for words in (NOTHING_CHOSEN, MADE_UP) if words in page) == said
    assert ballots() == []


def test_who_is_not_on_the_roll_reads_why_and_finds_no_form(client: FlaskClient, vote: Vote) -> None:
    stranger = people.delegate()
    db.session.commit()
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        page = english(client, stranger).get(f"/v/{vote.id}").get_data(as_text=True)
    assert "is not on the roll of this vote" in page
    assert "/check" not in page


@pytest.mark.parametrize("at", [make.OPENS + 4 * HOUR, make.CLOSES + HOUR])
@pytest.mark.parametrize("voted", [True, False])
def test_a_suspended_vote_says_since_when_and_what_stands_also_after_its_first_closing(
    client: FlaskClient, hall: make.Hall, vote: Vote, at: datetime, voted: bool
) -> None:
    if voted:
        make.cast(vote, hall.delegates[0], "yes")
    votes.suspend(vote.id, reason="The line is down.", by=hall.president, at=make.OPENS + 2 * HOUR)
    db.session.commit()
    english(client, hall.delegates[0], at)
    with time_machine.travel(at, tick=False):
        page, index = (client.get(url).get_data(as_text=True) for url in (f"/v/{vote.id}", "/v/"))
        receipt = client.get(f"/v/{vote.id}/receipt").get_data(as_text=True)
    since, stands = "Suspended since Monday, 16 November 2026, 02:00 (Managua).", "your ballot stands."
    assert [since in text for text in (page, index, receipt)] == [True, True, voted]
    assert [stands in text for text in (page, receipt)] == [voted, voted]
    assert [part for part in ("Voting is closed", "21 November", "/check") if part in page] == []


def test_a_vote_that_is_resumed_shows_its_new_closing_in_its_own_zone(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    stopped = make.OPENS + 2 * HOUR
    votes.suspend(vote.id, reason="The line is down.", by=hall.president, at=stopped)
    resumed = stopped + timedelta(seconds=16)
    votes.resume(vote.id, reason="It is back.", by=hall.president, at=resumed)
    db.session.commit()
    english(client, hall.delegates[0], resumed)
    with time_machine.travel(resumed, tick=False):
        page = client.get(f"/v/{vote.id}").get_data(as_text=True)
    assert page.count("Sunday, 22 November 2026, 00:00:16 (Managua)") == 2
    assert "00:00 (Managua)" not in page


def test_a_vote_that_was_called_off_says_when_and_why_and_asks_nothing(
    client: FlaskClient, hall: make.Hall
) -> None:
    other = make.hall(1)
    coming, draft = make.convened(hall), make.prepared(other)
    for stopped, officers in ((coming, hall), (draft, other)):
        votes.call_off(stopped.id, reason="The text has to be mended.", by=officers.president, at=make.CALLED)
    db.session.commit()
    english(client, hall.delegates[0], make.CALLED)
    with time_machine.travel(make.CALLED, tick=False):
        page = client.get(f"/v/{coming.id}").get_data(as_text=True)
        never_convened = client.get(f"/v/{draft.id}").status_code
    assert "Called off on Sunday, 1 November 2026, 09:00 (Managua)." in page
    assert "Reason given: The text has to be mended." in page
    assert [part for part in ("/check", "21 November", "Where this vote stands") if part in page] == []
    assert never_convened == 404


def test_a_draft_is_no_page_and_officers_do_not_vote(client: FlaskClient, hall: make.Hall) -> None:
    draft = make.prepared(hall)
    db.session.commit()
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        assert english(client, hall.delegates[0]).get(f"/v/{draft.id}").status_code == 404
        assert english(client, hall.secretary).get(f"/v/{draft.id}").status_code == 403


@pytest.mark.parametrize("where", ["", "/receipt", "check"])
def test_a_delegates_page_with_its_style_fits_in_14_kb(
    client: FlaskClient, hall: make.Hall, vote: Vote, where: str
) -> None:
    make.cast(vote, hall.delegates[0], "yes")
    db.session.commit()
    english(client, hall.delegates[0], make.OPENS + 2 * HOUR)
    with time_machine.travel(make.OPENS + 2 * HOUR, tick=False):
        if where == "check":
            page = sure(client, vote, "no").encode()
        else:
            page = client.get(f"/v/{vote.id}{where}").data
    style = (HOME / "consultations" / "static" / "plenaria.css").read_bytes()
    assert len(gzip.compress(page)) + len(gzip.compress(style)) < BUDGET


def test_the_list_shows_ones_own_votes(client: FlaskClient, hall: make.Hall, vote: Vote) -> None:
    make.opened(make.hall(2))
    db.session.commit()
    with time_machine.travel(make.OPENS + HOUR, tick=False):
        page = english(client, hall.delegates[0]).get("/v/").get_data(as_text=True)
    assert page.count('href="/v/') - page.count('href="/v/assemblies/') == 1
    assert f'href="/v/{vote.id}"' in page
