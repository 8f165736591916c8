"""A receipt is checked by anybody who holds it; nobody learns what the published files do not say."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import SYSTEM
from consultations.engine import votes
from consultations.extensions import db
from consultations.facts import boards
from consultations.forms.receipts import tidy
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote
from tests.browsing import forms
from tests.factories import votes as make
from tests.web.visiting import english

HOUR = timedelta(hours=1)
DURING, AFTER = make.OPENS + 4 * HOUR, make.CLOSES + HOUR
UNKNOWN = "AAAA-BBBB-CCCC-DDDD"


@pytest.fixture
def hall(app: Flask) -> make.Hall:
    made = make.hall(2)
    made.members[0].name = "Flor del Valle"
    return made


@pytest.fixture
def vote(hall: make.Hall) -> Vote:
    return make.opened(hall)


def asked(client: FlaskClient, vote: Vote, code: str, at: datetime = AFTER, status: int = 200) -> str:
    """What the page says to a stranger, on one line."""
    db.session.commit()
    english(client, None, at)
    with time_machine.travel(at, tick=False):
        answer = client.get(f"/results/{vote.id}/receipt", query_string={"code": code})
    assert answer.status_code == status
    main = answer.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def closed(vote: Vote) -> None:
    votes.close_vote(vote.id, by=SYSTEM, at=make.CLOSES)


@pytest.mark.parametrize(
    "change", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "]
)
def test_the_receipt_of_what_was_counted_names_the_ballot_and_its_leaf(
    client: FlaskClient, hall: make.Hall, vote: Vote, change: object
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    closed(vote)
    page = asked(client, vote, change(code))  # type: ignore[operator]
    assert "This is the receipt of the ballot of Flor del Valle that was counted: Against." in page
    leaf = boards.leaf(vote.code, hall.members[0].code, 1, "no", code)
    assert leaf in page
    assert leaf in client.get(f"/results/{vote.id}/files/board.csv").get_data(as_text=True)


def test_the_receipt_of_a_ballot_that_was_changed_says_what_was_counted_and_not_what_it_was(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    first = make.cast(vote, hall.delegates[0], "no").code
    make.cast(vote, hall.delegates[0], "yes")
    closed(vote)
    page = asked(client, vote, first)
    assert "was not counted: Flor del Valle voted again before closing." in page
    assert "What was counted is its last ballot: In favour." in page
    assert "Against" not in page


def test_before_the_count_only_that_it_is_there_is_told(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    receipts = [make.cast(vote, hall.delegates[0], choice).code for choice in ("no", "yes")]
    said = [asked(client, vote, code, DURING).replace(code, "") for code in receipts]
    assert said[0] == said[1]  # not even which of the two stands
    assert "A ballot with this receipt was received in this vote." in said[0]
    assert not re.search("Flor del Valle|In favour|Against", said[0])


@pytest.mark.parametrize("at", [DURING, AFTER])
def test_a_receipt_of_another_vote_or_of_none_is_not_found(
    client: FlaskClient, hall: make.Hall, vote: Vote, at: datetime
) -> None:
    other = make.hall(1)
    elsewhere = make.cast(make.opened(other), other.delegates[0], "yes").code
    if at == AFTER:
        closed(vote)
    told = [asked(client, vote, code, at).replace(code, "") for code in (UNKNOWN, elsewhere)]
    assert told[0] == told[1]
    assert "No ballot of this vote has this receipt." in told[0]
    assert vote.code in told[0]


def test_a_board_that_something_was_added_to_after_closing_is_told(
    client: FlaskClient, hall: make.Hall, vote: Vote
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    closed(vote)
    warning = "no longer gives the head that was recorded at closing"
    assert warning not in asked(client, vote, code)
    entry = db.session.query(RollEntry).filter_by(organisation_id=hall.members[1].id).one()
    late = {"choice": "yes", "request_id": "late", "receipt": UNKNOWN, "cast_at": AFTER, "revision": 1}
    db.session.add(Ballot(vote_id=vote.id, roll_entry_id=entry.id, **late))
    assert warning in asked(client, vote, code)


def test_nothing_typed_is_asked_for_beside_the_field(client: FlaskClient, vote: Vote) -> None:
    assert "Write the receipt." in asked(client, vote, " - ", DURING, 422)
    assert "A receipt is shorter than this." in asked(client, vote, "A" * 61, DURING, 422)


def test_a_vote_without_ballots_has_no_receipts_to_check(client: FlaskClient, hall: make.Hall) -> None:
    coming = make.convened(hall)
    asked(client, coming, UNKNOWN, make.CALLED + HOUR, 404)
    with time_machine.travel(make.CALLED + HOUR, tick=False):
        page = client.get(f"/results/{coming.id}").get_data(as_text=True)
    assert "Check a receipt" not in page


@pytest.mark.parametrize("at", [DURING, AFTER])
def test_the_public_page_and_the_receipt_page_lead_to_the_check(
    client: FlaskClient, hall: make.Hall, vote: Vote, at: datetime
) -> None:
    code = make.cast(vote, hall.delegates[0], "no").code
    if at == AFTER:
        closed(vote)
    db.session.commit()
    english(client, hall.delegates[0], at)
    with time_machine.travel(at, tick=False):
        public = client.get(f"/results/{vote.id}").get_data(as_text=True)
        mine = client.get(f"/v/{vote.id}/receipt").get_data(as_text=True)
    check = f"/results/{vote.id}/receipt"
    assert [form.fields for form in forms(public) if form.action == check] == [{"code": ""}]
    assert f'<a href="{check}?code={code}">' in mine
    assert db.session.query(Ballot).one().receipt == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7f3ak2mx9qwtc4np", "7F3A-K2MX-9QWT-C4NP"), ("7F3A K2MX–9QWT.C4NP", "7F3A-K2MX-9QWT-C4NP"),
        ("7F3A-K2", "7F3A-K2"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_receipt_is_read_however_it_is_typed(typed: str | None, code: str) -> None:
    assert tidy(typed) == code
